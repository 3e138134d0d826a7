"""Keys of units and PCs: compare codes, print and use the recovery code, rotate, revoke."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import slip_filling
from desktop.commands import packages
from desktop.commands.frame import FILE, book_argument, emit, json_option, opened, say, verb

if TYPE_CHECKING:
    from desktop.reports.slips import Recovery


@verb("confirm")
@book_argument
@click.option("--unit", required=True, metavar="单位", help="与哪个单位核对。")
@click.option("--code", required=True, metavar="核对码", help="对方电话里读出的 12 位核对码。")
@json_option
def confirm(book: Path, unit: str, code: str, as_json: bool) -> int:
    """核对码与对方一致时确认；此前收到、等着核对的包随后装入。"""
    from desktop.exchange import enrolment, sitting
    from desktop.ledger import lookup

    with opened(book) as store:
        enrolment.confirm(store, lookup.find(store, "unit", unit), code)
        done = sitting.take_in(store, ())
    taken = [one for one in done.results if one.outcome == "已装入"]
    sound = not done.refused and done.stopped is None  # Nothing need have waited.
    if as_json:
        digests = [one.digest for one in taken]
        emit({**packages.plain(done), "ok": sound, "unit": unit, "taken": digests})
    say(f"已确认{unit}的密钥。" + (f"等待的 {len(taken)} 个包已装入。" if taken else ""))
    packages.tell(done)
    return 0 if sound else 1


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
        values = None if sheet is None else slip_filling.recovery(store, code)
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
    from desktop.exchange import opening, own_keys

    raw = b"" if package is None else opening.read_package(package)
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


@verb("new-author")
@book_argument
@json_option
def new_author(book: Path, as_json: bool) -> None:
    """本机另立录入端：整机复制来的电脑与原来那台混淆时，在其中一台上做一次。"""
    from desktop.ledger import replicas

    with opened(book) as store:
        before = store.replica
        store.write_as(replicas.new_replica())
        replica = store.replica
    if as_json:
        emit({"replica": replica, "before": before})
    say(f"本机今后以新的录入端 {replica} 写账（原为 {before}），已有内容不变。请重新写出数据包。")


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


def write_recovery_sheet(values: Recovery, target: Path) -> None:
    """Draw the sheet, after the code itself was said: a full disk must not cost it."""
    from desktop.reports import binding, slips

    binding.lay_down(slips.recovery_pdf(values), target)
    say(f"恢复单已写到 {target}：打印、密封后请删掉这个文件，不要拷到U盘、手机上。")
