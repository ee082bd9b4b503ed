"""Decisions about questionnaires and collecting: the office builds, the team plans, and who typed goes on typing."""

import datetime as dt

from core.audit import SYSTEM
from surveys import services
from surveys.models import Channel, RespondentGroup, SurveyCount
from tests.access.entry import Entry
from tests.access.prep import READ, STALE, WRITE
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.access.surveys import running
from tests.surveys.polls import make_survey, reload

BROWSE = {"may": INSPECTING, "may_foreign": INSPECTING}
BUILD = {
    "may": OFFICE, "sees": INSPECTING - OFFICE, "may_foreign": OFFICE, "sees_foreign": INSPECTING - OFFICE,
}  # fmt: skip
TYPIST = {
    "may": {"member"}, "sees": (OFFICE | TEAM) - {"member"}, "may_foreign": {"outsider"}, "sees_foreign": OFFICE,
}  # fmt: skip
KEEPERS = {"member", "leader", "deputy"}
GIVE_UP = TYPIST | {"may": KEEPERS, "sees": (OFFICE | TEAM) - KEEPERS}


def _draft(cast, whose):
    """The draft every role is shown; a survey is planned with it, so that nobody can throw it away."""
    place = cast.inspection if whose == "own" else cast.other_inspection
    return (place.surveys.select_related("questionnaire").first() or make_survey(cast, place)).questionnaire


def a_draft(cast, whose):
    return {"pk": _draft(cast, whose).pk}


def a_question(cast, whose):
    return {"pk": _draft(cast, whose).items.order_by("number").first().pk}


def an_aspect(cast, whose):
    return {"pk": _draft(cast, whose).aspects.order_by("order").first().pk}


def two_versions(cast, whose):
    draft = _draft(cast, whose)
    return {"pk": draft.pk, "other": draft.pk}


def a_group(cast, whose):
    services.load_groups(actor=SYSTEM)
    return {"pk": RespondentGroup.objects.order_by("order").first().pk}


def _survey(cast, whose):
    place = cast.inspection if whose == "own" else cast.other_inspection
    return reload(place.surveys.get(pk=running(cast, whose)["pk"]))


def an_occasion(cast, whose):
    """A meeting at which something was counted: it can be changed, and not struck out."""
    survey = _survey(cast, whose)
    occasion = survey.occasions.first()
    if occasion is None:
        values = {"channel": Channel.ENTRY, "held_on": dt.date(2026, 3, 5), "place": "村委会"}
        occasion = services.save_occasion(actor=SYSTEM, survey=survey, values=values)
        SurveyCount.objects.create(survey=survey, channel=Channel.ENTRY, occasion=occasion)
    return {"pk": occasion.pk}


def a_batch(cast, whose):
    survey = _survey(cast, whose)
    batch = survey.batches.first() or services.create_batch(
        actor=cast.member if whose == "own" else cast.outsider,
        survey=survey,
        channel=Channel.ENTRY,
        expected=3,
    )
    return {"pk": batch.pk}


def the_giving_up(cast, whose):
    return a_batch(cast, whose) | {"action": "discard"}


ENTRIES = [
    Entry("surveys:questionnaires", INSPECTING),
    Entry("surveys:questionnaire", objects=a_draft, **BROWSE),
    Entry("surveys:questionnaire_preview", objects=a_draft, **BROWSE),
    Entry("surveys:questionnaire_word", objects=a_draft, method="post", **BROWSE),
    Entry("surveys:questionnaire_compare", objects=two_versions, **BROWSE),
    Entry("surveys:questionnaire_add", OFFICE),
    Entry("surveys:questionnaire_edit", objects=a_draft, **BUILD),
    Entry("surveys:questionnaire_copy", objects=a_draft, method="post", **BUILD),
    Entry("surveys:questionnaire_drop", objects=a_draft, method="post", **BUILD),
    Entry("surveys:questionnaire_arrange", objects=a_draft, method="post", post=STALE, **BUILD),
    Entry("surveys:item_add", objects=a_draft, **BUILD),
    Entry("surveys:item_edit", objects=a_question, **BUILD),
    Entry("surveys:item_remove", objects=a_question, method="post", post=STALE, **BUILD),
    Entry("surveys:aspect_rename", objects=an_aspect, method="post", **BUILD),
    Entry("surveys:groups", INSPECTING),
    Entry("surveys:groups_load", OFFICE, method="post"),
    Entry("surveys:group_add", OFFICE),
    Entry("surveys:group_edit", objects=a_group, **BUILD),
    Entry("surveys:plan", objects=running, **WRITE),
    Entry("surveys:occasion_add", objects=running, **WRITE),
    Entry("surveys:occasion_edit", objects=an_occasion, **WRITE),
    Entry("surveys:occasion_remove", objects=an_occasion, method="post", **WRITE),
    Entry("surveys:batch_add", objects=running, **WRITE),
    Entry("surveys:batch", objects=a_batch, **READ),
    Entry("surveys:entry_grid", objects=a_batch, **TYPIST),
    Entry("surveys:entry_keep", objects=a_batch, method="post", as_json=True, post={}, **TYPIST),
    Entry("surveys:batch_recount", objects=a_batch, method="post", post=STALE, **TYPIST),
    Entry("surveys:entry_differences", objects=a_batch, **WRITE),
    Entry("surveys:entrybatch_action", objects=the_giving_up, method="post", post=STALE, **GIVE_UP),
]
