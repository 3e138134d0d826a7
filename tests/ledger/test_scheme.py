"""The scheme: what is shipped loads, what is malformed is refused, what follows is taken over."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.ledger import folding, merging, records, scheming, undo, workspace
from desktop.ledger import scheme as schemes
from desktop.ledger.correspondence import REGISTERS
from desktop.ledger.definitions import BOOK, SCHEME, MalformedScheme, NoSuchField, NoSuchRegister
from desktop.ledger.expressions import BadExpression
from desktop.ledger.soundness import succeeds
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import change, clean, everything, found, project, shipped, texts, week

LAND = """
name = "land"
title = "用地台账"
shape = "ledger"
of = "project"
period = ["month"]
system = "S10"
label = "plot"
key = ["plot"]

[[field]]
name = "plot"
title = "地块"
type = "text"
required = true

[[field]]
name = "area"
title = "面积（亩）"
type = "number"
minimum = 0

[[field]]
name = "paid"
title = "已付地价"
type = "money"

[[field]]
name = "share"
title = "占总投资"
type = "percent"
formula = "paid * 1.0 / nullif(subject.total_investment, 0)"
"""


# What is shipped ---------------------------------------------------------------------------------


def test_the_shipped_scheme_has_every_system_of_the_weekly_loop() -> None:
    scheme = shipped()
    assert scheme.name == "investment"
    systems = {register.system for register in scheme.registers.values()}
    assert systems >= {"S1", "S2", "S12", "S15", "S17", "S18", "S19", "S21"}
    assert scheme.registers[scheme.head.weekly].of == scheme.head.subject
    assert scheme.week_last_day == 3
    assert {"book", "scheme", "unit", "submission", "reception", "explanation"} <= set(
        scheme.registers
    )


def test_every_shipped_field_can_be_named_shown_and_stored() -> None:
    scheme = shipped()
    for register in scheme.registers.values():
        if register in (BOOK, SCHEME, *REGISTERS):
            continue
        assert re.search("[\u4e00-\u9fff]", register.title), register.name
        in_sections = [name for section in register.section for name in section.fields]
        assert len(in_sections) == len(set(in_sections)), register.name
        for field in register.shown:
            assert re.search("[\u4e00-\u9fff]", field.title), field.name
            assert field.formula is not None or field.name in in_sections, field.name
            assert (scheme.code_list(field) is not None) == (field.choices is not None)


def test_the_names_of_the_agreed_dictionary_stand_where_they_belong() -> None:
    scheme = shipped()
    agreed = (
        "name code level categories nature state stage content place owner responsible_unit "
        "lead_unit cooperating_units responsible_person phone sponsor service_officer "
        "total_investment annual_plan planned_start planned_finish actual_start actual_finish"
    )
    assert set(agreed.split()) <= set(scheme.register("project").by_name)
    weekly = "completed_week completed_year completed_total physical_progress problems needs"
    assert set(weekly.split()) | {"next_plan"} <= set(scheme.register("weekly").by_name)
    items = "project problem measure responsible_unit responsible_person due state"
    assert set(items.split()) <= set(scheme.register("problem").by_name)


def test_unknown_names_are_refused_with_what_there_is() -> None:
    scheme = shipped()
    with pytest.raises(NoSuchRegister, match="项目档案"):
        scheme.register("projekt")
    with pytest.raises(NoSuchField, match="项目名称"):
        scheme.register("project").get("nam")


def test_a_folder_without_a_scheme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedScheme) as refused:
        schemes.load(tmp_path / "none")
    assert refused.value.file == "scheme.toml"


def test_a_scheme_read_from_a_folder_is_the_one_written_there(tmp_path: Path) -> None:
    for name, text in texts(registers__land=LAND).items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    assert schemes.load(tmp_path).registers.keys() == shipped().registers.keys() | {"land"}


def test_a_file_saved_by_notepad_with_its_mark_is_read(tmp_path: Path) -> None:
    for name, text in texts().items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8-sig")
    assert schemes.load(tmp_path).texts == shipped().texts


def test_a_file_in_another_encoding_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "scheme.toml").write_bytes('title = "一本账"'.encode("gb18030"))
    with pytest.raises(MalformedScheme) as refused:
        schemes.load(tmp_path)
    assert refused.value.file == "scheme.toml"


# What is malformed -------------------------------------------------------------------------------

WEEKLY, PROJECT, HEAD = "registers/weekly.toml", "registers/project.toml", "scheme.toml"
CODES, PROBLEM, UNIT = "codes.toml", "registers/problem.toml", "registers/unit.toml"
SUBMISSION, RECEPTION = "registers/submission.toml", "registers/reception.toml"
EXPLANATION, MILESTONE = "registers/explanation.toml", "registers/milestone.toml"
LEVEL = '[[level]]\nname = "district"\ntitle = "区"\n'
FIELD = '\n[[field]]\nname = "{}"\ntitle = "新栏"\ntype = "{}"\n'


def added(name: str = "extra", kind: str = "text", more: str = "") -> Callable[[str], str]:
    return lambda text: text + FIELD.format(name, kind) + more


def swapped(old: str, new: str) -> Callable[[str], str]:
    def swap(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return swap


MALFORMED: list[tuple[str, Callable[[str], str], str, str]] = [
    # what msgspec and TOML themselves see
    (HEAD, lambda text: text + "name = 'again", "", "TOML"),
    (HEAD, swapped("version = 1", 'version = "1"'), "version", "应为 int，现为 str"),
    (HEAD, swapped("version = 1", ""), "", "缺少必需的键 version"),
    (HEAD, swapped("version = 1", "version = 1\ncolour = 1"), "", "不认识的键 colour"),
    (HEAD, swapped('"thursday"', '"donnerstag"'), "week_last_day", "不能取值 'donnerstag'"),
    (HEAD, swapped('"万元"', '"千元"'), "money_unit", "不能取值"),
    (WEEKLY, swapped('"ledger"', '"card"'), "shape", "不能取值 'card'"),
    (WEEKLY, swapped('["week"]', '["day"]'), "period.1", "不能取值 'day'"),
    (WEEKLY, added(kind="moneys"), "field.extra.type", "不能取值 'moneys'"),
    (WEEKLY, added(more="wide = 3\n"), "field.extra", "不认识的键 wide"),
    (WEEKLY, added(more='width = "3"\n'), "field.extra.width", "应为 int，现为 str"),
    (CODES, lambda text: text + '\n[colour]\ntitle = "颜色"\n', "colour", "缺少必需的键 items"),
    # the head
    (HEAD, swapped('subject = "project"', 'subject = "house"'), "subject", "没有册“house”"),
    (HEAD, swapped('weekly = "weekly"', 'weekly = "daily"'), "weekly", "没有册“daily”"),
    (HEAD, swapped('weekly = "weekly"', 'weekly = "submission"'), "weekly", "不在周调度的对象之下"),
    (HEAD, swapped('weekly = "weekly"', 'weekly = "problem"'), "weekly", "不按周"),
    (HEAD, swapped('under = "district"', 'under = "city"'), "level.department.under", "city"),
    (HEAD, swapped('"区县"', '"区县"\nunder = "township"'), "level.district.under", "前面没有"),
    (HEAD, lambda text: f"{text}{LEVEL}", "level.district", "重名"),
    (CODES, swapped('{ name = "市"', '{ name = "省"'), "level", "重复"),
    # a register
    (PROJECT, swapped('name = "project"', 'name = "Project"'), "name", "不能用作册名"),
    (PROJECT, swapped('name = "project"', 'name = "journal"'), "name", "不能用作册名"),
    (PROJECT, swapped('name = "project"', 'name = "conflict"'), "name", "不能用作册名"),
    (PROJECT, swapped('name = "project"', 'name = "v_unit"'), "name", "不能用作册名"),
    (PROJECT, swapped('name = "project"', 'name = "sqlite_x"'), "name", "不能用作册名"),
    (PROJECT, swapped('name = "project"', 'name = "book"'), "name", "已在 scheme.toml 定义"),
    (WEEKLY, swapped('name = "weekly"', 'name = "project"'), "name", "已在 registers/project.toml"),
    (PROJECT, swapped('shape = "file"', 'shape = "file"\nof = "unit"'), "of", "档案不在"),
    (PROBLEM, swapped('of = "project"', 'of = "house"'), "of", "没有册“house”"),
    (PROBLEM, swapped('of = "project"\n', ""), "of", "必须写明"),
    (PROBLEM, swapped('of = "project"', 'of = "milestone"'), "of", "不是档案"),
    (PROBLEM, swapped("system", 'period = ["week"]\nsystem'), "period", "其他册不写"),
    (PROBLEM, swapped('of = "project"', 'of = "project"\nsubmitted = true'), "submitted", "周台账"),
    (PROBLEM, swapped('of = "project"', 'of = "project"\nkey = ["aspect"]'), "key", "只有台账"),
    (EXPLANATION, swapped('period = ["week"]\n', ""), "period", "要写明期次"),
    (WEEKLY, swapped("submitted = true", 'key = ["colour"]'), "key", "没有可填的栏目“colour”"),
    (WEEKLY, swapped("submitted = true", 'key = ["completion_rate"]'), "key", "没有可填的栏目"),
    (WEEKLY, added("remark"), "field.remark", "重名"),
    (WEEKLY, added("project"), "field.project", "重名"),
    (WEEKLY, added("period"), "field.period", "重名"),
    (PROJECT, swapped('owner = "unit"', 'owner = "boss"'), "owner", "没有栏目“boss”"),
    (PROJECT, swapped('owner = "unit"', 'owner = "name"'), "owner", "指向单位"),
    (PROJECT, swapped('label = "name"', 'label = "nom"'), "label", "没有栏目“nom”"),
    (WEEKLY, swapped("submitted = true", 'label = "completion_rate"'), "label", "是公式"),
    (PROJECT, swapped("system", 'filled_by = ["city"]\nsystem'), "filled_by", "没有层级“city”"),
    (PROJECT, swapped('fields = ["name", ', 'fields = ["nom", '), "section.基本情况", "nom"),
    # a field
    (WEEKLY, added("Extra"), "field.Extra", "不能用作栏目名"),
    (WEEKLY, added("heads"), "field.heads", "不能用作栏目名"),
    (WEEKLY, added("last2"), "field.last2", "不能用作栏目名"),
    (WEEKLY, added(kind="choice"), "field.extra.choices", "写明代码表"),
    (WEEKLY, added(more='choices = "level"\n'), "field.extra.choices", "其他栏目不写"),
    (WEEKLY, added(kind="choice", more='choices = "no"\n'), "field.extra.choices", "代码表“no”"),
    (WEEKLY, added(kind="link"), "field.extra.of", "写明所指的册"),
    (WEEKLY, added(more='of = "unit"\n'), "field.extra.of", "其他栏目不写"),
    (WEEKLY, added(kind="link", more='of = "no"\n'), "field.extra.of", "没有册“no”"),
    (WEEKLY, added(more="minimum = 1\n"), "field.extra.minimum", "只有数值栏"),
    (WEEKLY, added("n", "integer", "minimum = 2\nmaximum = 1\n"), "field.n.minimum", "大于上限"),
    (WEEKLY, added(more='code = "credit"\n'), "field.extra.code", "只有代码栏"),
    (WEEKLY, added(more='pattern = "["\n'), "field.extra.pattern", "正则"),
    (WEEKLY, added(more="pattern = '(a+)+$'\n"), "field.extra.pattern", "套有重复"),
    (WEEKLY, added(more='formula = "1"\nrequired = true\n'), "field.extra.formula", "公式栏不填写"),
    (WEEKLY, added(more='filled_by = ["city"]\n'), "field.extra.filled_by", "没有层级“city”"),
    # what the program itself reads
    (UNIT, lambda text: text.replace('"above"', '"higher"'), "field.above", "程序要用"),
    (RECEPTION, lambda text: text.replace('"submission"', '"sent"'), "field.submission", "要用"),
    (SUBMISSION, swapped('of = "unit"', 'of = "project"'), "of", "每个单位每周一条"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "spoil", "key", "reason"),
    MALFORMED,
    ids=[
        f"{at}-{file.split('/')[-1][:-5]}-{key}" for at, (file, _, key, _) in enumerate(MALFORMED)
    ],
)
def test_a_malformed_definition_is_refused_with_file_key_and_reason(
    file: str, spoil: Callable[[str], str], key: str, reason: str
) -> None:
    spoilt = {**texts(), file: spoil(texts()[file])}
    with pytest.raises(MalformedScheme) as refused:
        schemes.parse(spoilt)
    assert refused.value.file == file
    assert refused.value.key == key
    assert reason in refused.value.reason
    assert file in refused.value.sentence
    assert "账本没有改动" in refused.value.advice


@pytest.mark.parametrize("name", ["unit", "submission", "reception"])
def test_a_scheme_without_what_the_program_reads_is_refused(name: str) -> None:
    without = texts()
    del without[f"registers/{name}.toml"]
    with pytest.raises(MalformedScheme) as refused:
        schemes.parse(without)
    assert name in f"{refused.value.file}{refused.value.key}{refused.value.reason}"


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ('formula = "completed_weak + 1"\n', "周调度台账·新栏"),
        ('formula = "completed_week; DROP TABLE journal"\n', "周调度台账·新栏"),
        ('formula = "load_extension(remark)"\n', "周调度台账·新栏"),
        ('formula = "last.nothing"\n', "周调度台账·新栏"),
        ('offer = "last.completed_weak + 1"\n', "周调度台账·新栏"),
        ('offer = "randomblob(4)"\n', "周调度台账·新栏"),
    ],
)
def test_a_book_is_not_founded_on_an_expression_that_does_not_run(
    tmp_path: Path, more: str, where: str
) -> None:
    spoilt = schemes.parse({**texts(), WEEKLY: added("extra", "money", more)(texts()[WEEKLY])})
    with pytest.raises(BadExpression) as refused:
        found(tmp_path / "账本.yzb", scheme=spoilt)
    assert refused.value.where == where
    assert list(tmp_path.iterdir()) == []


# A register needs a TOML file and nothing else ---------------------------------------------------


def test_a_new_register_gets_table_view_records_undo_and_verification(tmp_path: Path) -> None:
    scheme = schemes.parse(texts(registers__land=LAND))
    with found(tmp_path / "账本.yzb", scheme=scheme) as book:
        subject = project(book)
        with book.batch("create") as batch:
            values = {"project": subject, "period": "2023年2月", "plot": "甲", "paid": 30_000_000}
            record = batch.create("land", values)
        assert book.rows("land", "2023-02") == [
            {
                "record": record,
                "project": subject,
                "period": "2023-02",
                "plot": "甲",
                "area": None,
                "paid": 30_000_000,
                "share": 0.25,
                "heads": book.journal.of_record(record)[-1].identity,
                "conflicts": 0,
            }
        ]
        change(book, "land", record, area=12.5)
        assert books.value(book, "land", record, "area") == 12.5
        undo.undo(book)
        undo.undo(book)
        assert book.rows("land") == []
        undo.redo(book)
        assert [row["plot"] for row in book.rows("land")] == ["甲"]
        assert clean(book)
        strict = book.select("SELECT sql FROM sqlite_schema WHERE name = 'land'")[0]["sql"]
        assert "STRICT" in strict
        assert "[paid] INTEGER" in strict or '"paid" INTEGER' in strict


def test_other_plots_of_the_same_month_are_other_records(tmp_path: Path) -> None:
    scheme = schemes.parse(texts(registers__land=LAND))
    with found(tmp_path / "账本.yzb", scheme=scheme) as book:
        subject = project(book)
        with book.batch("create") as batch:
            same = {"project": subject, "period": "2023-02"}
            first = batch.create("land", {**same, "plot": "甲", "area": 1.0})
            second = batch.create("land", {**same, "plot": "乙", "area": 2.0})
            again = batch.create("land", {**same, "plot": "甲", "area": 3.0})
        assert first == again != second
        assert [row["area"] for row in book.rows("land")] == [2.0, 3.0]


# A version that follows --------------------------------------------------------------------------

VERSION = swapped("version = 1", "version = 2")


def follows(**changed: Callable[[str], str]) -> dict[str, str]:
    """The shipped scheme as its second version, some files changed (``a__b`` is ``a/b.toml``)."""
    new = {**texts(), HEAD: VERSION(texts()[HEAD])}
    for name, edit in changed.items():
        file = f"{name.replace('__', '/')}.toml"
        new[file] = edit(new[file])
    return new


def retyped(name: str, old: str, new: str) -> Callable[[str], str]:
    """The field ``name`` with ``new`` where its definition says ``old``."""

    def retype(text: str) -> str:
        before, found, after = text.partition(f'name = "{name}"')
        assert found
        return before + found + swapped(old, new)(after)

    return retype


def without(level: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf'\[\[level\]\]\nname = "{level}"[^\[]*', "", text)


UNFIT: list[tuple[dict[str, str], str, str, str]] = [
    (texts(), HEAD, "version", "应大于现有版本 1"),
    (follows(scheme=swapped('"investment"', '"other"')), HEAD, "name", "investment"),
    (follows(scheme=without("department")), HEAD, "level.department", "不能去掉"),
    (
        {name: text for name, text in follows().items() if name != MILESTONE},
        *(MILESTONE, "name", "不能去掉"),
    ),
    (
        follows(registers__milestone=swapped('of = "project"', 'of = "meeting"')),
        *(MILESTONE, "shape", "不能改变形态、所属或主键"),
    ),
    (
        follows(registers__problem=lambda text: text.replace('"measure"', '"steps"')),
        *(PROBLEM, "measure", "不能去掉"),
    ),
    (
        follows(registers__weekly=retyped("needs", '"long_text"', '"integer"')),
        *(WEEKLY, "needs", "类型不能由 long_text 改为 integer"),
    ),
    (
        follows(registers__weekly=retyped("next_plan", "width", 'formula = "1"\nwidth')),
        *(WEEKLY, "next_plan", "类型不能"),
    ),
    (
        follows(registers__decision=retyped("subject_project", '"project"', '"unit"')),
        *("registers/decision.toml", "subject_project", "不能由 project 改为指向 unit"),
    ),
    (follows(codes=swapped('{ name = "技改" }', "")), CODES, "nature", "“技改”不能去掉"),
]


@pytest.mark.parametrize(
    ("new", "file", "key", "reason"),
    UNFIT,
    ids=[f"{at}-{key}" for at, (_, _, key, _) in enumerate(UNFIT)],
)
def test_a_version_that_drops_or_changes_a_name_may_not_follow(
    new: dict[str, str], file: str, key: str, reason: str
) -> None:
    with pytest.raises(MalformedScheme) as refused:
        succeeds(shipped(), schemes.parse(new))
    assert (refused.value.file, refused.value.key) == (file, key)
    assert reason in refused.value.reason


def test_fields_are_added_retitled_and_retired() -> None:
    new = follows(
        registers__weekly=lambda text: added()(text).replace("下周工作计划", "下步打算"),
        registers__problem=swapped('name = "measure"', 'name = "measure"\nretired = true'),
        codes=swapped('{ name = "技改" }', '{ name = "技改", retired = true }, { name = "迁建" }'),
    )
    succeeds(shipped(), schemes.parse({**new, "registers/land.toml": LAND}))


def second(**changed: Callable[[str], str]) -> schemes.Scheme:
    """The second version, with a new register and a new field."""
    new = follows(registers__weekly=added("dust", "integer"), **changed)
    return schemes.parse({**new, "registers/land.toml": LAND})


def test_an_update_makes_tables_and_columns_and_keeps_what_was_filled(tmp_path: Path) -> None:
    with found(tmp_path / "账本.yzb") as book:
        record = week(book, project(book))
        scheming.update_scheme(book, second())
        assert book.scheme.version == 2
        change(book, "weekly", record, dust=3)
        assert books.value(book, "weekly", record, "dust") == 3
        assert books.value(book, "weekly", record, "completed_week") == 1_000_000
        assert book.rows("land") == []
        written = [line.entry for line in book.journal.lines()]
        assert [(entry.act, entry.scheme) for entry in written[-2:]] == [
            ("scheme", 1),
            ("change", 2),
        ]
        assert clean(book)
    with workspace.open_book(tmp_path / "账本.yzb") as book:
        assert book.scheme.version == 2
        assert clean(book)


def test_an_update_is_not_undone_like_a_typing(tmp_path: Path) -> None:
    with found(tmp_path / "账本.yzb") as book:
        subject = project(book)
        scheming.update_scheme(book, second())
        undo.undo(book)
        assert book.scheme.version == 2
        assert book.present("project", subject) is not None
        assert book.rows("project") == []


def test_an_unfit_update_leaves_the_book_as_it_was(tmp_path: Path) -> None:
    with found(tmp_path / "账本.yzb") as book:
        project(book)
        before, bytes_ = everything(book), book.path.read_bytes()
        with pytest.raises(MalformedScheme):
            scheming.update_scheme(book, shipped())
        bad = added("dust", "integer", 'formula = "completed_weak"\n')
        with pytest.raises(BadExpression):
            scheming.update_scheme(book, schemes.parse(follows(registers__weekly=bad)))
        assert everything(book) == before
        assert book.path.read_bytes() == bytes_
        assert "dust" not in book.tables["weekly"].names
        project(book, "又一个")
        assert clean(book)


def test_an_update_that_fails_at_the_very_end_leaves_memory_as_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with found(tmp_path / "账本.yzb") as book:
        before = everything(book)

        def fails(_: object) -> None:
            raise RuntimeError("in the middle")

        monkeypatch.setattr(folding, "rebuild", fails)
        with pytest.raises(RuntimeError):
            scheming.update_scheme(book, second())
        monkeypatch.undo()
        assert everything(book) == before
        assert "land" not in book.tables
        project(book)
        assert clean(book)


def test_a_township_takes_its_scheme_from_above(tmp_path: Path) -> None:
    with found(tmp_path / "账本.yzb", "空冢郭镇", level="township", under="源汇区") as book:
        before = everything(book)
        with pytest.raises(records.NotYours, match="区县"):
            scheming.update_scheme(book, second())
        assert everything(book) == before


# Written under a version that comes later --------------------------------------------------------


def two(tmp_path: Path) -> tuple[Book, Book]:
    """The same book on two PCs."""
    first = found(tmp_path / "甲.yzb")
    subject = project(first)
    week(first, subject)
    first = books.reopened(first)
    first.close()
    other = books.replica_of(first, tmp_path / "乙.yzb", tmp_path / "profile")
    return workspace.open_book(first.path, clock=books.noon), other


def test_what_was_written_under_a_newer_scheme_waits_and_appears_with_it(tmp_path: Path) -> None:
    ahead, behind = two(tmp_path)
    with ahead, behind:
        record = ahead.rows("weekly")[0]["record"]
        subject = ahead.rows("project")[0]["record"]
        scheming.update_scheme(ahead, second())
        change(ahead, "weekly", record, dust=7, remark="有扬尘")
        with ahead.batch("create") as batch:
            batch.create("land", {"project": subject, "period": "2023-02", "plot": "甲"})
        entries = [line.authored for line in ahead.journal.lines()]
        late = [line.authored for line in ahead.journal.lines() if line.entry.act == "scheme"]
        merging.receive(behind, [columns for columns in entries if columns not in late], "stick")
        assert behind.scheme.version == 1
        assert books.value(behind, "weekly", record, "remark") == "有扬尘"
        assert "land" not in behind.tables
        assert clean(behind)
        merging.receive(behind, late, "next stick")
        assert behind.scheme.version == 2
        assert books.value(behind, "weekly", record, "dust") == 7
        assert [row["plot"] for row in behind.rows("land")] == ["甲"]
        assert books.tables(behind) == books.tables(ahead)
        assert clean(behind)


def test_what_waited_for_a_version_that_was_skipped_appears_too(tmp_path: Path) -> None:
    ahead, behind = two(tmp_path)
    with ahead, behind:
        record = ahead.rows("weekly")[0]["record"]
        scheming.update_scheme(ahead, second())
        change(ahead, "weekly", record, dust=7)
        third = {
            **second().texts,
            HEAD: swapped("version = 2", "version = 3")(second().texts[HEAD]),
        }
        scheming.update_scheme(ahead, schemes.parse(third))
        lines = list(ahead.journal.lines())
        late = [line.authored for line in lines if line.entry.act == "scheme"]
        merging.receive(
            behind, [one.authored for one in lines if one.authored not in late], "stick"
        )
        merging.receive(behind, late, "next stick")
        assert behind.scheme.version == 3
        assert books.value(behind, "weekly", record, "dust") == 7
        assert clean(behind)


def test_two_versions_made_apart_are_a_conflict_and_both_books_read_the_same(
    tmp_path: Path,
) -> None:
    one, other = two(tmp_path)
    with one, other:
        scheming.update_scheme(one, second())
        scheming.update_scheme(
            other, schemes.parse(follows(registers__weekly=added("noise", "integer")))
        )
        record = one.rows("weekly")[0]["record"]
        change(one, "weekly", record, dust=1)
        change(other, "weekly", record, noise=2)
        books.send(one, other)
        books.send(other, one)
        assert one.scheme.texts == other.scheme.texts
        assert books.tables(one) == books.tables(other)
        assert one.connection.execute("SELECT count(*) FROM conflict").fetchone() == (2,)
        assert clean(one)
        assert clean(other)
