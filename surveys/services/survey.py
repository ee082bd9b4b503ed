"""The way of one survey: planned, opened, closed; and what is forgotten afterwards."""

from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from surveys import rules
from surveys.models import (
    AnswerSheet,
    Channel,
    Questionnaire,
    Rating,
    Slip,
    Survey,
    SurveyCount,
    SurveyPlan,
)
from surveys.selectors.coverage import proposed
from surveys.services.mixing import mix_all, record_mixing
from surveys.services.sealing import destroy_key, make_key
from surveys.workflow import QUESTIONNAIRE, SURVEY
from villages.models import Stage, VillageInspection, spine
from villages.services import advance_stage


@transaction.atomic
def create_survey(
    *, actor: Any, inspection: VillageInspection, questionnaire: Questionnaire, planned: int = 0
) -> Survey:
    """Plan a survey of one village; ``planned``: how many sheets the team wants back."""
    demand(rules.can_create(actor, inspection))
    if Survey.objects.filter(inspection=inspection, questionnaire=questionnaire).exists():
        raise ServiceError("本村（社区）已经安排了这份问卷的调查。", "questionnaire")
    survey = Survey(**spine(inspection), questionnaire=questionnaire, planned=planned)
    records.create(survey, actor=actor, verb="surveys.create")
    rows = [SurveyPlan(survey=survey, group=group, planned=n) for group, n in proposed(inspection).items()]
    records.bulk_create(
        rows, actor=actor, verb="surveys.save_plan", target=survey, summary=f"{survey}计划份数"
    )
    return survey


@transaction.atomic
def open_survey(*, actor: Any, survey: Survey, revision: int | None = None) -> Survey:
    """Begin to collect: the questionnaire is frozen, the key pair of this survey is made."""
    demand(SURVEY.check(actor, survey, "open"))
    if survey.questionnaire.status == Questionnaire.Status.DRAFT:
        QUESTIONNAIRE.apply(survey.questionnaire, "freeze", actor=actor)
    changes = {"mixer_key": make_key(survey.pk), "opened_on": clock.today()}
    return SURVEY.apply(survey, "open", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def close_survey(*, actor: Any, survey: Survey, reason: str = "", revision: int | None = None) -> Survey:
    """End collecting: unused slips go, all waiting answers are mixed. Counts that disagree need a ``reason``."""
    step = "close_anyway" if reason.strip() else "close"
    changes = {"closed_on": clock.today(), "close_reason": reason.strip()}
    closed = SURVEY.apply(survey, step, actor=actor, revision=revision, reason=reason, changes=changes)
    # First, because this waits for every answer that is using its slip up just now: mixing then finds them all.
    Slip.objects.filter(survey=survey).delete()
    mix_all(actor=actor, survey=survey)
    record_mixing(actor=actor, survey=closed, ended=True)
    _count_phones(actor, survey)
    return closed


def _count_phones(actor: Any, survey: Survey) -> None:
    """The phones count themselves: every sheet that came back is valid, every slip left is one not returned."""
    row = SurveyCount.objects.filter(survey=survey, channel=Channel.PHONE).first()
    if row is None:
        return
    sheets = AnswerSheet.objects.filter(survey=survey, channel=Channel.PHONE).count()
    changes = {"returned": sheets, "valid": sheets, "missing": row.issued - sheets}
    records.update(row, actor=actor, verb="surveys.count_phones", revision=None, changes=changes)


@transaction.atomic
def forget_survey(*, actor: Any, survey: Survey) -> Survey:
    """Some days after closing: destroy the private key and the receipts, so that old copies link nothing.

    Receipts stay until then so that a phone that comes back late still hears that its answer arrived.
    """
    if survey.status not in (Survey.Status.CLOSED, Survey.Status.LOCKED):
        raise ServiceError("调查还没有结束。")
    survey.receipts.all().delete()
    changes = {"forgotten_on": clock.today()}
    records.update(survey, actor=actor, verb="surveys.forget", revision=None, changes=changes)
    transaction.on_commit(lambda: destroy_key(survey.pk))
    return survey


@transaction.atomic
def finish_survey(
    *, actor: Any, inspection: VillageInspection, revision: int | None = None
) -> VillageInspection:
    """Move the village on to finding problems once its surveys are locked."""
    demand(rules.can_finish(actor, inspection))
    surveys = list(Survey.objects.filter(inspection=inspection))
    if not surveys:
        raise ServiceError("还不能转入发现问题：本村（社区）还没有开展问卷调查。")
    waiting = [survey for survey in surveys if survey.status != Survey.Status.LOCKED]
    if waiting:
        raise ServiceError(f"还不能转入发现问题：{len(waiting)}份问卷调查的结果还没有锁定。")
    if Rating.objects.filter(inspection=inspection).exclude(status=Rating.Status.LOCKED).exists():
        raise ServiceError("还不能转入发现问题：民主测评的结果还没有锁定。")
    return advance_stage(actor=actor, inspection=inspection, to=Stage.FINDING, revision=revision)
