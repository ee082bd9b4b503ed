"""Decisions about common problems: the office and who leads a team judge, the team reads, a town gets its letters."""

import datetime as dt

from findings.models import CommonGroup, CommonMember, Finding
from reports import services
from reports.models import EarlyLetter
from tests.access.entry import Entry
from tests.access.findings import LEADING, READ, STALE, WRITER, draft
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.factories import make_inspection, make_village
from villages.models import spine

DECIDE = {
    "may": OFFICE | LEADING, "sees": TEAM - LEADING, "may_foreign": OFFICE, "sees_foreign": WRITER,
}  # fmt: skip
LETTER = {"may": OFFICE, "may_foreign": OFFICE}
SENT = {"may": {"town"}, "may_foreign": {"other_town"}}


def group_row(cast, whose, status="proposed"):
    """A group over two villages of the cast's team, or of the other one."""
    team, town = (cast.team, cast.town_place) if whose == "own" else (cast.other_team, cast.other_town_place)
    accepted = {"accepted_on": dt.date(2026, 3, 20)} if status == "accepted" else {}
    group = CommonGroup.objects.create(
        round=cast.round, name="支出以白条入账", status=status, villages=2, papers=2, **accepted
    )
    one = draft(cast, whose)
    place = make_inspection(team, make_village(town), town=town)
    copied = {**spine(place), "title": one.title, "prepared_on": one.prepared_on, "category": one.category}
    two = Finding.objects.create(**copied, handler=one.handler)
    for finding in (one, two):
        CommonMember.objects.create(**spine(finding.inspection), group=group, finding=finding, sure=True)
    return group


def a_group(cast, whose):
    return {"pk": group_row(cast, whose).pk}


def a_group_step(cast, whose):
    return a_group(cast, whose) | {"action": "accept"}


def a_paper(cast, whose):
    return {"pk": draft(cast, whose).pk}


def a_paper_in_a_group(cast, whose):
    return {"pk": group_row(cast, whose).members.first().finding_id}


def a_group_and_town(cast, whose):
    group = group_row(cast, whose, "accepted")
    return {"pk": group.pk, "town": group.members.first().town_id}


def _letter(cast, whose):
    """The letter of a group, whose papers are signed."""
    group = group_row(cast, whose, "accepted")
    rows = Finding.objects.filter(common_member__group=group)
    for number, row in enumerate(rows, 1):
        Finding.objects.filter(pk=row.pk).update(status="signed", no=f"{group.pk}-{number}"[:60])
    town = group.members.first().town
    return services.draft_early_letter(actor=cast.office_clerk, group=group, town=town)


def a_letter(cast, whose):
    return {"pk": _letter(cast, whose).pk}


def a_letter_step(cast, whose):
    return a_letter(cast, whose) | {"action": "void"}


def a_sent_letter(cast, whose):
    letter = _letter(cast, whose)
    services.step_early_letter(actor=cast.office_head, letter=letter, step="send")
    assert letter.status in EarlyLetter.SENT
    return {"pk": letter.pk}


def get(name, objects, decided):
    return Entry(name, objects=objects, **decided)


def post(name, objects, decided):
    return Entry(name, objects=objects, method="post", post=STALE, **decided)


ENTRIES = [
    Entry("findings:commons", INSPECTING),
    Entry("findings:common_singles", INSPECTING),
    Entry("findings:common_propose", OFFICE | LEADING, method="post"),
    Entry("findings:common_hint", INSPECTING, method="post"),
    get("findings:common", a_group, READ),
    get("findings:common_edit", a_group, DECIDE),
    post("findings:common_split", a_group, DECIDE),
    post("findings:common_merge", a_group, DECIDE),
    post("findings:common_action", a_group_step, DECIDE),
    get("findings:common_card", a_paper, READ),
    post("findings:common_join", a_paper, READ),
    post("findings:common_leave", a_paper_in_a_group, READ),
    Entry("reports:early_letters", OFFICE),
    post(
        "reports:early_letter_draft",
        a_group_and_town,
        {"may": OFFICE, "sees": TEAM, "may_foreign": OFFICE, "sees_foreign": WRITER},
    ),
    get("reports:early_letter", a_letter, LETTER),
    get("reports:early_letter_edit", a_letter, LETTER),
    post("reports:early_letter_word", a_letter, LETTER),
    post("reports:early_letter_action", a_letter_step, LETTER),
    get("rectification:portal_early", a_sent_letter, SENT),
    post("rectification:portal_early_receive", a_sent_letter, SENT),
]
