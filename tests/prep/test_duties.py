"""The checklist: targets by the round's parameters, plans, visits counted by hand, talks by their records."""

import datetime as dt

import pytest
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, ServiceError, StaleRecord
from findings.models import Talk
from findings.selectors.duties import talk_board
from findings.services import sign_minutes, submit_minutes
from prep import services
from prep.models import DutyPlan, VisitCount
from prep.selectors.duties import household_quota, talk_duties, visit_board
from tests.findings import papers
from tests.prep.lists import PROFILE, save_profile
from tests.prep.outlines import seed
from villages.models import RoundParameter

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _ready(cast):
    seed()
    with clock.held(TODAY):
        yield


def board(cast):
    return {line.duty.name: line for line in talk_board(cast.member, cast.inspection).lines}


def signed(cast, **over):
    talk = papers.talk(cast, **over)
    submit_minutes(actor=talk.recorder, paper=talk)
    return sign_minutes(actor=talk.talker, paper=Talk.objects.get(pk=talk.pk))


# --- talks ------------------------------------------------------------------------------------------------


def test_six_kinds_must_be_talked_to_with_the_people_the_committee_list_knows(cast):
    save_profile(cast, members=[{"name": "江予安", "post": "书记"}, {"name": "许晚舟", "post": "报账员"}])
    duties = talk_duties(cast.member, cast.inspection)
    assert [(duty.name, duty.target, duty.people) for duty in duties] == [
        ("镇包村干部", 1, ()),
        ("书记", 1, ("江予安",)),
        ("主任", 1, ()),
        ("会计（报账员）", 1, ("许晚舟",)),
        ("村民小组长", 2, ()),
        ("信访人", 1, ()),
    ]


def test_a_talk_counts_once_both_have_signed_it(cast):
    papers.talk(cast, target_category="accountant")
    line = board(cast)["会计（报账员）"]
    assert (line.done, line.begun, line.word) == (0, 1, "还差1，未安排日期")
    signed(cast, target_category="accountant")
    line = board(cast)["会计（报账员）"]
    assert (line.done, line.begun, line.word, line.tone) == (1, 1, "已完成", "ok")


def test_where_one_person_holds_both_posts_one_talk_serves_both(cast):
    signed(cast, target_category="secretary")
    assert board(cast)["主任"].done == 0
    save_profile(cast, members=[{"name": "江予安", "post": "书记、村委会主任"}])
    lines = board(cast)
    assert (lines["书记"].done, lines["主任"].done) == (1, 1)
    assert "江予安一人兼任" in lines["主任"].duty.why


def test_a_kind_the_parameter_misspells_is_said_and_counts_nothing(cast):
    RoundParameter.objects.create(
        round=cast.round, key="must_talk", label="必谈", value={"支书": 1, "信访人": 0}
    )
    (line,) = board(cast).values()
    assert line.done == 0 and "更正轮次参数" in line.duty.why


# --- the plan ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned_on", "word", "tone"),
    [
        (dt.date(2026, 3, 10), "还差1，3月10日办", "info"),
        (dt.date(2026, 3, 8), "逾期2天，还差1", "bad"),
        (None, "还差1，未安排日期", "warn"),
    ],
)
def test_a_line_says_in_words_how_it_stands(cast, planned_on, word, tone):
    services.plan_duty(
        actor=cast.member, inspection=cast.inspection, part="talk", subject="书记", planned_on=planned_on
    )
    line = board(cast)["书记"]
    assert (line.word, line.tone) == (word, tone)


def test_a_plan_is_changed_by_whoever_saw_the_last_one(cast):
    def plan(actor, revision, note):
        return services.plan_duty(
            actor=actor, inspection=cast.inspection, part="visit", subject="", note=note, revision=revision
        )

    first = plan(cast.member, 0, "先走二组")
    plan(cast.deputy, first.revision, "先走三组")
    with pytest.raises(StaleRecord):
        plan(cast.member, first.revision, "先走四组")
    assert DutyPlan.objects.get().note == "先走三组"


def test_a_plan_is_for_a_line_that_exists_and_a_person_of_the_team(cast):
    with pytest.raises(ServiceError, match="没有这一项"):
        services.plan_duty(actor=cast.member, inspection=cast.inspection, part="talk", subject="乡贤")
    with pytest.raises(ServiceError, match="不是"):
        services.plan_duty(
            actor=cast.member, inspection=cast.inspection, part="talk", subject="书记", assignee=cast.outsider
        )
    with pytest.raises(NotAllowed):
        services.plan_duty(actor=cast.outsider, inspection=cast.inspection, part="talk", subject="书记")
    with pytest.raises(ServiceError, match="电话号码"):
        services.plan_duty(
            actor=cast.member, inspection=cast.inspection, part="talk", subject="信访人", note="打13800001234"
        )


# --- visits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("households", "target"),
    [
        (612, 62),  # a tenth, rounded up, is more than thirty
        (200, 30),  # a tenth would be twenty: the least number holds
        (24, 24),  # no more than live there
        (300, 30),
    ],
)
def test_share_and_least_number_must_both_be_reached(cast, households, target):
    save_profile(cast, values=PROFILE | {"households": households})
    assert household_quota(cast.member, cast.inspection)[0] == target


def visit(cast, households, group="", **over):
    given = {"actor": cast.member, "inspection": cast.inspection, "visitor": cast.member}
    given |= {"visited_on": dt.date(2026, 3, 9), "households": households, "group": group}
    return services.count_visits(**given | over)


def test_visits_add_up_by_group_and_altogether(cast):
    save_profile(cast, values=PROFILE | {"households": 200})
    visit(cast, 12)
    visit(cast, 2, "低保户", visitor=cast.deputy)
    visit(cast, 1, "老党员")
    lines = {line.duty.name: line for line in visit_board(cast.member, cast.inspection).lines}
    assert (lines["入户走访"].done, lines["入户走访"].word) == (15, "还差15，未安排日期")
    assert (lines["低保户"].finished, lines["老党员"].finished) == (True, False)
    missing = visit_board(cast.member, cast.inspection).missing
    assert missing == "还差：入户走访15户、两代表一委员2户、老党员1户、乡贤1户、困难群众2户、信访户1户"


def test_a_count_taken_back_with_a_reason_no_longer_counts(cast):
    row = visit(cast, 40)
    with pytest.raises(ServiceError, match="理由"):
        services.withdraw_visits(actor=cast.member, row=row, reason=" ")
    services.withdraw_visits(actor=cast.member, row=row, reason="记错了村")
    assert visit_board(cast.member, cast.inspection).lines[0].done == 0
    with pytest.raises(ServiceError, match="已经撤回"):
        services.withdraw_visits(actor=cast.member, row=row, reason="再撤")
    assert VisitCount.objects.get().delete_reason == "记错了村"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"households": 0}, "1到500"),
        ({"visited_on": dt.date(2026, 3, 11)}, "不能晚于今天"),
        ({"group": "富裕户"}, "没有这一项"),
        ({"note": "去了李某家"}, "姓名"),
    ],
)
def test_a_count_that_cannot_be_is_refused(cast, over, said):
    with pytest.raises(ServiceError, match=said):
        visit(cast, **{"households": 3} | over)
    with pytest.raises(ServiceError, match="不是"):
        visit(cast, 3, visitor=cast.outsider)
    assert not VisitCount.objects.exists()


# --- pages ------------------------------------------------------------------------------------------------


def test_the_checklist_is_planned_counted_and_taken_back_on_its_pages(client, cast):
    client.force_login(cast.member)
    at = {"pk": cast.inspection.pk}
    plan = reverse("prep:duty_plan", kwargs=at | {"part": "visit"}) + "?subject=低保户"
    sent = {"planned_on": "2026-03-12", "assignee": str(cast.deputy.pk), "note": ""}
    assert client.post(plan, sent).url == reverse("prep:checklist", kwargs=at)
    added = client.post(
        reverse("prep:visit_add", kwargs=at),
        {"group": "低保户", "households": "2", "visited_on": "2026-03-09", "visitor": str(cast.member.pk)},
    )
    assert added.status_code == 302
    page = client.get(reverse("prep:checklist", kwargs=at)).content.decode()
    assert "2026年3月12日" in page and "2/2" in page and "已完成" in page
    row = VisitCount.objects.get()
    client.post(
        reverse("prep:visit_withdraw", kwargs={"pk": row.pk}), {"revision": row.revision, "reason": "记重了"}
    )
    assert "0/2" in client.get(reverse("prep:checklist", kwargs=at)).content.decode()
    talks = client.get(reverse("findings:duty_talks", kwargs=at)).content.decode()
    assert "还差：镇包村干部1人" in talks


def test_the_checklist_costs_the_same_with_one_count_and_with_ten(
    client, cast, django_assert_max_num_queries
):
    client.force_login(cast.member)
    pages = [
        reverse(name, kwargs={"pk": cast.inspection.pk})
        for name in ("prep:checklist", "findings:duty_talks", "prep:visits_card")
    ]

    def cost(page):
        with django_assert_max_num_queries(40) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    visit(cast, 1)
    papers.talk(cast)
    [cost(page) for page in pages]
    before = [cost(page) for page in pages]
    for _ in range(9):
        visit(cast, 1, "老党员")
        papers.talk(cast)
    assert [cost(page) for page in pages] == before
