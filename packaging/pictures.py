"""Takes the pictures of README and help from today's program.

Run it as ``.venv/bin/python packaging/pictures.py``, after a change that one can see.
The demonstration is made in a passing folder, its pages are shown off screen in the bundled
typeface, and each picture is kept in few colours, so that all of them together stay small.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HELP = ROOT / "resources" / "help"
#: The day on which the pictures are taken: the last but one of the demonstration's last week.
TODAY = date(2023, 3, 8)
SIZE = (1366, 768)
#: Colours of a picture, and its width in the help.
COLOURS, WIDTH = 32, 900

#: Picture → (book, page, week).
PICTURES = {
    "week": ("townships/02.yzb", "week", "2023-W10"),
    "grid": ("townships/02.yzb", "grid", "2023-W10"),
    "project": ("townships/02.yzb", "project", "2023-W10"),
    "lists": ("townships/02.yzb", "lists", "2023-W10"),
    "papers": ("townships/02.yzb", "papers", "2023-W10"),
    "supervision": ("townships/02.yzb", "supervision", "2023-W10"),
    "settings": ("townships/02.yzb", "settings", "2023-W10"),
    "district": ("district.yzb", "week", "2023-W10"),
    "figures": ("district.yzb", "figures", "2023-W10"),
    "exchange": ("district.yzb", "exchange", "2023-W10"),
    "reading-in": ("townships/02.yzb", "reading-in", "2023-W10"),
}


def main() -> None:
    """Take all pictures, or those that are named."""
    wanted = sys.argv[1:] or list(PICTURES)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ONELEDGER_PROFILE"] = str(Path(folder, "profile"))
        from desktop import demo

        demo.make(Path(folder, "demo"))
        for name in wanted:
            book, page, week = PICTURES[name]
            place = Path(folder, "demo")
            stick = workbook = None
            if page == "exchange":
                os.chdir(folder)
                stick = Path("U盘")  # What is shown of it is no path of this machine.
                place = Path(shutil.copytree(place, Path(folder, "again")))
                submit(place, stick)
            elif page == "reading-in":
                workbook = arrived(place / book, Path(folder))
            take(place / book, page, week, HELP / f"{name}.png", stick, workbook)


def submit(demo: Path, stick: Path) -> None:
    """The last week of most townships on a stick, one package of them damaged on its way."""
    from desktop.exchange import sending
    from desktop.ledger import records, workspace

    for path in sorted(demo.glob("townships/*.yzb"))[:5]:
        with workspace.open_book(path, operator="张晓燕") as book:
            with records.batch(book, "change") as batch:
                for row in book.rows("weekly", "2023-W10"):
                    batch.change("weekly", row["record"], {"next_plan": "继续抢抓工期，确保节点"})
            written = sending.submit(book, "2023-W10", stick, TODAY, filler="张晓燕")
    raw = bytearray(written.path.read_bytes())
    raw[-100] ^= 1
    written.path.write_bytes(raw)


def arrived(book: Path, folder: Path) -> Path:
    """A workbook as a village sends it: some figures of the book's projects, one project that is
    new, one amount that is none, a total."""
    from openpyxl import Workbook

    from desktop.ledger import workspace

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "第10周"
    sheet.append(["空冢郭镇重点项目进展情况（2023年第10周）"])
    sheet.merge_cells("A1:G1")
    sheet.append(["", "", "", "", "", "", "单位：万元"])
    sheet.append(["序号", "项目\n名称", "总投资", "投资完成情况", "", "形象进度", "存在问题"])
    sheet.append(["", "", "", "本周", "年初至今", "", ""])
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4"):
        sheet.merge_cells(area)
    with workspace.open_book(book) as opened:
        names = [row["name"] for row in opened.rows("project")][:6]
        totals = [row["total_investment"] // 10_000 for row in opened.rows("project")][:6]
    for at, (name, total) in enumerate(zip(names, totals, strict=True), 1):
        done = "待定" if at == 3 else 120 + 35 * at
        sheet.append([at, name, total, done, 1_400 + 310 * at, "主体施工", "无"])
    sheet.append([7, "空冢郭镇粮食烘干中心", 860, 40, 120, "基础施工", "用电容量不足"])
    sheet.append(["", "合计", sum(totals) + 860, "", "", "", ""])
    path = folder / "空冢郭镇第10周进展.xlsx"
    workbook.save(path)
    return path


def take(
    book: Path,
    page: str,
    week: str,
    target: Path,
    stick: Path | None = None,
    workbook: Path | None = None,
) -> None:
    """One picture of one page, with what lies on ``stick`` looked at, ``workbook`` read in."""
    from PySide6.QtWidgets import QApplication

    from desktop.ui import language, theme, typeface

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    typeface.families = typeface.bundled  # The same on every machine.
    language.install(app)
    theme.apply(app, dark=False)
    with shown(app, book, page, week, stick, workbook) as png:
        keep(png, target)
    print(f"{target.name}: {target.stat().st_size:,}")


@contextmanager
def shown(
    app: object,
    book: Path,
    page: str,
    week: str,
    stick: Path | None = None,
    workbook: Path | None = None,
) -> Iterator[bytes]:
    """The window on ``page`` of ``book`` as a picture in full colours."""
    from PySide6.QtCore import QBuffer, QIODevice

    from desktop import paths
    from desktop.ledger import workspace
    from desktop.ui import memory
    from desktop.ui.desk import Desk
    from desktop.ui.exchange.page import ExchangePage
    from desktop.ui.messages import Messages
    from desktop.ui.reading_in.page import ReadingInPage
    from desktop.ui.shell.window import MainWindow
    from desktop.ui.worker import Answer, Worker

    worker = Worker(lambda: workspace.open_book(book, operator="张晓燕"))
    found: list[Answer] = []
    worker.start(found.append)
    until(app, lambda: bool(found))
    facts = found[0].value
    kept = memory.of_book(paths.profile(), facts.identity)
    pc = memory.of_pc(paths.profile())
    desk = Desk(worker, facts, kept, Messages(), pc, lambda: TODAY)
    desk.set_period(week)
    window = MainWindow(desk)
    window.resize(*SIZE)
    window.show_page(page)
    window.show()
    if stick is not None:
        until(app, lambda: worker.pending == 0)
        page_shown = window.findChild(ExchangePage)
        assert isinstance(page_shown, ExchangePage)
        page_shown.arrivals.look_at([stick])
    if workbook is not None:
        until(app, lambda: worker.pending == 0)
        reading = window.findChild(ReadingInPage)
        assert isinstance(reading, ReadingInPage)
        reading.begin(workbook)
        until(app, lambda: reading.intake.found is not None)
    for _ in range(5):  # An answer may ask again; what is drawn late comes late.
        until(app, lambda: worker.pending == 0)
        over = time.monotonic() + 0.2
        until(app, lambda over=over: time.monotonic() > over)  # type: ignore[misc]
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    yield bytes(buffer.data().data())
    window.end()
    window.deleteLater()


def until(app: object, done: Callable[[], bool]) -> None:
    """Run the event loop until ``done``."""
    while not done():
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.001)


def keep(png: bytes, target: Path) -> None:
    """Write the picture, smaller and in few colours."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        height = round(picture.height * WIDTH / picture.width)
        small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
        few = small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(target, optimize=True)


if __name__ == "__main__":
    main()
