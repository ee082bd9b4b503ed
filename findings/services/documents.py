"""Documents asked for, signed for, lent and given back."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import NotAllowed, ServiceError
from core.text import clean
from findings import rules
from findings.models import Loan, LoanStatus, Material, Owner
from findings.workflow import LOAN_FLOW
from villages.models import VillageInspection, spine
from villages.services import next_form_number

LOAN_FIELDS = ("name", "copies", "material", "owner", "due_on", "note")


@transaction.atomic
def ask_for(
    *,
    actor: Any,
    inspection: VillageInspection,
    names: list[str],
    material: str,
    owner: str,
    copies: int = 1,
    due_on: dt.date | None = None,
    note: str = "",
) -> list[Loan]:
    """Put documents on a village's list, one for each name; a name that waits there already is not put twice."""
    demand(rules.can_create(actor, inspection))
    wanted = list(dict.fromkeys(" ".join(clean(name).split()) for name in names))
    wanted = [name for name in wanted if name]
    if not wanted:
        raise ServiceError("请写明要调阅哪些资料，一行一件。", "names")
    if len(wanted) > 100:
        raise ServiceError("一次最多登记100件，请分次登记。", "names")
    values = _checked(
        {"copies": copies, "material": material, "owner": owner, "due_on": due_on, "note": note}
    )
    waiting = Loan.objects.filter(inspection=inspection, status__in=[LoanStatus.LISTED, LoanStatus.ASKED])
    known = set(waiting.values_list("name", flat=True))
    made = []
    for name in wanted:
        if name in known:
            continue
        if len(name) > 120:
            raise ServiceError(f"资料名称太长：{name[:20]}…，请控制在120字以内。", "names")
        no = next_form_number(actor=actor, inspection=inspection, kind="DY")
        row = Loan(**spine(inspection), no=no, name=name, **values)
        made.append(records.create(row, actor=actor, verb="findings.loan.ask"))
    return made


@transaction.atomic
def edit_loan(*, actor: Any, loan: Loan, revision: int, values: dict[str, Any]) -> Loan:
    """Change what is asked for, before it is signed; ``values``: any of ``LOAN_FIELDS``."""
    demand(rules.can_edit_loan(actor, loan))
    changes = _checked({name: values[name] for name in LOAN_FIELDS if name in values})
    if not changes.get("name", loan.name):
        raise ServiceError("请写明资料名称。", "name")
    return records.update(loan, actor=actor, verb="findings.loan.edit", revision=revision, changes=changes)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    chosen: dict[str, Any] = {
        n: " ".join(clean(v).split()) if isinstance(v, str) else v for n, v in values.items()
    }
    if chosen.get("material", Material.OTHER) not in Material.values:
        raise ServiceError("请选择资料类型。", "material")
    if chosen.get("owner", Owner.OTHER) not in Owner.values:
        raise ServiceError("请选择资料来源。", "owner")
    if not 1 <= chosen.get("copies", 1) <= 999:
        raise ServiceError("份数应在1到999之间。", "copies")
    return chosen


@transaction.atomic
def sign_loans(*, actor: Any, loans: list[Loan]) -> int:
    """Sign for every listed document of ``loans`` the actor may sign for; return how many. None at all is refused."""
    ready = [loan for loan in loans if LOAN_FLOW.check(actor, loan, "sign")]
    if not ready:
        raise NotAllowed("没有等您签字的调阅资料。")
    for loan in ready:
        changes = {"signed_by": actor, "signed_on": clock.today()}
        LOAN_FLOW.apply(loan, "sign", actor=actor, changes=changes)
    return len(ready)


@transaction.atomic
def lend(*, actor: Any, loan: Loan, revision: int, provider: str, lent_on: dt.date) -> Loan:
    """Note that ``provider`` handed the document to ``actor``."""
    name = _person(provider, "provider", "请填写提供人。")
    _not_ahead(lent_on, "lent_on")
    changes = {"provider": name, "taken_by": actor, "lent_on": lent_on}
    return LOAN_FLOW.apply(loan, "lend", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def give_back(*, actor: Any, loan: Loan, revision: int, receiver: str, returned_on: dt.date) -> Loan:
    """Note that ``actor`` returned the document to ``receiver``."""
    name = _person(receiver, "receiver", "请填写接收人。")
    _not_ahead(returned_on, "returned_on")
    if loan.lent_on and returned_on < loan.lent_on:
        raise ServiceError("归还日期早于借出日期。", "returned_on")
    changes = {"receiver": name, "returned_by": actor, "returned_on": returned_on}
    return LOAN_FLOW.apply(loan, "give_back", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def cancel_loan(*, actor: Any, loan: Loan, revision: int, reason: str) -> Loan:
    """Say that a document is not needed any more."""
    return LOAN_FLOW.apply(loan, "cancel", actor=actor, revision=revision, reason=clean(reason))


def _person(text: str, field: str, missing: str) -> str:
    name = " ".join(clean(text).split())[:40]
    if not name:
        raise ServiceError(missing, field)
    return name


def _not_ahead(day: dt.date, field: str) -> None:
    if day > clock.today():
        raise ServiceError("日期不能晚于今天。", field)
