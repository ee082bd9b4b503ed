"""Items in any state, with what stands before them."""

import datetime as dt
import io
import itertools

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rectification.models import RectifyItem
from reports.models import Feedback, FeedbackItem, Report
from tests.reports.papers import category
from villages.models import Office

DAY = dt.date(2026, 4, 25)
_serial = itertools.count(1)


def photo(name="整改后.jpg", colour="green"):
    """A small real photograph."""
    stream = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), content_type="image/jpeg")


def make_feedback(cast, team=None, town=None, **over):
    team, town = team or cast.team, town or cast.town_place
    report = Report.objects.filter(round=cast.round, team=team, town=town).first() or Report.objects.create(
        round=cast.round, team=team, town=town, title="报告"
    )
    values = {
        "report": report,
        "round": cast.round,
        "team": team,
        "town": town,
        "title": "关于巡察情况的反馈意见",
        "doc_no": f"青巡办〔2026〕{next(_serial)}号",
        "issued_on": DAY,
    }
    return Feedback.objects.create(**values | over)


def make_feedback_item(cast, feedback, **over):
    values = {
        "feedback": feedback,
        "seq": feedback.items.count() + 1,
        "category": category(cast, "E"),
        "scope": "individual",
        "title": "收回到期鱼塘",
        "detail": "鱼塘合同到期后未收回",
        "requirement": "限期收回并追缴租金",
    }
    return FeedbackItem.objects.create(**values | over)


def make_item(cast, feedback=None, village=None, **over):
    """One item of the cast's town (or, with another feedback, of its town)."""
    feedback = feedback or Feedback.objects.filter(team=cast.team).first() or make_feedback(cast)
    row = make_feedback_item(cast, feedback, village=village)
    values = {
        "feedback_item": row,
        "round": feedback.round,
        "team": feedback.team,
        "town": feedback.town,
        "village": village,
        "owner": Office.objects.get(town=feedback.town, kind="town"),
        "seq": row.seq,
        "doc_no": feedback.doc_no,
        "feedback_on": feedback.issued_on,
        "category": row.category.name,
        "title": row.title,
        "detail": row.detail,
        "requirement": row.requirement,
        "level": "village",
        "due_on": dt.date(2026, 7, 25),
    }
    return RectifyItem.objects.create(**values | over)


def foreign_item(cast, **over):
    """An item of the other team's town."""
    feedback = Feedback.objects.filter(team=cast.other_team).first() or make_feedback(
        cast, cast.other_team, cast.other_town_place
    )
    return make_item(cast, feedback, title="外镇的事", **over)
