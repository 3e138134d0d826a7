"""Keys of units and PCs: compare codes, print and use the recovery code, rotate, revoke."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.commands.frame import FILE, book_argument, emit, json_option, opened, say, verb

if TYPE_CHECKING:
    from desktop.ledger.workspace import Book
    from desktop.reports.slips import Recovery


@verb("confirm")
@book_argument
@click.option("--unit", required=True, metavar="单位", help="与哪个单位核对。")
@click.option("--code", required=True, metavar="核对码", help="对方电话里读出的 12 位核对码。")
@json_option
def confirm(book: Path, unit: str, code: str, as_json: bool) -> None:
    """核对码与对方一致时确认；此前收到、等着核对的包随后装入。"""
    from desktop.exchange import enrolment, sitting
    from desktop.ledger import lookup

    with opened(book) as store:
        enrolment.confirm(store, lookup.find(store, "unit", unit), code)
        done = sitting.take_in(store, ())
    taken = [one for one in done.results if one.outcome == "已装入"]
    if as_json:
        emit({"unit": unit, "taken": [one.digest for one in taken]})
    say(f"已确认{unit}的密钥。" + (f"等待的 {len(taken)} 个包已装入。" if taken else ""))


@verb("keys")
@book_argument
@json_option
def keys(book: Path, as_json: bool) -> None:
    """看与哪些单位建立了联系、核对码是什么。"""
    import msgspec

    from desktop.exchange import enrolment

    with opened(book) as store:
        found = enrolment.codes(store)
    if as_json:
        emit([msgspec.structs.asdict(one) for one in found])
        return
    for one in found:
        click.echo(f"{one.name}  {one.state}  {one.code}")


@verb("recovery")
@book_argument
@click.option(
    "-o", "--output", "sheet", type=FILE, metavar="文件", help="恢复单写成 PDF，打印后删掉文件。"
)
@json_option
def recovery(book: Path, sheet: Path | None, as_json: bool) -> None:
    """换一个新的恢复码（旧的只对旧备份有效），抄写或打印后锁好。"""
    from desktop.exchange import own_keys

    if sheet is not None:
        from desktop.reports import slips

        slips.ready(sheet)
    with opened(book) as store:
        code = own_keys.recovery(store)
        values = None if sheet is None else recovery_sheet(store, code)
    if as_json:
        emit({"recovery": code, "sheet": None if sheet is None else str(sheet)})
    say(f"恢复码 {code}：请抄写或打印后锁好；换电脑、恢复备份时要用。")
    if sheet is not None and values is not None:
        write_recovery_sheet(values, sheet)


@verb("recover")
@book_argument
@click.option("--code", required=True, metavar="恢复码")
@click.option(
    "--package", type=FILE, metavar="互换包", help="密钥在另一台电脑上换过：它写的互换包。"
)
@json_option
def recover(book: Path, code: str, package: Path | None, as_json: bool) -> None:
    """在这台电脑上用恢复码取回本单位的密钥。"""
    from desktop.exchange import own_keys

    raw = b"" if package is None else package.read_bytes()
    with opened(book) as store:
        own_keys.recover(store, code, raw)
        replica = store.replica
    if as_json:
        emit({"replica": replica})
    say("已取回本单位的密钥，可以收发数据包。")


@verb("rotate-keys")
@book_argument
@json_option
def rotate_keys(book: Path, as_json: bool) -> None:
    """更换本单位的密钥，新旧密钥共同签名；随下一个包告知对方。"""
    from desktop.exchange import own_keys

    with opened(book) as store:
        code = own_keys.rotate(store)
    if as_json:
        emit({"recovery": code})
    say(f"密钥已更换。新的恢复码 {code}：请抄写或打印后锁好，旧的作废。")


@verb("revoke")
@book_argument
@click.argument("name", metavar="单位或录入端")
@json_option
def revoke(book: Path, name: str, as_json: bool) -> None:
    """作废一个单位的密钥或一台电脑（录入端）；写进下一份密钥名单。"""
    from desktop.exchange import directory, enrolment
    from desktop.ledger import lookup

    with opened(book) as store:
        known = directory.is_replica(store, name)
        enrolment.revoke(store, name if known else lookup.find(store, "unit", name))
    if as_json:
        emit({"revoked": name})
    say(f"已作废：{name}。电脑被盗的，还要更换密钥（rotate-keys），并告知上级。")


def recovery_sheet(book: Book, code: str) -> Recovery:
    """What the sheet with the recovery ``code`` of this book's unit says."""
    from desktop.exchange import directory, own_keys
    from desktop.exchange.building import unit_name
    from desktop.ledger import audience
    from desktop.reports import slips

    above = audience.above(book, book.unit)
    partner = None if above is None else directory.partner(book, above)
    compared = partner.code if partner is not None else ""
    return slips.Recovery(
        unit=unit_name(book, book.unit),
        machine=own_keys.own_keys(book).certificate.label,
        code=code,
        made_on=book.clock().date(),
        comparison=compared,
        compared_with=unit_name(book, above) if above is not None and compared else "",
        demonstration=book.demonstration,
    )


def write_recovery_sheet(values: Recovery, target: Path) -> None:
    """Draw the sheet, after the code itself was said: a full disk must not cost it."""
    from desktop.reports import binding, slips

    binding.lay_down(slips.recovery_pdf(values), target)
    say(f"恢复单已写到 {target}：打印、密封后请删掉这个文件，不要拷到U盘、手机上。")
