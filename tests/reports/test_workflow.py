"""The decision chain as a table: who may take which step from which state."""

import pytest

from core.errors import NotAllowed, ServiceError
from reports import services
from reports.models import Report
from reports.workflow import REPORT

WHO = [
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider",
    "town", "village", "discipline", "organisation", "department", "sysadmin", "stranger",
]  # fmt: skip

# (state, step) → who may; everybody and everything else is refused.
MAY = {
    ("draft", "submit"): {"leader", "deputy"},
    ("team_meeting", "pass_team"): {"leader"},
    ("team_meeting", "return"): {"leader"},
    ("joint_review", "pass_review"): {"office_head", "office_clerk"},
    ("joint_review", "return"): {"office_head", "office_clerk"},
    ("leading_group", "pass_leading"): {"office_head"},
    ("leading_group", "return"): {"office_head", "office_clerk"},
    ("secretary", "issue"): {"office_head"},
    ("secretary", "return"): {"office_head", "office_clerk"},
}
TARGET = {
    "submit": "team_meeting", "pass_team": "joint_review", "pass_review": "leading_group",
    "pass_leading": "secretary", "issue": "issued", "return": "draft",
}  # fmt: skip
STATES = ["draft", "team_meeting", "joint_review", "leading_group", "secretary"]


def make_report(cast, status="draft"):
    return Report.objects.create(
        round=cast.round, team=cast.team, town=cast.town_place, title="报告", status=status
    )


@pytest.mark.parametrize("who", WHO)
def test_each_step_is_open_to_its_people_only(cast, who):
    user = getattr(cast, who)
    for state in STATES:
        report = make_report(cast, state)
        for step in TARGET:
            expected = who in MAY.get((state, step), set())
            assert bool(REPORT.check(user, report, step)) is expected, (who, state, step)
        report.delete()


def test_each_step_leads_where_the_chain_says():
    assert {name: step.target for name, step in REPORT.transitions.items()} == TARGET


def test_nothing_leads_out_of_an_issued_report():
    assert [name for name, step in REPORT.transitions.items() if "issued" in step.sources] == []


def test_returning_wants_a_reason_keeps_it_and_raises_the_edition(cast):
    report = make_report(cast, "joint_review")
    with pytest.raises(ServiceError, match="理由"):
        services.return_report(actor=cast.office_clerk, report=report, reason="  ")
    services.return_report(actor=cast.office_clerk, report=report, reason="第三部分数据需核对")
    report.refresh_from_db()
    assert (report.status, report.edition, report.returned_reason) == ("draft", 2, "第三部分数据需核对")
    services.advance_report(actor=cast.leader, report=report, step="submit")
    assert report.returned_reason == ""


def test_issue_and_return_do_not_go_through_the_plain_step(cast):
    report = make_report(cast, "secretary")
    for step in ("issue", "return", "nonsense"):
        with pytest.raises(ServiceError):
            services.advance_report(actor=cast.office_head, report=report, step=step)


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ("draft", {"leader", "deputy", "member"}),
        ("team_meeting", {"leader", "deputy"}),
        ("joint_review", set()),
        ("leading_group", set()),
        ("secretary", set()),
    ],
)
def test_the_pen_is_in_few_hands(cast, state, who):
    report = make_report(cast, state)
    allowed = set()
    for name in WHO:
        try:
            services.rename_report(
                actor=getattr(cast, name), report=report, revision=None, title=f"{name}", addressee="领导小组"
            )
        except NotAllowed:
            continue
        allowed.add(name)
    assert allowed == who


def test_only_office_and_own_team_see_a_report(cast):
    make_report(cast)
    seers = {name for name in WHO if Report.objects.visible_to(getattr(cast, name)).exists()}
    assert seers == {"office_head", "office_clerk", "leader", "deputy", "member", "archivist"}
