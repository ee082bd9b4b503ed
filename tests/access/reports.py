"""Decisions about reports and feedback: the team writes, the office decides and sends, nobody else looks in."""

import datetime as dt

from core.jobs.runner import run_due
from core.models.jobs import Job
from reports import services
from reports.models import Report
from tests.access.entry import Entry
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.rectification.ledger import make_feedback
from tests.reports.papers import make_finding

WRITERS = {"leader", "deputy", "member"}
WRITER = {"outsider"}  # the one member of the foreign team
READ = {"may": OFFICE | TEAM, "may_foreign": OFFICE | WRITER}
WRITE = {"may": WRITERS, "sees": OFFICE | {"archivist"}, "may_foreign": WRITER, "sees_foreign": OFFICE}
# No page was ever that new: whoever may take the step is told so, and nothing changes for the next role.
STALE = {"revision": "999", "reason": "核对后退回"}


def office_step(may):
    return {
        "may": may,
        "sees": (OFFICE | TEAM) - may,
        "may_foreign": may & OFFICE,
        "sees_foreign": (OFFICE | WRITER) - may,
    }


def _place(cast, whose):
    if whose == "own":
        return cast.member, cast.inspection, cast.team, cast.town_place
    return cast.outsider, cast.other_inspection, cast.other_team, cast.other_town_place


def report_row(cast, whose, **over):
    writer, inspection, team, town = _place(cast, whose)
    found = Report.objects.filter(team=team, town=town).first()
    if found is None:
        make_finding(cast, inspection, handler=writer)
        found = services.open_report(actor=writer, round=cast.round, team=team, town=town)
    Report.objects.filter(pk=found.pk).update(**over)
    found.refresh_from_db()
    return found


def a_report(cast, whose):
    return {"pk": report_row(cast, whose).pk}


def a_report_at(status):
    return lambda cast, whose: {"pk": report_row(cast, whose, status=status).pk}


def an_issued_report(cast, whose):
    frozen = {"status": "issued", "issued_on": dt.date(2026, 4, 20), "content_hash": "0" * 64}
    return {"pk": report_row(cast, whose, doc_no=f"青巡办〔2026〕{len(whose)}号", **frozen).pk}


def a_sentence(cast, whose):
    return {"pk": report_row(cast, whose).statements.get(section="problems").pk}


def a_feedback(cast, whose):
    _, _, team, town = _place(cast, whose)
    return {"pk": make_feedback_once(cast, team, town).pk}


def make_feedback_once(cast, team, town):
    report = Report.objects.filter(team=team, town=town).first()
    return (report and report.feedbacks.first()) or make_feedback(cast, team, town)


def _made(ask):
    """Have a paper made and return the job that holds it."""
    job = ask()
    run_due(job.pk)
    return Job.objects.get(pk=job.pk).pk


def a_paper(cast, whose):
    writer, *_ = _place(cast, whose)
    row = report_row(cast, whose)
    return {"pk": row.pk, "job": _made(lambda: services.request_report(actor=writer, report=row))}


def a_letter(cast, whose):
    _, _, team, town = _place(cast, whose)
    row = make_feedback_once(cast, team, town)
    asked = lambda: services.request_feedback(actor=cast.office_clerk, feedback=row)  # noqa: E731
    return {"pk": row.pk, "job": _made(asked)}


def a_team_and_town(cast, whose):
    _, _, team, town = _place(cast, whose)
    return {"team": team.pk, "town": town.pk}


def step(objects, **more):
    return lambda cast, whose: objects(cast, whose) | more


def post(name, objects, decided, sent=STALE):
    return Entry(f"reports:{name}", objects=objects, method="post", post=sent, **decided)


def get(name, objects, decided):
    return Entry(f"reports:{name}", objects=objects, **decided)


# Teams see each other in a round, so for another team's member the step exists and is refused.
OPEN_IT = {
    "may": WRITERS,
    "sees": (INSPECTING - WRITERS),
    "may_foreign": WRITER,
    "sees_foreign": OFFICE | TEAM,
}

ENTRIES = [
    Entry("reports:index", INSPECTING),
    post("report_open", a_team_and_town, OPEN_IT),
    get("report", a_report, READ),
    post("refresh", a_report, WRITE),
    get("rename", a_report, WRITE),
    get("statement_add", a_report, WRITE),
    get("evidence", a_sentence, READ),
    get("statement_edit", a_sentence, WRITE),
    post("statement_action", step(a_sentence, action="shangyi"), WRITE),
    post(
        "report_action",
        step(a_report, action="submit"),
        {
            "may": {"leader", "deputy"},
            "sees": OFFICE | {"member", "archivist"},
            "sees_foreign": OFFICE | WRITER,
        },
    ),
    get("issue", a_report_at("secretary"), office_step({"office_head"})),
    post("paper_request", step(a_report, kind="word"), READ),
    get("paper", a_paper, READ),
    get("feedback_issue", an_issued_report, office_step(OFFICE)),
    get("feedback", a_feedback, READ),
    post("feedback_request", a_feedback, READ),
    get("feedback_paper", a_letter, READ),
]
