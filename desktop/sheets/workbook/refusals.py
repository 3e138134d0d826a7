"""Why a workbook is not read, or not taken in: every refusal with its name and a sentence.

None of them has changed anything: they are raised before the first entry is written.
"""

from __future__ import annotations

from desktop.errors import OneLedgerError

SAVE_AS = "请用 WPS 或 Excel 打开它，另存为“Excel 工作簿（*.xlsx）”后再读入。"


class SheetsRefusal(OneLedgerError):
    """What all refusals of this folder have in common."""


class NotAWorkbook(SheetsRefusal):
    """The content is no xlsx, xls, ods or csv, whatever the name says."""

    def __init__(self, file: str, looks_like: str) -> None:
        super().__init__(f"“{file}”不是可以读取的表格：从内容看是{looks_like}。", SAVE_AS)
        self.looks_like = looks_like


class LeftBesideWorkbook(SheetsRefusal):
    """Excel's or WPS' note of who has a workbook open (``~$…``), picked instead of it."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"“{file}”不是表格，是 Excel 或 WPS 打开表格时留在旁边的临时文件。",
            "请选择名称不带“~$”的那个文件；对方还在编辑的，请先保存并关闭。",
        )


class WorkbookEmpty(SheetsRefusal):
    """The file has no bytes, or no cell of the workbook holds anything."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"“{file}”是空的，没有任何内容。", "请核对是否选错了文件，或请对方重新发送。"
        )


class WorkbookHasPassword(SheetsRefusal):
    """The workbook is encrypted; a password is never asked for here."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"“{file}”设有打开密码，无法读取。",
            "请用 WPS 或 Excel 打开，取消密码后另存一份再读入。",
        )


class WorkbookTooLarge(SheetsRefusal):
    """More bytes, rows or columns than a table made by people has."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"“{file}”过大，没有读入：{reason}。",
            "请删去多余的工作表、空白行列和图片，只留需要的表格，另存后再读入；"
            "确有这么多内容的，请按单位或年度拆成几个工作簿，分别读入。",
        )


class WorkbookHostile(SheetsRefusal):
    """Built as no office program builds a workbook: made to do harm, or by a broken tool."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"“{file}”的内部结构异常，为安全起见没有读入：{reason}。",
            "请向发来文件的单位核实来源。" + SAVE_AS,
        )


class WorkbookDamaged(SheetsRefusal):
    """Cut off or changed on its way; the reader cannot make sense of it."""

    def __init__(self, file: str, reason: str = "") -> None:
        detail = f"（{reason}）" if reason else ""
        super().__init__(
            f"“{file}”已损坏，读不出内容{detail}。",
            "请重新复制一份；如能用 WPS 或 Excel 打开，另存后再读入。",
        )


class WorkbookTooSlow(SheetsRefusal):
    """Reading did not end within its time and was stopped."""

    def __init__(self, file: str, seconds: float) -> None:
        super().__init__(
            f"读取“{file}”超过 {seconds:.0f} 秒仍未完成，已停止。",
            "请删去多余的工作表和空白行列，另存后再读入。",
        )


class WorkbookUnreadable(SheetsRefusal):
    """The file exists but the system does not let us read it."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"无法打开“{file}”：{reason}。",
            "请检查文件是否正被其他程序独占，或复制到本机硬盘后再读入。",
        )


class WorkbookChanging(SheetsRefusal):
    """The file was written, replaced or taken away while it was read."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"读取“{file}”时，这个文件被改动或移走了，没有读入。",
            "请等复制或保存完成、关闭正在编辑它的程序后再读入；U盘要插稳。",
        )


class AnswersMalformed(SheetsRefusal):
    """The file of answers is no JSON object of question → value."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"答复文件“{file}”的格式不对：{reason}。",
            '答复文件应是 JSON，形如 {"工作表!B5:due": "2023-03-31"}，不填的写 null。',
        )


class UnknownAnswer(SheetsRefusal):
    """Answers name questions that this workbook does not raise."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        shown = "、".join(ids[:5]) + ("等" if len(ids) > 5 else "")
        super().__init__(
            f"答复中有 {len(ids)} 处对不上本工作簿的问题或栏目：{shown}。",
            "请按本次读表列出的问题编号（id）重新答复；账本没有改动。",
        )


class AnswerNotUnderstood(SheetsRefusal):
    """An answer cannot be read as a value of its field."""

    def __init__(self, question: str, answer: str, reason: str) -> None:
        asked = question.replace("“", "‘").replace("”", "’")  # quoted in its turn
        answer = "空" if answer in ("", "None") else answer  # null in a file of answers
        super().__init__(
            f"对“{asked}”的答复“{answer}”不能采用：{reason}。", "请改正后重试；账本没有改动。"
        )


class PeriodUnknown(SheetsRefusal):
    """Weekly figures, and nothing says of which week."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(
            "工作簿中有分期的数据，但标题、文件名都没有写明是哪一年的第几周（或几月）。",
            f"请指定期次，例如 --period {hint or '2023-W09'}。",
        )
