"""An order's way: who may take which step from which state, and that drafter, issuer, reporter, verifier are apart."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from rectification import services
from rectification.models import FixOrder, OrderExtension, OrderReport
from rectification.workflow import EXTENSION, ORDER
from tests.factories import make_member
from tests.locks import locks
from tests.rectification.ledger import photo
from tests.rectification.orders import NOW, TODAY, make_order, values
from tests.reports.papers import make_finding, name_person
from villages.models import Membership, Recusal, Stage, TeamRole

pytestmark = pytest.mark.django_db

WHO = [
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "other_town",
    "village", "discipline", "organisation", "department", "sysadmin", "stranger",
]  # fmt: skip
# The cast's member drafts, its leader issues, the village's account answers.
VERIFIERS = {"office_head", "office_clerk", "leader", "deputy", "archivist"}
MAY = {
    ("draft", "submit"): {"member"},
    ("draft", "discard"): {"member", "leader"},
    ("signing", "issue"): {"leader"},
    ("signing", "send_back"): {"leader"},
    ("signing", "discard"): {"member", "leader"},
    ("issued", "receive"): {"village"},
    ("issued", "correct"): {"leader"},
    ("issued", "withdraw"): {"leader"},
    ("received", "report"): {"village"},
    ("received", "withdraw"): {"leader"},
    ("returned", "report"): {"village"},
    ("returned", "withdraw"): {"leader"},
    ("reported", "close"): VERIFIERS,
    ("reported", "return"): VERIFIERS,
}
STATES = ["draft", "signing", "issued", "received", "reported", "returned", "closed", "withdrawn"]
STEPS = [
    "submit", "issue", "send_back", "discard", "receive", "report", "close", "return", "correct", "withdraw",
]  # fmt: skip


@pytest.fixture(autouse=True)
def tenth_of_march(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.parametrize("who", WHO)
def test_each_step_is_open_to_its_people_only(cast, who):
    user = getattr(cast, who)
    for state in STATES:
        order = make_order(cast, state)
        for step in STEPS:
            expected = who in MAY.get((state, step), set())
            assert bool(ORDER.check(user, order, step)) is expected, (who, state, step)


def test_the_table_names_every_state_and_step():
    assert set(STATES) == set(FixOrder.Status.values)
    assert set(STEPS) == set(ORDER.transitions)


def test_nothing_leads_out_of_a_closed_or_withdrawn_order():
    ended = {"closed", "withdrawn"}
    assert [name for name, step in ORDER.transitions.items() if ended & step.sources] == []


def test_the_whole_way_keeps_every_round_and_leaves_its_trail(cast):
    order = services.draft_order(actor=cast.member, inspection=cast.inspection, values=values(cast))
    services.submit_order(actor=cast.member, order=order)
    services.send_back_order(actor=cast.leader, order=order, reason="写清改到什么样")
    assert (order.status, order.sent_back_reason) == ("draft", "写清改到什么样")
    services.submit_order(actor=cast.member, order=order)
    services.issue_order(actor=cast.leader, order=order)
    services.receive_order(actor=cast.village, order=order, name="江予安（书记）")
    assert (order.receipt_name, order.receipt_at) == ("江予安（书记）", NOW)
    for verdict, state in (("not_done", "returned"), ("partly", "returned"), ("done", "closed")):
        services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo()])
        services.report_order(
            actor=cast.village, order=order, measure="补贴", result=f"结果{verdict}", principal="江予安"
        )
        services.verify_order(actor=cast.deputy, order=order, verdict=verdict, note=f"所见{verdict}")
        assert order.status == state
    kept = OrderReport.objects.filter(order=order).order_by("seq")
    assert [(r.seq, r.result, r.verdict, r.note, r.files.count()) for r in kept] == [
        (1, "结果not_done", "not_done", "所见not_done", 1),
        (2, "结果partly", "partly", "所见partly", 1),
        (3, "结果done", "done", "所见done", 1),
    ]
    assert (order.verifier, order.closed_on) == (cast.deputy, TODAY)
    verbs = list(AuditEntry.objects.filter(target_id=str(order.pk)).values_list("verb", flat=True))
    steps = ("draft", "submit", "send_back", "issue", "receive", "show", "report", "return", "close")
    assert {f"rectification.order.{step}" for step in steps} <= set(verbs)


# --- kept apart -------------------------------------------------------------------------------------------


def test_a_leader_neither_drafts_nor_issues_what_he_drafted(cast):
    with pytest.raises(NotAllowed, match="组长负责签发"):
        services.draft_order(actor=cast.leader, inspection=cast.inspection, values=values(cast))
    own = make_order(cast, "signing", drafter=cast.leader)
    with pytest.raises(NotAllowed, match="经办人不能签发"):
        services.issue_order(actor=cast.leader, order=own)


def test_the_drafter_does_not_verify(cast):
    order = make_order(cast, "reported")
    with pytest.raises(NotAllowed, match="另一位同志"):
        services.verify_order(actor=cast.member, order=order, verdict="done", note="看过")


def test_who_reported_cannot_verify_even_with_another_post_later(cast):
    order = make_order(cast, "reported")
    OrderReport.objects.filter(order=order).update(reported_by=cast.deputy)
    with pytest.raises(NotAllowed, match="报告整改的人不能核验"):
        services.verify_order(actor=cast.deputy, order=order, verdict="done", note="看过")


def refuses(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_the_database_keeps_them_apart_by_itself(cast):
    order, closed = make_order(cast, "reported"), make_order(cast, "closed")
    report = OrderReport.objects.filter(order=order)
    found = {"verdict": "done", "note": "看过", "verified_on": TODAY}
    refuses(lambda: report.update(verified_by=cast.village, **found))
    report.update(verified_by=cast.deputy, **found)
    rows = FixOrder.objects.filter(pk=closed.pk)
    refuses(lambda: rows.update(verifier=cast.member))
    refuses(lambda: rows.update(issuer=cast.member))
    refuses(lambda: rows.update(verifier=None))
    refuses(lambda: rows.update(doc_no="", no=""))
    refuses(lambda: rows.update(cc_office=closed.to_office))


def test_a_recused_member_sees_no_order_of_the_village(cast):
    order = make_order(cast, "reported")
    Recusal.objects.create(user=cast.deputy, village=cast.village_place, town=cast.town_place, active=True)
    assert FixOrder.objects.visible_to(cast.deputy).count() == 0
    assert not ORDER.check(cast.deputy, order, "close")


def test_a_member_without_pledge_sees_none(cast):
    make_order(cast, "reported")
    Membership.objects.filter(user=cast.deputy).update(pledge=None, sworn_at=None, ties="")
    assert FixOrder.objects.visible_to(cast.deputy).count() == 0


def test_nothing_is_drafted_or_issued_once_the_village_is_in_rectification(cast):
    order = make_order(cast, "signing")
    type(cast.inspection).objects.filter(pk=cast.inspection.pk).update(status=Stage.RECTIFY)
    order.refresh_from_db()
    cast.inspection.refresh_from_db()
    with pytest.raises(NotAllowed, match="阶段"):
        services.issue_order(actor=cast.leader, order=order)
    with pytest.raises(NotAllowed, match="阶段"):
        services.draft_order(actor=cast.member, inspection=cast.inspection, values=values(cast))
    reported = make_order(cast, "reported")
    assert (
        services.verify_order(actor=cast.deputy, order=reported, verdict="done", note="改好").status
        == "closed"
    )


# --- withdrawing and correcting ---------------------------------------------------------------------------


def test_a_correction_before_receipt_keeps_the_number_and_links_the_new_draft(cast):
    order = make_order(cast, "issued")
    number = order.doc_no
    draft = services.correct_order(actor=cast.leader, order=order, reason="单位写错")
    order.refresh_from_db()
    assert (order.status, order.doc_no, order.withdrawn_reason) == ("withdrawn", number, "单位写错")
    assert (draft.status, draft.replaces, draft.drafter, draft.doc_no) == ("draft", order, cast.member, "")
    assert (draft.title, draft.requirement) == (order.title, order.requirement)


def test_after_the_receipt_it_is_withdrawn_and_not_corrected(cast):
    order = make_order(cast, "received")
    with pytest.raises(NotAllowed, match="整改中"):
        services.correct_order(actor=cast.leader, order=order, reason="写错")
    with pytest.raises(ServiceError, match="理由"):
        services.withdraw_order(actor=cast.leader, order=order, reason="  ")
    assert services.withdraw_order(actor=cast.leader, order=order, reason="不属实").status == "withdrawn"


def test_two_people_with_the_same_page_do_not_both_step(cast):
    order = make_order(cast, "signing")
    stale = FixOrder.objects.get(pk=order.pk)
    services.issue_order(actor=cast.leader, order=order)
    with pytest.raises(StaleRecord):
        services.send_back_order(actor=cast.leader, order=stale, reason="晚了")


# --- more days --------------------------------------------------------------------------------------------


def ask(cast, order, wanted, **over):
    given = {"actor": cast.village, "order": order, "reason": "材料等县里送来", "wanted_on": wanted}
    return services.ask_extension(**given | over)


@pytest.mark.parametrize(
    ("due_on", "in_time"),
    [(dt.date(2026, 3, 11), True), (dt.date(2026, 3, 10), False), (dt.date(2026, 3, 9), False)],
)
def test_more_days_are_asked_for_before_the_deadline_and_never_on_it(cast, due_on, in_time):
    order = make_order(cast, "received", due_on=due_on)
    if in_time:
        assert ask(cast, order, dt.date(2026, 3, 20)).due_before == due_on
        return
    with pytest.raises(NotAllowed, match="之前申请"):
        ask(cast, order, dt.date(2026, 3, 20))


def test_the_database_refuses_a_late_request_too(cast):
    order = make_order(cast, "received", due_on=TODAY)
    late = {"reason": "x", "asked_by": cast.village, "asked_on": TODAY, "due_before": TODAY}
    refuses(lambda: OrderExtension.objects.create(order=order, wanted_on=dt.date(2026, 3, 20), **late))


def test_a_request_is_for_a_later_day_and_one_at_a_time(cast):
    order = make_order(cast, "received")
    with pytest.raises(ServiceError, match="晚于"):
        ask(cast, order, order.due_on)
    ask(cast, order, dt.date(2026, 3, 20))
    with pytest.raises(ServiceError, match="等待答复"):
        ask(cast, order, dt.date(2026, 3, 25))


@pytest.mark.parametrize("who", WHO)
def test_only_the_leader_answers_a_request(cast, who):
    row = ask(cast, make_order(cast, "received"), dt.date(2026, 3, 20))
    for step in ("grant", "refuse"):
        assert bool(EXTENSION.check(getattr(cast, who), row, step)) is (who == "leader")


def test_a_granted_day_moves_the_deadline_and_keeps_the_first(cast):
    order = make_order(cast, "received")
    row = ask(cast, order, dt.date(2026, 3, 20))
    with pytest.raises(ServiceError, match="理由"):
        services.decide_extension(actor=cast.leader, extension=row, grant=True, answer=" ")
    services.decide_extension(actor=cast.leader, extension=row, grant=True, answer="同意，按期完成")
    order.refresh_from_db()
    assert (order.due_on, order.first_due_on) == (dt.date(2026, 3, 20), dt.date(2026, 3, 17))


def test_a_refusal_leaves_the_deadline_and_another_request_may_follow(cast):
    order = make_order(cast, "received")
    row = ask(cast, order, dt.date(2026, 3, 20))
    services.decide_extension(actor=cast.leader, extension=row, grant=False, answer="可以按期完成")
    order.refresh_from_db()
    assert (order.due_on, row.status, row.answer) == (dt.date(2026, 3, 17), "refused", "可以按期完成")
    assert ask(cast, order, dt.date(2026, 3, 19)).status == "asked"


def test_a_day_that_has_passed_is_not_granted(cast, monkeypatch):
    row = ask(cast, make_order(cast, "received"), dt.date(2026, 3, 20))
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=11))
    with pytest.raises(ServiceError, match="已经过去"):
        services.decide_extension(actor=cast.leader, extension=row, grant=True, answer="同意")


def test_a_request_nobody_answered_falls_with_its_order(cast):
    order = make_order(cast, "received")
    row = ask(cast, order, dt.date(2026, 3, 20))
    order.refresh_from_db()
    services.withdraw_order(actor=cast.leader, order=order, reason="不属实")
    row.refresh_from_db()
    assert row.status == "lapsed"


def test_a_second_leader_of_another_team_has_no_hand_in_it(cast):
    stranger = make_member(cast.other_team, TeamRole.LEADER)
    row = ask(cast, make_order(cast, "received"), dt.date(2026, 3, 20))
    with pytest.raises(NotAllowed):
        services.decide_extension(actor=stranger, extension=row, grant=True, answer="同意")


# --- words the village reads ------------------------------------------------------------------------------


def told_steps(cast):
    """Each step that writes words the village reads: how to take it with some words."""
    extension = ask(cast, make_order(cast, "received"), dt.date(2026, 3, 20))

    def ends(step, state):
        return lambda words: step(actor=cast.leader, order=make_order(cast, state), reason=words)

    def verifies(verdict):
        return lambda words: services.verify_order(
            actor=cast.deputy, order=make_order(cast, "reported"), verdict=verdict, note=words
        )

    def answers(grant):
        return lambda words: services.decide_extension(
            actor=cast.leader, extension=extension, grant=grant, answer=words
        )

    return [
        ends(services.withdraw_order, "issued"), ends(services.correct_order, "issued"), verifies("done"),
        verifies("partly"), answers(True), answers(False),
    ]  # fmt: skip


def test_words_of_every_step_the_village_reads_keep_restricted_persons_and_inner_numbers_back(cast):
    finding = make_finding(cast)
    name_person(finding, "钟怀瑾")
    for step in told_steps(cast):
        for bad in ("钟怀瑾说已经改好", f"底稿{finding.no}另行处理"):
            with pytest.raises(ServiceError, match="不能写给被巡察单位"):
                step(bad)


def test_a_draft_nobody_outside_saw_is_dropped_in_any_words(cast):
    finding = make_finding(cast)
    draft = make_order(cast)
    services.discard_order(actor=cast.member, order=draft, reason=f"并入{finding.no}")
    assert draft.status == "withdrawn"


@pytest.mark.parametrize("action", ["withdraw", "correct", "grant", "close"])
def test_a_trace_of_a_petition_comes_back_with_its_words_until_it_is_checked(cast, client, action):
    order = make_order(cast, {"grant": "received", "close": "reported"}.get(action, "issued"))
    client.force_login(cast.deputy if action == "close" else cast.leader)
    words = "收到举报信后复核，重新处理"
    target, data = order, {"reason": words}
    if action == "grant":
        target = ask(cast, order, dt.date(2026, 3, 20))
        address = reverse("rectification:orderextension_action", args=[target.pk, action])
    elif action == "close":
        address, data = (
            reverse("rectification:order_verify", args=[order.pk]),
            {"verdict": "done", "note": words},
        )
    else:
        address = reverse("rectification:fixorder_action", args=[order.pk, action])
    target.refresh_from_db()
    data["revision"], before = target.revision, target.status
    warned = client.post(address, data)
    page = warned.content.decode()
    assert warned.status_code == 422
    assert "“举报信”（信访痕迹）" in page and words in page and 'name="confirmed"' in page
    target.refresh_from_db()
    assert target.status == before
    assert client.post(address, data | {"confirmed": "on"}).status_code == 302
    target.refresh_from_db()
    assert target.status != before


def test_a_told_step_is_refused_to_others_before_their_words_are_looked_at(cast, client):
    order = make_order(cast, "issued")
    client.force_login(cast.member)
    address = reverse("rectification:fixorder_action", args=[order.pk, "withdraw"])
    answer = client.post(address, {"revision": order.revision, "reason": "收到举报信"})
    assert answer.status_code == 403


# --- one after the other ----------------------------------------------------------------------------------


def test_a_report_holds_the_order_while_it_looks_at_the_proof(cast, monkeypatch):
    order = make_order(cast, "received")
    services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo()])
    held = locks(monkeypatch)
    services.report_order(actor=cast.village, order=order, measure="补贴", result="好", principal="江予安")
    assert held[:1] == [FixOrder]


def test_a_report_on_an_order_that_was_called_off_meanwhile_is_refused(cast):
    order = make_order(cast, "received")
    services.withdraw_order(actor=cast.leader, order=FixOrder.objects.get(), reason="不属实")
    with pytest.raises(NotAllowed, match="已撤回"):
        services.report_order(actor=cast.village, order=order, measure="补", result="好", principal="江")
