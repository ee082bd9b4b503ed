"""The inbox of what people wrote: when it opens, who sees what of it, marks, and a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import NotAllowed
from core.models import AuditEntry
from prep.models import CommitteeMember
from surveys import services
from surveys.models import AnswerMark, OpenAnswer
from surveys.selectors import desk_items
from surveys.selectors.opinions import OpinionFilters, inbox, readable_answer
from surveys.services.mixing import put_away
from tests.factories import make_inspection, make_village
from tests.surveys.polls import answer, closed, locked, reload, sheet_row

pytestmark = pytest.mark.django_db
INBOX = "/guang/yijian/"


def rows(number, first="赵德水的账不清楚"):
    return [sheet_row(n, comment=first if n == 1 else f"第{n}组的路没有修") for n in range(1, number + 1)]


def words_of(cast, user, **filters):
    found = inbox(user, cast.round, OpinionFilters(**filters))
    return sorted("".join(mask or part for part, mask in line.pieces) for line in found.lines)


def mark(client, answers, **more):
    return client.post(reverse("surveys:opinions_mark"), {"answer": [a.pk for a in answers], **more})


# --- when it opens ----------------------------------------------------------------------------------------


def test_nothing_is_read_before_the_results_are_locked(cast, client):
    survey = closed(cast, rows(6))
    one = OpenAnswer.objects.first()
    assert words_of(cast, cast.member) == [] and readable_answer(cast.member, one.pk) is None
    client.force_login(cast.member)
    assert "赵" not in client.get(INBOX).content.decode()
    with pytest.raises(NotAllowed, match="锁定"):
        services.read_opinions(actor=cast.member, answers=[one])
    services.lock_results(actor=cast.leader, survey=reload(survey))
    assert len(words_of(cast, cast.member)) == 6


@pytest.mark.parametrize(("sheets", "readable"), [(4, False), (5, True)])
def test_words_of_fewer_sheets_than_results_are_shown_for_stay_closed(cast, sheets, readable):
    locked(cast, rows(sheets))
    one = OpenAnswer.objects.first()
    assert bool(words_of(cast, cast.member)) is readable
    assert (readable_answer(cast.member, one.pk) is not None) is readable
    if not readable:
        with pytest.raises(NotAllowed, match="太少"):
            services.read_opinions(actor=cast.member, answers=[one])


def test_a_team_reads_its_own_villages_and_the_office_all(cast):
    locked(cast, rows(6))
    locked(cast, rows(5, first="柳巷的水渠"), cast.other_inspection)
    assert len(words_of(cast, cast.member)) == 6 and len(words_of(cast, cast.outsider)) == 5
    assert len(words_of(cast, cast.office_clerk)) == 11
    assert words_of(cast, cast.town) == words_of(cast, cast.organisation) == []


# --- what is shown ----------------------------------------------------------------------------------------


def test_registered_and_other_names_are_masked_on_the_page(cast, client):
    CommitteeMember.objects.create(village=cast.village_place, name="赵德水", post="书记")
    locked(cast, [*rows(5), sheet_row(6, comment="书记王建国收了押金，打13812345678")])
    client.force_login(cast.office_clerk)
    page = client.get(INBOX).content.decode()
    assert not any(secret in page for secret in ("赵德水", "王建国", "13812345678"))
    assert "的账不清楚" in page and "收了押金" in page
    results = client.get(reverse("surveys:results", kwargs={"pk": OpenAnswer.objects.first().survey_id}))
    assert "押金" not in results.content.decode() and INBOX in results.content.decode()


def test_the_order_is_that_of_random_keys_within_a_village(cast):
    survey = locked(cast, rows(6))
    put_away(survey, [answer(comment=f"后来的{n}") for n in range(60)], "phone")
    found = inbox(cast.member, cast.round, OpinionFilters())
    keys = [line.answer.pk for line in found.lines]
    assert keys == sorted(keys) and len(keys) == 30 and found.page.next
    following = inbox(cast.member, cast.round, OpinionFilters(), cursor=found.page.next)
    assert not {line.answer.pk for line in following.lines} & set(keys)
    # Random keys: those that came last are not all at the end.
    assert any(line.answer.text.startswith("后来") for line in found.lines)


def test_filters_and_search_count_what_they_show(cast):
    locked(cast, rows(6))
    locked(cast, rows(5, first="柳巷的水渠"), cast.other_inspection)
    services.read_opinions(actor=cast.member, answers=[OpenAnswer.objects.get(text__contains="赵德水")])
    office = cast.office_clerk
    assert words_of(cast, office, text="水渠") == ["柳巷的水渠"]
    assert len(words_of(cast, office, village=cast.other_village_place.code)) == 5
    assert len(words_of(cast, office, state="unread")) == 10
    found = inbox(office, cast.round, OpinionFilters(state="read"))
    assert found.count == len(found.lines) == 1
    assert {row["label"]: row["count"] for row in found.states} == {
        "全部": 11, "未阅": 10, "已阅": 1, "已转疑点": 0,
    }  # fmt: skip
    assert {row["label"]: row["count"] for row in found.villages} == {"云溪村": 1, "柳巷村": 0}
    question = inbox(office, cast.round, OpinionFilters()).questions[0]
    assert question["count"] == 11
    assert len(words_of(cast, office, question=question["value"])) == 11
    assert words_of(cast, office, question="1.x") == []


def test_more_villages_and_more_words_cost_no_more_queries(cast, client):
    client.force_login(cast.office_clerk)
    locked(cast, rows(6))
    client.get(INBOX)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(INBOX).status_code == 200
        counts.append(len(queries))
        for _ in range(3):
            locked(cast, rows(9), make_inspection(cast.team, make_village(cast.town_place)))
    assert counts[0] == counts[1]


# --- marks ------------------------------------------------------------------------------------------------


def test_a_page_is_marked_in_one_step_and_one_answer_put_back(cast, client):
    locked(cast, rows(6))
    answers = list(OpenAnswer.objects.all())
    client.force_login(cast.member)
    before = AuditEntry.objects.count()
    mark(client, answers)
    mark(client, answers[:2])
    assert AnswerMark.objects.filter(status="read").count() == 6
    assert AuditEntry.objects.count() == before + 1
    mark(client, answers[:1], step="unread")
    assert words_of(cast, cast.member, state="unread") and AnswerMark.objects.get(status="unread")
    mark(client, answers)
    assert not AnswerMark.objects.exclude(status="read").exists()


def test_the_trail_quotes_neither_words_nor_which_answer(cast):
    locked(cast, rows(6))
    one = OpenAnswer.objects.get(text__contains="赵德水")
    services.read_opinions(actor=cast.member, answers=[one])
    services.step_opinion(actor=cast.member, answer=one, step="unread")
    trail = str(list(AuditEntry.objects.values()))
    assert "赵德水" not in trail and str(one.pk) not in trail


def test_the_desk_of_who_leads_the_team_says_how_many_are_unread(cast):
    locked(cast, rows(6))
    services.read_opinions(actor=cast.member, answers=OpenAnswer.objects.all()[:2])
    (item,) = [row for row in desk_items(cast.leader, cast.round) if row.kind == "意见待阅"]
    assert item.title == "4条问卷意见没有阅看" and item.url == f"{INBOX}?state=unread"
    services.read_opinions(actor=cast.member, answers=OpenAnswer.objects.all())
    assert not [row for row in desk_items(cast.leader, cast.round) if row.kind == "意见待阅"]


def test_only_the_team_marks(cast, client):
    locked(cast, rows(6))
    answers = list(OpenAnswer.objects.all())
    for user, status in ((cast.office_clerk, 403), (cast.outsider, 302), (cast.town, 403)):
        client.force_login(user)
        assert mark(client, answers).status_code == status
    assert not AnswerMark.objects.exists()


def test_rubbish_is_no_answer(cast, client):
    client.force_login(cast.member)
    response = client.post(
        reverse("surveys:opinions_mark") + "?village=x", {"answer": ["x", ""]}, follow=True
    )
    assert "没有可以标记的意见" in response.content.decode()
