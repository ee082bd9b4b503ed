"""Decisions about the use of results: the team reads what people wrote and makes leads of it, the office reads."""

from surveys import services
from surveys.models import OpenAnswer, Rating, RatingHandover, TownLetter
from tests.access.entry import Entry
from tests.access.prep import STALE, WRITE, WRITER
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.surveys import ballots
from tests.surveys.polls import locked, sheet_row


def locked_words(cast, whose):
    """A locked survey with enough sheets, and one of what people wrote there."""
    place = cast.inspection if whose == "own" else cast.other_inspection
    survey = place.surveys.first()
    if survey is None:
        rows = [sheet_row(n, cells={1: 4}, comment=f"第{n}条意见") for n in range(1, 7)]
        survey = locked(cast, rows, place)
    return survey


def an_answer(cast, whose):
    return {"pk": OpenAnswer.objects.filter(survey=locked_words(cast, whose)).first().pk}


def an_item(cast, whose):
    return {"pk": locked_words(cast, whose).pk, "number": 1}


def a_town(cast, whose):
    locked_words(cast, whose)
    return {"pk": (cast.town_place if whose == "own" else cast.other_town_place).pk}


def a_letter(cast, whose):
    town = cast.town_place if whose == "own" else cast.other_town_place
    letter = TownLetter.objects.filter(town=town).first()
    if letter is None:
        locked_words(cast, whose)
        letter = services.draft_town_letter(actor=cast.office_clerk, round=cast.round, town=town)
    return {"pk": letter.pk}


def a_letter_step(cast, whose):
    return a_letter(cast, whose) | {"action": "submit"}


# Letters are the office's own, whatever the town.
LETTER = {"may": OFFICE, "may_foreign": OFFICE}
# Who knows that the town exists is told whose step it is.
KNOWS = (INSPECTING - OFFICE) | {"sysadmin"}
TOWN = {
    "may": OFFICE, "sees": KNOWS | {"town"}, "may_foreign": OFFICE, "sees_foreign": KNOWS | {"other_town"},
}  # fmt: skip


def a_locked_rating(cast, whose):
    place = cast.inspection if whose == "own" else cast.other_inspection
    rows = [[n, "党员代表", *["好"] * 4] for n in range(1, 8)]
    return Rating.objects.filter(inspection=place).first() or ballots.locked(cast, rows, place)


def a_rating(cast, whose):
    return {"pk": a_locked_rating(cast, whose).pk}


def _handover(cast, whose):
    rating = a_locked_rating(cast, whose)
    known = RatingHandover.objects.filter(rating=rating).first()
    return known or services.draft_handover(
        actor=cast.office_clerk, rating=rating, to_office=cast.organisation.office
    )


def a_hand_over(cast, whose):
    return {"pk": _handover(cast, whose).pk}


def a_hand_over_on_its_way(cast, whose):
    handover = _handover(cast, whose)
    if handover.status == RatingHandover.Status.DRAFT:
        services.hand_over(actor=cast.office_clerk, handover=handover)
    return {"pk": handover.pk}


def a_hand_over_step(cast, whose):
    return a_hand_over(cast, whose) | {"action": "void"}


# The office sends, the team of the village looks on; what is on its way the department sees as well.
SEND = {"may": OFFICE, "sees": TEAM, "may_foreign": OFFICE, "sees_foreign": WRITER}
ARRIVED = {
    "may": OFFICE | TEAM | {"organisation"}, "may_foreign": OFFICE | WRITER | {"organisation"},
}  # fmt: skip
RECEIVE = {
    "may": {"organisation"}, "sees": OFFICE | TEAM, "may_foreign": {"organisation"},
    "sees_foreign": OFFICE | WRITER,
}  # fmt: skip

ENTRIES = [
    Entry("surveys:opinions", INSPECTING),
    Entry("surveys:opinions_mark", INSPECTING, method="post"),
    Entry("surveys:town_letters", OFFICE),
    Entry("surveys:town_letter_draft", objects=a_town, method="post", **TOWN),
    Entry("surveys:townletter", objects=a_letter, **LETTER),
    Entry("surveys:town_letter_edit", objects=a_letter, **LETTER),
    Entry("surveys:town_letter_word", objects=a_letter, method="post", **LETTER),
    Entry("surveys:townletter_action", objects=a_letter_step, method="post", post=STALE, **LETTER),
    Entry("surveys:handovers", INSPECTING | {"organisation"}),
    Entry("surveys:handover_draft", objects=a_rating, **SEND),
    Entry("surveys:handover_edit", objects=a_hand_over, **SEND),
    Entry("surveys:ratinghandover_action", objects=a_hand_over_step, method="post", post=STALE, **SEND),
    Entry("surveys:ratinghandover", objects=a_hand_over_on_its_way, **ARRIVED),
    Entry("surveys:handover_word", objects=a_hand_over_on_its_way, method="post", **ARRIVED),
    Entry("surveys:handover_receive", objects=a_hand_over_on_its_way, **RECEIVE),
    Entry("findings:answer_lead", objects=an_answer, **WRITE),
    Entry("findings:result_lead", objects=an_item, **WRITE),
]
