"""The way of a rating: its list, two people who count, ballots that agree, the lock; and the same slip by phone."""

import random
import re
import secrets

import pytest
from django.db import connection
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from prep.models import CommitteeMember
from surveys import services
from surveys.models import AnswerSheet, Ballot, BallotCount, Rating, Receipt, Waiting
from surveys.selectors.paper import paper_of
from surveys.services import ballots as ballot_services
from tests.factories import make_inspection, make_village
from tests.surveys.ballots import PEOPLE, closed, load, locked, make_rating, open_rating, reload, sheet
from tests.surveys.polls import answer, at_stage, issue, open_survey, sheet_row
from tests.surveys.polls import locked as locked_survey
from tests.surveys.polls import reload as reload_survey

pytestmark = pytest.mark.django_db
SIX = [4, 3, 2, 1, 0, 0]
COUNTED = {
    "figures": {"issued": 12, "returned": 11, "missing": 1, "valid": 10, "void": 1},
    "marks": {str(number): SIX for number in range(1, 5)},
}


def first_count(cast, rating, **over):
    values = {"channel": "entry", "group": "party", "way": "counted"} | COUNTED | over
    return services.add_count(actor=cast.member, rating=rating, **values)


# --- the list ---------------------------------------------------------------------------------------------


def test_the_list_is_the_committee_and_who_is_in_office(cast):
    CommitteeMember.objects.create(village=cast.village_place, name="离任者", post="书记", to_on="2020-01-01")
    CommitteeMember.objects.create(village=cast.village_place, name="江予安", post="村委会主任")
    rating = make_rating(cast)
    subjects = list(rating.subjects.values_list("number", "kind", "name", "post"))
    assert subjects[0][:2] == (1, "committee") and "离任者" not in str(subjects)
    assert ("江予安", "村委会主任、党组织书记") in [row[2:] for row in subjects]


def test_the_list_is_edited_before_opening_and_frozen_after(cast):
    rating = make_rating(cast)
    rows = [{"name": "江予安", "post": "书记"}, {"name": "新成员", "post": "委员"}]
    services.save_subjects(actor=cast.member, rating=rating, rows=rows, revision=1)
    assert [s.name for s in rating.subjects.all()][1:] == ["江予安", "新成员"]
    with pytest.raises(StaleRecord):
        services.save_subjects(actor=cast.deputy, rating=reload(rating), rows=rows[:1], revision=1)
    with pytest.raises(ServiceError, match="填了两次"):
        services.save_subjects(actor=cast.member, rating=reload(rating), rows=[rows[0], rows[0]])
    services.open_rating(actor=cast.leader, rating=reload(rating))
    with pytest.raises(NotAllowed, match="定稿"):
        services.save_subjects(actor=cast.member, rating=reload(rating), rows=rows)


def test_a_rating_without_people_is_not_opened(cast):
    rating = make_rating(cast, people=[])
    with pytest.raises(NotAllowed, match="没有成员"):
        services.open_rating(actor=cast.leader, rating=reload(rating))


# --- two people count -------------------------------------------------------------------------------------


def test_a_count_stands_when_another_person_finds_the_same(cast):
    made = first_count(cast, open_rating(cast))
    with pytest.raises(NotAllowed, match="两个人"):
        services.sign_count(actor=cast.member, sheet=made, **COUNTED)
    signed = services.sign_count(actor=cast.deputy, sheet=made, **COUNTED)
    assert (signed.status, signed.counter, signed.second) == ("signed", cast.member, cast.deputy)
    with pytest.raises(NotAllowed, match="退回"):
        services.correct_count(actor=cast.member, sheet=signed, **COUNTED)


def test_differences_are_named_with_both_figures_and_nothing_changes(cast):
    made = first_count(cast, open_rating(cast))
    mine = {
        "figures": COUNTED["figures"] | {"void": 2},
        "marks": COUNTED["marks"] | {"2": [3, 4, 2, 1, 0, 0]},
    }
    with pytest.raises(ServiceError) as refused:
        services.sign_count(actor=cast.deputy, sheet=made, **mine)
    for words in ("废票第一人1、您2", "江予安“好”第一人4、您3", "江予安“较好”第一人3、您4"):
        assert words in refused.value.message
    assert BallotCount.objects.get().status == "first"


def test_the_second_counter_does_not_see_the_first_figures(client, cast):
    made = first_count(cast, open_rating(cast), figures=COUNTED["figures"] | {"issued": 7777})
    for name in ("count_sheet", "count_sign", "count_edit"):
        client.force_login(cast.deputy)
        page = client.get(reverse(f"surveys:{name}", kwargs={"pk": made.pk})).content.decode()
        # Alone, and not as a piece of some row's key.
        assert not re.search(r"(?<![0-9a-f-])7777(?![0-9a-f-])", page), name
    client.force_login(cast.member)
    assert "7777" in client.get(reverse("surveys:count_sheet", kwargs={"pk": made.pk})).content.decode()


def test_a_reopened_sheet_has_lost_both_signatures(cast):
    made = services.sign_count(actor=cast.deputy, sheet=first_count(cast, open_rating(cast)), **COUNTED)
    with pytest.raises(ServiceError, match="理由"):
        services.reopen_count(actor=cast.member, sheet=made, reason="")
    again = services.reopen_count(actor=cast.member, sheet=made, reason="唱票记错")
    assert (again.status, again.second, again.signed_on) == ("first", None, None)


# --- agreeing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        ({"issued": 13}, "发出13张"),
        ({"returned": 12}, "收回12张"),
        ({"valid": 11, "returned": 12, "issued": 13}, "不等于有效票11张"),
    ],
)
def test_a_rating_is_not_closed_while_figures_disagree(cast, spoil, word):
    rating = open_rating(cast)
    wrong = COUNTED | {"figures": COUNTED["figures"] | spoil}
    services.sign_count(actor=cast.deputy, sheet=first_count(cast, rating, **wrong), **wrong)
    with pytest.raises(NotAllowed, match=word):
        services.close_rating(actor=cast.leader, rating=reload(rating))
    done = services.close_rating(actor=cast.leader, rating=reload(rating), reason="登记表遗失")
    assert done.status == "closed" and done.close_reason == "登记表遗失"


def test_no_reason_makes_up_for_the_second_counter(cast):
    rating = open_rating(cast)
    first_count(cast, rating)
    for reason in ("", "人手不够"):
        with pytest.raises(NotAllowed, match="第二人"):
            services.close_rating(actor=cast.leader, rating=reload(rating), reason=reason)


def test_ballots_typed_in_must_be_as_many_as_were_counted(cast):
    rating = open_rating(cast)
    load(rating, [[n, "党员代表", "好", "好", "好", "好"] for n in range(1, 8)])
    sheet(rating, 6, "party", second=cast.member)
    with pytest.raises(NotAllowed, match="有效票6张，已逐票录入7张"):
        services.close_rating(actor=cast.leader, rating=reload(rating))


def test_nobody_but_the_leaders_locks_and_nothing_is_shown_before(client, cast):
    rating = closed(cast, [[n, "党员代表", "好", "好", "好", "差"] for n in range(1, 8)])
    client.force_login(cast.member)
    page = reverse("surveys:rating_results", kwargs={"pk": rating.pk})
    assert "结果还没有公布" in client.get(page).content.decode()
    with pytest.raises(NotAllowed):
        services.lock_rating(actor=cast.member, rating=reload(rating))
    done = services.lock_rating(actor=cast.leader, rating=reload(rating))
    text = client.get(page).content.decode()
    assert done.result_hash in text and "7×100＋0×80＋0×60＋0×40）÷7＝100.00" in text and "40.00" in text


def test_the_stage_does_not_end_before_the_rating_is_locked(cast):
    survey = locked_survey(cast, [sheet_row(n) for n in range(1, 8)])
    rating = open_rating(cast)
    with pytest.raises(ServiceError, match="民主测评"):
        services.finish_survey(actor=cast.leader, inspection=at_stage(survey.inspection))
    assert Rating.objects.get() == rating


# --- one slip for both ------------------------------------------------------------------------------------


def vote(card, marks, digits="1" * 22, submission=""):
    given = answer(digits) | {"marks": marks}
    submission = submission or secrets.token_hex(16)
    return services.submit_phone_answer(actor=SYSTEM, token=card.token, submission=submission, answer=given)


def test_one_slip_answers_the_questionnaire_and_the_rating_once(cast):
    survey, rating = open_survey(cast), open_rating(cast)
    card = issue(survey, 1)[0]
    paper = paper_of(card.token)
    assert [name for name, _ in paper["rating"]["subjects"]][1:] == [name for name, _ in PEOPLE]
    assert ["0", "无效"] not in paper["rating"]["marks"]
    same = secrets.token_hex(16)
    assert vote(card, "1234", submission=same).value == "received"
    assert vote(card, "4444", submission=same).value == "already"
    with pytest.raises(NotAllowed, match="先结束本村（社区）的问卷"):
        services.close_rating(actor=cast.leader, rating=reload(rating))
    services.close_survey(actor=cast.leader, survey=reload_survey(survey))
    assert [b.marks for b in Ballot.objects.all()] == ["1234"] and AnswerSheet.objects.count() == 1
    assert services.close_rating(actor=cast.leader, rating=reload(rating)).status == "closed"


@pytest.mark.parametrize("marks", ["123", "12345", "1230", "123x", 1234, ["1"]])
def test_marks_that_cannot_be_read_leave_the_slip_good(cast, marks):
    survey, _ = open_survey(cast), open_rating(cast)
    card = issue(survey, 1)[0]
    with pytest.raises(ServiceError, match="测评"):
        vote(card, marks)
    assert not Waiting.objects.exists() and not Receipt.objects.exists()
    assert vote(card, "").value == "received"


def test_without_an_open_rating_marks_are_left_out(cast):
    survey = open_survey(cast)
    assert vote(issue(survey, 1)[0], "1111").value == "received"
    services.close_survey(actor=cast.leader, survey=reload_survey(survey))
    assert not Ballot.objects.exists() and AnswerSheet.objects.count() == 1


def distinct(number):
    rng = random.Random(7)
    found = {"".join(rng.choices("12345", k=22)) for _ in range(number * 2)}
    return sorted(found)[:number]


def lying(query):
    """One column of a table in the order in which its rows lie in the database."""
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"{query} ORDER BY {order}")
        return [row[0] for row in cursor.fetchall()]


def linked(people):
    """The attacker's hits: pairs the n-th ballot with the n-th sheet as they lie; ``people`` knows who gave both."""
    sheets = lying("SELECT answers FROM surveys_answersheet")
    votes = lying("SELECT marks FROM surveys_ballot")
    return sum(people[answers] == marks for answers, marks in zip(sheets, votes, strict=True))


@pytest.fixture
def many(cast):
    """A hundred people whose ballot follows from their sheet, so that a pairing can be judged."""
    survey, people = open_survey(cast), {}
    rating = open_rating(cast, people=[(f"成员{n}", "") for n in range(1, 12)])
    for card, digits in zip(issue(survey, 100), distinct(100), strict=True):
        people[digits] = digits[:12]
        vote(card, people[digits], digits)
    return survey, rating, people


def test_no_order_pairs_a_ballot_with_the_sheet_of_the_same_person(many):
    survey, _, people = many
    services.mix_all(actor=SYSTEM, survey=survey)
    # By chance one pair in a hundred fits; ten would happen once in ten million runs.
    assert linked(people) < 10


def test_without_the_shuffling_every_ballot_is_paired(many, monkeypatch):
    class NoChance:
        def shuffle(self, rows):
            """Leave them as they came."""

    monkeypatch.setattr(ballot_services, "_chance", NoChance())
    monkeypatch.setattr("surveys.services.mixing._chance", NoChance())
    survey, _, people = many
    services.mix_all(actor=SYSTEM, survey=survey)
    assert linked(people) == 100


def test_the_trail_keeps_no_marks_and_nobody_sees_ballots(cast):
    survey, _ = open_survey(cast), open_rating(cast)
    card = issue(survey, 1)[0]
    before = AuditEntry.objects.count()
    vote(card, "4321")
    assert AuditEntry.objects.count() == before
    services.close_survey(actor=cast.leader, survey=reload_survey(survey))
    assert "4321" not in str(list(AuditEntry.objects.values_list("after", flat=True)))
    for role in ("office_head", "leader", "member", "sysadmin", "town", "village"):
        assert not Ballot.objects.visible_to(getattr(cast, role)).exists()


# --- cost -------------------------------------------------------------------------------------------------


def test_pages_of_ratings_cost_the_same_with_one_row_and_with_three(
    client, cast, django_assert_max_num_queries
):
    def cost(name, **kwargs):
        client.get(reverse(name, kwargs=kwargs))
        with django_assert_max_num_queries(60) as captured:
            assert client.get(reverse(name, kwargs=kwargs)).status_code == 200
        return len(captured)

    client.force_login(cast.leader)
    rows = [[n, "党员代表" if n % 2 else "普通群众", "好", "好", "好", "差"] for n in range(1, 40)]
    rating = locked(cast, rows)
    pages = [
        ("surveys:ratings", {}),
        ("surveys:rating", {"pk": rating.pk}),
        ("surveys:rating_results", {"pk": rating.pk}),
    ]
    before = [cost(name, **kwargs) for name, kwargs in pages]
    for _ in range(2):
        locked(cast, rows, make_inspection(cast.team, make_village(cast.town_place)))
    assert [cost(name, **kwargs) for name, kwargs in pages] == before
