"""A round's list of problems as offices keep it in Excel: its columns, and how their cells are read."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.office import parse
from core.office.columns import Column
from findings.models import Commonality, Disposal, Severity, SourceKind

VILLAGE, CATEGORY, SUBCATEGORY, TITLE, ORIGINS = "村（社区）", "问题类别", "二级类别", "主要特征", "问题来源"
HANDLER = "经办人"
_ITEMS = re.compile(r"[；;\n]+")
_WORDS = re.compile(r"[、，,；;/\n\s]+")
_LEADING_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[）).、．]|[①-⑳])\s*")
_WAN = re.compile(r"^(.*?)\s*万元?$")
_MOMENT = re.compile(
    r"(\d{4})\s*(?:年|[-/.])?\s*(?:(1[0-2]|0?[1-9])(?!\d)\s*(?:月|[-/.])?)?\s*(?:([12]\d|3[01]|0?[1-9])(?!\d)\s*日?)?"
)
_NOTHING = frozenset({"/", "-", "—", "无", "暂无", "不详"})

# Words by which people call a source, beside its own label.
_SYNONYMS = {
    "调阅资料": SourceKind.DOCUMENT,
    "查阅资料": SourceKind.DOCUMENT,
    "账": SourceKind.LEDGER,
    "账务": SourceKind.LEDGER,
    "台账": SourceKind.LEDGER,
    "来信来访": SourceKind.PETITION,
    "信访件": SourceKind.PETITION,
    "个别谈话": SourceKind.TALK,
    "入户走访": SourceKind.VISIT,
    "调查走访": SourceKind.VISIT,
    "现场查看": SourceKind.SITE,
    "实地查看": SourceKind.SITE,
    "问卷": SourceKind.SURVEY,
    "测评": SourceKind.SURVEY,
    "问卷调查": SourceKind.SURVEY,
    "比对": SourceKind.COMPARISON,
    "上轮巡察": SourceKind.EARLIER,
    "部门": SourceKind.DEPARTMENT,
}
SOURCES = {kind.label: kind for kind in SourceKind} | _SYNONYMS

# What a material is called tells what kind of source it is; the first match counts, the handler corrects the rest.
_TELLING = (
    (("谈话",), SourceKind.TALK),
    (("信访", "来信", "举报"), SourceKind.PETITION),
    (("走访", "入户"), SourceKind.VISIT),
    (("比对", "核对表", "查询记录"), SourceKind.COMPARISON),
    (("照片", "现场", "丈量"), SourceKind.SITE),
    (("问卷", "测评"), SourceKind.SURVEY),
    (("明细账", "凭证", "账页", "流水", "票据", "发票", "收据"), SourceKind.LEDGER),
    (("来函", "部门提供"), SourceKind.DEPARTMENT),
    (("上轮", "整改报告"), SourceKind.EARLIER),
)


@dataclass(frozen=True)
class Period:
    """When something happened: first and last day, and the years named."""

    start: dt.date
    end: dt.date
    years: tuple[int, ...]


def period(cell: parse.Cell) -> Period | None:
    """``2023年6月至2025年12月``, ``2023—2025``, ``2022、2024年``, ``2024.3.5``: any usual way to say when."""
    text = parse.half_width(cell)
    if text in _NOTHING:
        return None
    found = [_moment(match) for match in _MOMENT.finditer(text)]
    if not found or not all(1950 <= start.year <= 2100 for start, _ in found):
        raise parse.BadCell(f"看不出时间，请写成“2023年6月至2025年12月”或“2023、2024年”，现为“{text[:30]}”。")
    start, end = min(first for first, _ in found), max(last for _, last in found)
    listed = sorted({first.year for first, _ in found})
    spans = re.search(r"[至到~—–-]", text) is not None or len(found) == 1
    years = range(start.year, end.year + 1) if spans else listed
    return Period(start, end, tuple(years))


def _moment(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    year, month, day = (int(part) if part else 0 for part in match.groups())
    last_month = month or 12
    try:
        last_day = day or calendar.monthrange(year, last_month)[1]
        return dt.date(year, month or 1, day or 1), dt.date(year, last_month, last_day)
    except ValueError:
        raise parse.BadCell(f"没有这一天：“{match.group(0)}”，请核对。") from None


def amount(unit: int = 1) -> Callable[[parse.Cell], Decimal | None]:
    """Money in yuan; a cell may say 万元 itself, a column of 万元 has ``unit`` 10,000."""
    read = parse.decimal(6, minimum=0)

    def parsed(cell: parse.Cell) -> Decimal | None:
        text = parse.half_width(cell).removeprefix("约").strip()
        wan = _WAN.match(text)
        value = read(wan.group(1) if wan else cell if isinstance(cell, float) else text.removesuffix("元"))
        return None if value is None else (value * (10_000 if wan else unit)).quantize(Decimal("0.01"))

    return parsed


def origins(cell: parse.Cell) -> list[str]:
    """Several sources in one cell, under their own or usual names."""
    words = [word for word in _WORDS.split(parse.shown(cell)) if word and word not in _NOTHING]
    unknown = [word for word in words if word not in SOURCES]
    if unknown:
        known = "、".join(kind.label for kind in SourceKind)
        raise parse.BadCell(f"不认识的来源“{'、'.join(unknown)[:30]}”，可填：{known}。")
    return list(dict.fromkeys(SOURCES[word].value for word in words))


def items(cell: parse.Cell) -> list[str]:
    """Several things in one cell: one on each line or after each semicolon, with or without numbers before them."""
    parts = [_LEADING_NUMBER.sub("", part).strip(" 。") for part in _ITEMS.split(parse.shown(cell))]
    found = [part for part in parts if part and part not in _NOTHING]
    for part in found:
        if len(part) > 200:
            raise parse.BadCell(f"“{part[:20]}……”超过200字，请一项一行或用分号隔开。")
    return found


def material(name: str) -> dict[str, Any]:
    """A listed material; ``账目：2024年第3号凭证`` says its kind itself, otherwise its name tells."""
    label, _, rest = name.partition("：")
    if rest and label.strip() in SOURCES:
        return {"name": rest.strip(), "kind": SOURCES[label.strip()].value}
    kinds = (kind for words, kind in _TELLING if any(word in name for word in words))
    return {"name": name, "kind": next(kinds, SourceKind.DOCUMENT).value}


COLUMNS = (
    Column("village", VILLAGE, ("村社区", "村名", "被巡察村（社区）", "被巡察党组织", "村"), True, parse.name(60)),
    Column("town", "镇（街道）", ("镇街", "乡镇", "所属镇（街道）"), False, parse.name(60)),
    Column("category", CATEGORY, ("一级类别", "类别"), False, parse.name(60)),
    Column("subcategory", SUBCATEGORY, ("问题二级类别", "小类"), False, parse.name(60)),
    Column("title", TITLE, ("问题名称", "问题标题"), True, parse.text(120)),
    Column("summary", "问题表现", ("问题描述", "具体表现"), True, parse.text(5000)),
    Column("facts", "查证事实", ("核实情况",), False, parse.text(5000)),
    Column("period", "发生时间", ("时间", "发生年度"), False, period),
    Column("amount", "涉及金额（元）", ("涉及金额", "金额", "金额（元）"), False, amount()),
    Column("amount_wan", "涉及金额（万元）", ("金额（万元）",), False, amount(10_000)),
    Column("basis", "政策依据", ("定性依据", "依据"), False, items),
    Column("origins", ORIGINS, ("来源", "问题出处"), False, origins),
    Column("evidence", "支撑材料", ("佐证材料", "证据"), False, items),
    Column(
        "severity", "重点/一般", ("重点或一般", "性质", "问题性质"), False,
        parse.choice({
            "重点": Severity.KEY, "一般": Severity.ORDINARY,
            "重点问题": Severity.KEY, "一般问题": Severity.ORDINARY,
        }),
    ),
    Column(
        "commonality", "共性/个性", ("共性或个性",), False,
        parse.choice({
            "共性": Commonality.COMMON, "个性": Commonality.INDIVIDUAL,
            "共性问题": Commonality.COMMON, "个性问题": Commonality.INDIVIDUAL,
        }),
    ),
    Column("root_cause", "根源", ("问题剖析", "原因", "问题根源"), False, parse.text(2000)),
    Column("response", "村反映意见", ("反映意见", "当事人或村反映意见"), False, parse.text(2000)),
    Column("disposal", "处置建议", ("处置",), False, parse.choice({kind.label: kind for kind in Disposal})),
    Column("handler", HANDLER, ("承办人",), False, parse.name(40)),
)  # fmt: skip
