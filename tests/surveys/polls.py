"""Surveys, answers and workbooks for tests."""

import io
import secrets

from openpyxl import Workbook

from core.audit import SYSTEM
from surveys import services
from surveys.models import Channel, Survey, SurveyCount
from villages.models import Stage, VillageInspection

ITEMS = 22
HEADS = ["份号", "人员类别", *[f"第{n}题" for n in range(1, ITEMS + 1)], "意见建议"]


def at_stage(inspection, stage=Stage.SURVEY):
    """The inspection at ``stage``, read afresh."""
    VillageInspection.objects.filter(pk=inspection.pk).update(status=stage)
    return VillageInspection.objects.get(pk=inspection.pk)


def make_survey(cast, inspection=None):
    inspection = at_stage(inspection or cast.inspection)
    questionnaire = services.load_questionnaire(actor=SYSTEM)
    return services.create_survey(
        actor=SYSTEM, inspection=inspection, questionnaire=questionnaire, planned=50
    )


def open_survey(cast, inspection=None):
    return services.open_survey(actor=SYSTEM, survey=make_survey(cast, inspection))


def answer(digits="1" * ITEMS, group="villager", comment=""):
    return {"group": group, "answers": digits, "comment": comment}


def send(token, submission="", **over):
    """One submission from a phone; returns its outcome."""
    return services.submit_phone_answer(
        actor=SYSTEM, token=token, submission=submission or secrets.token_hex(16), answer=answer(**over)
    )


def issue(survey, count):
    return services.issue_slips(actor=SYSTEM, survey=survey, count=count)


def count(survey, channel=Channel.ENTRY, **figures):
    SurveyCount.objects.create(survey=survey, channel=channel, **figures)


def sheet_row(number, group="普通群众", cells=None, comment=None):
    """One row of a workbook: all answers 好 unless told otherwise by item number."""
    values = dict.fromkeys(range(1, ITEMS + 1), 1) | (cells or {})
    return [number, group, *[values[n] for n in range(1, ITEMS + 1)], comment]


def workbook(rows, heads=HEADS, title="云溪村调查问卷录入表", name="Sheet1"):
    """A workbook as bytes: a title, the heads, the rows."""
    book = Workbook()
    book.active.title = name
    for line in ([title], heads, *rows):
        book.active.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def load(survey, rows, channel=Channel.ENTRY, **over):
    """Import rows at once; returns the reading."""
    return services.import_answers(
        actor=SYSTEM, survey=survey, channel=channel, filename="录入.xlsx", content=workbook(rows, **over),
        commit=True,
    )  # fmt: skip


def closed(cast, rows, inspection=None):
    """A closed survey that holds ``rows`` of paper sheets with counts that agree."""
    survey = open_survey(cast, inspection)
    accepted = len(load(survey, rows).sheets)
    count(survey, issued=accepted, returned=accepted, valid=accepted)
    return services.close_survey(actor=SYSTEM, survey=reload(survey))


def locked(cast, rows, inspection=None):
    return services.lock_results(actor=SYSTEM, survey=closed(cast, rows, inspection))


def reload(survey):
    return Survey.objects.select_related("inspection", "questionnaire").get(pk=survey.pk)
