"""The strip of photos of a project, of one week or of all: add, look at, take out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import of_the_system
from desktop.ledger import attachments
from desktop.ledger.workspace import Book
from desktop.ui import icons, theme
from desktop.ui.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, Empty, Words
from desktop.ui.photos import dropping, keeping, reading
from desktop.ui.photos.dropping import Source
from desktop.ui.photos.reading import Photo
from desktop.ui.photos.thumbnails import Thumbnails
from desktop.ui.photos.tiles import PhotoDelegate, PhotoModel
from desktop.ui.photos.viewer import PhotoViewer
from desktop.ui.reading_in import choosing_file


class PhotoStrip(QWidget):
    """Photos of the subject given to :meth:`show_photos`; reads anew when they change.

    ``edge`` is a tile's width in px at standard size. ``count_changed`` says how many there are.
    """

    count_changed = Signal(int)

    def __init__(self, desk: Desk, edge: int = 168) -> None:
        super().__init__()
        self._desk, self._edge = desk, edge
        self._register, self._subject = desk.facts.scheme.head.weekly, ""
        self._period: str | None = None
        self.setAcceptDrops(True)
        self.title = Words("照片", bold=True)
        self.add_button = Button("添加照片…", icon="camera")
        self.add_button.clicked.connect(self.choose_files)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.add_button)
        self._thumbnails = Thumbnails(desk, self)
        self.model = PhotoModel(self)
        self.list = PhotoList()
        self.list.setModel(self.model)
        tile = PhotoDelegate(self._thumbnails, lambda: theme.current().px(edge), self)
        self.list.setItemDelegate(tile)
        self.empty = Empty("还没有照片", "把照片拖到这里、按 Ctrl+V 粘贴，或点“添加照片”。")
        self._either = QStackedWidget()
        self._either.addWidget(self.empty)
        self._either.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self._either, 1)
        self._thumbnails.loaded.connect(self.model.refresh)
        self.list.opened.connect(self.look)
        self.list.remove_wanted.connect(self.remove_chosen)
        self.list.menu_wanted.connect(self._menu)
        desk.changed.connect(self._hear)

    # What is shown ---------------------------------------------------------------------------

    def show_photos(self, subject: str, period: str | None = None, register: str = "") -> None:
        """Show a subject's photos, of one period or of all; "" shows none.

        Photos are added to ``period``, else to the week that the desk shows.
        """
        self._register = register or self._desk.facts.scheme.head.weekly
        self._subject, self._period = subject, period
        self.add_button.setEnabled(bool(subject))
        self.refresh()

    def refresh(self) -> None:
        """Read the photos anew."""
        register, subject, period = self._register, self._subject, self._period

        def read(book: Book) -> tuple[Photo, ...]:
            return reading.photos_of(book, register, subject, period) if subject else ()

        self._desk.read(self, read, self._show, key="photos")

    def _show(self, photos: tuple[Photo, ...]) -> None:
        at = self.list.currentIndex().row()
        self.model.show(photos)
        if photos and at >= 0:
            self._choose(min(at, len(photos) - 1))
        self._either.setCurrentWidget(self.list if photos else self.empty)
        self.title.set_text(f"照片 {len(photos)}" if photos else "照片")
        self.count_changed.emit(len(photos))

    def _choose(self, row: int) -> None:
        index = self.model.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)

    def _hear(self, changes: Changes) -> None:
        if changes.touches(self._register, "submission", "reception"):
            self.refresh()

    # Adding ----------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files and add them; the folder is remembered."""
        folder = str(self._desk.pc.get("photos", ""))
        names, _ = QFileDialog.getOpenFileNames(self, "添加照片", folder, dropping.FILTER)
        if names:
            self._desk.pc.put("photos", str(Path(names[0]).parent))
            self.add([Path(name) for name in names])

    def add(self, files: Sequence[Source]) -> None:
        """Add files or pictures to the period shown."""
        if self._subject:
            period = self._period or self._desk.period
            dropping.attach(self._desk, self, self._register, self._subject, period, files)

    def paste(self) -> None:
        """Add what was copied: files, or a picture from a chat."""
        data = QGuiApplication.clipboard().mimeData()
        self.add(dropping.sources(data) if data is not None else [])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if choosing_file.takes(event.mimeData()):  # a workbook is the window's
            event.ignore()
        else:
            self._weigh(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._weigh(event)

    def _weigh(self, event: QDragMoveEvent) -> None:
        data = event.mimeData()
        if self._subject and (data.hasUrls() or data.hasImage()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.add(dropping.sources(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    # Looking and taking out ------------------------------------------------------------------

    def chosen(self) -> list[Photo]:
        """The photos that are selected, in their order."""
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return [self.model.photos[row] for row in rows]

    def look(self, row: int) -> None:
        """Show one photo large."""
        viewer = PhotoViewer(self._desk, self, self.model.photos, row)
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        viewer.turned.connect(self._choose)
        viewer.remove_wanted.connect(lambda at: self._remove([viewer.photos[at]]))
        viewer.open()

    def remove_chosen(self) -> None:
        """Take the selected photos out of their rows; undone like any other act."""
        self._remove(self.chosen())

    def _remove(self, photos: Sequence[Photo]) -> None:
        chosen = [(photo.record, photo.digest) for photo in photos]
        if not chosen:
            return
        self._desk.write(
            self,
            "移除照片",
            lambda book: keeping.remove(book, self._register, chosen),
            lambda count: self._desk.say(f"已移除 {count} 张照片，按 Ctrl+Z 可以撤销"),
        )

    def save_as(self, photo: Photo) -> None:
        """Copy a photo into a file of the person's choice."""
        folder = Path(str(self._desk.pc.get("photos", "")))
        proposed = str(folder / f"{photo.week}-{Path(photo.name).stem or '照片'}.jpg")
        name, _ = QFileDialog.getSaveFileName(self, "照片另存为", proposed, "JPEG 图片 (*.jpg)")
        if not name:
            return

        def write(book: Book) -> None:
            content = attachments.get(book, photo.digest).content
            try:
                Path(name).write_bytes(content)
            except OSError as error:
                raise of_the_system(error) from error

        self._desk.read(self, write, lambda _: self._desk.say(f"已另存为 {Path(name).name}"))

    def _menu(self, where: QPoint) -> None:
        chosen = self.chosen()
        if not chosen:
            return
        menu = QMenu(self)
        at = self.list.currentIndex().row()
        menu.addAction(icons.icon("zoom-in"), "看大图\tEnter", partial(self.look, at))
        menu.addAction(icons.icon("save"), "另存为…", partial(self.save_as, chosen[0]))
        menu.addSeparator()
        take_out = menu.addAction(icons.icon("trash"), "移除\tDelete", self.remove_chosen)
        closed = next((photo.locked for photo in chosen if photo.locked), "")
        if closed:
            take_out.setEnabled(False)
            take_out.setText("移除（这一周已经上报）")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)


class PhotoList(QListView):
    """Tiles in lines. Enter, blank and double click open; Delete wants it removed."""

    opened = Signal(int)
    remove_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setAccessibleName("照片")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at: QModelIndex = self.currentIndex()
        opens = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in opens and at.isValid():
            self.opened.emit(at.row())
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            event.ignore()  # The strip pastes.
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(where)
