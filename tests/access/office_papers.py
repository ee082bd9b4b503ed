"""Decisions about official papers, meetings and letters: the office issues and asks, the teams meet and read."""

import datetime as dt

from core import clock
from prep.models import DataLetter, FocusMeeting, MeetingVillage, OfficialPaper, ReplyFile
from prep.services import meetings, official
from tests.access.entry import Entry
from tests.access.prep import READ, STALE, WRITER
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.factories import make_member
from tests.prep import office_papers as papers
from villages.models import TeamRole

INSPECTORS = TEAM | WRITER
# The office takes the step; the team whose row it is sees the row.
STEP = {"may": OFFICE, "sees": TEAM, "may_foreign": OFFICE, "sees_foreign": WRITER}
# A draft is the office's own; a round and its teams are known to all who serve in it.
DRAFT = {"may": OFFICE, "may_foreign": OFFICE}
ROUND = {"may": OFFICE, "sees": INSPECTORS, "may_foreign": OFFICE, "sees_foreign": INSPECTORS}


def _place(cast, whose):
    return (cast.team, cast.inspection) if whose == "own" else (cast.other_team, cast.other_inspection)


def a_round(cast, whose):
    return {"pk": cast.round.pk}


def a_team(cast, whose):
    return {"pk": _place(cast, whose)[0].pk}


def a_draft(cast, whose):
    team, _ = _place(cast, whose)
    row = OfficialPaper.objects.filter(team=team, status="draft").first()
    return {"pk": (row or papers.draft(cast, whose=whose)).pk}


def an_issued_paper(cast, whose):
    team, _ = _place(cast, whose)
    row = OfficialPaper.objects.filter(team=team, status="issued").first()
    return {"pk": (row or papers.issued(cast, whose)).pk}


def meeting_row(cast, whose):
    team, inspection = _place(cast, whose)
    found = FocusMeeting.objects.filter(team=team).first()
    if found is not None:
        return found
    recorder = cast.member if whose == "own" else cast.outsider
    chair = cast.leader if whose == "own" else make_member(team, TeamRole.DEPUTY)
    values = papers.meeting_values(cast, team, chair=chair, recorder=recorder)
    with clock.held(dt.date(2026, 3, 1), 17):
        return meetings.open_meeting(actor=recorder, team=team, values=values, villages=[inspection])


def a_meeting(cast, whose):
    return {"pk": meeting_row(cast, whose).pk}


def a_discussed_village(cast, whose):
    row = meeting_row(cast, whose)
    recorder = cast.member if whose == "own" else cast.outsider
    village = MeetingVillage.objects.get(meeting=row)
    if not village.focus:
        meetings.record_village(
            actor=recorder, row=village, revision=village.revision, analysis="合同到期", focus=["核对合同"]
        )
    return {"pk": village.pk}


def a_meeting_file(cast, whose):
    row = meeting_row(cast, whose)
    recorder = cast.member if whose == "own" else cast.outsider
    if not row.files.exists():
        upload = papers.upload("方案.pdf", b"%PDF-1.4\n%%EOF\n")
        meetings.attach_to_meeting(actor=recorder, meeting=row, uploads=[upload])
    return {"pk": row.files.get().pk}


def letter_row(cast, whose, **over):
    _, inspection = _place(cast, whose)
    found = DataLetter.objects.filter(inspections=inspection).first()
    return found or papers.letter(cast, f"{whose}局", [inspection], **over)


def a_letter(cast, whose):
    return {"pk": letter_row(cast, whose).pk}


def an_unsent_letter(cast, whose):
    return {"pk": letter_row(cast, whose, sent=None).pk}


def a_reply_file(cast, whose):
    row = letter_row(cast, whose)
    if not row.replies.exists():
        papers.reply(cast, row)
    return {"pk": ReplyFile.objects.get(reply__letter=row).pk}


def a_department(cast, whose):
    return {"pk": papers.department().pk}


def a_contact(cast, whose):
    team, _ = _place(cast, whose)
    if not team.contacts.exists():
        official.save_contact(actor=cast.office_clerk, team=team, revision=0, values=papers.CONTACT)
    return {"pk": team.pk}


def step(objects, **more):
    return lambda cast, whose: objects(cast, whose) | more


def post(name, objects, decided, sent=STALE):
    return Entry(f"prep:{name}", objects=objects, method="post", post=sent, **decided)


def get(name, objects, decided):
    return Entry(f"prep:{name}", objects=objects, **decided)


def one_of(may, foreign=WRITER):
    return {
        "may": may, "sees": (OFFICE | TEAM) - may, "may_foreign": foreign, "sees_foreign": (OFFICE | WRITER) - foreign
    }  # fmt: skip


LEADERS = {"leader", "deputy"}
ANY_TEAM = {"may": TEAM, "sees": OFFICE | WRITER, "may_foreign": WRITER, "sees_foreign": OFFICE | TEAM}

ENTRIES = [
    # official papers
    Entry("prep:papers", INSPECTING),
    Entry("prep:paper_new", OFFICE),
    post("paper_draft_all", a_round, ROUND),
    get(
        "contact_edit", a_contact,
        {"may": OFFICE | LEADERS, "sees": INSPECTORS - LEADERS, "may_foreign": OFFICE, "sees_foreign": INSPECTORS},
    ),
    get("officialpaper", an_issued_paper, READ),
    get("paper_edit", a_draft, DRAFT),
    post("paper_word", an_issued_paper, READ),
    post("officialpaper_action", step(an_issued_paper, action="void"), STEP),
    # meetings
    Entry("prep:meetings", INSPECTING),
    get("meeting_new", a_team, ANY_TEAM),
    get("focusmeeting", a_meeting, READ),
    get("meeting_edit", a_meeting, one_of({"member", "leader", "deputy"})),
    get("meeting_attach", a_meeting, one_of({"member", "leader", "deputy"})),
    get("meeting_village", a_discussed_village, one_of({"member", "leader", "deputy"})),
    post("meeting_seed", a_discussed_village, one_of(TEAM)),
    get("meeting_file", a_meeting_file, READ),
    post("meeting_word", a_meeting, READ),
    post("focusmeeting_action", step(a_meeting, action="sign_recorder"), one_of({"member"})),
    # letters
    Entry("prep:letters", INSPECTING),
    Entry("prep:letters_new", OFFICE),
    post("letters_bulk", step(a_round, action="send"), ROUND),
    post("letter_register", a_round, ROUND | {"may": INSPECTING, "sees": set(), "may_foreign": INSPECTING,
                                              "sees_foreign": set()}),
    get("dataletter", a_letter, READ),
    get("letter_edit", an_unsent_letter, DRAFT),
    get("letter_reply", a_letter, STEP),
    get("letter_seed", a_letter, READ),
    post("letter_word", step(a_letter, paper="han"), READ),
    post("dataletter_action", step(a_letter, action="remind"), STEP),
    get("reply_file", a_reply_file, READ),
    Entry("prep:departments", INSPECTING),
    Entry("prep:department_new", OFFICE),
    post("departments_load", a_round, ROUND),
    get("department_edit", a_department, ROUND),
]  # fmt: skip
