"""Who may know whom, read from the imports of every room, those inside functions included."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
QT = ("PySide6", "shiboken6")
EXCEL = ("openpyxl", "python_calamine", "xlrd", "xlsxwriter")
PDF = ("reportlab", "pypdfium2", "pdfplumber")
FOUNDATION = ("desktop.errors", "desktop.paths")
VAGUE = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"}


@dataclass(frozen=True)
class Room:
    """One module: its dotted name, whether it is a package's ``__init__``, what stands in it."""

    name: str
    is_package: bool
    tree: ast.Module


@dataclass(frozen=True)
class Rule:
    """Rooms under ``who`` (``save`` some) import nothing under ``never`` (``but`` some)."""

    title: str
    who: tuple[str, ...]
    never: tuple[str, ...]
    but: tuple[str, ...] = ()
    save: tuple[str, ...] = ()


def only(title: str, layer: str, *knows: str) -> Rule:
    """``layer`` knows itself, the foundation and ``knows``; no other part of the program."""
    return Rule(title, (layer,), ("desktop",), (layer, *FOUNDATION, *knows))


#: The way into a book, room after room, and what each stands on; the ways out beside it.
_CELLS = ("desktop.ledger", "desktop.sheets.workbook")
_FOUND = (*_CELLS, "desktop.sheets.tables")
_MEANT = (*_FOUND, "desktop.sheets.meaning")
_PROPOSED = (*_MEANT, "desktop.sheets.proposals")
SHEETS = {
    "workbook": _CELLS,
    "tables": _FOUND,
    "meaning": _MEANT,
    "proposals": _PROPOSED,
    "plans": _PROPOSED,
    "writing": _CELLS,
}

RULES = [
    Rule("errors and paths know nobody", FOUNDATION, ("desktop", *QT, *EXCEL, *PDF), FOUNDATION),
    Rule("the ledger does not know Qt", ("desktop.ledger",), QT),
    Rule("the ledger does not know Excel", ("desktop.ledger",), EXCEL),
    Rule("the ledger does not know PDF", ("desktop.ledger",), PDF),
    only("the ledger knows nobody above it", "desktop.ledger"),
    only("exchange knows neither sheets nor reports", "desktop.exchange", "desktop.ledger"),
    only("sheets knows only ledger", "desktop.sheets", "desktop.ledger"),
    only(
        "reports knows only ledger and sheets",
        "desktop.reports",
        *("desktop.ledger", "desktop.sheets"),
    ),
    *(
        only(f"sheets: {room} stands on what is read before it", f"desktop.sheets.{room}", *before)
        for room, before in SHEETS.items()
    ),
    Rule(
        "demo knows all but ui",
        ("desktop.demo",),
        ("desktop.ui", "desktop.app", "desktop.cli", *QT),
    ),
    Rule("ui knows neither app nor cli", ("desktop.ui",), ("desktop.app", "desktop.cli")),
    Rule("only app opens ui", ("desktop",), ("desktop.ui",), save=("desktop.app", "desktop.ui")),
    Rule("Qt is at home in ui only", ("desktop",), QT, save=("desktop.app", "desktop.ui")),
    Rule("Excel is at home in sheets only", ("desktop",), EXCEL, save=("desktop.sheets",)),
    Rule("PDF is drawn in reports only", ("desktop",), PDF[:1], save=("desktop.reports",)),
]


def rooms(root: Path) -> dict[str, Room]:
    """Every module of the package ``desktop`` under ``root``, by dotted name."""
    found = {}
    for path in sorted((root / "desktop").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found[name] = Room(name, is_package, ast.parse(path.read_text(encoding="utf-8"), str(path)))
    return found


def imports(room: Room, known: dict[str, Room]) -> set[str]:
    """The dotted names of all modules that ``room`` imports, at the top or anywhere inside."""
    return set(_imports(room, known))


def _imports(room: Room, known: dict[str, Room]) -> Iterator[str]:
    package = room.name.split(".") if room.is_package else room.name.split(".")[:-1]
    for node in ast.walk(room.tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                start = package[: len(package) - level + 1] if level else []
                source = ".".join([*start, *([module] if module else [])])
                for alias in names:
                    inner = f"{source}.{alias.name}"
                    yield inner if inner in known else source
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str() as name), *_],
            ):
                yield name


def under(name: str, prefixes: tuple[str, ...]) -> bool:
    """Whether ``name`` is one of the modules ``prefixes`` or lies in one."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def faults(rule: Rule, known: dict[str, Room]) -> list[str]:
    """Each import that breaks ``rule``, as «room imports module»."""
    return [
        f"{room.name} imports {name}"
        for room in known.values()
        if under(room.name, rule.who) and not under(room.name, rule.save)
        for name in sorted(imports(room, known))
        if under(name, rule.never)
        and not under(name, rule.but)
        and name != "desktop"  # the package itself holds the version only
    ]


def circle(known: dict[str, Room]) -> list[str]:
    """Rooms that import one another in a ring, or nothing."""
    graph = {}
    for room in known.values():
        neighbours = {name for name in imports(room, known) if name in known}
        graph[room.name] = neighbours - {room.name}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def undocumented(known: dict[str, Room]) -> list[str]:
    """Rooms that do not say what they are for."""
    return [room.name for room in known.values() if not ast.get_docstring(room.tree)]


def unannotated(known: dict[str, Room]) -> list[str]:
    """Functions of which a parameter or the result has no type."""
    return [
        f"{room.name}.{node.name}"
        for room in known.values()
        for node in ast.walk(room.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_annotated(node)
    ]


def _is_annotated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    starred = [star for star in (arguments.vararg, arguments.kwarg) if star]
    parameters = [each for each in [*named, *starred] if each.arg not in ("self", "cls")]
    return node.returns is not None and all(each.annotation for each in parameters)


def vague(known: dict[str, Room]) -> list[str]:
    """Rooms named by no noun of the user's."""
    return [name for name in known if VAGUE & set(name.rpartition(".")[2].split("_"))]


OURS = rooms(CHECKOUT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
def test_layer(rule: Rule) -> None:
    assert faults(rule, OURS) == []


def test_no_import_circle() -> None:
    assert circle(OURS) == []


def test_every_module_has_a_docstring() -> None:
    assert undocumented(OURS) == []


def test_every_function_is_annotated() -> None:
    assert unannotated(OURS) == []


def test_no_room_is_named_utils_helpers_manager_or_common() -> None:
    assert vague(OURS) == []


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    assert heavy("import desktop.cli") == set()


def test_the_help_of_the_command_line_loads_nothing_heavy() -> None:
    assert (
        heavy(
            "import contextlib, desktop.cli, io",
            "sys.argv = ['oneledger', '--help']",
            "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):",
            "    desktop.cli.main()",
        )
        == set()
    )


def heavy(*lines: str) -> set[str]:
    """Which libraries for Qt, Excel, PDF and books a fresh Python holds after running ``lines``."""
    code = "\n".join(
        ["import sys", *lines, "print(*{name.partition('.')[0] for name in sys.modules})"]
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "sys" in loaded
    return loaded & {*QT, *EXCEL, *PDF, "msgspec", "sqlite_utils", "nacl"}


# The checker itself, on made-up houses with something wrong in them.


def house(root: Path, **files: str) -> dict[str, Room]:
    """A made-up tree: ``ledger__money="…"`` is the text of ``desktop/ledger/money.py``."""
    for name, text in files.items():
        path = root.joinpath("desktop", *name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return rooms(root)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
@pytest.mark.parametrize(
    "text",
    [
        "import {0}",
        "from {0} import thing",
        "def f() -> None:\n    import {0}.inner as hidden",
        "import importlib\nimportlib.import_module('{0}')",
    ],
)
def test_the_checker_sees_a_broken_rule(tmp_path: Path, rule: Rule, text: str) -> None:
    forbidden = "desktop.cli" if rule.never[0] == "desktop" else rule.never[0]
    guilty = f"{rule.who[0]}.room"
    known = house(
        tmp_path, **{guilty.replace("desktop.", "").replace(".", "__"): text.format(forbidden)}
    )
    assert [fault.split()[0] for fault in faults(rule, known)] == [guilty]


def test_the_checker_follows_from_imports_into_the_package(tmp_path: Path) -> None:
    known = house(
        tmp_path,
        ledger__money="from desktop import __version__, ui\nfrom .. import cli\nfrom . import fold",
        ledger__fold="",
        ui="",
        cli="",
    )
    assert imports(known["desktop.ledger.money"], known) == {
        "desktop",
        "desktop.ui",
        "desktop.cli",
        "desktop.ledger.fold",
    }


def test_the_checker_sees_a_circle_hidden_in_a_function(tmp_path: Path) -> None:
    known = house(
        tmp_path,
        ledger__a="import desktop.ledger.b",
        ledger__b="from desktop.ledger import c",
        ledger__c="def f() -> None:\n    from desktop.ledger.a import thing",
    )
    assert set(circle(known)) == {"desktop.ledger.a", "desktop.ledger.b", "desktop.ledger.c"}


@pytest.mark.parametrize(
    "text",
    [
        "def f(x): ...",
        "def f(x: int): ...",
        "def f(x) -> None: ...",
        "def f(*x) -> None: ...",
        "def f(**x) -> None: ...",
        "def f(*, x) -> None: ...",
        "class A:\n    async def f(self, x) -> None: ...",
    ],
)
def test_the_checker_sees_a_missing_annotation(tmp_path: Path, text: str) -> None:
    assert unannotated(house(tmp_path, room=text)) == ["desktop.room.f"]


def test_the_checker_accepts_what_is_right(tmp_path: Path) -> None:
    known = house(
        tmp_path,
        __init__='"""The program."""',
        errors='"""Refusals."""',
        ledger__money='"""Yuan."""\nfrom desktop.errors import DiskFull\n',
        sheets__grid='"""Cells."""\ndef read(self: int) -> None:\n    import openpyxl\n',
        reports__weekly='"""Paper."""\nfrom desktop.ledger.money import yuan\nimport reportlab\n',
    )
    assert [fault for rule in RULES for fault in faults(rule, known)] == []
    assert (circle(known), undocumented(known), unannotated(known), vague(known)) == (
        [],
        [],
        [],
        [],
    )


def test_the_checker_sees_a_missing_docstring_and_a_vague_name(tmp_path: Path) -> None:
    known = house(tmp_path, ledger__sheet_utils="x = 1")
    assert undocumented(known) == ["desktop.ledger.sheet_utils"]
    assert vague(known) == ["desktop.ledger.sheet_utils"]


def test_the_probe_sees_a_heavy_library() -> None:
    assert heavy("import msgspec.json") == {"msgspec"}
