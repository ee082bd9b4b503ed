"""The left rail: where a person may go, by role, with what waits there."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from core.listing import capped_count
from findings.models import Finding
from findings.selectors.review import waiting_state
from rectification.models import FixOrder, OrderStatus, RectifyItem
from rectification.rules import VERIFIERS
from villages.models import Membership, Role, Round
from villages.models.roles import CONTENT_ROLES, INSPECTED_ROLES, OFFICE_ROLES


@dataclass(frozen=True)
class Stop:
    """One entry: its sign, its name, where it leads, in which group it stands, who sees it.

    ``also``: further first parts of addresses that belong to it.
    """

    char: str
    label: str
    name: str
    group: int
    roles: frozenset[str]
    also: tuple[str, ...] = ()


# A sign beside an entry has room for three digits.
_MOST = 999
_EVERY = frozenset(Role.values)
_KEEPERS = OFFICE_ROLES | {Role.SYSADMIN}
_ROUNDS = frozenset(CONTENT_ROLES)
_ORDERS_TO_DO = (OrderStatus.ISSUED, OrderStatus.RETURNED)

STOPS = (
    Stop("台", "我的工作台", "inspection:desk", 1, _EVERY),
    Stop("图", "轮次总览", "inspection:board", 1, _ROUNDS),
    Stop("细", "准备", "prep:index", 2, _ROUNDS),
    Stop("广", "调查", "surveys:index", 2, _ROUNDS),
    Stop("谋", "发现", "findings:review", 2, _ROUNDS, ("/shi/jiaoban/",)),
    Stop("准", "报告", "reports:index", 2, _ROUNDS),
    Stop("实", "整改", "rectification:ledger", 2, _ROUNDS),
    Stop("实", "整改", "rectification:portal", 2, frozenset(INSPECTED_ROLES)),
    Stop("移", "测评移交", "surveys:handovers", 2, frozenset({Role.ORGANISATION})),
    Stop("索", "问题线索", "findings:clues", 2, frozenset({Role.DISCIPLINE})),
    Stop("档", "归档", "archives:index", 3, _ROUNDS),
    Stop("村", "村（社区）", "villages:village_list", 3, _ROUNDS | INSPECTED_ROLES | {Role.SYSADMIN}),
    Stop(
        "轮",
        "轮次与分工",
        "villages:round_list",
        3,
        _ROUNDS,
        ("/cun/zu/", "/cun/renyuan/", "/cun/fengong/", "/cun/canshu/", "/cun/rili/", "/cun/fangan/"),
    ),
    Stop("避", "回避申报", "villages:recusal_list", 3, _ROUNDS, ("/cun/lvli/", "/cun/chengnuo/")),
    Stop("号", "账号", "villages:user_list", 3, frozenset(_KEEPERS), ("/cun/danwei/",)),
)


def rail(viewer: Any, round_: Round | None, path: str) -> list[dict[str, Any]]:
    """Entries for the template; the one whose addresses begin ``path`` the longest is marked."""
    counts = waiting_counts(viewer, round_)
    stops = [(stop, _address(stop.name)) for stop in STOPS if viewer.role in stop.roles]
    reach = [(_reach(stop, url, path), url) for stop, url in stops if url]
    here = max(reach, default=(0, ""))
    return [
        {
            "char": stop.char, "label": stop.label, "url": url, "group": stop.group,
            "active": here[0] > 0 and url == here[1], "count": counts.get(stop.name, 0),
        }
        for stop, url in stops
        if url
    ]  # fmt: skip


def _reach(stop: Stop, url: str, path: str) -> int:
    """How much of ``path`` the entry's addresses cover."""
    return max((len(start) for start in (url, *stop.also) if path.startswith(start)), default=0)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def waiting_counts(viewer: Any, round_: Round | None) -> dict[str, int | str]:
    """How many papers and items wait for the viewer, by the name of the page; a few counting queries, no rows."""
    if viewer.role in INSPECTED_ROLES:
        todo = [RectifyItem.Status.PENDING, RectifyItem.Status.RETURNED]
        mine = RectifyItem.objects.visible_to(viewer).filter(status__in=todo).count()
        orders = FixOrder.objects.visible_to(viewer).filter(
            to_office=viewer.office_id, status__in=_ORDERS_TO_DO
        )
        return {"rectification:portal": mine + orders.count()}
    if round_ is None or viewer.role not in CONTENT_ROLES:
        return {}
    return {"findings:review": _papers(viewer, round_), "rectification:ledger": _reported(viewer, round_)}


def _papers(viewer: Any, round_: Round) -> int | str:
    state = waiting_state(viewer, round_)
    if not state:
        return 0
    rows = Finding.objects.visible_to(viewer).alive().filter(round=round_, status=state)
    found, more = capped_count(rows.exclude(handler=viewer), _MOST)
    return f"{found}+" if more else found


def _reported(viewer: Any, round_: Round) -> int:
    rows = RectifyItem.objects.visible_to(viewer).filter(round=round_, status=RectifyItem.Status.REPORTED)
    if viewer.role in OFFICE_ROLES:
        return rows.count()
    verifies = Membership.objects.filter(round=round_, user=viewer.pk, role__in=VERIFIERS)
    return rows.count() if verifies.exists() else 0
