"""What an order goes out with: a number without gaps, a day counted independently, words that are frozen."""

import datetime as dt

import pytest

from core import clock
from core.digests import digest
from core.errors import NotAllowed, ServiceError
from core.models.jobs import Job
from findings.models import Lead
from rectification import services
from rectification.models import FixOrder
from rectification.rules.order import pressing_word
from rectification.rules.order_text import refused_words, warned_words
from rectification.selectors.order_drafting import default_day, first_words
from rectification.selectors.order_paper import is_intact
from tests.factories import make_inspection, make_member, make_round, make_team, make_village
from tests.rectification.orders import NOW, values
from tests.reports.papers import make_finding, name_person
from villages.models import CalendarDay, RoundParameter, TeamRole, User, spine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tenth_of_march(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def draft(cast, **over):
    origin = over.pop("origin", None)
    chosen = values(cast, **over)
    return services.draft_order(actor=cast.member, inspection=cast.inspection, values=chosen, origin=origin)


def issued(cast, **over):
    order = draft(cast, **over)
    services.submit_order(actor=cast.member, order=order)
    return services.issue_order(actor=cast.leader, order=order)


# --- numbers ----------------------------------------------------------------------------------------------


def test_numbers_follow_one_another_without_gaps_whatever_was_refused(cast):
    cast.team.number = 3
    cast.team.save()
    first = issued(cast)
    refused = draft(cast)
    services.submit_order(actor=cast.member, order=refused)
    User.objects.filter(pk=cast.village.pk).update(is_active=False)
    with pytest.raises(ServiceError, match="没有可用的账号"):
        services.issue_order(actor=cast.leader, order=refused)
    with pytest.raises(NotAllowed):
        services.issue_order(actor=cast.member, order=refused)
    User.objects.filter(pk=cast.village.pk).update(is_active=True)
    services.withdraw_order(actor=cast.leader, order=first, reason="不属实")
    services.discard_order(actor=cast.member, order=draft(cast), reason="不写了")
    numbers = [issued(cast).doc_no for _ in range(2)] + [
        services.issue_order(actor=cast.leader, order=refused).doc_no
    ]
    assert first.doc_no == "青巡三改〔2026〕1号"
    assert numbers == [f"青巡三改〔2026〕{n}号" for n in (2, 3, 4)]
    kept = FixOrder.objects.sent().order_by("number").values_list("number", "no")
    head = f"青巡2026-{cast.round.number}-3-{cast.village_place.code[-3:]}-JB-"
    assert list(kept) == [(n, f"{head}{n:04d}") for n in (1, 2, 3, 4)]


def test_a_stale_page_takes_no_number(cast):
    order = draft(cast)
    services.submit_order(actor=cast.member, order=order)
    with pytest.raises(ServiceError):
        services.issue_order(actor=cast.leader, order=order, revision=1)
    order.refresh_from_db()
    assert (order.status, order.doc_no) == ("signing", "")
    assert services.issue_order(actor=cast.leader, order=order).number == 1


def test_each_team_and_each_year_counts_for_itself_and_teams_of_one_number_go_on(cast, monkeypatch):
    cast.team.number = 1
    cast.team.save()
    assert issued(cast).doc_no == "青巡一改〔2026〕1号"
    later = make_team(make_round(cast.district, cast.scheme), number=1)
    other = make_team(cast.round, number=2)
    for team, expected in ((later, "青巡一改〔2026〕2号"), (other, "青巡二改〔2026〕1号")):
        village = make_village(cast.town_place)
        drafter, leader = make_member(team, TeamRole.MEMBER), make_member(team, TeamRole.LEADER)
        order = FixOrder.objects.create(
            **spine(make_inspection(team, village)), **values(cast, cc_office=None),
            drafter=drafter, status="signing",
        )  # fmt: skip
        assert services.issue_order(actor=leader, order=order).doc_no == expected
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2027, 1, 4, 2, tzinfo=dt.UTC))
    assert issued(cast).doc_no == "青巡一改〔2027〕1号"


# --- days -------------------------------------------------------------------------------------------------

# Issued on, limit in days → due. March 2026 begins on a Sunday; the 4th to 6th of April are holidays here.
DUE = [
    ((2026, 3, 10), 7, (2026, 3, 17)),  # Tuesday to Tuesday
    ((2026, 3, 12), 3, (2026, 3, 16)),  # the third day is a Sunday: Monday
    ((2026, 3, 13), 1, (2026, 3, 16)),  # a Saturday: Monday
    ((2026, 3, 20), 1, (2026, 3, 21)),  # a Saturday people work on
    ((2026, 3, 28), 7, (2026, 4, 7)),  # a holiday of three days from a Saturday on: Tuesday
    ((2026, 3, 31), 0, (2026, 3, 31)),
    ((2026, 12, 28), 7, (2027, 1, 4)),  # over the end of the year
]


@pytest.mark.parametrize(("day", "days", "due"), DUE)
def test_the_default_day_is_counted_in_days_and_never_ends_on_a_day_of_rest(cast, day, days, due):
    for number in (4, 5, 6):
        CalendarDay.objects.create(day=dt.date(2026, 4, number), kind="rest", name="清明节")
    CalendarDay.objects.create(day=dt.date(2026, 3, 21), kind="work", name="调休")
    RoundParameter.objects.create(
        round=cast.round, key="instant_fix_default_days", value=days, label="x", unit="天"
    )
    assert default_day(cast.round, dt.date(*day)) == dt.date(*due)


def test_without_a_day_of_its_own_an_order_counts_from_the_day_it_is_issued(cast, monkeypatch):
    order = draft(cast)
    services.submit_order(actor=cast.member, order=order)
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=2))
    services.issue_order(actor=cast.leader, order=order)
    assert (order.issued_on, order.due_on) == (dt.date(2026, 3, 12), dt.date(2026, 3, 19))


def test_a_day_that_passed_on_the_leaders_desk_is_refused(cast, monkeypatch):
    order = draft(cast, due_on=dt.date(2026, 3, 11))
    services.submit_order(actor=cast.member, order=order)
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=2))
    with pytest.raises(ServiceError, match="已经过去"):
        services.issue_order(actor=cast.leader, order=order)


@pytest.mark.parametrize(
    ("status", "left", "word"),
    [
        ("received", 8, ""), ("received", 7, "交办单将到期"), ("issued", 1, "交办单将到期"),
        ("received", 0, "交办单今天到期"), ("returned", -1, "交办单逾期"), ("reported", -1, ""), ("closed", -9, ""),
    ],
)  # fmt: skip
def test_reminders_a_week_before_on_the_day_and_after(cast, status, left, word):
    today = dt.date(2026, 3, 10)
    order = FixOrder(status=status, due_on=today + dt.timedelta(days=left))
    assert pressing_word(order, today)[0] == word


# --- words ------------------------------------------------------------------------------------------------


def test_the_words_are_frozen_under_their_digest_and_a_change_is_noticed(cast):
    order = issued(cast)
    assert order.frozen["problem"] == values(cast)["problem_brief"]
    assert order.frozen["due_on"] == "2026-03-17"
    assert order.digest == digest(order.frozen)
    assert is_intact(order)
    FixOrder.objects.filter(pk=order.pk).update(requirement="改轻一点")
    order.refresh_from_db()
    assert not is_intact(order)
    with pytest.raises(NotAllowed):
        services.edit_order(actor=cast.member, order=order, revision=order.revision, values=values(cast))


def test_issuing_asks_for_the_addressees_copy(cast):
    order = issued(cast)
    job = Job.objects.get(kind="rectification.order_copy")
    assert (job.subject_id, job.args) == (str(order.pk), {"order": str(order.pk)})


@pytest.mark.parametrize("field", ["title", "problem_brief", "requirement", "basis"])
def test_persons_of_the_restricted_part_and_inner_numbers_never_go_out(cast, field):
    finding = make_finding(cast, disposal="fix_now")
    name_person(finding, "钟怀瑾")
    for bad in ("钟怀瑾经手", f"见{finding.no}"):
        with pytest.raises(ServiceError, match="不能写给被巡察单位") as refusal:
            draft(cast, **{field: bad})
        assert refusal.value.field == field


def test_a_person_named_in_a_workpaper_after_the_draft_stops_the_issue(cast):
    order = draft(cast, problem_brief="由钟怀瑾经手的票据没有入账。")
    services.submit_order(actor=cast.member, order=order)
    name_person(make_finding(cast), "钟怀瑾")
    with pytest.raises(ServiceError, match="钟怀瑾"):
        services.issue_order(actor=cast.leader, order=order)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("电话13812345678", "13812345678"),
        ("证号32010219800101123X", "32010219800101123X"),
        ("收到举报信后查看", "举报信"),
        ("信访件反映的路段", "信访件"),
        ("王建国主任没有签字", "王建国"),
        ("第三组唯一一户", "唯一"),
        ("名册里的人赵铁柱", "赵铁柱"),
    ],
)
def test_words_a_writer_is_warned_of(text, words):
    assert words in [found for found, _ in warned_words(text, ["赵铁柱"])]


@pytest.mark.parametrize("number", ["底稿2-07", "底稿 12-103", "预2-07", "青巡2026-5-1-203-DG-0012"])
def test_numbers_of_inner_papers_are_refused_however_pages_write_them(number):
    assert len(refused_words(f"见{number}另行处理", [])) == 1


def test_plain_words_raise_no_warning():
    text = "公开栏停留在去年第三季度，群众反映强烈。《村务公开条例》第五条，资金12,000元。"
    assert warned_words(text, ["赵铁柱"]) == []
    assert refused_words(text, ["赵铁柱", "强"]) == []


def test_a_workpaper_lends_its_words_without_names_and_a_lead_lends_none(cast):
    finding = make_finding(
        cast,
        title="钟怀瑾保管公章",
        summary="公章由钟怀瑾一人保管",
        basis=["印章管理规定"],
        disposal="fix_now",
    )
    name_person(finding, "钟怀瑾")
    start = first_words(cast.member, finding)
    assert "钟怀瑾" not in str(start) and start["basis"] == "印章管理规定"
    lead = Lead(**spine(cast.inspection), title="听说的事")
    assert first_words(cast.member, lead) == {}


def test_only_a_paper_to_be_put_right_at_once_of_the_same_village_gives_an_order(cast):
    with pytest.raises(ServiceError, match="立行立改"):
        draft(cast, origin=make_finding(cast, disposal="report"))
    with pytest.raises(ServiceError, match="另一个村"):
        draft(cast, origin=make_finding(cast, cast.other_inspection, disposal="fix_now"))
    with pytest.raises(ServiceError, match="撤销"):
        draft(cast, origin=make_finding(cast, disposal="fix_now", status="withdrawn", group_decision="研究"))
    assert draft(cast, origin=make_finding(cast, disposal="fix_now")).linked_finding is not None


def test_an_order_goes_to_the_own_village_or_town_only(cast):
    foreign = cast.other_town.office
    for over, field in (
        ({"to_office": foreign}, "to_office"),
        ({"cc_office": foreign}, "cc_office"),
        ({"cc_office": cast.village.office}, "cc_office"),
        ({"kind": "x"}, "kind"),
        ({"due_on": dt.date(2026, 3, 9)}, "due_on"),
        ({"title": "  "}, "title"),
        ({"title": "长" * 61}, "title"),
    ):
        with pytest.raises(ServiceError) as refusal:
            draft(cast, **over)
        assert refusal.value.field == field


def test_naughty_words_survive_unchanged(cast):
    text = "=1+1 <b>&amp; 𠮷'\"；DROP TABLE\n第二行 % _ \\"
    order = draft(cast, problem_brief=text)
    order.refresh_from_db()
    assert order.problem_brief == text
