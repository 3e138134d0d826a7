"""The one table of shortcuts: the help prints it, and the tests hold the pages to it.

Keys are written as Qt writes them (``Ctrl+Shift+S``). No Qt here.
"""

from __future__ import annotations

import msgspec


class Shortcut(msgspec.Struct, frozen=True):
    """What a person presses, one or another, and what it does; ``said`` where a list is shorter."""

    keys: tuple[str, ...]
    does: str
    said: str = ""

    @property
    def shown(self) -> str:
        """The keys as the help prints them."""
        return self.said or " 或 ".join(self.keys)


class Group(msgspec.Struct, frozen=True):
    """The shortcuts of one place: everywhere, or a page (``name``)."""

    name: str
    title: str
    shortcuts: tuple[Shortcut, ...]


def _one(keys: str, does: str, said: str = "") -> Shortcut:
    return Shortcut(tuple(keys.split()), does, said)


WINDOW = Group(
    "window",
    "处处可用",
    (
        _one("F1", "打开帮助，就在正用的这一页"),
        _one(" ".join(f"Ctrl+{n}" for n in range(1, 10)), "换到左边的第几页", "Ctrl+1 至 Ctrl+9"),
        _one("Alt+Left Alt+Right", "看上一周、下一周", "Alt+← 和 Alt+→"),
        _one("Ctrl+F", "在这一页里查找"),
        _one("Ctrl+K", "查找项目，可用拼音首字母"),
        _one("Ctrl+Z", "撤销"),
        _one("Ctrl+Y Ctrl+Shift+Z", "重做"),
        _one("F5", "重新读取这一页"),
        _one("F6", "在页面、菜单、周次之间换"),
        _one("Esc", "收起提示，取消正在进行的工作"),
    ),
)

GRID = Group(
    "grid",
    "台账和清单的表格",
    (
        _one("Up Down Left Right", "移动一格", "方向键"),
        _one("Ctrl+Up Ctrl+Down Ctrl+Left Ctrl+Right", "移到这一片的边上", "Ctrl+方向键"),
        _one("Shift+Up Shift+Down Shift+Left Shift+Right", "选一块", "Shift+方向键"),
        _one("Tab Shift+Tab", "右边一格、左边一格"),
        _one(
            "Return Shift+Return",
            "下面一格、上面一格；按过 Tab 的，回到起头那一列",
            "Enter 或 Shift+Enter",
        ),
        _one("Home End", "这一行的头、尾"),
        _one("Ctrl+Home Ctrl+End", "全表的头、尾"),
        _one("PgUp PgDown", "上一屏、下一屏", "PgUp 和 PgDn"),
        _one("F2", "改这一格"),
        _one("Esc", "不改了"),
        _one("Del", "清空选中的格", "Delete"),
        _one("Ctrl+C", "复制"),
        _one("Ctrl+X", "剪切"),
        _one("Ctrl+V", "粘贴，可从 Excel、WPS 粘贴一整块"),
        _one("Ctrl+D", "把上面一格填到下面"),
        _one("Ctrl+A", "全选"),
        _one("Ctrl+H", "查找和替换"),
        _one("Alt+Down", "打开可选的内容", "Alt+↓"),
        _one("Alt+Return", "在一格里换行", "Alt+Enter"),
        _one("Ctrl+;", "填今天的日期"),
        _one("Ctrl+'", "填程序提示的数"),
        _one("Ctrl+Shift+L", "排序、筛选这一列"),
        _one("F8 Shift+F8", "到下一处、上一处提示"),
        _one("F9", "审核"),
        _one("Ctrl+E", "写说明"),
    ),
)

PROJECT = Group(
    "project",
    "项目",
    (
        _one("Ctrl+N", "新增项目"),
        _one("Ctrl+P", "看这个项目的一张表，可以打印"),
        _one("Ins", "在清单里添一条", "Insert"),
        _one("F9", "办结一条（销号）"),
        _one("Del", "删除一条", "Delete"),
        _one("Return", "打开选中的", "Enter"),
    ),
)

LISTS = Group(
    "lists",
    "清单",
    (
        _one("F9", "办结选中的（销号）"),
        _one("Ctrl+N", "新增一条"),
        _one("Ctrl+O", "打开这一条的全部内容"),
        _one("Ctrl+P", "看这一条的函件、纪要或项目一张表"),
        _one("Ctrl+-", "删除选中的"),
        _one("Ctrl+PgDown Ctrl+PgUp", "下一种、上一种清单", "Ctrl+PgDn 和 Ctrl+PgUp"),
    ),
)

SUPERVISION = Group(
    "supervision",
    "督办",
    (
        _one("Return", "反馈", "Enter"),
        _one("F2", "修改"),
        _one("F9", "销号"),
        _one("Ctrl+N", "新增"),
        _one("Del", "删除", "Delete"),
    ),
)

FIGURES = Group(
    "figures",
    "指标与图",
    (
        _one("Return", "看这个合计的明细", "Enter"),
        _one("Backspace", "回到上一层"),
        _one("F11", "用整个屏幕看图，再按回来"),
    ),
)

EXCHANGE = Group(
    "exchange",
    "收发",
    (
        _one("Return", "装入查看到的包", "Enter"),
        _one("F5", "重新查看U盘、文件夹"),
        _one("1 2", "待定：到一方的按钮，再按 Enter 选定", "1、2"),
        _one("Alt+Up Alt+Down", "待定：上一处、下一处", "Alt+↑ 和 Alt+↓"),
    ),
)

FORMS = Group(
    "forms",
    "填写的窗口",
    (_one("Ctrl+Return Ctrl+Enter", "保存", "Ctrl+Enter"),),
)

PAPERS = Group(
    "papers",
    "调度与报表",
    (
        _one("Ctrl+P", "打印"),
        _one("Ctrl+S", "存为 PDF"),
        _one("Ctrl+Shift+S", "存为 Excel（台账和清单）"),
        _one("PgUp PgDown", "往前、往后看", "PgUp 和 PgDn"),
        _one("Ctrl+PgUp Ctrl+PgDown", "上一页、下一页", "Ctrl+PgUp 和 Ctrl+PgDn"),
        _one("Home End Ctrl+Home Ctrl+End", "第一页、最后一页", "Home 和 End"),
        _one("Ctrl+= Ctrl++ Ctrl+-", "放大、缩小（或按住 Ctrl 滚动滚轮）", "Ctrl++ 和 Ctrl+-"),
        _one("Ctrl+0", "适合宽度"),
    ),
)

READING_IN = Group(
    "reading-in",
    "从 Excel 读入",
    (
        _one("1 2 3", "答复问题"),
        _one(
            " ".join(f"Alt+{n}" for n in range(1, 10)), "在“另填”框里选第几个答复", "Alt+1 至 Alt+9"
        ),
        _one("Return", "同意建议的答复", "Enter"),
        _one("F2", "另填一个数"),
        _one("Alt+Down F4", "改这一栏读作什么", "Alt+↓ 或 F4"),
        _one("F7", "读入没读的行，不读读了的行"),
        _one("F9", "写入账本"),
    ),
)

DEPARTMENT_FORMS = Group(
    "department-forms",
    "部门表样",
    (
        _one("Ctrl+N", "学新的表样"),
        _one("Ctrl+S", "填好存为"),
        _one("Alt+Down F4", "改这一栏填什么", "Alt+↓ 或 F4"),
        _one("F9", "保存表样"),
    ),
)

HELP = Group(
    "help",
    "帮助",
    (
        _one("Ctrl+F", "在帮助里查找"),
        _one("Alt+Left", "回到刚才看的", "Alt+←"),
        _one("F1 Esc", "关闭帮助"),
    ),
)

GROUPS = (
    WINDOW,
    GRID,
    LISTS,
    PROJECT,
    SUPERVISION,
    FIGURES,
    EXCHANGE,
    PAPERS,
    READING_IN,
    DEPARTMENT_FORMS,
    FORMS,
    HELP,
)


def keys_of(name: str) -> frozenset[str]:
    """All keys of a group, as Qt writes them."""
    group = next(one for one in GROUPS if one.name == name)
    return frozenset(key for shortcut in group.shortcuts for key in shortcut.keys)


def as_markdown() -> str:
    """The whole table as the help shows it."""
    parts = []
    for group in GROUPS:
        rows = [f"| **{one.shown}** | {one.does} |" for one in group.shortcuts]
        parts.append("\n".join([f"## {group.title}", "", "| 按键 | 做什么 |", "|:--|:--|", *rows]))
    return "\n\n".join(parts)
