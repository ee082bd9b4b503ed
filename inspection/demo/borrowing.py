"""Documents the teams asked for in the demo villages: all returned where they have left, some out elsewhere."""

import datetime as dt

from core import clock
from findings import services
from findings.models import Loan, Material, Owner
from inspection.demo import cast
from inspection.demo.fieldwork import members
from villages.models import VillageInspection

WANTED = (
    (
        Material.ACCOUNTS,
        Owner.VILLAGE,
        3,
        ("2023年记账凭证", "2024年记账凭证", "2025年记账凭证", "银行存款日记账"),
    ),
    (Material.MEETINGS, Owner.VILLAGE, 1, ("村“两委”会议记录", "村民代表会议记录", "党员大会记录")),
    (Material.CONTRACTS, Owner.VILLAGE, 1, ("机动地承包合同", "集体房屋租赁合同")),
    (Material.WORKS, Owner.TOWN, 1, ("道路硬化工程招标和结算资料", "小型工程验收单")),
    (Material.REGISTERS, Owner.DEPARTMENT, 1, ("惠民补贴发放名册",)),
)


def borrow(inspection: VillageInspection, *, end: bool) -> list[Loan]:
    """The village's documents from the list to the return; with ``end`` none is left out."""
    first, second = members(inspection)
    leader = cast.person(cast.plan_of(inspection.team).leader)
    made = []
    for material, owner, copies, names in WANTED:
        made += services.ask_for(
            actor=first, inspection=inspection, names=list(names), material=material, owner=owner, copies=copies,
            due_on=inspection.entry_on + dt.timedelta(days=2),
        )  # fmt: skip
    # The last one was thought of only today.
    services.sign_loans(actor=leader, loans=made if end else made[:-1])
    for order, loan in enumerate(made):
        loan.refresh_from_db()
        if end or order < 9:
            _lend(loan, (first, second)[order % 2], give_back=end or order < 5)
    return made


def _lend(loan: Loan, who: object, *, give_back: bool) -> None:
    provider = {Owner.VILLAGE: "村会计", Owner.TOWN: "镇农经站"}.get(Owner(loan.owner), "区民政局经办人")
    day = min(loan.inspection.entry_on + dt.timedelta(days=1), clock.today())
    services.lend(actor=who, loan=loan, revision=loan.revision, provider=provider, lent_on=day)
    if give_back:
        back = min(day + dt.timedelta(days=5), clock.today())
        services.give_back(actor=who, loan=loan, revision=loan.revision, receiver=provider, returned_on=back)
