"""The other books of a few made-up villages, 2021 to 2025: balances, contracts, assets, projects, benefits, lists.

Most of it is as it should be; a handful of things an inspector should stumble over are planted, each marked where it
stands. Persons bear numbers of a county that does not exist.
"""

import datetime as dt
import random
from collections import defaultdict
from typing import Any, NamedTuple

from core.identity import check_digit
from examples.ledgers import ledger_rows

YEARS = range(2021, 2026)
ENTRY_HEADS = ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "对方户名", "支付方式",
               "票据类型", "附件张数", "经手人", "审批人"]  # fmt: skip
OPENING = {"101": 2600, "102": 386000, "154": 0, "511": 0, "522": 0, "531": 0, "541": 0, "551": 0}
SURNAMES, GIVEN = (
    "甘洛沐岳宣祁钱阮姬楼蓝苗",
    ["有田", "春生", "来顺", "金妹", "水根", "桂香", "长福", "小满", "冬青", "秋成"],
)
Rows = list[list[Any]]


class Person(NamedTuple):
    """A villager with a number."""

    name: str
    number: str


class Sheet(NamedTuple):
    """One sheet: its name, title, heads, rows, and what stands below."""

    name: str
    title: str
    heads: list[str]
    rows: Rows
    notes: tuple[str, ...] = ()


def books(village: str, code: str, ledgers: bool) -> list[Sheet]:
    """The sheets of a village's books; ``ledgers``: entries of 2023 to 2025 have a file of their own."""
    rng = random.Random(f"books {village}")
    entries = {year: ledger_rows(random.Random(f"{village}{year}"), year) for year in YEARS}
    people = [_person(rng, code) for _ in range(40)]
    own = [year for year in YEARS if not ledgers or year < 2023]
    name = f"{village}股份经济合作社"
    return [
        *(Sheet(f"{y}年明细账", f"{name}{y}年明细账", ENTRY_HEADS, entries[y]) for y in own),
        *_balances(name, entries),
        _debts(name, people),
        _contracts(name, people),
        _assets(name),
        _land(name, people),
        _projects(name),
        *_benefits(village, people),
        _cadres(village, people),
        _kin(village, people),
        *_lists(village, people),
        _shown(name),
    ]


def _person(rng: random.Random, code: str) -> Person:
    born = dt.date(1940, 1, 1) + dt.timedelta(days=rng.randint(0, 20000))
    first = f"{code[:6]}{born:%Y%m%d}{rng.randint(100, 999)}"
    return Person(rng.choice(SURNAMES) + rng.choice(GIVEN), first + check_digit(first))


def _balances(name: str, entries: dict[int, Rows]) -> list[Sheet]:
    """A trial balance for each year, as the entries make it. Incomes and costs begin each year at nothing."""
    heads = ["科目编码", "科目名称", "期初余额", "本期借方", "本期贷方", "期末余额", "余额方向"]
    kept, sheets = dict(OPENING), []
    for year, rows in entries.items():
        moved: dict[str, list[float]] = defaultdict(lambda: [0, 0])
        names: dict[str, str] = {}
        for row in rows:
            names[row[3]] = row[4]
            moved[row[3]][0] += row[5] or 0
            moved[row[3]][1] += row[6] or 0
        lines: Rows = []
        for code in sorted(names):
            opening = kept.get(code, 0) if code < "500" else 0
            debit, credit = moved[code]
            closing = opening + debit - credit
            kept[code] = closing
            credits = code[:2] in ("51", "52", "53")
            sign = -1 if credits else 1
            lines.append(
                [code, names[code], opening * sign, debit, credit, closing * sign, "贷" if credits else "借"]
            )
        sheets.append(Sheet(f"{year}年余额表", f"{name}{year}年科目余额表", heads, lines))
    return sheets


def _debts(name: str, people: list[Person]) -> Sheet:
    heads = ["欠款人", "发生时间", "应收金额", "形成原因", "最近还款日期"]
    rows: Rows = [
        [people[0].name, "2014年6月", 18600, "鱼塘承包款", "2016年3月"],  # long outstanding
        [people[1].name, "2025年9月", 3200, "借支考察费", ""],
        ["望江水利施工队", "2025年11月", 5000, "质量保证金", ""],
    ]
    return Sheet("应收款", f"{name}2025年应收款明细表", heads, rows)


def _contracts(name: str, people: list[Person]) -> Sheet:
    heads = ["合同编号", "标的", "坐落", "面积（亩）", "承包方", "身份证号码", "签订时间", "起始日期", "终止日期",
             "年租金（元）", "应收", "已收", "欠收", "发包方式", "民主程序会议日期", "镇备案", "是否书面",
             "是否在用"]  # fmt: skip

    def line(no: int, kind: str, plot: str, area: Any, who: Person, signed: str, until: str, rent: int,
             due: int, paid: int, *more: str) -> list[Any]:  # fmt: skip
        method, meeting, filed, written, used = (
            *more,
            *("公开招标", signed, signed, "是", "是")[len(more) :],
        )
        return [f"HT-{no:02d}", kind, plot, area, who.name, who.number, signed, signed, until, rent, due, paid,
                due - paid, method, meeting, filed, written, used]  # fmt: skip

    rows = [
        line(1, "鱼塘", "村东大塘", 12.5, people[2], "2021-01-05", "2025-12-31", 7500, 37500, 37500),
        # Long past its end and still in use.
        line(2, "鱼塘", "小学边小塘", 6, people[3], "2014-03-01", "2023-12-31", 3600, 36000, 36000),
        line(3, "山林", "后山东坡", 160, people[4], "2020-05-01", "2034-12-31", 9600, 57600, 57600),
        # Two years of rent not paid.
        line(4, "门面", "村部一楼东间", None, people[5], "2022-01-01", "2026-12-31", 12000, 48000, 24000),
        line(5, "门面", "村部一楼西间", None, people[6], "2022-01-01", "2026-12-31", 12000, 48000, 48000),
        # To the head of the committee himself, without a meeting.
        line(6, "山林", "后山西坡", 140, people[21], "2019-08-01", "2039-07-31", 2800, 18200, 18200, "协商", "", ""),
        line(7, "耕地", "溪南机动地", 18, people[7], "2023-02-01", "2027-12-31", 9000, 27000, 27000),
        # Nothing in writing.
        line(8, "鱼塘", "上村口塘", 4, people[8], "2022-06-01", "2026-05-31", 2400, 9600, 9600, "协商", "", "", "否"),
    ]  # fmt: skip
    return Sheet("合同台账", f"{name}经济合同台账", heads, rows, ("填报截至2025年12月31日",))


def _assets(name: str) -> Sheet:
    heads = ["资产名称", "类别", "数量", "购置时间", "原值（元）", "使用状况", "保管人", "实有数", "是否入账"]
    rows: Rows = [
        ["村办公楼", "房屋", "1幢", "2010年5月", 865000, "自用", "庄景明", 1, "是"],
        ["门面", "房屋", "2间", "2015年", 320000, "出租", "庄景明", 2, "是"],
        ["抽水泵", "机器设备", "3台", "2018.6", 9600, "自用", "蒋含章", 1, "是"],  # two of three are gone
        ["电脑", "办公设备", "4台", "2022.3", 18800, "自用", "庄景明", 4, "是"],
        ["垃圾清运车", "交通工具", "1辆", "2021.9", 46000, "自用", "庄景明", 1, "否"],
    ]
    return Sheet("固定资产", f"{name}固定资产登记表", heads, rows)


def _land(name: str, people: list[Person]) -> Sheet:
    heads = ["资源类别", "坐落四至", "登记面积（亩）", "实测面积（亩）", "现使用人", "使用状况", "是否有合同"]
    rows: Rows = [
        ["水面", "村东大塘", 12.5, 12.5, people[2].name, "发包", "有"],
        ["水面", "小学边小塘", 6, 9.2, people[3].name, "发包", "有"],  # half as large again as it was let
        ["四荒", "溪口荒滩", 22, 22, people[9].name, "被占用", "无"],  # used without a contract
        ["山林", "后山东坡", 160, 158, people[4].name, "发包", "有"],
        ["耕地", "溪南机动地", 18, 18, people[7].name, "发包", "有"],
    ]
    return Sheet("资源", f"{name}资源登记表", heads, rows)


def _projects(name: str) -> Sheet:
    heads = ["工程名称", "施工单位", "负责人", "预算（元）", "合同价（元）", "结算价（元）", "已付（元）", "招标方式",
             "招标日期", "签订日期", "开工", "竣工", "验收"]  # fmt: skip
    rows: Rows = [
        ["村道硬化一期", "望江水利施工队", "梁伯言", 198000, 196000, 196000, 196000, "协商", "", "2024-03-02",
         "2024-03-05", "2024-05-10", "2024-05-20"],  # three parts of one road, each just below the limit
        ["村道硬化二期", "望江水利施工队", "梁伯言", 199000, 197500, 197500, 197500, "协商", "", "2024-03-20",
         "2024-03-25", "2024-06-01", "2024-06-10"],
        ["村道硬化三期", "望江水利施工队", "梁伯言", 197000, 195800, 195800, 195800, "协商", "", "2024-04-06",
         "2024-04-08", "2024-06-20", "2024-06-28"],
        ["水渠修缮", "青岚顺达建材经营部", "宋远帆", 86000, 84000, 84000, 97000, "公开招标", "2022-02-10",
         "2022-02-20", "2022-03-01", "2022-05-15", "2022-05-20"],  # paid more than settled
        ["文化广场", "青岚顺达建材经营部", "宋远帆", 120000, 118000, 117000, 117000, "公开招标", "2023-05-08",
         "2023-05-18", "2023-06-01", "2023-09-10", "2023-09-20"],
    ]  # fmt: skip
    return Sheet("工程项目", f"{name}工程项目台账", heads, rows)


def _benefits(village: str, people: list[Person]) -> list[Sheet]:
    """Subsistence allowances by quarter and farmland subsidies by year; one person is paid on after the death."""
    heads = ["序号", "姓名", "身份证号", "户主", "补助项目", "补助金额（元）", "发放日期"]
    poor, farmers, sheets = people[10:16], people[16:34], []
    for year in YEARS:
        rows: Rows = []
        for month in (3, 6, 9, 12):
            for person in poor:
                rows.append(
                    [len(rows) + 1, person.name, person.number, person.name, "农村低保", 1440 + (year - 2021) * 90,
                     dt.date(year, month, 15)]
                )  # fmt: skip
        total = sum(row[5] for row in rows)
        rows.append(["合计", "", "", "", "", total, ""])
        sheets.append(Sheet(f"{year}低保", f"{village}{year}年农村低保发放表", heads, rows))
        land: Rows = [
            [
                number,
                p.name,
                p.number,
                p.name,
                "耕地地力保护补贴",
                round(118.5 * (2 + number % 5), 2),
                dt.date(year, 6, 20),
            ]
            for number, p in enumerate(farmers, 1)
        ]
        land.append(["合计", "", "", "", "", sum(row[5] for row in land), ""])
        sheets.append(Sheet(f"{year}耕补", f"{village}{year}年耕地地力保护补贴发放表", heads, land))
    return sheets


def _cadres(village: str, people: list[Person]) -> Sheet:
    heads = ["姓名", "身份证号", "职务", "任职时间", "离任时间"]
    posts = ["党组织书记", "村委会主任", "村务监督委员会主任", "村文书"]
    rows: Rows = [
        [p.name, p.number, post, "2021年1月10日", ""] for p, post in zip(people[20:24], posts, strict=True)
    ]
    rows.append([people[24].name, people[24].number, "村委会主任", "2018年1月", "2021年1月9日"])
    return Sheet("村干部", f"{village}村干部名单", heads, rows)


def _kin(village: str, people: list[Person]) -> Sheet:
    heads = ["村干部姓名", "亲属姓名", "亲属身份证号", "与干部关系"]
    rows: Rows = [
        [people[20].name, people[10].name, people[10].number, "母亲"],  # draws the allowance
        [people[21].name, people[35].name, people[35].number, "配偶"],
        [people[22].name, people[36].name, people[36].number, "弟弟"],
    ]
    return Sheet("近亲属", f"{village}村干部近亲属登记表", heads, rows)


def _lists(village: str, people: list[Person]) -> list[Sheet]:
    dead: Rows = [
        [people[11].name, people[11].number, "2023-02-08"],  # paid on until the end of 2025
        [people[37].name, people[37].number, "2024-11-20"],
    ]
    paid: Rows = [[people[12].name, people[12].number, "青岚区第二小学"]]  # draws the allowance as well
    cars: Rows = [[people[13].name, people[13].number, "轿车", "2022-07-01", 136000]]  # the same
    return [
        Sheet("殡葬", f"{village}死亡人员名单", ["姓名", "身份证号码", "火化日期"], dead),
        Sheet("财政供养", f"{village}财政供养人员名单", ["姓名", "身份证号码", "工作单位"], paid),
        Sheet(
            "车辆", f"{village}机动车登记信息", ["车主", "身份证号码", "说明", "登记日期", "购车价格"], cars
        ),
    ]


def _shown(name: str) -> Sheet:
    """Accounts shown to the villagers each quarter; two quarters of 2024 are missing."""
    rows: Rows = [
        [year, f"第{quarter}季度", dt.date(year + quarter // 4, quarter * 3 % 12 + 1, 12)]
        for year in YEARS
        for quarter in range(1, 5)
        if (year, quarter) not in ((2024, 2), (2024, 3))
    ]
    return Sheet("财务公开", f"{name}财务公开登记", ["年度", "季度", "公开日期"], rows)
