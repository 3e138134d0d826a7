"""The styles of a paper in Word: what an office finds in its list of styles, and nothing else.

Faces and sizes by GB/T 9704-2012 (5.2.2, 7.2, 7.3) as STANDARDS has them. Headings are Word's own
(标题 1–3), so that the navigation pane shows them.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from desktop.reports.columns import PAD
from desktop.reports.fonts import Role
from desktop.reports.page import BODY, PITCH
from desktop.reports.pen import LIGHTS, RED, Colour
from desktop.reports.word_elements import SIZE, border, indent, node, ordered, spacing, twips

FACES: dict[Role, tuple[str, str]] = {
    "title": ("方正小标宋简体", "宋体"),
    "hei": ("黑体", "SimHei"),
    "kai": ("楷体_GB2312", "楷体"),
    "fang": ("仿宋_GB2312", "仿宋"),
    "song": ("宋体", "SimSun"),
}
"""The face of each role, and the one that Word takes where the office has not got it."""
LINE = int(PITCH * 20) / 20
"""Pitch of the body in points, rounded down to twips: 22 of them stay within the type area."""


def ink(colour: Colour) -> str:
    """A colour as Word writes it."""
    return "".join(f"{round(part * 255):02X}" for part in colour)


@dataclass(frozen=True)
class Style:
    """A paragraph style: its face and size, what it changes in its paragraphs."""

    key: str
    name: str
    role: Role
    size: float = SIZE
    properties: tuple[Element, ...] = ()
    alias: str = ""
    colour: str = ""
    level: int = 0


def _styles() -> list[Style]:
    """All paragraph styles; made anew each time, for an element has one place only."""
    red = ink(RED)

    def centred() -> Element:
        return node("w:jc", val="center")

    def right() -> Element:
        return node("w:jc", val="right")

    def left() -> Element:
        return node("w:jc", val="left")

    def keep() -> Element:
        return node("w:keepNext")

    def loose(**space: float) -> Element:
        """Lines as high as their letters: for tables and small print."""
        made = spacing(**space)
        made.set(qn("w:line"), "240")
        made.set(qn("w:lineRule"), "auto")
        return made

    box = node(
        "w:pBdr", *(border(s, "single", 0.75, red, 2) for s in ("top", "left", "bottom", "right"))
    )
    return [
        Style("Body", "公文正文", "fang", properties=(indent(firstLine=2),)),
        Style("Title", "公文标题", "title", 22, (centred(), keep(), spacing(line=22 * 1.6))),
        Style("Subtitle", "公文副标题", "kai", properties=(centred(), keep())),
        Style(
            "Heading1", "heading 1", "hei", SIZE, (indent(firstLine=2), keep()), "一级标题", level=1
        ),
        Style(
            "Heading2", "heading 2", "kai", SIZE, (indent(firstLine=2), keep()), "二级标题", level=2
        ),
        Style(
            "Heading3",
            "heading 3",
            "fang",
            SIZE,
            (indent(firstLine=2), keep()),
            "三级标题",
            level=3,
        ),
        Style("Mark", "发文机关标志", "title", 36, (centred(), keep()), colour=red),
        Style("Number", "发文字号", "fang", properties=(centred(), keep())),
        Style("Issuer", "红头署名", "fang", properties=(left(), keep())),
        Style("Addressee", "主送机关", "fang", properties=(left(), keep())),
        Style("Attendance", "出席人员", "fang"),
        Style("Attachments", "附件说明", "fang", properties=(left(),)),
        Style("Closing", "落款", "fang", properties=(right(),)),
        Style("Signatures", "签字", "fang", 14, (left(),)),
        Style("Caption", "图表标题", "hei", 12, (centred(), keep(), spacing(before=4, line=22))),
        Style("TableUnit", "表格单位", "song", 9, (right(), keep(), spacing(line=14.4))),
        Style("TableHead", "表格表头", "hei", 10.5, (centred(), keep(), loose())),
        Style("TableText", "表格", "song", 10.5, (left(), loose())),
        Style("TableFigure", "表格数字", "song", 10.5, (right(), loose())),
        Style("TableWord", "表格居中", "song", 10.5, (centred(), loose())),
        Style("TableTotal", "表格合计", "hei", 10.5, (centred(), loose())),
        Style("TableSum", "表格合计数字", "hei", 10.5, (right(), loose())),
        Style("TableNote", "表注", "song", 9, (left(), loose(before=3, after=7))),
        Style("FormLabel", "表单栏目", "fang", 14, (centred(), loose())),
        Style("FormText", "表单内容", "fang", 14, (left(), loose())),
        Style("Chart", "图", "song", 10.5, (centred(), loose(after=7))),
        Style("Imprint", "版记", "fang", 14, (left(), loose(before=3, after=3))),
        Style("AppendixLabel", "附件标记", "hei", 14, (left(), keep(), spacing(line=22))),
        Style("PageFoot", "页脚", "song", 14, (left(), spacing(line=18))),
        Style("PageHead", "页眉", "hei", 10.5, (right())),
        Style("Demonstration", "演示数据", "hei", 10.5, (centred(), box, loose()), colour=red),
        Style("Break", "分隔", "song", 1, (spacing(line=0.75),)),
    ]


def put_styles(document: Document) -> None:
    """Replace all styles of ``document`` by those of a paper."""
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(
        node(
            "w:docDefaults",
            node("w:rPrDefault", node("w:rPr", *_letters("fang", SIZE), _language())),
            node("w:pPrDefault", node("w:pPr")),
        )
    )
    root.append(_normal())
    for style in _styles():
        root.append(_paragraph_style(style))
    root.append(
        node("w:style", node("w:name", val="Default Paragraph Font"), node("w:uiPriority", val=1),
             node("w:semiHidden"), type="character", default=1, styleId="DefaultParagraphFont")
    )  # fmt: skip
    for key, name, role, colour in (
        ("Lead", "段首楷体", "kai", ""),
        ("LeadHei", "段首黑体", "hei", ""),
        ("LightGreen", "绿灯", "song", ink(LIGHTS["green"][1])),
        ("LightYellow", "黄灯", "song", ink(LIGHTS["yellow"][1])),
        ("LightRed", "红灯", "song", ink(LIGHTS["red"][1])),
        ("PageNumber", "页码", "song", ""),
        ("Small", "页脚小字", "song", "595959"),
    ):
        root.append(_character_style(key, name, role, colour))  # type: ignore[arg-type]
    root.append(_table_style())


def _language() -> Element:
    """Chinese; figures and Latin letters count as words of their own and are not torn."""
    return node("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _face(role: Role) -> Element:
    name = FACES[role][0]
    return node("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _letters(role: Role, size: float, colour: str = "") -> list[Element]:
    shade = [node("w:color", val=colour)] if colour else []
    half = round(size * 2)
    gap = node("w:spacing", val=twips(BODY - SIZE) if size == SIZE else 0)
    return [_face(role), *shade, gap, node("w:sz", val=half), node("w:szCs", val=half)]


def _normal() -> Element:
    """正文: everything else stands on it, 22 lines of 28 characters, set to the full measure.

    The page declares the grid; the text keeps to it by its own line pitch and by characters set
    closer (16 to 15.75 points), which every program breaks alike: some take a character that is
    wider than the grid for two.
    """
    return node(
        "w:style",
        node("w:name", val="Normal"),
        node("w:qFormat"),
        node(
            "w:pPr",
            node("w:widowControl"),
            node("w:snapToGrid", val=0),
            spacing(line=LINE),
            node("w:jc", val="both"),
        ),
        node("w:rPr", *_letters("fang", SIZE)),
        type="paragraph",
        default=1,
        styleId="Normal",
    )


def _paragraph_style(style: Style) -> Element:
    properties = list(style.properties)
    if style.level:
        properties.append(node("w:outlineLvl", val=style.level - 1))
    made = node("w:style", node("w:name", val=style.name))
    if style.alias:
        made.append(node("w:aliases", val=style.alias))
    made.append(node("w:basedOn", val="Normal"))
    if style.level:
        made.append(node("w:next", val="Body"))
    made.append(node("w:qFormat"))
    made.append(node("w:pPr", *ordered(properties)))
    made.append(node("w:rPr", *_letters(style.role, style.size, style.colour)))
    made.set(qn("w:type"), "paragraph")
    made.set(qn("w:styleId"), style.key)
    if not style.level:
        made.set(qn("w:customStyle"), "1")
    return made


def _character_style(key: str, name: str, role: Role, colour: str) -> Element:
    shade = [node("w:color", val=colour)] if colour else []
    return node(
        "w:style",
        node("w:name", val=name),
        node("w:qFormat"),
        node("w:rPr", _face(role), *shade),
        type="character",
        customStyle=1,
        styleId=key,
    )


def cell_margins() -> Element:
    """White left and right in a cell, a hair less than in the PDF: columns are as wide as their
    widest figure, and programs round. Each table says it for itself, since not every program takes
    it from the style."""
    sides = {"top": 0, "left": twips(PAD - 0.6), "bottom": 0, "right": twips(PAD - 0.6)}
    return node(
        "w:tblCellMar",
        *(node(f"w:{side}", w=wide, type="dxa") for side, wide in sides.items()),
    )


def _table_style() -> Element:
    return node(
        "w:style",
        node("w:name", val="Normal Table"),
        node("w:uiPriority", val=99),
        node("w:semiHidden"),
        node(
            "w:tblPr",
            node("w:tblInd", w=0, type="dxa"),
            cell_margins(),
        ),
        type="table",
        default=1,
        styleId="TableNormal",
    )
