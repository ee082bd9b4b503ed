"""What an import of the register would do, row by row, without doing it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from core.access import demand
from core.errors import ServiceError
from core.office.columns import CellError, Row, read_table
from villages import rules
from villages.models import District, Town, Village
from villages.selectors.register_file import (
    COLUMNS,
    TITLES,
    WRITABLE,
    Register,
    check_rows,
    kind_by_code,
    town_code,
)

CREATE, UPDATE, UNCHANGED = "create", "update", "unchanged"
_ABSENT = "文件里没有这一列，导入后为空。"


@dataclass(frozen=True)
class PlanLine:
    """One good row and what it does. ``changes``: old and new value by field; ``revision``: as it was previewed."""

    row: int
    sheet: str
    action: str
    code: str
    name: str
    town: str
    town_name: str
    values: dict[str, Any]
    village: str = ""
    revision: int = 0
    changes: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class ImportPlan:
    """The whole file: good rows as lines, what is wrong with the others, towns that would be made."""

    county: str
    new_district: bool
    lines: list[PlanLine] = field(default_factory=list)
    towns: dict[str, str] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    def count(self, action: str) -> int:
        """How many good rows do ``action``."""
        return sum(line.action == action for line in self.lines)

    @property
    def rows(self) -> int:
        """Data rows in the file, good and bad."""
        return len(self.lines) + len({(error["sheet"], error["row"]) for error in self.errors})

    def report(self) -> dict[str, Any]:
        """The figures and remarks, as the command prints them."""
        return {
            "rows": self.rows,
            "created": self.count(CREATE),
            "updated": self.count(UPDATE),
            "unchanged": self.count(UNCHANGED),
            "errors": [_remark(error) for error in self.errors],
            "warnings": [_remark(warning) for warning in self.warnings],
        }

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for a staged preview."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ImportPlan":
        """What :meth:`to_json` was made from."""
        return cls(**data | {"lines": [PlanLine(**line) for line in data["lines"]]})


def _remark(remark: dict[str, Any]) -> dict[str, Any]:
    return {name: remark[name] for name in ("row", "column", "message")}


def plan_village_import(viewer: Any, content: bytes, filename: str, county: str) -> ImportPlan:
    """Read a register and compare it with the system; nothing is written.

    Raises ``ServiceError`` when the file as a whole cannot be read (``ImportRefused``) or ``county`` is no code.
    """
    demand(rules.can_edit_places(viewer))
    if len(county) != 6 or not (county.isascii() and county.isdigit()):
        raise ServiceError("区代码应为6位数字。", "county")
    reading = read_table(content, filename, COLUMNS)
    register = _register(county)
    names = check_rows(reading, register)
    plan = ImportPlan(county, not District.objects.filter(code=county).exists())
    plan.lines = [_line(row, names, register) for row in reading.rows]
    plan.towns = {code: name for code, name in sorted(names.items()) if code not in register.towns}
    plan.errors = sorted(map(_plain, reading.errors), key=_place)
    plan.warnings = sorted(map(_plain, reading.warnings), key=_place)
    if plan.new_district:
        message = f"系统里还没有代码为 {county} 的区，导入时一并建立，名称请随后在“本区设置”里填写。"
        plan.warnings.append({"row": 0, "column": "", "message": message, "sheet": ""})
    return plan


def _place(remark: dict[str, Any]) -> tuple[str, int]:
    return remark["sheet"], remark["row"]


def _plain(remark: CellError) -> dict[str, Any]:
    message = remark.message
    if message == _ABSENT:
        message = "文件里没有这一列，系统中原有的内容保持不变。"
    return {"row": remark.row, "column": remark.column, "message": message, "sheet": remark.sheet}


def _register(county: str) -> Register:
    towns = Town.objects.filter(code__startswith=county, deleted_at=None)
    villages = Village.objects.filter(code__startswith=county)
    return Register(county, {row.code: row for row in towns}, {row.code: row for row in villages})


def _line(row: Row, names: dict[str, str], register: Register) -> PlanLine:
    code = row.values["code"]
    given = {name: row.values[name] for name in WRITABLE if row.values[name] is not None}
    known = register.villages.get(code)
    town = town_code(code)
    common = {
        "row": row.number, "sheet": row.sheet, "code": code, "name": row.values["name"],
        "town": town, "town_name": names[town],
    }  # fmt: skip
    if known is None:
        values = {"kind": str(kind_by_code(code, row.values["name"]))} | given
        return PlanLine(action=CREATE, values=values, **common)
    # A blank cell says nothing: what the system knows stays.
    changes = {
        name: [getattr(known, name), value] for name, value in given.items() if getattr(known, name) != value
    }
    return PlanLine(
        action=UPDATE if changes else UNCHANGED,
        values={name: new for name, (_, new) in changes.items()},
        village=str(known.pk),
        revision=known.revision,
        changes=changes,
        **common,
    )


def worded_changes(line: PlanLine) -> list[dict[str, Any]]:
    """The changes of one line in words, for the preview page."""
    kinds = dict(Village.Kind.choices)
    return [
        {"label": TITLES[name], "old": kinds.get(old, old), "new": kinds.get(new, new)}
        for name, (old, new) in line.changes.items()
    ]
