"""The command line ``oneledger``: the program's verbs without a window.

``--json`` prints one JSON document on standard output; sentences for people go to standard error,
in Chinese. Exit 0 done · 1 refused, or findings that block, and nothing changed · 2 wrong usage.
Nothing prompts. The verbs' rooms are imported only when called, so ``--help`` costs nothing.
"""

from __future__ import annotations

import importlib
import keyword
import sys
from pathlib import Path
from typing import Any

import click

from desktop.commands.wording import help_option, write_options, wrong_usage

#: verb → (room, what it is for), in the order of a week's work.
VERBS: dict[str, tuple[str, str]] = {
    "demo": ("demonstration", "造一个演示区县：账本、周调度报告、台账"),
    "new": ("books", "新建账本"),
    "add": ("entries", "新增一条记录"),
    "change": ("entries", "修改一条记录"),
    "remove": ("entries", "删除一条记录"),
    "explain": ("weeks", "写出错说明"),
    "undo": ("entries", "撤销上一步"),
    "redo": ("entries", "重做刚撤销的一步"),
    "history": ("entries", "看一条记录或一格的历史"),
    "read-excel": ("excel", "从 Excel 读入"),
    "fill-in": ("fill_in", "做填报模板，发给没有本程序的单位填"),
    "check": ("weeks", "审核"),
    "report": ("papers", "生成报表"),
    "export": ("papers", "导出台账为 Excel 或 PDF"),
    "form": ("forms", "部门的表样：学一次，每期自动填"),
    "letters": ("letters", "看本月应发哪些提醒函、约谈通知，拟发"),
    "settle": ("settling", "列出、处理冲突"),
    "status": ("weeks", "看谁报了、谁没报"),
    "hand-down": ("sending", "给下级单位写任务包"),
    "open-task": ("receiving", "用首次任务包建账"),
    "confirm": ("keys", "核对码一致时确认对方"),
    "submit": ("sending", "上报一周，写成报告包"),
    "share": ("sending", "给本单位另一台电脑写互换包"),
    "take-in": ("receiving", "装入U盘或文件夹里的包"),
    "return": ("receiving", "退回一个单位上报的一周"),
    "keys": ("keys", "看已建立联系的单位和核对码"),
    "recovery": ("keys", "换一个新的恢复码"),
    "recover": ("keys", "用恢复码取回本单位的密钥"),
    "rotate-keys": ("keys", "更换本单位的密钥"),
    "revoke": ("keys", "作废一个单位的密钥或一台电脑"),
    "new-author": ("keys", "整机复制来的电脑另立录入端"),
    "verify": ("books", "核验账本是否完整、未被改动"),
    "backup": ("books", "备份"),
    "restore": ("books", "从备份恢复"),
    "window": ("window", "打开程序窗口"),
}
HIDDEN = frozenset({"window"})


class Verbs(click.Group):
    """The group of all verbs; a book's path in the place of a verb opens the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of a week's work."""
        return [name for name in VERBS if name not in HIDDEN]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, its room imported now."""
        if cmd_name not in VERBS:
            return None
        room = importlib.import_module(f"desktop.commands.{VERBS[cmd_name][0]}")
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(room, f"{name}_" if keyword.iskeyword(name) else name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A first word that is a book's file opens the window on it."""
        if args and args[0] not in VERBS and (args[0].endswith(".yzb") or Path(args[0]).exists()):
            args = ["window", *args]
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法："""
        formatter.write_usage(ctx.command_path, "[账本] | 命令 [参数]…", prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """选项：和命令："""
        write_options(self, ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl(
                [(name, text) for name, (_, text) in VERBS.items() if name not in HIDDEN]
            )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """显示说明。"""
        return help_option(super().get_help_option(ctx))


@click.group(cls=Verbs, invoke_without_command=True, no_args_is_help=False)
@click.option("--operator", envvar="ONELEDGER_OPERATOR", default="", help="经办人姓名，记入流水。")
@click.version_option(None, "--version", package_name="oneledger", help="显示版本。")
@click.pass_context
def oneledger(ctx: click.Context, operator: str) -> int | None:
    """一本账：一项目一清单一台账，离线填报、调度、汇总。

    不带命令时打开窗口；“命令 --help”看每个命令的用法。
    """
    ctx.obj = operator
    if ctx.invoked_subcommand is None:
        command = oneledger.get_command(ctx, "window")
        assert command is not None
        ended: int | None = ctx.invoke(command)
        return ended
    return None


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: the one place that divides the world's errors from ours."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["--sheets-child"]:
        # The reader of strangers' workbooks runs in a process of its own, also in a frozen program.
        from desktop.sheets.workbook import child

        sys.exit(child.main(given[1:]))
    sys.exit(_run(given))


def _run(arguments: list[str]) -> int:
    from desktop.errors import OneLedgerError, of_the_system

    if any("\ud800" <= sign <= "\udfff" for word in arguments for sign in word):
        click.echo("命令行中有不能识别的字符，请检查终端的编码（应为 UTF-8）。", err=True)
        return 2
    try:
        result = oneledger.main(arguments, prog_name="oneledger", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.UsageError as error:
        click.echo(wrong_usage(error), err=True)
        return 2
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("已取消，没有作任何改动。", err=True)
        return 1
    except OneLedgerError as error:
        return _refused(error, "--json" in arguments)
    except BrokenPipeError:
        return 1
    except OSError as error:
        return _refused(of_the_system(error), "--json" in arguments)
    except Exception as error:
        from desktop.faults import save
        from desktop.ledger.store import known

        told = known(error) or save(error, arguments)
        return _refused(told, "--json" in arguments)
    return result if isinstance(result, int) else 0


def _refused(error: Any, as_json: bool) -> int:
    from desktop.commands.frame import say

    if as_json:
        import json

        said = {"error": error.name, "sentence": error.sentence, "advice": error.advice}
        click.echo(json.dumps(said, ensure_ascii=False))
    say(str(error))
    return 1
