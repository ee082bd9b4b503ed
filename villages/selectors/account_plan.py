"""What an import of accounts would do, row by row, without doing it."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from core.access import demand
from core.errors import ServiceError
from core.office import parse
from core.office.columns import CellError, Column, Row, TableReading, read_table
from villages import rules
from villages.models import Office, Role, Town, User, Village
from villages.models.roles import ROLE_OFFICES

CREATE, UPDATE, UNCHANGED = "create", "update", "unchanged"
# One password hash takes a moment: more accounts than this belong into two files.
MOST = 300
LOGIN, NAME, ROLE, OFFICE, TOWN, VILLAGE = (
    "登录名",
    "姓名",
    "角色",
    "单位",
    "所在镇（街道）",
    "所在村（社区）",
)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")

_ROLES = {label: value for value, label in Role.choices} | {
    "主任": Role.OFFICE_HEAD, "工作人员": Role.OFFICE_CLERK, "巡察组成员": Role.INSPECTOR, "组员": Role.INSPECTOR,
    "镇党委": Role.TOWN, "镇": Role.TOWN, "街道": Role.TOWN, "村党组织": Role.VILLAGE, "村": Role.VILLAGE,
    "社区": Role.VILLAGE, "纪委监委": Role.DISCIPLINE, "组织部": Role.ORGANISATION, "部门": Role.DEPARTMENT,
    "管理员": Role.SYSADMIN,
}  # fmt: skip


def _login_name(cell: parse.Cell) -> str:
    name = parse.half_width(cell).replace(" ", "").lower()
    if not _LOGIN.fullmatch(name):
        raise parse.BadCell(f"登录名用3至40个字母、数字、点、横线，现为“{name[:30]}”。")
    return name


COLUMNS = (
    Column(
        "username",
        LOGIN,
        aliases=("账号", "用户名", "登录账号"),
        required=True,
        parse=_login_name,
        unique=True,
    ),
    Column("display_name", NAME, aliases=("人员", "姓　名"), required=True, parse=parse.name(40)),
    Column("role", ROLE, aliases=("身份", "账号角色"), required=True, parse=parse.choice(_ROLES)),
    Column("office", OFFICE, aliases=("单位名称", "工作单位", "所在单位"), parse=parse.name(80)),
    Column("town", TOWN, aliases=("镇（街道）", "所属镇（街道）", "镇街"), parse=parse.name(60)),
    Column("village", VILLAGE, aliases=("村（社区）", "村社区"), parse=parse.name(60)),
    Column("phone", "联系电话", aliases=("电话", "手机", "手机号"), parse=parse.text(30)),
)


@dataclass(frozen=True)
class AccountLine:
    """One good row: the account, its unit (known by ``office_id``, or to be made) and what would change."""

    row: int
    action: str
    username: str
    display_name: str
    role: str
    phone: str
    office: str
    office_id: str = ""
    user: str = ""
    revision: int = 0
    changes: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class AccountPlan:
    """The whole file: good rows, faulty ones, and units that would be registered (name → kind, town, village)."""

    lines: list[AccountLine] = field(default_factory=list)
    offices: dict[str, dict[str, str]] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    def count(self, action: str) -> int:
        """How many good rows do ``action``."""
        return sum(line.action == action for line in self.lines)

    @property
    def rows(self) -> int:
        """Data rows in the file, good and bad."""
        return len(self.lines) + len({(error["sheet"], error["row"]) for error in self.errors})

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for a staged preview."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "AccountPlan":
        """What :meth:`to_json` was made from."""
        return cls(**data | {"lines": [AccountLine(**line) for line in data["lines"]]})


@dataclass(frozen=True)
class _Known:
    """What the system has: accounts by login name, units by name, towns and villages by name."""

    users: dict[str, User]
    offices: dict[str, Office]
    towns: dict[str, Town]
    villages: list[Village]


def plan_account_import(viewer: Any, content: bytes, filename: str) -> AccountPlan:
    """Read a list of accounts and compare it with the system; nothing is written."""
    demand(rules.can_manage_accounts(viewer))
    reading = read_table(content, filename, COLUMNS)
    if len(reading.rows) > MOST:
        raise ServiceError(f"一次最多导入 {MOST} 个账号，请分成几个文件。", "file")
    known = _known(reading)
    plan = AccountPlan()
    for row in list(reading.rows):
        fault = _fault(viewer, row, known, plan)
        if fault:
            reading.add_error(row.number, fault[0], fault[1], row.sheet)
    plan.lines = [_line(row, known) for row in reading.rows]
    wanted = {line.office for line in plan.lines}
    plan.offices = {name: unit for name, unit in plan.offices.items() if name in wanted}
    plan.errors = sorted(map(_plain, reading.errors), key=lambda remark: (remark["sheet"], remark["row"]))
    plan.warnings = [_plain(warning) for warning in reading.warnings if "没有这一列" not in warning.message]
    return plan


def _plain(remark: CellError) -> dict[str, Any]:
    return {"row": remark.row, "column": remark.column, "message": remark.message, "sheet": remark.sheet}


def _known(reading: TableReading) -> _Known:
    names = [row.values["username"] for row in reading.rows]
    return _Known(
        users={row.username: row for row in User.objects.filter(username__in=names).select_related("office")},
        offices={row.name: row for row in Office.objects.all()},
        towns={row.name: row for row in Town.objects.filter(deleted_at=None)},
        villages=list(Village.objects.filter(deleted_at=None).select_related("town")),
    )


def _fault(viewer: Any, row: Row, known: _Known, plan: AccountPlan) -> tuple[str, str] | None:
    role = row.values["role"]
    verdict = rules.can_grant(viewer, role)
    present = known.users.get(row.values["username"])
    if verdict and present is not None:
        verdict = rules.can_manage_account(viewer, present)
    if not verdict:
        return ROLE, verdict.why
    return _office_fault(row, known, plan)


def _office_fault(row: Row, known: _Known, plan: AccountPlan) -> tuple[str, str] | None:
    """Which unit the row means; a unit that does not exist yet is noted down to be made."""
    name, role = row.values["office"], Role(row.values["role"])
    wanted = ROLE_OFFICES.get(role)
    if not name:
        return (OFFICE, f"“{role.label}”的账号要写明单位。") if wanted else None
    if name in known.offices:
        kind = known.offices[name].kind
    elif name in plan.offices:
        kind = plan.offices[name]["kind"]
    else:
        return _new_office(row, name, wanted or _guess_kind(name), known, plan)
    if wanted and kind != wanted:
        return OFFICE, f"“{name}”是“{Office.Kind(kind).label}”类单位，与角色“{role.label}”不符。"
    return None


def _new_office(row: Row, name: str, kind: str, known: _Known, plan: AccountPlan) -> tuple[str, str] | None:
    unit = {"kind": str(kind), "town": "", "village": ""}
    if kind == Office.Kind.TOWN:
        town = known.towns.get(row.values["town"] or "")
        if town is None:
            return TOWN, "新的镇（街道）单位要写明所在镇（街道），且名册里有它。"
        unit["town"] = str(town.pk)
    if kind == Office.Kind.VILLAGE:
        found = [v for v in known.villages if v.name == row.values["village"]]
        found = [v for v in found if row.values["town"] in (None, v.town.name)]
        if len(found) != 1:
            return VILLAGE, "新的村（社区）单位要写明所在镇（街道）和村（社区），且名册里有它。"
        unit["village"] = str(found[0].pk)
    plan.offices[name] = unit
    return None


def _guess_kind(name: str) -> str:
    """Of which kind a unit is that only lends its people to a team."""
    for word, kind in (
        ("巡察", Office.Kind.INSPECTION), ("组织部", Office.Kind.ORGANISATION), ("纪委", Office.Kind.DISCIPLINE),
    ):  # fmt: skip
        if word in name:
            return kind
    return Office.Kind.DEPARTMENT


def _line(row: Row, known: _Known) -> AccountLine:
    values = row.values
    office = known.offices.get(values["office"] or "")
    common = {
        "row": row.number, "username": values["username"], "display_name": values["display_name"],
        "role": str(values["role"]), "phone": values["phone"] or "", "office": values["office"] or "",
        "office_id": str(office.pk) if office else "",
    }  # fmt: skip
    present = known.users.get(values["username"])
    if present is None:
        return AccountLine(action=CREATE, **common)
    changes = _changes(present, common)
    action = UPDATE if changes else UNCHANGED
    return AccountLine(
        action=action, user=str(present.pk), revision=present.revision, changes=changes, **common
    )


def _changes(present: User, new: dict[str, Any]) -> dict[str, list[str]]:
    """Old and new in words; a blank cell says nothing."""
    roles = dict(Role.choices)
    pairs = {
        NAME: [present.display_name, new["display_name"]],
        ROLE: [roles.get(present.role, ""), roles[new["role"]]],
        OFFICE: [present.office.name if present.office else "", new["office"]],
        "联系电话": [present.phone, new["phone"]],
    }
    return {name: pair for name, pair in pairs.items() if pair[1] and pair[0] != pair[1]}
