"""Carrying a report to where a test begins."""

import datetime as dt

from reports import services


def open_report(cast):
    return services.open_report(actor=cast.member, round=cast.round, team=cast.team, town=cast.town_place)


def to_secretary(cast, report):
    for actor, step in (
        (cast.leader, "submit"),
        (cast.leader, "pass_team"),
        (cast.office_clerk, "pass_review"),
        (cast.office_head, "pass_leading"),
    ):
        report = services.advance_report(actor=actor, report=report, step=step)
    return report


def issued(cast, day=dt.date(2026, 4, 20), number="青巡办〔2026〕5号"):
    """The cast's report, opened, passed and issued."""
    report = to_secretary(cast, open_report(cast))
    return services.issue_report(actor=cast.office_head, report=report, doc_no=number, issued_on=day)


def fed_back(cast, day=dt.date(2026, 4, 25), number="青巡办〔2026〕6号", **over):
    """The feedback of the cast's issued report."""
    return services.issue_feedback(
        actor=cast.office_clerk, report=issued(cast), doc_no=number, issued_on=day, **over
    )
