"""Decisions about ratings: the own team counts, its leaders open, close and lock, the office reads."""

from surveys import services
from surveys.models import BallotCount, BallotImport, Rating
from tests.access.entry import Entry
from tests.access.prep import LEAD, READ, STALE, WRITE
from tests.access.roles import INSPECTING
from tests.access.surveys import OWNER
from tests.surveys.ballots import book, make_rating, open_rating
from tests.surveys.polls import at_stage


def _place(cast, whose):
    return cast.inspection if whose == "own" else cast.other_inspection


def _rating(cast, whose, make):
    """The rating of this village, when another role's call has made it already."""
    return Rating.objects.filter(inspection=_place(cast, whose)).first() or make(cast, _place(cast, whose))


def planned(cast, whose):
    return {"pk": _rating(cast, whose, make_rating).pk}


def running(cast, whose):
    return {"pk": _rating(cast, whose, open_rating).pk}


def the_opening(cast, whose):
    return planned(cast, whose) | {"action": "open"}


def a_sheet(cast, whose):
    """A first count by somebody who is not among the roles that are tried."""
    rating = _rating(cast, whose, open_rating)
    made = {"rating": rating, "channel": "entry", "group": "party", "counter": cast.office_clerk}
    return {
        "pk": (BallotCount.objects.filter(rating=rating).first() or BallotCount.objects.create(**made)).pk
    }


def a_removal(cast, whose):
    return a_sheet(cast, whose) | {"action": "remove"}


def a_preview(cast, whose):
    rating = _rating(cast, whose, open_rating)
    staged = BallotImport.objects.filter(rating=rating).first() or services.preview_ballots(
        actor=cast.member if whose == "own" else cast.outsider,
        rating=rating, channel="entry", filename="票.xlsx",
        content=book([[1, "党员代表", "好", "好", "好", "好"]]),
    )  # fmt: skip
    return {"pk": staged.pk}


def a_preview_step(cast, whose):
    return a_preview(cast, whose) | {"action": "commit"}


def being_surveyed(cast, whose):
    return {"pk": at_stage(_place(cast, whose)).pk}


KIND = {"kind": "ballot"}

ENTRIES = [
    Entry("surveys:ratings", INSPECTING),
    Entry("surveys:rating_create", objects=being_surveyed, method="post", **LEAD),
    Entry("surveys:rating", objects=running, **READ),
    Entry("surveys:rating_results", objects=running, **READ),
    Entry("surveys:rating_subjects", objects=planned, **WRITE),
    Entry("surveys:rating_paper", objects=running, method="post", post=KIND, **READ),
    Entry("surveys:rating_action", objects=the_opening, method="post", post=STALE, **LEAD),
    Entry("surveys:count_add", objects=running, **WRITE),
    Entry("surveys:ballot_grid", objects=running, **WRITE),
    Entry("surveys:ballot_import", objects=running, **WRITE),
    Entry("surveys:count_sheet", objects=a_sheet, **READ),
    Entry("surveys:count_edit", objects=a_sheet, **WRITE),
    Entry("surveys:count_sign", objects=a_sheet, **WRITE),
    Entry("surveys:ballotcount_action", objects=a_removal, method="post", **WRITE),
    Entry("surveys:ballot_preview", objects=a_preview, **OWNER),
    Entry("surveys:ballotimport_action", objects=a_preview_step, method="post", post=STALE, **OWNER),
]
