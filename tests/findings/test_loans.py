"""Documents a team borrows: signed for by the leader, lent and returned by name and day, none left behind."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, ServiceError, StaleRecord
from findings import services
from findings.models import Loan
from findings.workflow import LOAN_FLOW
from prep.models import WatchItem
from tests.findings import leads, loans, papers
from tests.findings.test_leads import move
from tests.findings.test_views import page
from villages.models import Stage

pytestmark = pytest.mark.django_db

LIST = reverse("findings:loans")
STATES = {
    "listed": loans.a_loan, "asked": loans.asked, "lent": loans.lent, "returned": loans.returned,
    "cancelled": loans.cancelled,
}  # fmt: skip
TEAM = {"leader", "deputy", "member", "archivist"}
EXPECTED = {
    ("listed", "sign"): {"leader", "deputy"},
    ("listed", "cancel"): TEAM,
    ("asked", "lend"): TEAM,
    ("asked", "cancel"): TEAM,
    ("lent", "give_back"): TEAM,
}
ROLES = (
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "village",
    "discipline", "organisation", "department", "sysadmin", "stranger",
)  # fmt: skip


@pytest.mark.parametrize("state", sorted(STATES))
def test_each_role_may_take_exactly_the_steps_of_the_table(state, cast):
    loan = STATES[state](cast)
    for step in LOAN_FLOW.transitions:
        may = {role for role in ROLES if LOAN_FLOW.check(getattr(cast, role), loan, step)}
        assert may == EXPECTED.get((state, step), set()), step


def test_one_line_is_one_document_and_what_waits_is_not_listed_twice(cast):
    names = ["2024年  记账凭证", "", "土地承包合同", "2024年 记账凭证"]
    made = services.ask_for(
        actor=cast.member, inspection=cast.inspection, names=names, material="accounts", owner="village"
    )
    assert [(row.name, row.no[-7:]) for row in made] == [
        ("2024年 记账凭证", "DY-0001"), ("土地承包合同", "DY-0002"),
    ]  # fmt: skip
    again = services.ask_for(
        actor=cast.member,
        inspection=cast.inspection,
        names=["土地承包合同"],
        material="accounts",
        owner="village",
    )
    assert again == [] and Loan.objects.count() == 2


@pytest.mark.parametrize(
    ("over", "word"),
    [({"names": [" "]}, "一行一件"), ({"names": ["长" * 121]}, "太长"), ({"copies": 0}, "份数"),
     ({"material": "gold"}, "资料类型"), ({"owner": "moon"}, "来源"),
     ({"names": [str(n) for n in range(101)]}, "100件")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_and_nothing_is_half_listed(cast, over, word):
    values = {"names": ["账簿", "凭证"], "material": "accounts", "owner": "village"}
    with pytest.raises(ServiceError, match=word):
        services.ask_for(actor=cast.member, inspection=cast.inspection, **values | over)
    assert not Loan.objects.exists()


def test_the_leader_signs_what_is_his_and_leaves_the_rest(cast):
    mine, signed = loans.a_loan(cast), loans.asked(cast, name="会议记录")
    theirs = loans.a_loan(cast, actor=cast.outsider, inspection=cast.other_inspection)
    assert services.sign_loans(actor=cast.leader, loans=[mine, signed, theirs]) == 1
    stored = loans.reload(mine)
    assert (stored.status, stored.signed_by, stored.signed_on) == ("asked", cast.leader, clock.today())
    assert loans.reload(theirs).status == "listed"
    with pytest.raises(NotAllowed):
        services.sign_loans(actor=cast.leader, loans=[mine, theirs])


def test_what_is_signed_for_is_not_reworded(cast):
    loan = loans.a_loan(cast)
    services.edit_loan(actor=cast.deputy, loan=loan, revision=loan.revision, values={"copies": 5})
    assert loans.reload(loan).copies == 5
    loan = loans.reload(loan)
    services.sign_loans(actor=cast.leader, loans=[loan])
    with pytest.raises(NotAllowed):
        services.edit_loan(
            actor=cast.member, loan=loans.reload(loan), revision=loan.revision + 1, values={"copies": 9}
        )


def test_people_and_days_of_a_loan_fit_together(cast):
    loan, tomorrow = loans.asked(cast), clock.today() + dt.timedelta(days=1)
    take = {"actor": cast.member, "loan": loan, "revision": loan.revision}
    with pytest.raises(ServiceError, match="提供人"):
        services.lend(**take, provider=" ", lent_on=clock.today())
    with pytest.raises(ServiceError, match="不能晚于今天"):
        services.lend(**take, provider="村会计", lent_on=tomorrow)
    loan = loans.lent(cast, name="合同", days=1)
    early = clock.today() - dt.timedelta(days=2)
    with pytest.raises(ServiceError, match="早于借出"):
        services.give_back(
            actor=cast.member, loan=loan, revision=loan.revision, receiver="村会计", returned_on=early
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(status="returned", receiver="村会计", returned_on=early)


def test_the_second_of_two_who_return_it_is_refused(cast):
    loan, again = loans.lent(cast), None
    again = loans.reload(loan)
    give = {"receiver": "村会计", "returned_on": clock.today()}
    services.give_back(actor=cast.member, loan=again, revision=again.revision, **give)
    with pytest.raises(StaleRecord):
        services.give_back(actor=cast.deputy, loan=loan, revision=loan.revision, **give)


def test_a_village_whose_papers_are_still_out_does_not_end_its_stage(cast):
    move(cast.inspection, Stage.FINDING)
    papers.signed(cast)
    WatchItem.objects.filter(inspection=cast.inspection).update(status="cleared", note="已查")
    loan = loans.lent(cast)
    with pytest.raises(ServiceError, match="还有1件调阅资料没有归还"):
        services.finish_findings(actor=cast.leader, inspection=move(cast.inspection, Stage.FINDING))
    services.give_back(
        actor=cast.member, loan=loan, revision=loan.revision, receiver="村会计", returned_on=clock.today()
    )
    done = services.finish_findings(actor=cast.leader, inspection=move(cast.inspection, Stage.FINDING))
    assert done.status == Stage.REPORT


# --- pages ------------------------------------------------------------------------------------------------


def test_from_the_list_to_the_return_in_the_browser(cast, client):
    client.force_login(cast.member)
    sent = {
        "village": cast.inspection.pk, "names": "2024年记账凭证\n\n土地承包合同\n", "material": "accounts",
        "owner": "village", "copies": "2", "due_on": "", "note": "", "_key": "k1",
    }  # fmt: skip
    client.post(reverse("findings:loan_ask"), sent)
    client.post(reverse("findings:loan_ask"), sent)
    first, second = Loan.objects.order_by("id")
    client.force_login(cast.leader)
    assert "签字（本页待签）" in page(client.get(LIST))
    client.post(reverse("findings:loans_sign"), {"loan": [first.pk, second.pk, "x"]})
    client.force_login(cast.member)
    for step, field in (("lend", {"provider": "村会计"}), ("give_back", {"receiver": "村会计"})):
        first.refresh_from_db()
        day = {"lend": "lent_on", "give_back": "returned_on"}[step]
        data = field | {day: clock.today().isoformat(), "revision": first.revision, "_key": step}
        client.post(reverse("findings:loan_step", args=[first.pk, step]), data)
    first.refresh_from_db()
    assert first.status == "returned"
    assert "村会计接收" in page(client.get(reverse("findings:loan", args=[first.pk])))


def test_a_mistake_on_a_step_keeps_what_was_typed(cast, client):
    loan = loans.asked(cast)
    client.force_login(cast.member)
    sent = {"provider": "村会计老章", "lent_on": "2099-01-01", "revision": loan.revision, "_key": "k"}
    response = client.post(reverse("findings:loan_step", args=[loan.pk, "lend"]), sent)
    assert response.status_code == 422
    assert "村会计老章" in page(response) and "不能晚于今天" in page(response)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", 3), ("status=lent", 1), ("late=1", 1), ("status=x", 3), ("village=nowhere", 0)],
)
def test_the_list_shows_what_is_asked_for(cast, client, query, expected):
    loans.lent(cast, name="凭证", due_on=clock.today() - dt.timedelta(days=9))
    loans.a_loan(cast, name="合同", due_on=clock.today() - dt.timedelta(days=1))
    loans.asked(cast, name="会议记录", due_on=clock.today())
    client.force_login(cast.member)
    assert page(client.get(f"{LIST}?{query}")).count("row-link") == expected


def test_the_list_of_one_and_of_thirty_asks_the_same_number_of_queries(cast, client):
    client.force_login(cast.leader)
    loans.lent(cast)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(30):
        (loans.a_loan, loans.lent)[number % 2](cast, name=f"资料{number}")
    with CaptureQueriesContext(connection) as many:
        text = page(client.get(LIST))
    assert "资料29" in text and len(many) == len(few)


def test_leads_and_loans_of_another_team_stay_there(cast, client):
    loans.a_loan(cast, actor=cast.outsider, inspection=cast.other_inspection, name="别组的账")
    leads.a_lead(cast, title="本组疑点")
    client.force_login(cast.member)
    assert "别组的账" not in page(client.get(LIST))
