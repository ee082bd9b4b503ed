"""The list of traits, who was in office when, the years beside the neighbours', and the profile as a Word paper."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document

from core.errors import NotAllowed, ServiceError, StaleRecord
from prep import services
from prep.documents.dossier import dossier_docx
from prep.models import CommitteeMember, Trait, VillageProfile, VillageProject, YearFigure
from prep.selectors import in_office
from prep.selectors.dossier import dossier_facts
from prep.selectors.profile import village_knowledge
from prep.selectors.terms import term_warnings
from prep.selectors.traits import trait_lines
from prep.selectors.years import years_view
from tests.factories import make_inspection, make_village
from tests.prep.lists import PROFILE, save_profile
from tests.prep.test_pages import SHEET, at, row_fields

pytestmark = pytest.mark.django_db


# --- traits -----------------------------------------------------------------------------------------------


def test_the_nine_kinds_of_before_are_there_by_their_codes():
    codes = set(Trait.objects.values_list("code", flat=True))
    assert codes >= {
        "market_town", "industry", "farming", "merged", "strong", "weak", "construction", "land", "community",
    }  # fmt: skip


def test_a_renamed_kind_is_renamed_everywhere_and_a_retired_one_stays_where_it_was_used(client, cast):
    save_profile(cast)
    trait = Trait.objects.get(code="farming")
    services.edit_trait(
        actor=cast.office_clerk, trait=trait, revision=1, values={"label": "种养型", "active": False}
    )
    client.force_login(cast.member)
    assert "种养型" in client.get(at("village", cast.inspection)).content.decode()
    assert "种养型" in client.get(at("profile_edit", cast.inspection)).content.decode()
    other = make_inspection(cast.team, make_village(cast.town_place))
    assert "种养型" not in client.get(at("profile_edit", other)).content.decode()
    (line,) = [line for line in trait_lines(cast.member) if line["row"].code == "farming"]
    assert line["villages"] == 1


def test_a_new_kind_can_be_chosen_and_a_name_is_given_once(client, cast):
    client.force_login(cast.office_clerk)
    client.post(reverse("prep:trait_add"), {"label": "水库移民村", "order": "200", "active": "on"})
    trait = Trait.objects.get(label="水库移民村")
    save_profile(cast, values=PROFILE | {"traits": [trait.code]})
    answer = client.post(reverse("prep:trait_add"), {"label": "农业型", "order": "1"})
    assert answer.status_code == 422 and "已有名为" in answer.content.decode()


def test_only_the_office_keeps_the_list_and_two_editors_notice_each_other(cast):
    trait = Trait.objects.get(code="land")
    for role in ("leader", "town", "sysadmin"):
        with pytest.raises(NotAllowed):
            services.add_trait(actor=getattr(cast, role), label="新类")
    services.edit_trait(actor=cast.office_clerk, trait=trait, revision=1, values={"order": 5})
    with pytest.raises(StaleRecord):
        services.edit_trait(
            actor=cast.office_head, trait=Trait.objects.get(code="land"), revision=1, values={"order": 6}
        )


def test_a_code_nobody_knows_is_refused(cast):
    with pytest.raises(ServiceError, match="不在可选范围"):
        save_profile(cast, values=PROFILE | {"traits": ["nowhere"]})


# --- people in office -------------------------------------------------------------------------------------


def member(cast, name, post, start=None, end=None, **over):
    day = {"from_on": start and dt.date(*start), "to_on": end and dt.date(*end)}
    return CommitteeMember.objects.create(village=cast.village_place, name=name, post=post, **day, **over)


@pytest.fixture
def register(cast):
    member(cast, "甲", "党总支书记", (2015, 3, 1), (2021, 3, 1))
    member(cast, "乙", "党总支书记", (2021, 3, 1))
    member(cast, "丙", "村委会委员", None, (2018, 6, 30))
    member(cast, "丁", "报账员")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((2016, 5, 1), None, {"甲", "丙", "丁"}),
        ((2019, 1, 1), None, {"甲", "丁"}),
        ((2021, 3, 1), None, {"甲", "乙", "丁"}),
        ((2021, 3, 2), None, {"乙", "丁"}),
        ((2018, 6, 1), (2021, 6, 1), {"甲", "乙", "丙", "丁"}),
        ((2014, 1, 1), (2014, 12, 31), {"丙", "丁"}),
    ],
)
def test_who_was_in_office_on_a_day_or_during_a_period(cast, register, start, end, expected):
    found = in_office(cast.member, cast.village_place, dt.date(*start), end and dt.date(*end))
    assert {holder.name for holder in found} == expected
    assert {holder.name for holder in found if not holder.certain} == expected & {"丙", "丁"}


def test_who_sees_nothing_of_the_village_learns_of_nobody(cast, register):
    assert in_office(cast.town, cast.village_place, dt.date(2020, 1, 1)) == []


def person(name, post, start, end=None, **over):
    return CommitteeMember(name=name, post=post, from_on=dt.date(*start), to_on=end and dt.date(*end), **over)


@pytest.mark.parametrize(
    ("rows", "warned"),
    [
        (
            [
                person("甲", "党总支书记", (2015, 1, 1), (2021, 3, 1)),
                person("乙", "党总支书记", (2021, 3, 1)),
            ],
            False,
        ),
        ([person("甲", "党总支书记", (2015, 1, 1)), person("乙", "党支部书记", (2021, 3, 1))], True),
        ([person("甲", "党总支书记", (2015, 1, 1)), person("乙", "党总支副书记", (2021, 3, 1))], False),
        ([person("甲", "书记、主任", (2020, 1, 1)), person("乙", "村委会主任", (2021, 3, 1))], True),
        ([person("甲", "村委会主任", (2020, 1, 1)), person("乙", "监委会主任", (2021, 3, 1))], False),
        ([person("甲", "第一书记", (2020, 1, 1)), person("乙", "党支部书记", (2021, 3, 1))], False),
    ],
)
def test_two_holders_of_one_post_are_pointed_out(rows, warned):
    assert bool(term_warnings(rows)) is warned


def test_nobody_sits_in_the_committee_and_supervises_it():
    rows = [
        person("甲", "村委会委员", (2020, 1, 1), body="committee"),
        person("甲", "监委会委员", (2021, 1, 1), body="supervision"),
    ]
    assert "不能兼任" in term_warnings(rows)[0]


def test_overlapping_terms_are_saved_and_warned_about(client, cast):
    rows = [
        {"name": "江予安", "post": "党总支书记", "from_on": "2015-03-01", "to_on": ""},
        {"name": "许晚舟", "post": "党总支书记", "from_on": "2021-03-01", "to_on": ""},
    ]
    sheet = {key: value for key, value in SHEET.items() if not key.startswith("committee")}
    client.force_login(cast.member)
    client.post(at("profile_edit", cast.inspection), sheet | row_fields("committee", rows))
    assert CommitteeMember.objects.count() == 2
    assert "任期重叠" in client.get(at("village", cast.inspection)).content.decode()


# --- projects and welfare ---------------------------------------------------------------------------------


def test_projects_and_the_new_counts_travel_through_the_form(client, cast):
    rows = [
        {"year": "2024", "name": "村道硬化", "funding": "镇补助", "amount": "465000", "contractor": "同和公司",
         "state": "built"}
    ]  # fmt: skip
    client.force_login(cast.member)
    sent = (
        SHEET
        | row_fields("projects", rows)
        | {"minimum_households": "31", "prior_count": "4", "assets": "鱼塘"}
    )
    assert client.post(at("profile_edit", cast.inspection), sent).status_code == 302
    row = VillageProject.objects.get()
    assert (row.year, row.name, row.amount, row.state) == (2024, "村道硬化", Decimal("465000.00"), "built")
    profile = VillageProfile.objects.get()
    assert (profile.minimum_households, profile.prior_count, profile.assets) == (31, 4, "鱼塘")
    page = client.get(at("village", cast.inspection)).content.decode()
    assert "村道硬化" in page and "465,000.00" in page


def test_two_people_at_the_projects_notice_each_other(cast):
    save_profile(cast)
    save_profile(cast, revision=1, projects=[{"year": 2024, "name": "村道硬化"}])
    with pytest.raises(StaleRecord):
        save_profile(cast, revision=1, projects=[])
    assert VillageProject.objects.count() == 1


# --- years ------------------------------------------------------------------------------------------------


def figure(village, year, income, petitions=None):
    return YearFigure.objects.create(village=village, year=year, income=income, petitions=petitions)


def test_five_years_are_shown_with_the_gap_in_words(cast):
    rows = [figure(cast.village_place, 2022, 100), figure(cast.village_place, 2025, 200)]
    view = years_view(rows, cast.village_place, 2025)
    assert [line.year for line in view.lines] == [2021, 2022, 2023, 2024, 2025]
    assert view.gap.startswith("缺2021年、2023年、2024年的数据；支出缺2022年、2025年")
    assert view.money_chart["xAxis"]["data"] == ["2021年", "2022年", "2023年", "2024年", "2025年"]


def test_the_middle_of_town_and_district_stands_beside_and_tells_of_no_single_village(cast):
    own = figure(cast.village_place, 2025, Decimal(300_000), 3)
    for income, petitions in ((Decimal(100_000), 1), (Decimal(500_000), 8)):
        figure(make_village(cast.town_place, population=1000), 2025, income, petitions)
    type(cast.village_place).objects.filter(pk=cast.village_place.pk).update(population=1000)
    cast.village_place.refresh_from_db()
    last = years_view([own], cast.village_place, 2025).lines[-1]
    assert (last.per_head, last.town["head"], last.town["petitions"]) == (300, 300, 3)
    far = make_village(cast.other_town_place, population=1000)
    last = years_view([figure(far, 2025, Decimal(900_000), 9)], far, 2025).lines[-1]
    assert last.town["head"] is None, "one village of the town has figures"
    assert (last.district["head"], last.district["petitions"]) == (400, Decimal("5.5"))


def test_without_figures_the_page_says_what_to_do_first(client, cast):
    save_profile(cast, years=[])
    client.force_login(cast.member)
    assert "先向镇（街道）要近五年" in client.get(at("village", cast.inspection)).content.decode()


def test_the_villages_page_costs_the_same_with_few_and_with_many_rows(
    client, cast, django_assert_max_num_queries
):
    save_profile(cast)
    client.force_login(cast.member)

    def cost():
        client.get(at("village", cast.inspection))
        with django_assert_max_num_queries(60) as captured:
            assert client.get(at("village", cast.inspection)).status_code == 200
        return len(captured)

    before = cost()
    years = [{"year": year, "income": Decimal(year)} for year in range(2015, 2026)]
    projects = [{"year": 2024, "name": f"项目{n}"} for n in range(4)]
    save_profile(
        cast, years=years, projects=projects, members=[{"name": f"人{n}", "post": "委员"} for n in range(6)]
    )
    for _ in range(3):
        figure(make_village(cast.town_place, population=900), 2024, 1000)
    # Saving again leaves a further entry in the history, which is read in one query.
    assert cost() == before


# --- the paper --------------------------------------------------------------------------------------------


def test_the_profile_as_word_holds_what_the_page_shows_and_only_for_who_may_see_it(cast):
    projects = [{"year": 2024, "name": "村道硬化", "amount": Decimal(465000)}]
    save_profile(cast, values=PROFILE | {"minimum_households": 31, "note": "重点看合同"}, projects=projects)
    facts = dossier_facts(cast.member, cast.inspection)
    content = dossier_docx(facts)
    assert content == dossier_docx(facts)
    text = "\n".join(
        cell.text
        for table in Document(io.BytesIO(content)).tables
        for row in table.rows
        for cell in row.cells
    )
    for expected in (
        "云溪村",
        "612",
        "农业型",
        "江予安",
        "912,000.00",
        "村道硬化",
        "465,000.00",
        "重点看合同",
        "31",
    ):
        assert expected in text, expected
    assert dossier_facts(cast.outsider, cast.inspection) is None
    assert village_knowledge(cast.outsider, cast.village_place).members == []
