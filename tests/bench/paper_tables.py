"""A ledger to draw: twenty columns, most of what a township writes, five columns that wrap."""

from __future__ import annotations

from datetime import date

from desktop.reports.content import Column, Footer, Ledger, LedgerPaper, Row, Table

COLUMNS = (
    Column(("序号",), "word"),
    Column(("项目名称",)),
    Column(("责任单位",)),
    Column(("级别",), "word"),
    Column(("行业",), "word"),
    Column(("建设规模及内容",)),
    Column(("开工时间",), "word"),
    Column(("计划竣工",), "word"),
    Column(("总投资",), "figure"),
    Column(("资金来源", "专项债"), "figure"),
    Column(("资金来源", "自筹"), "figure"),
    Column(("年度计划",), "figure"),
    Column(("完成投资", "本周完成"), "figure"),
    Column(("完成投资", "年累计"), "figure"),
    Column(("完成投资", "开工累计"), "figure"),
    Column(("完成率（%）",), "figure"),
    Column(("形象进度",)),
    Column(("存在问题",)),
    Column(("下步计划",)),
    Column(("责任人",), "word"),
)


def ledger(rows: int) -> LedgerPaper:
    """A ledger of ``rows`` projects on A3."""
    table = Table(COLUMNS, tuple(_row(number) for number in range(rows)), unit="单位：万元")
    return LedgerPaper(
        Ledger(
            "测算区重点项目周调度台账",
            table,
            subtitle="2023年第9周",
            prepared="填报单位：测算区",
            signatures=("填表人", "审核人", "单位负责人"),
            size="A3 landscape",
        ),
        Footer("测算区", "2023年第9周"),
        date(2023, 3, 3),
    )


def _row(number: int) -> Row:
    """No two rows alike; one problem in three."""
    return Row(
        (
            str(number + 1),
            f"年产{number % 97 + 3}万吨面制品精深加工及冷链物流项目（{'一二三'[number % 3]}期）",
            f"第{number % 20 + 1}镇",
            "省市区"[number % 3],
            ("工业", "服务业", "交通", "能源")[number % 4],
            f"占地{number % 80 + 20}亩，新建标准化厂房{number % 9 + 1}.2万平方米，配套建设"
            f"办公楼、仓库及给排水管网，购置生产线{number % 6 + 1}条。",
            f"2022-{number % 12 + 1:02}",
            f"2024-{number % 12 + 1:02}",
            f"{12_345.67 * (number % 17 + 1):,.2f}",
            f"{4_321.5 * (number % 5):,.2f}",
            f"{8_024.17 + number % 31:,.2f}",
            f"{1_100 + number % 50 * 10:,.2f}",
            f"{62.4 + number % 97:,.2f}",
            f"{1_024.8 + number % 97 * 52:,.2f}",
            f"{5_024.8 + number % 970:,.2f}",
            f"{number % 100}.{number % 10}",
            f"主体结构施工至{number % 20 + 1}层，完成总工程量的{number % 100}%，"
            "二次结构砌筑同步进行。",
            "" if number % 3 else "土地指标未落实，涉及15.3亩一般农田需调整；电力线路迁改缓慢。",
            f"{number % 12 + 1}月底前完成主体封顶，启动外墙及机电安装。",
            ("张昇", "李喆", "赵䶮")[number % 3],
        )
    )
