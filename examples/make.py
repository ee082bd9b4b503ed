"""Makes the workbooks of this folder, as an office would have them: ``python examples/make.py``.

The same call makes the same content each time (fixed seeds). The demo district is built from these files through
the very imports the office uses, so their quirks are on purpose: title rows, merged cells, notes below, numbers
typed as text and the other way round, full-width digits, an empty row.
"""

import random
import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from examples import district, patterns
from examples.books import ENTRY_HEADS, books
from examples.ledgers import ledger_rows

HERE = Path(__file__).resolve().parent
THIN = Side(style="thin")
GROUPS = ["镇村干部", "两代表一委员", "党员代表", "村民代表", "普通群众", "服务对象"]
SHARES = [0.12, 0.1, 0.18, 0.25, 0.25, 0.1]
REMARKS = [
    "希望财务公开再细一些，把每一笔写清楚。",
    "鱼塘租金到底收没收，大家都想知道。",
    "组里的路灯坏了半年了。",
    "干部办事比以前快了。",
    "低保名单没有看到公示。",
    "修路的工程总是那一家做。",
]

CHOICES = ["A", "B", "C", "D", "E"], [0.2, 0.38, 0.14, 0.16, 0.12]
TOPICS = {"A": 0.62, "B": 0.48, "C": 0.55, "D": 0.33, "E": 0.28, "F": 0.08}
MATRIX = [
    [0.5, 0.3, 0.12, 0.04, 0.04],
    [0.24, 0.3, 0.28, 0.14, 0.04],
    [0.4, 0.3, 0.14, 0.06, 0.1],
    [0.56, 0.24, 0.1, 0.04, 0.06],
]
ADDED = ["第23题", "第24题", *[f"第25题{n}" for n in range(1, 5)], "第26题", "第27题", "第28题"]
PROBLEMS = [
    "村里的账看不明白。",
    "路灯坏了没人修。",
    "鱼塘租金收没收不清楚。",
    "干部到组里来得少。",
    "垃圾清运不及时。",
]
MATTERS = ["前年修路的占地补偿还没有发到户。", "店面出租没有公开。", "有户人家早就搬走了还在吃低保。"]
ADVICE = ["把每月的收支贴到组里。", "多开户主会。", "工程请大家来看验收。", "给老人办个食堂。"]


def write_sheet(sheet: Worksheet, title: str, headers: list[str], rows: list[list], notes: list[str]) -> None:
    """A sheet as offices make them: a merged title, a header row, bordered rows, notes below."""
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headers))
    sheet["A1"].font = Font(name="方正小标宋简体", size=18)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 32
    sheet.append(headers)
    for cell in sheet[2]:
        cell.font = Font(name="黑体", size=11)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row in rows:
        sheet.append(row)
    for line in sheet.iter_rows(min_row=2, max_row=sheet.max_row, max_col=len(headers)):
        for cell in line:
            cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
    for note in notes:
        sheet.append([note])


def save(book: Workbook, name: str) -> None:
    """Write one workbook of this folder with a fixed author and no trace of the machine."""
    book.properties.creator = "青岚区委巡察办"
    book.save(HERE / name)


def fullwidth(text: str) -> str:
    """Digits as some input methods type them."""
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def register() -> None:
    """The register of villages: one merged column of towns, one number as text, one in full-width digits."""
    rows = []
    for number, place in enumerate(district.PLACES, 1):
        code = int(place.code) if number % 4 == 0 else place.code
        households = fullwidth(str(place.households)) if number == 7 else place.households
        population = f"{place.population}人" if number == 11 else place.population
        rows.append(
            [number, place.town, place.name, code, place.kind, households, population, place.members,
             place.secretary, place.phone, ""]
        )  # fmt: skip
    rows.insert(10, [None] * 11)
    headers = ["序号", "所属镇\n（街道）", "村（社区）名称", "区划代码", "类型", "户数（户）", "人口（人）",
               "党员数", "书记", "联系电话", "备注"]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "村（社区）名册"
    notes = [
        "注：1.本表由各镇（街道）填报，数据截至2025年12月31日。",
        "    2.区划代码为12位。",
        "填表人：许清越",
    ]
    write_sheet(sheet, "青岚区村（社区）基本情况一览表", headers, rows, notes)
    merge_runs(sheet, column=2, first=3)
    for letter, width in zip("ABCDEFGHIJK", [6, 12, 16, 18, 8, 10, 10, 9, 12, 16, 10], strict=True):
        sheet.column_dimensions[letter].width = width
    save(book, "村（社区）名册.xlsx")


def merge_runs(sheet: Worksheet, column: int, first: int) -> None:
    """Merge equal neighbours of one column, as people do by hand."""
    start, last = first, first
    while last <= sheet.max_row:
        value = sheet.cell(start, column).value
        while value and sheet.cell(last + 1, column).value == value:
            last += 1
        if last > start:
            sheet.merge_cells(start_row=start, start_column=column, end_row=last, end_column=column)
        start = last = last + 1


def accounts() -> None:
    """The list of people who need an account."""
    rows = [
        [n, a.name, a.username, a.office, a.role, a.town, a.village, ""]
        for n, a in enumerate(district.ACCOUNTS, 1)
    ]
    headers = ["序号", "姓名", "登录名", "单位", "角色", "所在镇（街道）", "所在村（社区）", "联系电话"]
    book = Workbook()
    write_sheet(book.active, "系统账号申请表", headers, rows, ["说明：初始密码由系统生成，首次登录须修改。"])
    save(book, "账号申请表.xlsx")


def finding_row(rng: random.Random, number: int, village: str, pattern: patterns.Pattern, year: int) -> list:
    """One problem of one village, its placeholders filled."""
    n = rng.randint(3, 14)
    first = year - rng.randint(2, 3)
    amount = rng.randint(*pattern.money) // 10 * 10 if pattern.money else None
    values = {
        "y1": first,
        "y2": year - 1,
        "n": n,
        "m": rng.randint(2, max(2, n - 1)),
        "money": f"{amount:,}" if amount else "",
        "group": f"第{rng.choice('一二三四五六七八')}村民小组",
        "area": round(rng.uniform(4, 46), 1),
        "month": rng.randint(2, 11),
    }
    many = "共性" if pattern.title in COMMON else "个性"
    evidence = "；".join(item.format(**values) for item in pattern.evidence)
    response = rng.choice(patterns.RESPONSES)
    period = f"{first}年至{year - 1}年"
    return [
        number, village, pattern.code, pattern.title, pattern.text.format(**values), period, amount, pattern.basis,
        pattern.origins, evidence, pattern.weight, many, pattern.cause, response,
    ]  # fmt: skip


COMMON = {
    "白条入账",
    "村务财务公开不及时",
    "“三会一课”次数不足、事后补记",
    "工程拆分规避招标",
    "误工补贴发放无考勤",
    "租金拖欠未催收",
    "值班制度执行不严",
}
FINDING_HEADERS = ["序号", "村（社区）", "二级类别", "主要特征", "问题表现", "发生时间", "涉及金额（元）", "政策依据",
                   "问题来源", "支撑材料", "重点/一般", "共性/个性", "根源", "村反映意见"]  # fmt: skip


def findings(name: str, title: str, counts: dict[str, int], year: int) -> None:
    """A round's list of problems, one sheet, village after village."""
    rng, known = random.Random(name), patterns.load()
    rows: list[list] = []
    for village, count in counts.items():
        common = [p for p in known if p.title in COMMON and rng.random() < 0.7]
        others = [p for p in known if p.title not in COMMON]
        chosen = (common + rng.sample(others, k=max(0, count - len(common))))[:count]
        chosen.sort(key=lambda p: p.code)
        rows += [finding_row(rng, len(rows) + i, village, p, year) for i, p in enumerate(chosen, 1)]
    book = Workbook()
    write_sheet(book.active, title, FINDING_HEADERS, rows, ["注：本表为工作底稿汇总，未经批准不得外传。"])
    for letter, width in zip(
        "ABCDEFGHIJKLMN", [6, 12, 9, 26, 60, 18, 14, 26, 18, 36, 9, 9, 30, 30], strict=True
    ):
        book.active.column_dimensions[letter].width = width
    save(book, name)


def answers(name: str, counts: dict[str, int], seed: int) -> None:
    """Counted paper questionnaires: one sheet a village, 22 items, levels as digits or words; more where tried out."""
    rng = random.Random(seed)
    book = Workbook()
    book.remove(book.active)
    headers = ["份号", "人员类别", *[f"第{n}题" for n in range(1, 23)], "意见建议"]
    for village, count in counts.items():
        mood = rng.uniform(0.45, 0.75)
        weak = rng.sample(range(22), k=6)
        rows = [answer_row(rng, number, mood, weak) for number in range(1, count + 1)]
        notes = ["填答：1好 2较好 3一般 4差 5不了解；空白为未答。", "录入：温若川　复核：方与之"]
        heads = headers
        if name.startswith("第五轮") and village in district.TRIED_OUT:
            added = random.Random(f"{name}{village}")
            # The closing question has become three of its own.
            heads, rows = [*headers[:-1], *ADDED], [[*row[:-1], *added_cells(added)] for row in rows]
            notes.insert(1, "第23题填一个字母，第24题填几个字母（如AC），第25题一行一格。")
        write_sheet(book.create_sheet(village), f"{village}调查问卷录入表", heads, rows, notes)
    save(book, name)


def added_cells(rng: random.Random) -> list:
    """What one person answered to the questions of the second version, some left blank."""
    ticked = "".join(letter for letter, share in TOPICS.items() if rng.random() < share)
    matrix = [rng.choices([1, 2, 3, 4, 5], weights)[0] if rng.random() > 0.04 else None for weights in MATRIX]
    words = [rng.choice(said) if rng.random() < 0.16 else None for said in (PROBLEMS, MATTERS, ADVICE)]
    return [rng.choices(*CHOICES)[0] if rng.random() > 0.04 else None, ticked or None, *matrix, *words]


def answer_row(rng: random.Random, number: int, mood: float, weak: list[int]) -> list:
    """One paper sheet; a few cells are words or full-width digits, a few are blank."""
    words = ["好", "较好", "一般", "差", "不了解"]
    cells: list[object] = []
    for item in range(22):
        good = mood - (0.25 if item in weak else 0)
        weights = [good, 0.25, 0.35 - good * 0.3, 0.18 if item in weak else 0.05, 0.1]
        level = rng.choices([1, 2, 3, 4, 5], weights)[0]
        chance = rng.random()
        cells.append(words[level - 1] if chance < 0.03 else fullwidth(str(level)) if chance < 0.05 else level)
        if rng.random() < 0.015:
            cells[-1] = None
    remark = rng.choice(REMARKS) if rng.random() < 0.18 else None
    return [number, rng.choices(GROUPS, SHARES)[0], *cells, remark]


def ledgers() -> None:
    """Three years of entries of a few villages, as the town's book-keeping centre prints them."""
    for village in district.LEDGERS:
        book = Workbook()
        book.remove(book.active)
        for year in (2023, 2024, 2025):
            rows = ledger_rows(random.Random(f"{village}{year}"), year)
            title = f"{village}股份经济合作社{year}年明细账"
            write_sheet(book.create_sheet(f"{year}年"), title, ENTRY_HEADS, rows, ["代理会计：叶听澜"])
        save(book, f"{village}明细账2023-2025.xlsx")


def other_books() -> None:
    """Everything else of the villages' books, five years in one workbook."""
    codes = {place.name: place.code for place in district.PLACES}
    for village in district.BOOKS:
        book = Workbook()
        book.remove(book.active)
        for sheet in books(village, codes[village], ledgers=village in district.LEDGERS):
            page = book.create_sheet(sheet.name)
            write_sheet(page, sheet.title, sheet.heads, sheet.rows, ["代理会计：叶听澜", *sheet.notes])
        save(book, f"{village}历年账册.xlsx")


def wrong_total() -> None:
    """A list of outlays whose total is not the sum of its rows, as one waits for an answer."""
    heads = ["序号", "日期", "支出事由", "支出金额", "收款人", "经手人"]
    rows = [
        [1, "2025.10.8", "重阳节慰问", 3600, "老年协会", "钟怀瑾"],
        [2, "2025.11.3", "清沟用工", 2800, "零星用工", "钟怀瑾"],
        [3, "2025.12.19", "村部取暖", 1450, "区供电公司", "钟怀瑾"],
        ["合计", "", "", 8750, "", ""],
    ]
    book = Workbook()
    write_sheet(book.active, "柳巷村2025年四季度支出明细表", heads, rows, ["填表人：叶听澜"])
    save(book, "柳巷村2025年四季度支出.xlsx")


if __name__ == "__main__":
    register()
    accounts()
    findings("第四轮问题底稿汇总.xlsx", "第四轮对村巡察问题底稿汇总表", district.ROUND_4, 2026)
    findings("第五轮问题底稿汇总.xlsx", "第五轮对村巡察问题底稿汇总表", district.ROUND_5, 2026)
    answers("第四轮问卷录入.xlsx", district.SHEETS_4, 4)
    answers("第五轮问卷录入.xlsx", district.SHEETS_5, 5)
    ledgers()
    other_books()
    wrong_total()
