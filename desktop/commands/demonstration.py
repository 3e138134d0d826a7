"""The demonstration district."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.commands.frame import FILE, emit, json_option, progress, say, verb


@verb("demo")
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--townships", type=click.IntRange(1, 99), default=6, help="乡镇数，默认 6。")
@click.option(
    "--projects", type=click.IntRange(1, 10_000), default=12, help="每个乡镇的项目数，默认 12。"
)
@click.option("--weeks", type=click.IntRange(1, 52), default=10, help="周数，最多一年，默认 10。")
@click.option("--seed", type=int, default=1, help="随机种子：种子相同，数字相同。")
@json_option
def demo(folder: Path, townships: int, projects: int, weeks: int, seed: int, as_json: bool) -> None:
    """造一个演示区县：账本、十周台账、周调度报告。全部是演示数据。"""
    from desktop import demo as demonstration

    with progress("造演示数据") as show:
        files = demonstration.make(
            folder,
            townships=townships,
            projects=projects,
            weeks=weeks,
            seed=seed,
            progress=show,
        )
    if as_json:
        emit({"demonstration": True, "files": [str(path) for path in files]})
    else:
        for path in files:
            click.echo(str(path))
    say(f"以上 {len(files)} 个文件全部是演示数据，投资、进度、人员、电话均为虚构。")
