"""The pages on the screen: sharp, lazily drawn, moved by keys and wheel."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.reports.ledger_pdf import draw_ledger
from desktop.ui.papers.bar import PageBar
from desktop.ui.papers.pdf import DocumentClosed, PdfPages
from desktop.ui.papers.preview import Preview
from desktop.ui.papers.stack import FULL
from tests.reports import papers
from tests.ui.conftest import spin


@pytest.fixture(scope="module")
def data() -> bytes:
    target = BytesIO()
    made = draw_ledger(papers.ledger_paper(400), target)
    assert made.pages > 20
    return target.getvalue()


@pytest.fixture
def preview(qapp: QApplication) -> Iterator[Preview]:
    view = Preview()
    view.resize(900, 600)
    view.show()
    yield view
    view.show_pdf(None)


def seen_pages(view: Preview) -> list[int]:
    return list(view._seen())


def drawn(view: Preview) -> bool:
    """Whether every page in view has its picture at the present zoom."""
    assert view.document is not None
    ratio = view.devicePixelRatioF()
    return all(
        view._has(view.document, page, view._stack.spots[page].scale * ratio)
        for page in view._seen()
    )


def test_only_what_is_seen_is_drawn(preview: Preview, data: bytes) -> None:
    preview.show_pdf(PdfPages(data))
    spin(lambda: drawn(preview))
    spin(lambda: not preview._renderer._wanted)
    assert set(preview._pictures) <= {0, 1, 2, 3}
    assert preview.grab().toImage().pixelColor(450, 300).name() != ""


def test_the_picture_on_the_screen_is_the_page(preview: Preview, data: bytes) -> None:
    document = PdfPages(data)
    preview.show_pdf(document)
    spin(lambda: drawn(preview))
    spot = preview._stack.spots[0]
    page = document.picture(0, spot.scale)
    screen = preview.viewport().grab().toImage()
    ratio = screen.devicePixelRatio()
    assert ratio == 1
    for x in range(5, spot.width - 5, 37):
        for y in range(5, 400, 23):
            wanted, there = page.pixelColor(x, y), screen.pixelColor(spot.left + x, spot.top + y)
            assert wanted.name() == there.name()


def test_keys_move_by_page_and_to_the_ends(preview: Preview, data: bytes) -> None:
    preview.show_pdf(PdfPages(data))
    preview.set_zoom("page")
    last = len(PdfPages(data)) - 1
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.page == 2
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    assert preview.page == 1
    QTest.keyClick(preview, Qt.Key.Key_End)
    assert preview.page == last
    QTest.keyClick(preview, Qt.Key.Key_Home)
    assert preview.page == 0


def test_a_page_higher_than_the_view_is_read_through(preview: Preview, data: bytes) -> None:
    preview.show_pdf(PdfPages(data))
    preview.set_zoom(2.0)
    QTest.keyClick(preview, Qt.Key.Key_Home)
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.page == 0
    assert preview.verticalScrollBar().value() == int(preview.viewport().height() * 0.9)
    QTest.keyClick(preview, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert preview.page == 1


def wheel(view: Preview, turned: int, modifier: Qt.KeyboardModifier) -> None:
    place = QPointF(300, 200)
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_control_and_wheel_zoom_about_the_mouse(preview: Preview, data: bytes) -> None:
    preview.show_pdf(PdfPages(data))
    preview.set_zoom(FULL)
    preview.verticalScrollBar().setValue(1500)
    place = preview._stack.share(1500 + 200)
    wheel(preview, 120, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == pytest.approx(1.25 * FULL)
    under = preview._stack.share(preview.verticalScrollBar().value() + 200)
    assert under[0] == place[0]
    assert under[1] == pytest.approx(place[1], abs=0.01)
    wheel(preview, -120, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == pytest.approx(FULL)


def test_the_wheel_alone_scrolls(preview: Preview, data: bytes) -> None:
    preview.show_pdf(PdfPages(data))
    wheel(preview, -120, Qt.KeyboardModifier.NoModifier)
    assert preview.verticalScrollBar().value() > 0
    assert preview.zoom == "width"


def test_keys_zoom(preview: Preview, data: bytes) -> None:
    preview.show_pdf(PdfPages(data))
    preview.set_zoom(FULL)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(preview, Qt.Key.Key_Equal, control)
    assert preview.scale == pytest.approx(1.25 * FULL)
    QTest.keyClick(preview, Qt.Key.Key_Minus, control)
    QTest.keyClick(preview, Qt.Key.Key_Minus, control)
    assert preview.scale == pytest.approx(0.75 * FULL)
    QTest.keyClick(preview, Qt.Key.Key_0, control)
    assert preview.zoom == "width"


def test_a_paper_made_anew_stays_at_its_place(preview: Preview, data: bytes) -> None:
    preview.show_pdf(PdfPages(data))
    preview.go_to(7)
    at = preview.verticalScrollBar().value()
    preview.show_pdf(PdfPages(data), stay=True)
    assert (preview.page, preview.verticalScrollBar().value()) == (7, at)
    preview.show_pdf(PdfPages(data))
    assert preview.page == 0


def test_another_width_lays_the_pages_anew(preview: Preview, data: bytes) -> None:
    preview.show_pdf(PdfPages(data))
    preview.go_to(5)
    preview.resize(500, 600)
    QApplication.processEvents()
    assert preview.page == 5
    assert preview._stack.spots[0].width <= preview.viewport().width()


def test_pictures_far_away_are_let_go(
    preview: Preview, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.papers.preview._ROOM", 8_000_000)
    document = PdfPages(data)
    preview.show_pdf(document)
    for page in range(0, len(document), 2):
        preview.go_to(page)
        spin(lambda: drawn(preview))
    assert 0 not in preview._pictures
    assert sum(one.image.sizeInBytes() for one in preview._pictures.values()) < 16_000_000


def test_a_closed_document_gives_no_pictures(data: bytes) -> None:
    document = PdfPages(data)
    whole = document.picture(0, 1.0)
    assert (whole.width(), whole.height()) == (842, 596)
    document.close()
    with pytest.raises(DocumentClosed):
        document.picture(0, 1.0)
    document.close()


def test_bands_together_are_the_page(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    document = PdfPages(data)
    whole = document.picture(0, 2.0)
    monkeypatch.setattr("desktop.ui.papers.pdf.MOST_PIXELS", 2_000_000)
    bands = list(document.bands(0, 2.0))
    assert len(bands) > 4
    assert [first for first, _ in bands] == [
        sum(b.height() for _, b in bands[:n]) for n in range(len(bands))
    ]
    assert sum(band.height() for _, band in bands) == whole.height()
    for first, band in bands:
        assert band.width() == whole.width()
        for x in range(0, band.width(), 31):
            for y in range(0, band.height(), 11):
                there, wanted = band.pixelColor(x, y), whole.pixelColor(x, first + y)
                assert abs(there.lightness() - wanted.lightness()) < 48
    document.close()


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen's own confession
def test_the_bar_shows_and_moves(preview: Preview, data: bytes, qtbot: Any) -> None:
    bar = PageBar(preview)
    qtbot.addWidget(bar)
    bar.show()
    assert not bar.after.isEnabled()
    preview.show_pdf(PdfPages(data))
    count = len(PdfPages(data))
    assert bar.count.text() == f"/ {count} 页"
    assert not bar.before.isEnabled()
    QTest.mouseClick(bar.after, Qt.MouseButton.LeftButton)
    assert (preview.page, bar.number.value()) == (1, 2)
    bar.number.selectAll()
    QTest.keyClicks(bar.number, "9")
    QTest.keyClick(bar.number, Qt.Key.Key_Return)
    assert preview.page == 8
    QTest.mouseClick(bar.larger, Qt.MouseButton.LeftButton)
    assert bar.zoom.currentText() == "100%"
    bar.zoom.setCurrentIndex(bar.zoom.findText("整页"))
    bar.zoom.activated.emit(bar.zoom.currentIndex())
    assert preview.zoom == "page"
    preview.set_zoom(1.11 * FULL)
    assert bar.zoom.currentText() == "111%"
