"""The words of the command line: help and wrong usage in Chinese."""

from __future__ import annotations

import re

import click


class Verb(click.Command):
    """One verb, with its help in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法："""
        pieces = [p if p != "[OPTIONS]" else "[选项]" for p in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """选项："""
        write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """显示说明。"""
        return help_option(super().get_help_option(ctx))


def write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """The options of a command under 选项."""
    rows = [
        record for p in command.get_params(ctx) if (record := p.get_help_record(ctx)) and record[1]
    ]
    if rows:
        with formatter.section("选项"):
            formatter.write_dl(rows)


def help_option(option: click.Option | None) -> click.Option | None:
    """The option ``--help`` with its help in Chinese."""
    if option is not None:
        option.help = "显示本说明。"
    return option


def wrong_usage(error: click.UsageError) -> str:
    """Wrong usage in Chinese; what click says in English only where it names nothing of ours."""
    name = _called(getattr(error, "param", None))
    match error:
        case click.MissingParameter():
            said = f"缺少 {name or error.param_hint}。"
        case click.NoSuchOption():
            said = f"没有选项 {error.option_name}。"
        case click.BadOptionUsage():
            said = f"选项 {error.option_name} 用法不对。"
        case click.BadParameter():
            said = f"{name} 写得不对：{_chinese(error.message)}"
        case _:
            said = _chinese(error.message)
    if error.ctx is not None:
        said += f"\n{error.ctx.get_usage()}\n详见 {error.ctx.command_path} --help"
    return said


def _called(param: click.Parameter | None) -> str:
    """A parameter as its command's help writes it: --output 文件, 账本."""
    if isinstance(param, click.Option):
        return f"{max(param.opts, key=len)} {param.metavar or ''}".strip()
    return param.human_readable_name if param is not None else ""


def _chinese(message: str) -> str:
    forms = (
        (r"No such command '(.*?)'\.?.*", r"没有命令“\1”。"),
        (r"Got unexpected extra arguments? \((.*)\)", r"多出了 \1。"),
        (r"'(.*)' is not a valid integer\.", r"“\1”不是整数。"),
        (r"'(.*)' is not a valid integer range\.", r"“\1”不是整数。"),
        (r"'(.*)' is not (?:one of )?('.*')\.", r"“\1”应为其中之一：\2。"),
        (r"(\S+) is not in the range (\S+)<=x<=(\S+)\.", r"\1 应在 \2 到 \3 之间。"),
        (r"'(.*)' does not match the formats? .*", r"“\1”应写成 2023-03-05 这样的日期。"),
        (r"Missing command\.", "缺少命令。"),
    )
    for form, chinese in forms:
        if re.fullmatch(form, message, re.DOTALL):
            return re.sub(form, chinese, message, flags=re.DOTALL)
    return message
