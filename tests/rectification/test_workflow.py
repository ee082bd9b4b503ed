"""From 待认领 to 已销号: who may take which step from which state, and what each leaves behind."""

import datetime as dt

import pytest

from core import clock
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from rectification import services
from rectification.models import RectifyItem
from rectification.workflow import ITEM
from tests.rectification.ledger import foreign_item, make_item, photo
from villages.models import Recusal

WHO = [
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "other_town",
    "village", "discipline", "organisation", "department", "sysadmin", "stranger",
]  # fmt: skip
VERIFIERS = {"office_head", "office_clerk", "leader", "deputy"}

MAY = {
    ("pending", "acknowledge"): {"town"},
    ("acknowledged", "plan"): {"town"},
    ("in_progress", "report"): {"town"},
    ("returned", "report"): {"town"},
    ("reported", "verify"): VERIFIERS,
    ("reported", "return"): VERIFIERS,
    ("verified", "close"): {"office_head", "office_clerk"},
}
STATES = ["pending", "acknowledged", "in_progress", "reported", "returned", "verified"]
STEPS = ["acknowledge", "plan", "report", "verify", "return", "close"]


@pytest.fixture(autouse=True)
def may_first(monkeypatch):
    """The clock stands in the month after the feedback."""
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 5, 20, 2, tzinfo=dt.UTC))


@pytest.mark.parametrize("who", WHO)
def test_each_step_is_open_to_its_people_only(cast, who):
    user = getattr(cast, who)
    for state in STATES:
        item = make_item(cast, village=cast.village_place, status=state)
        for step in STEPS:
            expected = who in MAY.get((state, step), set())
            assert bool(ITEM.check(user, item, step)) is expected, (who, state, step)


def test_nothing_leads_out_of_a_closed_item():
    assert [name for name, step in ITEM.transitions.items() if "closed" in step.sources] == []


def test_a_town_acts_on_its_own_items_only(cast):
    item = foreign_item(cast)
    with pytest.raises(NotAllowed):
        services.acknowledge_item(actor=cast.town, item=item)
    assert services.acknowledge_item(actor=cast.other_town, item=item).status == "acknowledged"


def test_the_whole_way_leaves_receipt_plan_evidence_and_basis(cast):
    item = make_item(cast)
    item = services.acknowledge_item(actor=cast.town, item=item)
    assert (item.receipt_name, item.receipt_at) == ("镇党委", clock.now())
    item = services.submit_plan(actor=cast.town, item=item, plan="7月底前收回并重新发包")
    services.report_progress(
        actor=cast.town,
        item=item,
        text="已发出收回通知",
        on=dt.date(2026, 5, 10),
        photos=[photo("整改前.jpg")],
    )
    item = services.report_done(actor=cast.town, item=item, result="已收回，追缴5.93万元", photos=[photo()])
    item = services.return_item(actor=cast.deputy, item=item, reason="缺少入账凭证")
    assert (item.status, item.returned_reason) == ("returned", "缺少入账凭证")
    clock_later = dt.datetime(2026, 6, 1, 2, tzinfo=dt.UTC)
    with pytest.MonkeyPatch.context() as later:
        later.setattr(clock, "now", lambda: clock_later)
        item = services.report_done(actor=cast.town, item=item, result="补齐凭证", photos=[photo("凭证.jpg")])
    item = services.verify_item(actor=cast.deputy, item=item, note="现场查看并核对收款凭证")
    item = services.close_item(actor=cast.office_clerk, item=item, basis="核验记录、收款凭证齐全")
    assert (item.status, item.closed_on, item.verified_by) == ("closed", dt.date(2026, 5, 20), cast.deputy)
    verbs = AuditEntry.objects.filter(target_id=str(item.pk)).order_by("seq").values_list("verb", flat=True)
    assert [verb.split(".")[1] for verb in verbs] == [
        "acknowledge", "plan", "report", "return", "report", "verify", "close",
    ]  # fmt: skip


def test_reporting_done_without_evidence_is_refused_and_nothing_is_written(cast):
    item = make_item(cast, status="in_progress")
    with pytest.raises(ServiceError, match="照片或材料"):
        services.report_done(actor=cast.town, item=item, result="已整改")
    item.refresh_from_db()
    assert (item.status, item.progress.count()) == ("in_progress", 0)


def test_after_a_return_old_evidence_does_not_count(cast):
    item = make_item(cast, status="in_progress")
    item = services.report_done(actor=cast.town, item=item, result="已整改", photos=[photo()])
    item = services.return_item(actor=cast.office_clerk, item=item, reason="照片看不清")
    with pytest.raises(ServiceError, match="退回之后"):
        services.report_done(actor=cast.town, item=item, result="已整改")


def test_who_reported_cannot_verify_even_with_another_post(cast):
    item = make_item(cast, status="reported", reported_by=cast.office_clerk)
    with pytest.raises(NotAllowed, match="报送人不能核验"):
        services.verify_item(actor=cast.office_clerk, item=item, note="看过")
    assert services.verify_item(actor=cast.office_head, item=item, note="看过").status == "verified"


def test_a_person_recused_from_the_village_does_not_verify_its_item(cast):
    item = make_item(cast, village=cast.village_place, status="reported")
    Recusal.objects.create(user=cast.deputy, village=cast.village_place, relation="kin")
    with pytest.raises(NotAllowed, match="回避"):
        services.verify_item(actor=cast.deputy, item=item, note="看过")


def test_a_village_tells_progress_on_what_was_assigned_to_it(cast):
    own = make_item(cast, village=cast.village_place, status="in_progress")
    other = make_item(cast, status="in_progress")
    assert services.report_progress(actor=cast.village, item=own, text="已清理").reporter == cast.village
    for do in (
        lambda: services.report_progress(actor=cast.village, item=other, text="已清理"),
        lambda: services.report_done(actor=cast.village, item=own, result="完成", photos=[photo()]),
    ):
        with pytest.raises(NotAllowed):
            do()


@pytest.mark.parametrize("state", ["pending", "acknowledged", "reported", "verified", "closed"])
def test_progress_is_told_only_while_the_item_is_worked_on(cast, state):
    over = {"closed_on": dt.date(2026, 5, 1), "closure_basis": "齐全"} if state == "closed" else {}
    item = make_item(cast, status=state, **over)
    with pytest.raises(NotAllowed):
        services.report_progress(actor=cast.town, item=item, text="又做了一点")


@pytest.mark.parametrize("day", [dt.date(2026, 5, 21), dt.date(2026, 4, 24)])
def test_progress_is_dated_between_feedback_and_today(cast, day):
    item = make_item(cast, status="in_progress")
    with pytest.raises(ServiceError, match="日期不能"):
        services.report_progress(actor=cast.town, item=item, text="做了", on=day)


def test_a_town_hands_on_to_its_own_villages_only(cast):
    item = make_item(cast, status="acknowledged")
    with pytest.raises(ServiceError, match="本镇"):
        services.assign_village(actor=cast.town, item=item, village=cast.other_village_place)
    services.assign_village(actor=cast.town, item=item, village=cast.village_place)
    assert RectifyItem.objects.visible_to(cast.village).get() == item


def test_yesterdays_form_does_not_overwrite_what_changed_since(cast):
    item = make_item(cast, status="in_progress")
    services.assign_village(actor=cast.town, item=item, village=cast.village_place)
    with pytest.raises(StaleRecord):
        services.report_done(
            actor=cast.town,
            item=RectifyItem.objects.get(pk=item.pk),
            result="完成",
            photos=[photo()],
            revision=1,
        )


@pytest.mark.parametrize(
    ("step", "field"), [("verify_item", "note"), ("close_item", "basis"), ("return_item", "reason")]
)
def test_verifying_closing_and_returning_want_words(cast, step, field):
    item = make_item(cast, status="verified" if step == "close_item" else "reported")
    with pytest.raises(ServiceError):
        getattr(services, step)(actor=cast.office_head, item=item, **{field: "  "})
