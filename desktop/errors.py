"""What can go wrong in the world, each with its name, a Chinese sentence and advice.

Errors of the world (a full disk, a damaged file, a mistyped period) are raised as a subclass of
:class:`OneLedgerError` by the room that meets them; the few that every layer needs stand here.
Whatever else is raised is a fault of ours: it ends in a saved report, never in a traceback shown
to a clerk. Findings about data are collected as lists and are never exceptions.
"""

from __future__ import annotations

import errno


class OneLedgerError(Exception):
    """The world went wrong; nothing was changed.

    ``sentence`` says in Chinese what is wrong, ``advice`` what the person can do about it.
    """

    def __init__(self, sentence: str, advice: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice

    @property
    def name(self) -> str:
        """The refusal's name, as ``--json`` reports it."""
        return type(self).__name__

    def __str__(self) -> str:
        return f"{self.sentence}{self.advice}"


class DiskFull(OneLedgerError):
    """A write met the end of the disk; the file that was being written is as before."""

    def __init__(self, where: str = "") -> None:
        place = f"（{where}）" if where else ""
        super().__init__(
            f"磁盘空间不足{place}，这一步没有保存。",
            "请清理磁盘或换一个位置，然后重做这一步；此前保存的内容都在。",
        )


class NotWritable(OneLedgerError):
    """A file or folder refuses to be written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"无法写入：{where}。",
            "请检查文件是否正被其他程序打开、是否为只读，或换一个文件夹。",
        )


class NotFound(OneLedgerError):
    """A file that was named does not exist."""

    def __init__(self, where: str) -> None:
        super().__init__(f"找不到文件：{where}。", "请检查文件名和文件夹是否写对。")


def of_the_system(error: OSError) -> OneLedgerError:
    """What the operating system refused, as one of the world's errors."""
    where = str(error.filename or "") or (error.strerror or "")
    return DiskFull(where) if error.errno == errno.ENOSPC else NotWritable(where)
