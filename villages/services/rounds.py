"""Rounds: plan, change, open, close; the parameters copied onto them."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from villages import rules
from villages.models import CategoryScheme, District, Round, RoundParameter
from villages.models.reference_data import PARAMETERS
from villages.selectors.parameters import default_scheme, defaults_on, offered_parts, refused_part
from villages.workflow import ROUND


@transaction.atomic
def create_round(
    *,
    actor: Any,
    district: District,
    term: int,
    year: int,
    number: int,
    name: str,
    mode: str,
    starts_on: dt.date,
    ends_on: dt.date,
    scheme: CategoryScheme | None = None,
) -> Round:
    """Plan a round and copy onto it the parameter defaults valid on its first day."""
    demand(rules.can_manage_rounds(actor))
    scheme = scheme or default_scheme()
    if scheme is None:
        raise ServiceError("还没有问题分类方案，请先完成初始设置（seed_reference）。")
    _check_days(starts_on, ends_on)
    if Round.objects.filter(district=district, term=term, year=year, number=number).exists():
        raise ServiceError(f"第{term}届{year}年第{number}轮已经建立。", "number")
    round_ = Round(
        district=district, term=term, year=year, number=number, name=name, mode=mode,
        starts_on=starts_on, ends_on=ends_on, scheme=scheme,
    )  # fmt: skip
    records.create(round_, actor=actor, verb="rounds.create")
    _copy_parameters(actor, round_)
    return round_


def _copy_parameters(actor: Any, round_: Round) -> None:
    dated = defaults_on(round_.starts_on)
    rows = [
        RoundParameter(
            round=round_,
            key=row.key,
            label=row.label,
            unit=row.unit,
            value=row.value,
            note=row.note,
            order=row.order,
        )
        for row in dated.values()
    ]
    # A default that begins only after this round's first day does not exist for it yet: the initial value stands in.
    rows += [
        RoundParameter(
            round=round_,
            key=seed.key,
            label=seed.label,
            unit=seed.unit,
            value=seed.value,
            note=seed.note,
            order=order,
        )
        for order, seed in enumerate(PARAMETERS)
        if seed.key not in dated
    ]
    records.bulk_create(rows, actor=actor, verb="rounds.copy_parameters", summary=f"{round_.name} 参数")


@transaction.atomic
def update_round(*, actor: Any, round_: Round, revision: int, changes: dict[str, Any]) -> Round:
    """Change name, mode or days of a round that has not ended."""
    demand(rules.can_change_round(actor, round_))
    starts_on = changes.get("starts_on", round_.starts_on)
    ends_on = changes.get("ends_on", round_.ends_on)
    _check_days(starts_on, ends_on)
    outside = round_.inspections.filter(entry_on__lt=starts_on) | round_.inspections.filter(
        exit_on__gt=ends_on
    )
    if outside.exists():
        raise ServiceError("有村（社区）的驻村日期不在新的起止日期之内，请先调整分工。", "ends_on")
    return records.update(round_, actor=actor, verb="rounds.update", revision=revision, changes=changes)


def _check_days(starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < starts_on:
        raise ServiceError("结束日期不能早于开始日期。", "ends_on")


@transaction.atomic
def open_round(*, actor: Any, round_: Round, revision: int | None = None) -> Round:
    """Start the round; every team needs a leader."""
    return ROUND.apply(round_, "open", actor=actor, revision=revision)


@transaction.atomic
def close_round(*, actor: Any, round_: Round, revision: int | None = None) -> Round:
    """End the round: its teams, assignments and parameters are fixed from now on."""
    return ROUND.apply(round_, "close", actor=actor, revision=revision)


@transaction.atomic
def reopen_round(*, actor: Any, round_: Round, reason: str, revision: int | None = None) -> Round:
    """Take up an ended round again, with a reason."""
    return ROUND.apply(round_, "reopen", actor=actor, revision=revision, reason=reason)


@transaction.atomic
def update_parameter(*, actor: Any, row: RoundParameter, value: Any, revision: int) -> RoundParameter:
    """Change one parameter for this round only; the value keeps the shape it has."""
    demand(rules.can_change_round(actor, row.round))
    _check_value(row.key, row.label, row.value, value)
    return records.update(
        row, actor=actor, verb="rounds.update_parameter", revision=revision, changes={"value": value}
    )


@transaction.atomic
def set_parameter(*, actor: Any, round_: Round, key: str, value: Any, revision: int) -> RoundParameter:
    """Change a parameter of a round that may be older than it; ``revision`` is 0 for one without a row yet."""
    demand(rules.can_change_round(actor, round_))
    order, seed = next((order, seed) for order, seed in enumerate(PARAMETERS) if seed.key == key)
    _check_value(key, seed.label, seed.value, value)
    row = RoundParameter.objects.filter(round=round_, key=key).first()
    if row is not None:
        return records.update(
            row, actor=actor, verb="rounds.update_parameter", revision=revision, changes={"value": value}
        )
    made = RoundParameter(
        round=round_, key=key, label=seed.label, unit=seed.unit, value=value, note=seed.note, order=order
    )
    return records.create(made, actor=actor, verb="rounds.update_parameter")


def _check_value(key: str, label: str, old: Any, new: Any) -> None:
    if not _same_shape(offered_parts(key, old), new):
        raise ServiceError(f"“{label}”的数值格式不对。", "value")
    refused = refused_part(key, new)
    if refused:
        raise ServiceError(refused[1], f"value:{refused[0]}")


def _same_shape(old: Any, new: Any) -> bool:
    """Numbers stay numbers and not negative, lists keep numbers, mappings their keys, words stay words."""
    if isinstance(old, bool) or isinstance(new, bool):
        return isinstance(old, bool) and isinstance(new, bool)
    if isinstance(old, int | float):
        return isinstance(new, int | float) and new >= 0 and (isinstance(old, float) or isinstance(new, int))
    if isinstance(old, list):
        return isinstance(new, list) and all(_same_shape(0, item) for item in new)
    if isinstance(old, dict):
        return (
            isinstance(new, dict)
            and old.keys() == new.keys()
            and all(_same_shape(old[k], new[k]) for k in old)
        )
    return isinstance(new, str)
