"""Official papers, meetings and letters for tests."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from prep.models import AskedDepartment, DataLetter, PaperKind
from prep.selectors.meetings import attendance_sheet
from prep.services import letters, meetings, official
from tests.factories import make_member
from villages.models import TeamRole

BEIJING = ZoneInfo("Asia/Shanghai")
CONTACT = {
    "hotline": "0990-1234567",
    "hours": "每天8:30—17:30",
    "message_number": "13900000000",
    "post_box": "青岚区第1号信箱",
    "email": "xc1@qinglan.example",
    "boxes": ["村党群服务中心门口", "集市公告栏旁"],
    "reception": "镇便民中心二楼，每周二",
    "supervision": "0990-7654321",
    "station": "镇党校",
}


def fill_contact(cast, team=None, **over):
    team = team or cast.team
    return official.save_contact(actor=cast.office_clerk, team=team, revision=0, values=CONTACT | over)


def draft(cast, kind=PaperKind.ANNOUNCEMENT, whose="own", **over):
    team, town = (cast.team, cast.town_place) if whose == "own" else (cast.other_team, cast.other_town_place)
    return official.draft_paper(
        actor=cast.office_clerk, round=cast.round, kind=kind, team=team, town=town, **over
    )


def dated(cast, paper, day=dt.date(2026, 2, 25)):
    return official.edit_paper(
        actor=cast.office_clerk, paper=paper, revision=paper.revision, values={"dated_on": day}
    )


def lead_the_other_team(cast):
    """The cast's other team has one member only; its papers name a leader and a deputy."""
    for role in (TeamRole.LEADER, TeamRole.DEPUTY):
        if not cast.other_team.memberships.filter(role=role).exists():
            make_member(cast.other_team, role)


def issued(cast, whose="own"):
    lead_the_other_team(cast)
    team = cast.team if whose == "own" else cast.other_team
    fill_contact(cast, team)
    paper = draft(cast, whose=whose)
    return official.issue_paper(actor=cast.office_clerk, paper=dated(cast, paper))


def meeting_values(cast, team=None, **over):
    team = team or cast.team
    sheet = [row | {"present": True} for row in attendance_sheet(team)]
    values = {
        "kind": "focus", "name": "巡前研判会", "held_at": dt.datetime(2026, 3, 1, 9, 30, tzinfo=BEIJING),
        "place": "党校会议室", "chair": cast.leader, "recorder": cast.member, "attendance": sheet,
        "guests": ["巡察办联络员"], "content": "研究了分工。",
    }  # fmt: skip
    return values | over


def meeting(cast, villages=None, **over):
    with clock.held(dt.date(2026, 3, 1), 17):
        return meetings.open_meeting(
            actor=cast.member, team=cast.team, values=meeting_values(cast, **over),
            villages=[cast.inspection] if villages is None else villages,
        )  # fmt: skip


def department(name="财政局", **over):
    values = {"addressee": f"区{name}", "asks": "近三年拨付到村的资金明细", "form": "电子表格"}
    return AskedDepartment.objects.get_or_create(name=name, defaults=values | over)[0]


def letter(cast, name="财政局", villages=(), due=dt.date(2026, 2, 27), sent=dt.date(2026, 2, 16)):
    """One letter, sent unless ``sent`` is ``None``."""
    with clock.held(sent or dt.date(2026, 2, 16)):
        letters.write_letters(
            actor=cast.office_clerk, round=cast.round, departments=[department(name)], due_on=due,
            inspections=villages,
        )  # fmt: skip
        row = DataLetter.objects.filter(department__name=name).latest("created_at")
        if sent:
            letters.send_letters(actor=cast.office_clerk, round=cast.round, letters=[row])
    row.refresh_from_db()
    return row


def upload(name="回复.csv", content=b"a,b\n1,2\n"):
    return SimpleUploadedFile(name, content, content_type="text/csv")


def reply(cast, row, day=dt.date(2026, 2, 20), **over):
    values = {"received_on": day, "complete": True, "note": "", "uploads": [upload()]} | over
    with clock.held(day, 15):
        return letters.register_reply(actor=cast.office_clerk, letter=row, **values)
