"""Fill-in workbooks for those without the program: made here, read back by ``read-excel``."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.commands.frame import FILE, book_argument, emit, json_option, opened, say, verb


@verb("fill-in")
@book_argument
@click.argument("register", metavar="册")
@click.option("--period", metavar="期次", help="台账的期次，如 2023-W09；清单不写。")
@click.option("--by", metavar="栏目", help="按哪个栏目分发，如 owner、responsible_unit。")
@click.option(
    "-o", "--output", "folder", type=FILE, required=True, metavar="文件夹", help="写到哪个文件夹。"
)
@json_option
def fill_in(
    book: Path, register: str, period: str | None, by: str | None, folder: Path, as_json: bool
) -> None:
    """做填报模板：每个单位（或企业、部门）一个工作簿，填好后用 read-excel 读回。

    只有要填的格可以改，旁边是上期数；省略 --by 时按单位分。已有的文件不覆盖。
    """
    from desktop.sheets.fill_in import contents as filling
    from desktop.sheets.fill_in import files as fill_in_files

    with opened(book) as store:
        made = filling.fill_ins(store, register, period, by=by)
        title = store.scheme.register(register).title
        written = fill_in_files.write(store.scheme, made, folder)
    if as_json:
        emit(
            [
                {
                    "recipient": one.recipient,
                    "file": str(path),
                    "rows": len(one.rows),
                    "blank_rows": one.spare,
                    "remarks": remarks,
                }
                for one, path, remarks in written
            ]
        )
    say(f"已做“{title}”填报模板 {len(written)} 份，在 {folder}：")
    for one, path, remarks in written:
        blank = f"，另有空白行 {one.spare} 行" if one.spare else ""
        say(f"· {path.name}：{len(one.rows)} 行{blank}")
        for remark in remarks:
            say(f"  {remark}")
