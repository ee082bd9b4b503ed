"""The register of villages as an office keeps it: its columns, and the checks one row cannot fail alone."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from core.office import parse
from core.office.columns import Column, Row, TableReading
from villages.models import Town, Village

CODE, NAME, TOWN, KIND = "区划代码", "村（社区）名称", "所属镇（街道）", "类型"
MOST = 10_000_000
_UNIT = re.compile(r"(?<=\d)\s*[人户名个]$")


def _counted() -> parse.Parser:
    """A number of people or households, also written with its unit (5420人)."""
    read = parse.whole(0, MOST)

    def counted(cell: parse.Cell) -> Any:
        return read(_UNIT.sub("", parse.half_width(cell)) if isinstance(cell, str) else cell)

    return counted


COLUMNS = (
    Column(
        "code",
        CODE,
        aliases=("行政区划代码", "统计用区划代码", "统计区划代码", "村代码", "村（社区）代码", "代码"),
        required=True,
        parse=parse.code(12),
        unique=True,
    ),
    Column(
        "name",
        NAME,
        aliases=("村（社区）", "村社区", "村名", "村名称", "社区名称", "行政村名称", "名称"),
        required=True,
        parse=parse.name(60),
    ),
    Column(
        "town",
        TOWN,
        aliases=(
            "镇（街道）",
            "所属乡镇",
            "所属镇街",
            "镇街",
            "乡镇",
            "乡镇（街道）",
            "所在镇（街道）",
            "所属镇",
            "镇",
        ),
        parse=parse.name(60),
    ),
    Column(
        "kind",
        KIND,
        aliases=("类别", "村（社区）类型", "性质"),
        parse=parse.choice(
            {
                "村": "village",
                "社区": "community",
                "行政村": "village",
                "居委会": "community",
                "村委会": "village",
            }
        ),
    ),
    Column("households", "户数", aliases=("总户数", "家庭户数", "户籍户数"), parse=_counted()),
    Column("population", "人口", aliases=("总人口", "人口数", "户籍人口", "人口总数"), parse=_counted()),
    Column("members", "党员数", aliases=("党员", "党员人数", "党员总数"), parse=_counted()),
    Column(
        "secretary", "书记", aliases=("书记姓名", "党组织书记", "支部书记", "村书记"), parse=parse.name(60)
    ),
    Column("phone", "联系电话", aliases=("电话", "书记电话", "手机", "手机号"), parse=parse.text(30)),
    Column("note", "备注", aliases=("说明",), parse=parse.text(500)),
)
TITLES = {column.key: column.title for column in COLUMNS}
# What a re-import may change; the code finds the row, the town follows from the code.
WRITABLE = ("name", "kind", "households", "population", "members", "secretary", "phone", "note")


def town_code(code: str) -> str:
    """Code of the town a village code belongs to: the first nine digits and three zeros."""
    return f"{code[:9]}000"


@dataclass(frozen=True)
class Register:
    """What the system already knows of the district: towns and villages by code."""

    county: str
    towns: dict[str, Town]
    villages: dict[str, Village]

    def town_named(self, name: str) -> Town | None:
        """The known town of that name."""
        return next((town for town in self.towns.values() if town.name == name), None)


def check_rows(reading: TableReading, register: Register) -> dict[str, str]:
    """Check good rows against each other and the register; return the town name of each town code.

    Errors take their row out of the good ones; warnings keep it.
    """
    for row in list(reading.rows):
        fault = _code_fault(row.values["code"], register)
        if fault:
            reading.add_error(row.number, CODE, fault, row.sheet)
    _refuse_repeated(reading)
    names = _check_towns(reading, register)
    for row in reading.rows:
        _doubt_kind(reading, row)
        _doubt_numbers(reading, row)
    _doubt_names(reading, register)
    return names


def _code_fault(code: str, register: Register) -> str:
    if not code.startswith(register.county):
        return f"“{code}”不以本区代码 {register.county} 开头，请核对代码，或确认没有传错文件。"
    if code.endswith("000"):
        return f"“{code}”是镇（街道）的代码，村（社区）代码的后3位不会是000。"
    known = register.villages.get(code)
    if known is not None and known.deleted_at:
        return f"代码为 {code} 的{known.name}已撤并，要恢复请先在名册里办理。"
    return ""


def _refuse_repeated(reading: TableReading) -> None:
    """The same code on two sheets; within one sheet the reader has already said so."""
    seen: dict[str, Row] = {}
    for row in list(reading.rows):
        first = seen.setdefault(row.values["code"], row)
        if first is not row:
            message = f"“{row.values['code']}”与工作表“{first.sheet}”第 {first.number} 行重复，请核对。"
            reading.add_error(row.number, CODE, message, row.sheet)


def _check_towns(reading: TableReading, register: Register) -> dict[str, str]:
    """Town names and codes must go together, in the file and with the register."""
    names, codes = _majorities(reading)
    for row in list(reading.rows):
        code, name = town_code(row.values["code"]), row.values["town"]
        fault = _town_fault(code, name, names, codes, register)
        if fault:
            reading.add_error(row.number, CODE if name else TOWN, fault, row.sheet)
    found = {}
    for row in reading.rows:
        code = town_code(row.values["code"])
        known = register.towns.get(code)
        written = names.get(code, "")
        if known and written and known.name != written and code not in found:
            message = f"系统中代码 {code} 是“{known.name}”，文件写的是“{written}”，仍按系统中的名称。"
            reading.add_warning(row.number, TOWN, message, row.sheet)
        found[code] = known.name if known else written
    return found


def _majorities(reading: TableReading) -> tuple[dict[str, str], dict[str, str]]:
    """The name most rows give to a town code, and the code most rows give to a town name."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in reading.rows:
        if row.values["town"]:
            names[town_code(row.values["code"])][row.values["town"]] += 1
            codes[row.values["town"]][town_code(row.values["code"])] += 1
    return (
        {code: counter.most_common(1)[0][0] for code, counter in names.items()},
        {name: counter.most_common(1)[0][0] for name, counter in codes.items()},
    )


def _town_fault(
    code: str, name: str | None, names: dict[str, str], codes: dict[str, str], register: Register
) -> str:
    if not name:
        known = code in register.towns or code in names
        return "" if known else f"必填：系统里还没有代码为 {code} 的镇（街道）。"
    if names[code] != name:
        return f"代码前9位 {code[:9]} 属于“{names[code]}”，与本行的“{name}”不一致，请核对。"
    if codes[name] != code:
        return f"“{name}”的代码前9位在其他行是 {codes[name][:9]}，本行是 {code[:9]}，请核对。"
    namesake = register.town_named(name)
    if namesake is not None and namesake.code != code:
        return f"系统中“{name}”的代码前9位是 {namesake.code[:9]}，本行是 {code[:9]}，请核对。"
    return ""


def kind_by_code(code: str, name: str) -> str:
    """Community or village, by the last three digits (001–199, 200–399), else by the name."""
    tail = int(code[-3:])
    if tail < 400:
        return Village.Kind.COMMUNITY if tail < 200 else Village.Kind.VILLAGE
    return Village.Kind.COMMUNITY if name.endswith(("社区", "居委会")) else Village.Kind.VILLAGE


def _doubt_kind(reading: TableReading, row: Row) -> None:
    code, kind = row.values["code"], row.values["kind"]
    if int(code[-3:]) >= 400:
        reading.add_warning(row.number, CODE, f"后3位 {code[-3:]} 不在001至399之间，请核对。", row.sheet)
    elif kind and kind != kind_by_code(code, row.values["name"]):
        usual = Village.Kind(kind_by_code(code, "")).label
        reading.add_warning(
            row.number,
            KIND,
            f"后3位 {code[-3:]} 一般是{usual}，文件写的是“{Village.Kind(kind).label}”。",
            row.sheet,
        )


def _doubt_numbers(reading: TableReading, row: Row) -> None:
    population = row.values["population"]
    for key in ("households", "members"):
        number = row.values[key]
        if population and number and number > population:
            reading.add_warning(
                row.number, TITLES[key], f"{number} 多于人口 {population}，请核对。", row.sheet
            )


def _doubt_names(reading: TableReading, register: Register) -> None:
    """Two villages of one name in one town may be a typing error, or not."""
    file_names = {row.values["code"]: row.values["name"] for row in reading.rows}
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for village in register.villages.values():
        # This very file may give the namesake another name.
        if not village.deleted_at and file_names.get(village.code, village.name) == village.name:
            seen[town_code(village.code), village.name] = (village.code, "系统中")
    for row in reading.rows:
        code, name = row.values["code"], row.values["name"]
        other, where = seen.setdefault((town_code(code), name), (code, f"第 {row.number} 行"))
        if other != code:
            reading.add_warning(
                row.number, NAME, f"与{where}代码 {other} 的村（社区）同镇同名，请核对。", row.sheet
            )
