"""Reading workbooks: a large register against bare calamine, and damaged files of every kind."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from desktop import paths
from desktop.ledger import scheme as schemes
from desktop.sheets.proposing import propose
from desktop.sheets.workbook import gate, reading, refusals
from tests.bench.measure import Measured, pair
from tests.sheets.attacks import ATTACKS
from tests.sheets.damage import damaged_by_format, of_every_format
from tests.sheets.hostile import KINDS

ROWS, MUTATIONS = 52_000, 1_000
HEADINGS = (
    *("序号", "项目名称", "项目代码", "项目级别", "项目类别", "建设性质", "项目状态", "建设地点"),
    *("建设规模及内容", "总投资", "年度计划投资", "计划开工时间", "计划竣工时间", "项目业主"),
    *("责任单位", "责任人", "联系电话", "本周完成投资", "本年累计完成投资", "形象进度"),
)
LEVELS, CATEGORIES = ("省", "市", "区", "一般"), ("工业", "服务业", "交通", "社会事业")
#: The largest size of a child's child in kilobytes: a large parent's would count for its own.
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
TOWNS = ("空冢郭镇", "问十乡", "大刘镇", "阴阳赵镇")


def measure(place: Path, *, small: bool = False) -> list[Measured]:
    """All lines of the table."""
    place.mkdir(exist_ok=True)
    rows = 2_000 if small else ROWS
    return [
        large(place, rows),
        mutations(place, 30 if small else MUTATIONS),
        *hostile(place, 4 if small else len(KINDS) + len(ATTACKS)),
    ]


def large(place: Path, rows: int) -> Measured:
    """A register of ``rows`` × 20, read by the child, carried over and proposed."""
    path = place / "重点项目周调度（2023年第9周）.xlsx"
    register(path, rows)
    scheme = schemes.load(paths.scheme_folder("investment"))

    def ours() -> None:
        found = propose(reading.read(path), scheme)
        if len(found.projects) != rows or found.questions:
            raise AssertionError((len(found.projects), found.questions[:3]))

    def floor() -> None:
        import python_calamine

        with path.open("rb") as file, python_calamine.CalamineWorkbook.from_filelike(file) as book:
            book.get_sheet_by_index(0).to_python()

    what = f"{rows:,} rows × {len(HEADINGS)}: read in the child and proposed"
    return pair(what, "bare calamine", "≤ 3 ×", ours, floor, rounds=3)


def register(path: Path, rows: int) -> None:
    """A weekly register of ``rows`` projects as an office would send it."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("周调度")
    sheet.append(["重点项目周调度台账（2023年第9周）"])
    sheet.append(["单位：万元"])
    sheet.append(list(HEADINGS))
    for number in range(1, rows + 1):
        town = TOWNS[number % 4]
        sheet.append(
            [
                number,
                f"{town}第{number}号产业园标准化厂房建设项目",
                None,
                LEVELS[number % 4],
                CATEGORIES[number % 3],
                "新建",
                "在建",
                f"{town}工业路{number % 900}号",
                f"新建标准化厂房{number % 70 + 1}栋，配套道路、管网和绿化",
                5_000 + number % 7_000,
                1_000.5 + number % 900,
                f"2023年{number % 12 + 1}月",
                f"2024.{number % 9 + 1}",
                f"漯河市第{number % 400}建设有限公司",
                town,
                f"王{'建国志强红霞'[number % 5 : number % 5 + 2]}",
                f"139{number % 10**8:08}",
                number % 130,
                300 + number % 600,
                f"主体施工至{number % 20 + 1}层，进度正常",
            ]
        )
    book.save(path)


def mutations(place: Path, many: int) -> Measured:
    """Damaged copies of real files, each through the child: read or refused, never a fault."""
    dice = random.Random(2023)
    files = of_every_format()
    scheme = schemes.load(paths.scheme_folder("investment"))
    refused = faults = 0
    begun = time.perf_counter()
    for number in range(many):
        path = files[number % len(files)]
        copy = place / f"damaged{path.suffix}"
        copy.write_bytes(damaged_by_format(path, dice))
        try:
            propose(reading.read(copy), scheme)
        except refusals.SheetsRefusal:
            refused += 1
        except Exception:
            faults += 1
            copy.rename(place / f"fault-{number}{path.suffix}")
    seconds = time.perf_counter() - begun
    read = many - refused - faults
    what = f"{many:,} damaged files: {read} read, {refused} refused, {faults} faults"
    return Measured(what, "", seconds, None, None, "0 faults")


def hostile(place: Path, many: int) -> list[Measured]:
    """Every hostile kind: seconds from the file to its proposal or refusal, and the child's memory.

    The slowest and the hungriest stand for all of them.
    """
    scheme = schemes.load(paths.scheme_folder("investment"))
    took: dict[str, float] = {}
    size: dict[str, int] = {}
    faults = 0
    kinds = {**KINDS, **ATTACKS}
    for kind in list(kinds)[:many]:
        path = place / "hostile.xlsx"
        path.write_bytes(kinds[kind]())
        begun, endless = time.perf_counter(), False
        try:
            propose(reading.read(path), scheme)
        except refusals.WorkbookTooSlow:
            endless = True
        except refusals.SheetsRefusal:
            pass
        except Exception:
            faults += 1
        took[kind] = time.perf_counter() - begun
        size[kind] = 0 if endless else memory(path)  # nobody waits for what has no end
    slow, large = max(took, key=took.__getitem__), max(size, key=size.__getitem__)
    return [
        Measured(f"{len(took)} hostile kinds, {faults} faults", "", None, None, None, "0 faults"),
        Measured(f"the slowest kind: {slow}", "", took[slow], None, None, "≤ 10 s"),
        Measured(f"the largest child: {size[large]} MB, {large}", "", None, None, None, "< 512 MB"),
    ]


def memory(path: Path) -> int:
    """MB that the child needs at most for a file; 0 where the gate refuses it before."""
    try:
        kind = gate.inspect(path)
    except refusals.SheetsRefusal:
        return 0
    command = [sys.executable, "-c", PEAK, *reading.command(kind, path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout) >> 10
