"""The clipboard: what Excel and WPS put there is read as they mean it, and written as they read."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.grid.clipboard import parse, parse_html, write, write_html


@pytest.mark.parametrize(
    ("text", "block"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("1200", (("1200",),), id="a single value"),
        pytest.param("1200\r\n", (("1200",),), id="a single cell of Excel"),
        pytest.param("1\t2\r\n3\t4\r\n", (("1", "2"), ("3", "4")), id="a block of Excel"),
        pytest.param("1\t2\n3\t4", (("1", "2"), ("3", "4")), id="a block of WPS"),
        pytest.param("1\r2\r", (("1",), ("2",)), id="old Macintosh lines"),
        pytest.param("\t\r\n", (("", ""),), id="two empty cells"),
        pytest.param("\r\n", (("",),), id="one empty cell"),
        pytest.param("a\r\n\r\n", (("a",), ("",)), id="an empty last row"),
        pytest.param("a\t", (("a", ""),), id="an empty last cell"),
        pytest.param("1\t2\t3\r\n4\r\n", (("1", "2", "3"), ("4",)), id="ragged rows"),
        pytest.param(
            '"主体施工\n至三层"\t360\r\n',
            (("主体施工\n至三层", "360"),),
            id="a line break",
        ),
        pytest.param(
            '"含""一期""\r\n二期"\t1\r\n', (('含"一期"\n二期', "1"),), id="doubled quotation marks"
        ),
        pytest.param('"a\tb"\t1', (("a\tb", "1"),), id="a tab in a cell"),
        pytest.param('"含税"\t1\r\n', (('"含税"', "1"),), id="quotation marks of the cell's own"),
        pytest.param('5"管\t"半截\r\n', (('5"管', '"半截'),), id="stray quotation marks"),
        pytest.param('""\t1', (('""', "1"),), id="two quotation marks alone"),
        pytest.param('"""整句"""', (('"整句"',),), id="a whole cell quoted by us"),
    ],
)
def test_texts_of_excel_and_wps(text: str, block: tuple[tuple[str, ...], ...]) -> None:
    assert parse(text) == block


_TEXT = st.text(
    st.sampled_from(["a", "主", "1", "，", '"', "\t", "\n", " ", ".", "=", "\x0b", "\u2028"]),
    max_size=6,
)


@given(st.lists(st.lists(_TEXT, min_size=1, max_size=4), max_size=5))
def test_what_is_written_is_read_back(block: list[list[str]]) -> None:
    assert parse(write(block)) == tuple(map(tuple, block))


@given(st.text(st.sampled_from('a"\t\r\n'), max_size=12))
def test_every_text_is_read(text: str) -> None:
    block = parse(text)
    assert (block == ()) == (text == "")
    assert all(row for row in block)
    assert parse(write(block)) == block


def test_a_quoted_figure_loses_its_quotation_marks_a_text_keeps_them() -> None:
    given = '"1,200.50"\t"2023年3月9日"\t"12.5%"\t"一期"\t"-"\r\n'
    assert parse(given) == (("1,200.50", "2023年3月9日", "12.5%", '"一期"', '"-"'),)
    block = (('"1,200.50"', "1"),)
    assert parse(write(block)) == block  # our own keeps what stands in the cell


def test_only_what_needs_quotation_marks_gets_them() -> None:
    assert write([["1200", '5"管', "主体"]]) == '1200\t5"管\t主体\r\n'
    assert write([['"引"', "一\r\n二", "三\t四"]]) == '"""引"""\t"一\n二"\t"三\t四"\r\n'


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {color:red}</style>
</head><body><table border=0><col width=72>
 <!--StartFragment-->
 <tr height=19><td class=xl65 x:num>1,200</td><td>主体施工<br>
  至三层</td><td>&nbsp;</td></tr>
 <tr><td colspan=2>合并 &amp; 居中</td><td>a&lt;b</td></tr>
 <!--EndFragment-->
</table><table><tr><td>第二张表</td></tr></table></body></html>"""


def test_a_page_of_wps_is_read() -> None:
    assert parse_html(PAGE) == (
        ("1,200", "主体施工\n至三层", ""),
        ("合并 & 居中", "", "a<b"),
    )


def test_cells_merged_downwards_leave_their_places_empty() -> None:
    page = (
        "<table><tr><td rowspan=3>甲</td><td>1</td><td rowspan=2>乙</td></tr>"
        "<tr><td>2</td></tr><tr><td>3</td><td>丙</td></tr></table>"
    )
    assert parse_html(page) == (("甲", "1", "乙"), ("", "2", ""), ("", "3", "丙"))


@pytest.mark.parametrize(
    ("page", "block"),
    [
        ("", ()),
        ("<p>没有表</p>", ()),
        ("<table></table>", ()),
        ("<table><td>没有行", (("没有行",),)),
        ("<table><tr><td>1<td>2<tr><td>3", (("1", "2"), ("3",))),
        ("<table><tr><td>外<table><tr><td>内</td></tr></table></td><td>2</td></tr></table>",
         (("外内", "2"),)),
        ("<table><tr><td colspan='x' rowspan='0'>1</td></tr></table>", (("1",),)),
        ("</table></td><table><tr><td>1</td></tr></table>", (("1",),)),
    ],
)  # fmt: skip
def test_broken_pages_are_read_as_far_as_they_go(
    page: str, block: tuple[tuple[str, ...], ...]
) -> None:
    assert parse_html(page) == block


class _Cells(HTMLParser):
    """The style of each cell with its text."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "td":
            self.styles.append(dict(attrs).get("style") or "")


def test_the_page_for_excel_keeps_codes_and_formulas_as_text() -> None:
    row = ["1200.5", "12.5%", "-3", "2304-441900-04-01-135254", "=1+1", "91350100M000100Y43", "007"]
    page = write_html([row])
    cells = _Cells()
    cells.feed(page)
    assert ["@" in style for style in cells.styles] == [False, False, False, True, True, True, True]


_LINE = st.text(st.sampled_from('a主1"&<'), min_size=1, max_size=5)


@given(
    st.lists(
        st.lists(st.lists(_LINE, max_size=3).map("\n".join), min_size=1, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_the_page_for_excel_is_read_back(block: list[list[str]]) -> None:
    assert parse_html(write_html(block)) == tuple(map(tuple, block))
