"""What an import of a list of problems would do, row by row, without doing it."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from core.access import demand
from core.errors import ServiceError
from core.office.columns import CellError, Row, TableReading, read_table
from core.office.staging import decode, encode
from findings import rules
from findings.models import Finding
from findings.selectors.finding_file import CATEGORY, COLUMNS, HANDLER, SUBCATEGORY, TITLE, VILLAGE, material
from villages.models import Category, Membership, Round, TeamRole, VillageInspection

CREATE, UNCHANGED = "create", "unchanged"
_CODE = re.compile(r"^([A-Z]\d{0,2})")
_NUMBERING = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*")


@dataclass(frozen=True)
class PlanLine:
    """One good row and what it does. ``values`` are those of the paper, ``materials`` its list of evidence."""

    row: int
    sheet: str
    action: str
    village: str
    inspection: str
    handler: str
    handler_name: str
    category: str
    subcategory: str
    key: str
    values: dict[str, Any]
    materials: list[dict[str, Any]]


@dataclass
class FindingPlan:
    """The whole file: good rows as lines, what is wrong with the others, what was passed over."""

    round: str
    filename: str
    lines: list[PlanLine] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    def count(self, action: str) -> int:
        """How many good rows do ``action``."""
        return sum(line.action == action for line in self.lines)

    @property
    def faulty(self) -> int:
        """Rows with an error."""
        return len({(error["sheet"], error["row"]) for error in self.errors})

    def report(self) -> dict[str, Any]:
        """The figures and remarks, as the command prints them."""
        remarks = {"errors": self.errors, "warnings": self.warnings}
        return {
            "rows": len(self.lines) + self.faulty,
            "created": self.count(CREATE),
            "updated": 0,
            "unchanged": self.count(UNCHANGED),
            **{
                kind: [{k: r[k] for k in ("row", "column", "message")} for r in rows]
                for kind, rows in remarks.items()
            },
        }

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for a staged preview."""
        data = asdict(self)
        return data | {"lines": [line | {"values": encode(line["values"])} for line in data["lines"]]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "FindingPlan":
        """What :meth:`to_json` was made from."""
        lines = [PlanLine(**line | {"values": decode(line["values"])}) for line in data["lines"]]
        return cls(**data | {"lines": lines})


def plan_finding_import(*, actor: Any, round: Round, content: bytes, filename: str) -> FindingPlan:
    """Read a list of problems and place its rows in the villages of ``round``; nothing is written.

    A member of a team takes in the rows of the own team's villages, the office those of all. Raises
    ``ServiceError`` when the file as a whole cannot be read.
    """
    demand(rules.can_import(actor, round))
    reading = read_table(content, filename, COLUMNS)
    lines = _Placing(actor, round, filename).lines(reading)
    return FindingPlan(
        round=str(round.pk),
        filename=filename,
        lines=lines,
        errors=sorted(
            (_plain(e) for e in reading.errors), key=lambda remark: (remark["sheet"], remark["row"])
        ),
        warnings=[_plain(warning) for warning in reading.warnings],
    )


def _plain(remark: CellError) -> dict[str, Any]:
    return {"row": remark.row, "column": remark.column, "message": remark.message, "sheet": remark.sheet}


class _Fault(Exception):
    """A row cannot be placed: which column, and why."""

    def __init__(self, column: str, message: str) -> None:
        self.column, self.message = column, message


class _Elsewhere(Exception):
    """The row belongs to a village in which this person writes no papers."""


class _Placing:
    """Finds village, category and handler of each row in what the round knows."""

    def __init__(self, actor: Any, round_: Round, filename: str) -> None:
        self.actor = actor
        self.round, self.filename = round_, filename
        self.villages: dict[str, list[VillageInspection]] = defaultdict(list)
        rows = VillageInspection.objects.filter(round=round_).select_related(
            "village", "town", "team", "round"
        )
        for row in rows:
            self.villages[row.village.name].append(row)
        self.writable = {row.pk for row in rows if rules.can_import_into(actor, row)}
        self.categories = list(Category.objects.filter(scheme=round_.scheme_id).select_related("parent"))
        self.members: dict[Any, list[Membership]] = defaultdict(list)
        for member in (
            Membership.objects.filter(round=round_).select_related("user").order_by("created_at", "id")
        ):
            self.members[member.team_id].append(member)
        known = Finding.objects.filter(round=round_).exclude(import_key="")
        self.known = set(known.values_list("inspection_id", "import_key"))

    def lines(self, reading: TableReading) -> list[PlanLine]:
        """Lines for the rows that can be placed; faults and rows of others are noted on the reading."""
        found, seen, elsewhere = [], {}, 0
        for row in list(reading.rows):
            try:
                line = self._line(row)
                first = seen.setdefault((line.inspection, line.key), row.number)
                if first != row.number:
                    raise _Fault(TITLE, f"与第{first}行重复，请核对。")
            except _Fault as fault:
                reading.add_error(row.number, fault.column, fault.message, row.sheet)
            except _Elsewhere:
                elsewhere += 1
            else:
                found.append(line)
        if elsewhere:
            reading.add_warning(0, VILLAGE, f"{elsewhere}行属于其他巡察组或您须回避的村（社区），没有读入。")
        return found

    def _line(self, row: Row) -> PlanLine:
        given = row.values
        inspection = self._village(given["village"], given.get("town"))
        if inspection.pk not in self.writable:
            raise _Elsewhere
        category, subcategory = self._category(given.get("category"), given.get("subcategory"))
        handler = self._handler(inspection, given.get("handler"))
        key = _key(given)
        return PlanLine(
            row=row.number,
            sheet=row.sheet,
            action=UNCHANGED if (inspection.pk, key) in self.known else CREATE,
            village=inspection.village.name,
            inspection=str(inspection.pk),
            handler=str(handler.user_id),
            handler_name=handler.user.display_name,
            category=str(category.pk),
            subcategory=str(subcategory.pk) if subcategory else "",
            key=key,
            values=_values(given),
            materials=[material(name) for name in given.get("evidence") or []],
        )

    def _village(self, name: str, town: str | None) -> VillageInspection:
        found = self.villages.get(name) or self.villages.get(_short(name), [])
        if town:
            found = [row for row in found if row.town.name == town]
        if not found:
            raise _Fault(VILLAGE, f"本轮次没有“{town or ''}{name}”，请核对村（社区）名称。")
        if len(found) > 1:
            raise _Fault(VILLAGE, f"本轮次有{len(found)}个“{name}”，请加一列“镇（街道）”写明是哪个镇的。")
        return found[0]

    def _category(self, first: str | None, second: str | None) -> tuple[Category, Category | None]:
        if not first and not second:
            raise _Fault(SUBCATEGORY, "“问题类别”和“二级类别”至少填一个。")
        sub = (
            self._named(second, [c for c in self.categories if c.parent_id], SUBCATEGORY) if second else None
        )
        top = self._named(first, [c for c in self.categories if not c.parent_id], CATEGORY) if first else None
        if sub is not None and top is not None and sub.parent_id != top.pk:
            raise _Fault(SUBCATEGORY, f"“{sub.name}”不属于“{top.name}”，请核对。")
        parent = top or (sub.parent if sub else None)
        if parent is None:
            raise _Fault(CATEGORY, "看不出一级类别，请填写。")
        return parent, sub

    @staticmethod
    def _named(text: str, choices: Iterable[Category], column: str) -> Category:
        """A category by its name, short name or code, with or without numbering before it."""
        choices = list(choices)
        plain = _NUMBERING.sub("", text.strip()).removesuffix("方面").removesuffix("类")
        code = _CODE.match(plain.upper())
        for category in choices:
            if plain in (category.name, category.short) or (code and code.group(1) == category.code):
                return category
        listed = "、".join(f"{c.code}{c.name}" for c in choices[:8])
        raise _Fault(column, f"没有“{text[:20]}”这一类别，可填：{listed}等。")

    def _handler(self, inspection: VillageInspection, name: str | None) -> Membership:
        """The named member of the village's team, else the person who imports, else the team's first member."""
        members = self.members[inspection.team_id]
        if name:
            named = [m for m in members if name in (m.user.display_name, m.user.username)]
            if not named:
                raise _Fault(HANDLER, f"{inspection.team.name}没有名叫“{name}”的成员，请核对。")
            return named[0]
        own = [member for member in members if member.user_id == self.actor.pk]
        plain = [member for member in members if member.role == TeamRole.MEMBER]
        found = own or plain
        if not found:
            raise _Fault(HANDLER, f"{inspection.team.name}还没有组员，请先由巡察办派员，或在“经办人”列写明。")
        return found[0]


def _short(name: str) -> str:
    for ending in ("村民委员会", "居民委员会", "党总支", "党支部", "党组织", "党委"):
        name = name.removesuffix(ending)
    return name


def _key(given: dict[str, Any]) -> str:
    """Marks the problem itself, so that the same list taken in again makes nothing twice."""
    text = "|".join(
        [given["title"], given["summary"], str(given.get("subcategory") or given.get("category"))]
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """Cells as values of the paper; what the file leaves out stays empty for its handler."""
    when = given.get("period")
    amount = given.get("amount") if given.get("amount") is not None else given.get("amount_wan")
    values = {
        "title": given["title"],
        "summary": given["summary"],
        "facts": given.get("facts") or "",
        "period_from": when.start if when else None,
        "period_to": when.end if when else None,
        "years": list(when.years) if when else [],
        "amount": amount,
        "basis": given.get("basis") or [],
        "origins": given.get("origins") or [],
        "root_cause": given.get("root_cause") or "",
        "response_of_target": given.get("response") or "",
    }
    chosen = ("severity", "commonality", "disposal")
    return values | {name: str(given[name].value) for name in chosen if given.get(name)}


def plan_or_refuse(plan: FindingPlan) -> FindingPlan:
    """Refuse a plan with faulty rows when all or nothing was asked for."""
    if plan.errors:
        raise ServiceError(f"文件有{plan.faulty}行错误，按要求全部未导入。")
    return plan
