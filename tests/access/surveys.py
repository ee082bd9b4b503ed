"""Decisions about surveys: the own team collects, its leaders open, close and lock, the office reads."""

from core.audit import SYSTEM
from surveys import services
from surveys.models import Channel
from tests.access.entry import Entry
from tests.access.prep import CARD, LEAD, READ, STALE, WRITE, a_village, an_inspection
from tests.access.roles import INSPECTING
from tests.surveys.polls import at_stage, make_survey, open_survey, sheet_row, workbook


def _place(cast, whose):
    return cast.inspection if whose == "own" else cast.other_inspection


def _known(cast, whose):
    """The survey of this village, when another role's call has made it already."""
    return _place(cast, whose).surveys.select_related("inspection", "questionnaire").first()


def planned(cast, whose):
    return {"pk": (_known(cast, whose) or make_survey(cast, _place(cast, whose))).pk}


def running(cast, whose):
    return {"pk": (_known(cast, whose) or open_survey(cast, _place(cast, whose))).pk}


def the_opening(cast, whose):
    return planned(cast, whose) | {"action": "open"}


def a_preview(cast, whose):
    survey = _known(cast, whose) or open_survey(cast, _place(cast, whose))
    owner = cast.member if whose == "own" else cast.outsider
    staged = services.preview_answer_import(
        actor=owner,
        survey=survey,
        channel=Channel.ENTRY,
        filename="录入.xlsx",
        content=workbook([sheet_row(1)]),
    )
    return {"pk": staged.pk}


def a_preview_step(cast, whose):
    return a_preview(cast, whose) | {"action": "commit"}


def a_questionnaire_and(objects):
    """The first survey of a test needs the questionnaire."""

    def made(cast, whose):
        services.load_questionnaire(actor=SYSTEM)
        return objects(cast, whose)

    return made


def being_surveyed(cast, whose):
    return {"pk": at_stage(_place(cast, whose)).pk}


OWNER = {"may": {"member"}, "may_foreign": {"outsider"}}

ENTRIES = [
    Entry("surveys:index", INSPECTING),
    Entry("surveys:compare", INSPECTING),
    Entry("surveys:summary_round", INSPECTING, method="post"),
    Entry("surveys:summary_village", objects=running, method="post", **READ),
    Entry("surveys:village_card", objects=a_village, **CARD),
    Entry("surveys:create", objects=a_questionnaire_and(an_inspection), **LEAD),
    Entry("surveys:finish", objects=being_surveyed, method="post", post=STALE, **LEAD),
    Entry("surveys:survey", objects=running, **READ),
    Entry("surveys:results", objects=running, **READ),
    Entry("surveys:survey_action", objects=the_opening, method="post", post=STALE, **LEAD),
    Entry("surveys:counts", objects=running, **WRITE),
    Entry("surveys:slips", objects=running, **WRITE),
    Entry("surveys:slips_void", objects=running, method="post", **WRITE),
    Entry("surveys:answer_import", objects=running, **WRITE),
    Entry("surveys:import_preview", objects=a_preview, **OWNER),
    Entry("surveys:answerimport_action", objects=a_preview_step, method="post", post=STALE, **OWNER),
]
