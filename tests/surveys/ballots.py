"""Ratings, ballots and workbooks of them for tests."""

import io

from openpyxl import Workbook

from core.audit import SYSTEM
from prep.models import CommitteeMember
from surveys import services
from surveys.models import BallotCount, Rating
from tests.surveys.polls import at_stage

PEOPLE = [("江予安", "党组织书记"), ("严修竹", "副书记"), ("钟怀瑾", "委员")]
NAMES = ["两委班子", *(name for name, _ in PEOPLE)]
HEADS = ["票号", "人员类别", *NAMES]
COUNT_HEADS = ["测评对象", "人员类别", "好", "较好", "一般", "差", "弃权", "无效"]
# Four subjects; the order is that of the ballot.
SUBJECTS = 4


def make_rating(cast, inspection=None, people=PEOPLE):
    inspection = at_stage(inspection or cast.inspection)
    for name, post in people:
        CommitteeMember.objects.get_or_create(village=inspection.village, name=name, post=post)
    return services.create_rating(actor=SYSTEM, inspection=inspection)


def open_rating(cast, inspection=None, people=PEOPLE):
    return services.open_rating(actor=SYSTEM, rating=reload(make_rating(cast, inspection, people)))


def reload(rating):
    rows = Rating.objects.select_related("inspection", "round", "team", "village", "town")
    return rows.get(pk=rating.pk)


def book(rows, heads=HEADS, title="云溪村民主测评票", name="Sheet1"):
    """A workbook as bytes: a title, the heads, the rows."""
    made = Workbook()
    made.active.title = name
    for line in ([title], heads, *rows):
        made.active.append(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def load(rating, rows, channel="entry", commit=True, **over):
    """Import rows at once; returns the reading."""
    return services.import_ratings(
        actor=SYSTEM, rating=rating, channel=channel, filename="测评.xlsx", content=book(rows, **over),
        commit=commit,
    )  # fmt: skip


def sheet(rating, number, group="", channel="entry", **over):
    """A count sheet two people have signed, for ``number`` ballots typed in one by one unless told otherwise."""
    values = {"issued": number, "returned": number, "valid": number, "way": "single", "status": "signed"}
    return BallotCount.objects.create(rating=rating, group=group, channel=channel, **values | over)


def closed(cast, rows, inspection=None, people=PEOPLE):
    """A closed rating that holds ``rows`` of paper ballots, each group on a signed count sheet."""
    rating = open_rating(cast, inspection, people)
    ballots = load(rating, rows, heads=["票号", "人员类别", "两委班子", *(n for n, _ in people)]).ballots
    for group in {ballot["group"] for ballot in ballots}:
        number = sum(ballot["group"] == group for ballot in ballots)
        sheet(rating, number, group, second=cast.member)
    return services.close_rating(actor=SYSTEM, rating=reload(rating))


def locked(cast, rows, inspection=None, people=PEOPLE):
    return services.lock_rating(actor=SYSTEM, rating=reload(closed(cast, rows, inspection, people)))
