"""Cards and wall charts to draw in tests: small, long and ugly ones."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO

from PIL import Image

from desktop.reports.card import Card, Curve, Fact, Photo, Problem, Titles
from desktop.reports.charts.progress import Week
from desktop.reports.charts.timeline import Milestone
from desktop.reports.content import Footer, Light
from desktop.reports.wall_content import Group, Size, Tile, Wall

TODAY = date(2023, 3, 2)
FOOTER = Footer("源汇区", "2023年第9周", "3F0A-91C4-77DE")
LONG = "土地指标未落实，涉及15.3亩一般农田需调整；电力线路迁改缓慢（含10kV），" * 85
TITLES = Titles(
    facts="基本情况",
    said="形象进度和下步工作",
    milestones="倒排工期",
    problems="存在问题",
    photos="现场照片",
    no_curve="今年尚未填报",
    no_milestones="没有登记倒排工期节点",
    no_problems="没有登记存在问题",
    broken_photo="照片打不开",
    today="本周末",
    problem_columns=("存在问题", "整改措施", "责任单位", "时限", "状态"),
    others="另有 {数} 项问题，见问题清单",
    other_milestones="另有 {数} 个节点未画出",
)


def jpeg(width: int = 640, height: int = 480, orientation: int = 1) -> bytes:
    """A photo, its left half red and its right half blue as it is stored."""
    image = Image.new("RGB", (width, height), (0, 0, 200))
    image.paste((200, 0, 0), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def milestones(count: int) -> tuple[Milestone, ...]:
    days = [date(2023, 1, 5) + timedelta(days=23 * n) for n in range(count)]
    return tuple(
        Milestone(
            f"第{number}个节点主体封顶及屋面防水",
            day + timedelta(days=30),
            day,
            day if number < 3 else None,
            day + timedelta(days=33) if number < 2 else None,
        )
        for number, day in enumerate(days, 1)
    )


def problems(count: int, text: str = "土地指标未落实，涉及一般农田调整") -> tuple[Problem, ...]:
    return tuple(
        Problem(f"{number}号{text}", text, "区自然资源局", "3月31日", "整改中", number < 8)
        for number in range(1, count + 1)
    )


def card(**changes: object) -> Card:
    """A plain card, some of it changed."""
    weeks = tuple(Week(f"第{n}周", Fraction(n, 70), Fraction(n, 52)) for n in range(1, 10))
    values: dict[str, object] = {
        "title": "年产3万吨面制品加工项目（二期）",
        "label": "项目一张表",
        "subtitle": "大刘镇　2023年第9周（2月24日—3月2日）",
        "light": "yellow",
        "verdict": "黄灯",
        "reason": "低于序时进度12.3个百分点",
        "facts": (
            (Fact("项目代码", "2210-411102-04-01-907730"), Fact("项目级别", "省重点项目")),
            (Fact("规模内容", "新建厂房2万平方米"),),
            (Fact("责任人", "张昇　13800005140"), Fact("包联服务", "赵䶮")),
        ),
        "figures": (Fact("本周完成", "110万元"), Fact("占年度计划", "16.7%")),
        "curve": Curve("完成情况与序时进度", weeks, "", "完成", "序时"),
        "said": ("形象进度：主体施工至三层。", "下步工作：封顶。"),
        "milestones": milestones(5),
        "today": TODAY,
        "problems": problems(3),
        "problems_summary": "未销号3个",
        "photos": (Photo("第9周", jpeg()), Photo("第8周", None)),
        "titles": TITLES,
        "footer": FOOTER,
        "author": "源汇区",
        **changes,
    }
    return Card(**values)  # type: ignore[arg-type]


def ugly() -> Card:
    """Everything far too long, too many and broken."""
    plain = card()
    facts = tuple(tuple(Fact(f.label * 4, LONG) for f in row) for row in plain.facts * 5)
    return card(
        title="年产三万吨面制品加工及冷链物流一体化智慧产业园（二期）" * 8,
        subtitle="问十乡人民政府" * 30,
        reason=LONG,
        facts=facts,
        figures=tuple(Fact("年累计完成投资合计", "123,456,789.12亿元") for _ in range(6)),
        said=(LONG, LONG, LONG),
        milestones=milestones(60),
        problems=problems(60, LONG),
        problems_summary=LONG,
        photos=(
            Photo("第9周" * 40, jpeg(4000, 300, 6)),
            Photo("第9周", b"\xff\xd8\xffbroken"),
            Photo("第8周", jpeg(60, 3000)),
            Photo("第7周", None),
        ),
        demonstration=True,
    )


def bare() -> Card:
    """A project of which nothing is known but its name."""
    return card(
        title="甲",
        light="",
        verdict="",
        reason="不在本周调度的项目之列",
        facts=((Fact("项目代码", ""), Fact("项目级别", "")),),
        figures=(),
        curve=Curve("完成情况与序时进度", (), "", "完成", "序时"),
        said=("今年尚未填报",),
        milestones=(),
        problems=(),
        problems_summary="",
        photos=(),
    )


LIGHTS: tuple[Light, ...] = ("red", "yellow", "green")


def tile(number: int, *, long: bool = False) -> Tile:
    share = None if number % 11 == 5 else Fraction(number % 130, 100)
    name = f"{number}号面制品加工项目" + "（二期）配套基础设施及标准化厂房建设工程" * (
        12 if long else number % 2
    )
    return Tile(
        number=str(number),
        name=name,
        light=LIGHTS[number % 3],
        share=share,
        rate="无计划" if share is None else f"{number % 130}.0%",
        plan="—" if share is None else "12.34",
        done="1.20",
        figures="完成1.20／计划12.34亿元" * (9 if long else 1),
        reason="低于序时进度12.3个百分点" * (20 if long else 1) if number % 3 < 2 else "",
        milestone="主体封顶及屋面防水工程验收" * 9 if long else "主体封顶",
        when="2024年12月31日" if number % 4 == 0 else "3月5日",
        late="逾期123天" if number % 5 == 0 else "",
    )


def wall(count: int, units: int, size: Size = "A3", *, long: bool = False) -> Wall:
    """``count`` projects shared among ``units``."""
    groups, number = [], 0
    for unit in range(units):
        members = count // units + (unit < count % units)
        tiles = tuple(tile(number + n + 1, long=long) for n in range(members))
        number += members
        name = f"{unit + 1}号镇"
        title = f"{name}　项目{members}个　红灯1 黄灯1 绿灯1" * (9 if long else 1)
        groups.append(Group(title if units > 1 else "", f"{name}（续）", tiles))
    return Wall(
        title="源汇区重点项目挂图作战" * (5 if long else 1),
        period="2023年第9周（2月24日—3月2日）",
        summary=f"项目{count}个：红灯1个，黄灯1个，绿灯1个。" * (9 if long else 1),
        groups=tuple(group for group in groups if group.tiles),
        schedule=Fraction(61, 365),
        legend=("■红灯　▲黄灯　●绿灯", "粗竖线为序时进度16.7%"),
        columns=(
            "灯",
            "序号",
            "项目名称",
            "年度计划",
            "年累计",
            "完成与序时",
            "完成率",
            "下一节点",
            "时限",
        ),
        sheet="第 {张} 张 共 {总张} 张",
        nothing="本周没有调度的项目。",
        size=size,
        footer=FOOTER,
        made_on=TODAY,
        author="源汇区",
    )
