"""The whole state table: who may take which step from which state, against a table written by hand."""

from dataclasses import replace

import pytest

from core.errors import NotAllowed, ServiceError
from core.verdict import ALLOW
from findings import services
from findings.models import FindingStatus
from findings.workflow import FINDING_FLOW
from tests.findings import papers
from villages.models import TeamRole

pytestmark = pytest.mark.django_db

ROLES = (
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "village",
    "discipline", "organisation", "department", "sysadmin", "stranger",
)  # fmt: skip

# The paper is the member's. A cell names every role that may; whoever is not named may not.
EXPECTED = {
    ("draft", "sign_handler"): {"member"},
    ("numbered_draft", "sign_handler"): {"member"},
    ("numbered_draft", "withdraw"): {"leader"},
    ("returned", "sign_handler"): {"member"},
    ("returned", "withdraw"): {"leader"},
    ("checking", "sign_deputy"): {"deputy"},
    ("checking", "return"): {"deputy", "leader"},
    ("checking", "reopen"): {"member", "deputy", "leader"},
    ("checking", "withdraw"): {"leader"},
    ("signing", "sign_leader"): {"leader"},
    ("signing", "return"): {"deputy", "leader"},
    ("signing", "reopen"): {"member", "deputy", "leader"},
    ("signing", "withdraw"): {"leader"},
    ("signed", "file"): {"office_head", "office_clerk"},
    ("signed", "return"): {"leader", "office_head", "office_clerk"},
    ("signed", "reopen"): {"member", "deputy", "leader"},
    ("signed", "withdraw"): {"leader"},
    ("filed", "return"): {"office_head", "office_clerk"},
    **{
        (state, "merge"): {"deputy", "leader"}
        for state in ("draft", "numbered_draft", "returned", "checking", "signing", "signed")
    },
}
STEPS = ("sign_handler", "sign_deputy", "sign_leader", "file", "return", "reopen", "withdraw", "merge")
TARGETS = {
    "sign_handler": "checking",
    "sign_deputy": "signing",
    "sign_leader": "signed",
    "file": "filed",
    "return": "returned",
    "reopen": "draft",
    "withdraw": "withdrawn",
    "merge": "merged",
}


def deviations(cast, state, finding):
    """Cells of one state where the product and the table written by hand disagree."""
    found = []
    for step in STEPS:
        may = {role for role in ROLES if FINDING_FLOW.check(getattr(cast, role), finding, step)}
        if may != EXPECTED.get((state, step), set()):
            found.append((step, may))
    return found


@pytest.mark.parametrize("state", sorted(papers.BY_STATE))
def test_each_role_may_take_exactly_the_steps_of_the_table(state, cast):
    finding = papers.BY_STATE[state](cast)
    assert finding.status == state.removeprefix("numbered_")
    assert deviations(cast, state, finding) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_rule_that_lets_everybody_in_is_found(step, cast, monkeypatch):
    lax = replace(FINDING_FLOW.transitions[step], allowed=lambda user, finding: ALLOW)
    monkeypatch.setitem(FINDING_FLOW.transitions, step, lax)
    state = next(state for state, name in EXPECTED if name == step)
    assert [name for name, _ in deviations(cast, state, papers.BY_STATE[state](cast))] == [step]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_starts_from_anywhere_is_found(step, cast, monkeypatch):
    lax = replace(FINDING_FLOW.transitions[step], sources=frozenset(FindingStatus.values))
    monkeypatch.setitem(FINDING_FLOW.transitions, step, lax)
    strange = [state for state in papers.BY_STATE if (state, step) not in EXPECTED]
    assert any(deviations(cast, state, papers.BY_STATE[state](cast)) for state in strange)


def test_the_table_knows_every_state_and_every_step():
    assert {state.removeprefix("numbered_") for state in papers.BY_STATE} == set(FindingStatus.values)
    assert set(FINDING_FLOW.transitions) == set(STEPS)
    assert {name: step.target for name, step in FINDING_FLOW.transitions.items()} == TARGETS


@pytest.mark.parametrize(("state", "step"), sorted(EXPECTED))
def test_a_refused_step_changes_nothing(state, step, cast):
    finding = papers.BY_STATE[state](cast)
    before = (finding.status, finding.revision)
    for role in ROLES:
        if role not in EXPECTED[state, step]:
            with pytest.raises(NotAllowed):
                FINDING_FLOW.apply(finding, step, actor=getattr(cast, role), reason="试")
    after = papers.reload(finding)
    assert (after.status, after.revision) == before


def test_a_refusal_says_whose_step_it_is(cast):
    finding = papers.draft(cast)
    assert "组员" in FINDING_FLOW.check(cast.deputy, finding, "sign_handler").why
    assert "副组长" in FINDING_FLOW.check(cast.member, papers.checking(cast), "sign_deputy").why


def test_return_and_withdrawal_want_a_reason(cast):
    finding = papers.signing(cast)
    with pytest.raises(ServiceError, match="理由"):
        services.return_finding(actor=cast.leader, finding=finding, reason="  ")
    with pytest.raises(ServiceError, match="理由"):
        services.withdraw_finding(actor=cast.leader, finding=finding, reason="", group_decision="同意。")


def test_withdrawal_wants_the_decision_of_the_group_and_keeps_the_paper(cast):
    finding = papers.signed(cast)
    with pytest.raises(ServiceError, match="组务会"):
        services.withdraw_finding(actor=cast.leader, finding=finding, reason="不成立", group_decision=" ")
    gone = papers.withdrawn(cast)
    assert (gone.status, gone.no != "", gone.summary != "") == ("withdrawn", True, True)
    assert gone.signatures.filter(cleared_at=None).count() == 3


def test_the_leader_cannot_be_handler_of_a_paper(cast):
    finding = papers.draft(cast, handler=cast.leader)
    assert "组长" in FINDING_FLOW.check(cast.leader, finding, "sign_handler").why


def test_a_deputy_may_write_a_paper_but_another_deputy_checks_it(cast):
    finding = papers.checking(cast, handler=cast.deputy)
    assert not FINDING_FLOW.check(cast.deputy, finding, "sign_deputy")
    assert FINDING_FLOW.check(papers.second_deputy(cast), finding, "sign_deputy")


@pytest.mark.parametrize("before", ["handler", "deputy"])
def test_who_has_become_leader_since_does_not_sign_a_third_time_under_the_own_name(cast, before):
    finding = papers.signing(cast)
    promoted = getattr(finding, before)
    promoted.memberships.update(role=TeamRole.LEADER)
    promoted = type(promoted).objects.get(pk=promoted.pk)
    assert "三人" in FINDING_FLOW.check(promoted, finding, "sign_leader").why
    assert FINDING_FLOW.check(cast.leader, finding, "sign_leader")


def test_a_recused_member_is_out_of_the_papers_of_that_village(cast):
    finding = papers.checking(cast)
    cast.deputy.recusals.create(village=finding.village, relation="kin")
    assert not FINDING_FLOW.check(cast.deputy, finding, "sign_deputy")


def test_who_wrote_a_paper_changes_it_and_does_not_return_it(cast):
    finding = papers.checking(cast, handler=cast.deputy)
    assert "经办人" in FINDING_FLOW.check(cast.deputy, finding, "return").why
    assert FINDING_FLOW.check(papers.second_deputy(cast), finding, "return")


def test_a_deleted_draft_is_not_merged_and_only_a_deleted_one_comes_back(cast):
    finding, other = papers.draft(cast), papers.draft(cast)
    with pytest.raises(NotAllowed, match="未删除"):
        services.restore_finding(actor=cast.member, finding=finding, revision=finding.revision)
    services.delete_finding(actor=cast.member, finding=finding, revision=finding.revision, reason="重复")
    with pytest.raises(NotAllowed, match="恢复后才能合并"):
        services.merge_finding(actor=cast.deputy, finding=finding, into=other, reason="同一件事")


@pytest.mark.parametrize("stage", ["rectify", "filed"])
def test_the_office_returns_nothing_once_the_village_is_in_rectification(stage, cast):
    finding = papers.signed(cast)
    assert FINDING_FLOW.check(cast.office_clerk, finding, "return")
    type(finding.inspection).objects.filter(pk=finding.inspection_id).update(status=stage)
    assert "整改" in FINDING_FLOW.check(cast.office_clerk, papers.reload(finding), "return").why


@pytest.mark.parametrize("stage", ["rectify", "filed"])
def test_papers_stand_still_once_the_village_is_in_rectification(stage, cast):
    finding = papers.checking(cast)
    type(finding.inspection).objects.filter(pk=finding.inspection_id).update(status=stage)
    finding = papers.reload(finding)
    assert not FINDING_FLOW.check(cast.deputy, finding, "sign_deputy")
    assert not FINDING_FLOW.check(cast.member, finding, "reopen")
