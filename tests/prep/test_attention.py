"""The attention class: proposals worked by hand, what is unknown, who decides, and what is kept of a decision."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from core.errors import NotAllowed, ServiceError, StaleRecord
from prep import services
from prep.models import AttentionClass, AttentionDecision, PriorCount, VillageProfile
from prep.selectors.attention import AttentionFilters, Indicators, Scale, attention_overview, propose
from prep.selectors.attention.gather import proposals, scale_of
from tests.factories import make_inspection, make_round, make_team, make_village
from tests.prep.lists import PROFILE, save_profile
from villages.models import RoundParameter

WEIGHTS = {"信访": 18, "案件": 14, "以往问题": 16, "负债": 12, "人均收入": 8, "项目资金": 12, "村情类型": 6,
           "距上次巡察": 6, "困难群众": 8}  # fmt: skip
LIMITS = {"信访": [2, 8], "案件": [0, 3], "以往问题": [3, 12], "负债": [20, 100], "人均收入": [800, 200],
          "项目资金": [50, 300], "村情类型": [0, 2], "距上次巡察": [2, 5], "困难群众": [3, 10]}  # fmt: skip
SCALE = Scale(WEIGHTS, LIMITS, key=55, concern=35, most_unknown=34)

KNOWN = Indicators(
    years=(2023, 2024, 2025),
    population=2000,
    petitions={2023: 2, 2024: 3, 2025: 5},  # 10 / 2000 = 5 per 1,000; (5-2)/(8-2) = 0.5 of 18 = 9.0
    cases={2023: 0, 2024: 1, 2025: 1},  # 2 of 0..3 = 2/3 of 14 = 9.3
    problems=6,  # (6-3)/9 = 1/3 of 16 = 5.3
    problems_from="第四轮",
    debt=Decimal(600_000),  # 60 % of income; (60-20)/80 = 0.5 of 12 = 6.0
    debt_income=Decimal(1_000_000),
    debt_year=2025,
    income=Decimal(1_000_000),  # 500 a head; (500-800)/(200-800) = 0.5 of 8 = 4.0
    income_year=2025,
    projects=[(2024, "道路", Decimal(1_000_000)), (2025, "水渠", Decimal(750_000))],  # 175万; 0.5 of 12 = 6.0
    traits=("合并村", "农业型"),  # one of 0..2 = 0.5 of 6 = 3.0
    risky=("合并村", "征地拆迁涉及"),
    years_since=Decimal("3.5"),  # (3.5-2)/3 = 0.5 of 6 = 3.0
    last_round="第四轮",
    households=600,
    minimum_households=35,
    destitute_people=4,  # 39 / 600 = 6.5 %; (6.5-3)/7 = 0.5 of 8 = 4.0
)
POINTS = {"信访": "9.0", "案件": "9.3", "以往问题": "5.3", "负债": "6.0", "人均收入": "4.0", "项目资金": "6.0",
          "村情类型": "3.0", "距上次巡察": "3.0", "困难群众": "4.0"}  # fmt: skip


def with_(**over):
    return propose(Indicators(**KNOWN.__dict__ | over), SCALE)


def points(proposal):
    return {line.name: str(line.points) for line in proposal.lines}


def test_each_indicator_gives_the_points_worked_by_hand():
    proposal = propose(KNOWN, SCALE)
    assert points(proposal) == POINTS
    assert proposal.points == Decimal("49.6")
    assert proposal.attention == AttentionClass.CONCERN and proposal.unknown == []


def test_the_reasons_name_the_figures_and_the_rows_they_rest_on():
    line = propose(KNOWN, SCALE).lines[0]
    assert "近三年信访10件" in line.why and "每千人5件" in line.why and "得9.0分" in line.why
    assert line.rows == "2023年2件，2024年3件，2025年5件"


@pytest.mark.parametrize(
    ("over", "name", "expected"),
    [
        ({"petitions": {2023: 20, 2024: 20, 2025: 20}}, "信访", "18.0"),
        ({"petitions": {2023: 0, 2024: 1, 2025: 0}}, "信访", "0.0"),
        ({"income": Decimal(3_000_000)}, "人均收入", "0.0"),
        ({"income": Decimal(100_000)}, "人均收入", "8.0"),
        ({"debt": Decimal(0)}, "负债", "0.0"),
        ({"traits": ("农业型",)}, "村情类型", "0.0"),
    ],
)
def test_beyond_the_limits_there_is_nothing_or_everything(over, name, expected):
    assert points(with_(**over))[name] == expected


def test_a_missing_year_is_counted_at_the_pace_of_the_others_and_said():
    line = with_(petitions={2023: 2, 2025: 6}).lines[0]
    assert "缺2024年" in line.why
    assert str(line.points) == "12.0"  # 8 of two years = 12 of three; 6 per 1,000; 4/6 of 18


NOTHING = Indicators(years=(2023, 2024, 2025))


def test_what_is_unknown_takes_half_the_points_and_never_counts_as_good():
    proposal = propose(NOTHING, SCALE)
    assert proposal.points == Decimal(50) and set(proposal.unknown) == set(WEIGHTS)
    for name in ("petitions", "cases"):
        assert with_(**{name: {}}).points >= with_(**{name: {2023: 0, 2024: 0, 2025: 0}}).points


def test_too_little_known_is_never_proposed_as_general():
    lax = Scale(WEIGHTS, LIMITS, key=90, concern=80, most_unknown=34)
    proposal = propose(NOTHING, lax)
    assert proposal.attention == AttentionClass.CONCERN and proposal.cautious
    assert propose(KNOWN, lax).attention == AttentionClass.GENERAL


@pytest.mark.parametrize(("bound", "expected"), [(49, "key"), (50, "concern")])
def test_the_bounds_are_reached_from_below(bound, expected):
    assert propose(KNOWN, Scale(WEIGHTS, LIMITS, bound, 35, 34)).attention == expected


# --- from the tables --------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestFromTheTables:
    def test_a_villages_rows_become_its_indicators(self, cast):
        save_profile(
            cast,
            values=PROFILE | {"traits": ["merged"], "minimum_households": 30, "destitute_people": 6},
            projects=[
                {"year": 2024, "name": "道路", "amount": Decimal(500000)},
                {"year": 2019, "name": "旧桥"},
            ],
        )
        _, known = proposals(cast.round, [cast.inspection])[cast.inspection.pk]
        assert known.years == (2023, 2024, 2025)
        assert known.petitions == {2024: 3, 2025: 6} and known.population == 2143
        assert known.income == Decimal("912000.00") and known.debt is None
        assert [name for _, name, _ in known.projects] == ["道路"]
        assert known.traits == ["合并村"] and "合并村" in known.risky

    def test_an_earlier_round_tells_how_much_it_found_and_when(self, cast):
        before = make_round(
            cast.district,
            cast.scheme,
            name="第四轮",
            starts_on=dt.date(2023, 1, 1),
            ends_on=dt.date(2023, 3, 2),
        )
        past = make_inspection(
            make_team(before), cast.village_place, entry_on=dt.date(2023, 2, 1), exit_on=dt.date(2023, 3, 2)
        )
        services.record_prior_counts(actor=cast.office_clerk, inspection=past, problems=7)
        services.record_prior_counts(actor=cast.office_clerk, inspection=past, problems=9)
        assert PriorCount.objects.get().problems == 9
        _, known = proposals(cast.round, [cast.inspection])[cast.inspection.pk]
        assert (known.problems, known.problems_from, known.last_round) == (9, "第四轮", "第四轮")
        assert round(known.years_since, 1) == Decimal("3.0")
        save_profile(cast, values=PROFILE | {"prior_count": 4})
        _, known = proposals(cast.round, [cast.inspection])[cast.inspection.pk]
        assert known.problems == 4, "what the sheet says comes first"

    def test_the_rounds_own_parameters_count(self, cast):
        assert scale_of(cast.round).weights == WEIGHTS
        RoundParameter.objects.create(
            round=cast.round, key="attention_bounds", label="分界",
            value={"重点关注": 20, "关注": 10, "缺数据上限": 34},
        )  # fmt: skip
        assert proposals(cast.round, [cast.inspection])[cast.inspection.pk][0].attention == "key"

    def test_a_round_costs_the_same_with_one_village_and_with_three(
        self, cast, django_assert_num_queries, django_assert_max_num_queries
    ):
        save_profile(cast)
        with django_assert_max_num_queries(20) as captured:
            attention_overview(cast.office_head, cast.round, AttentionFilters())
        for _ in range(2):
            more = make_inspection(cast.team, make_village(cast.town_place))
            save_profile(cast, inspection=more)
        with django_assert_num_queries(len(captured)):
            seen = attention_overview(cast.office_head, cast.round, AttentionFilters())
        assert seen.total == 4


# --- the decision -----------------------------------------------------------------------------------------


@pytest.fixture
def profile(cast):
    return save_profile(cast)


def decide(cast, attention, actor=None, **over):
    return services.decide_attention(
        actor=actor or cast.leader, inspection=cast.inspection, attention_class=attention, **over
    )


def proposed(cast):
    return proposals(cast.round, [cast.inspection])[cast.inspection.pk][0]


@pytest.mark.django_db
class TestTheDecision:
    def test_it_is_kept_with_what_was_proposed_and_why(self, cast, profile):
        proposal = proposed(cast)
        other = next(value for value in AttentionClass.values if value != proposal.attention)
        decide(cast, other, attention_reason="书记新任，另有反映")
        row = AttentionDecision.objects.get()
        assert (row.proposed, row.decided, row.points) == (proposal.attention, other, proposal.points)
        assert row.differs and row.decided_by == cast.leader
        assert row.snapshot["scale"]["weights"] == WEIGHTS
        assert row.snapshot["inputs"]["petitions"] == {"2024": 3, "2025": 6}
        assert len(row.snapshot["lines"]) == 9
        stored = VillageProfile.objects.get()
        assert (stored.attention_class, stored.attention_reason) == (other, "书记新任，另有反映")

    def test_to_differ_without_a_reason_is_refused(self, cast, profile):
        other = next(value for value in AttentionClass.values if value != proposed(cast).attention)
        with pytest.raises(ServiceError, match="理由"):
            decide(cast, other, attention_reason="  ")
        assert not AttentionDecision.objects.exists()
        assert decide(cast, proposed(cast).attention).reason == ""

    def test_without_a_profile_the_sentence_says_what_to_do_first(self, cast):
        with pytest.raises(ServiceError, match="先填档案"):
            decide(cast, "key")

    def test_the_second_of_two_deciders_sees_the_first(self, cast, profile):
        decide(cast, proposed(cast).attention, revision=1)
        with pytest.raises(StaleRecord):
            decide(cast, "key", actor=cast.deputy, attention_reason="另有反映", revision=1)
        assert AttentionDecision.objects.count() == 1

    @pytest.mark.parametrize("role", ["member", "archivist", "outsider", "office_head", "town", "sysadmin"])
    def test_others_do_not_decide(self, cast, profile, role):
        with pytest.raises(NotAllowed):
            decide(cast, "key", actor=getattr(cast, role), attention_reason="理由")

    def test_the_profile_form_does_not_set_the_class(self, client, cast, profile):
        client.force_login(cast.member)
        sent = {"revision": "1", "households": "612", "attention_class": "general"}
        client.post(reverse("prep:profile_edit", args=[cast.inspection.pk]), sent)
        assert VillageProfile.objects.get().attention_class == ""

    def test_pages_show_the_proposal_the_decision_and_the_difference(self, client, cast, profile):
        other = next(value for value in AttentionClass.values if value != proposed(cast).attention)
        client.force_login(cast.leader)
        sent = {"revision": "1", "seen": proposed(cast).attention, "attention_class": other}
        address = reverse("prep:attention_decide", args=[cast.inspection.pk])
        assert client.post(address, sent).status_code == 422
        assert client.post(address, sent | {"attention_reason": "群众反映集中"}).status_code == 302
        page = client.get(reverse("prep:village", args=[cast.inspection.pk])).content.decode()
        assert "群众反映集中" in page and "怎么算的" in page
        listed = client.get(
            reverse("prep:attention_overview") + "?state=differs&sort=-decided"
        ).content.decode()
        assert "云溪村" in listed and "群众反映集中" in listed
        assert "柳巷村" not in listed, "the other team's village"
