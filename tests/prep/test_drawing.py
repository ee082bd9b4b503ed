"""What an outline is drawn from: items first, facts, the bank; and what must not show through."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prep.models import BankQuestion, Origin, OutlineLine, Scope, TargetCategory, TargetKind, WatchStatus
from prep.rules.outline import traces
from prep.selectors.drawing import candidates
from prep.selectors.facts import committee, fact_sheet
from prep.selectors.posts import holders
from tests.prep.lists import make_item, save_profile
from tests.prep.outlines import draw, kind, seed, texts
from villages.models import Category

pytestmark = pytest.mark.django_db


def category(cast, code):
    return Category.objects.get(scheme=cast.scheme, code=code)


def item(cast, title, code, **over):
    return make_item(cast.inspection, title=title, category=category(cast, code), **over)


# --- the bank that comes with the product -----------------------------------------------------------------


def test_the_bank_holds_enough_open_questions_and_every_kind_has_its_own():
    seed()
    asked = list(BankQuestion.objects.filter(for_item=False))
    assert len(asked) >= 150
    assert len({row.text for row in asked}) == len(asked)
    codes = set(TargetKind.objects.values_list("code", flat=True))
    assert {code for row in BankQuestion.objects.all() for code in row.kinds} == codes
    for code in codes:
        sections = {row.section for row in asked if code in row.kinds}
        assert sections == {"opening", "topic", "closing"}, code


def test_no_question_of_the_bank_gives_anybody_away():
    seed()
    assert [(row.code, found) for row in BankQuestion.objects.all() if (found := traces(row.text))] == []


def test_questions_for_shielded_people_never_show_the_title_of_an_item():
    seed()
    for row in BankQuestion.objects.filter(for_item=True):
        if "petitioner" in row.kinds:
            assert "{问题}" not in row.text, row.code


def test_every_kind_counts_as_a_kind_of_talk_and_loading_again_changes_nothing():
    seed()
    TargetKind.objects.filter(code="villager").update(name="村民")
    seed()
    assert TargetKind.objects.get(code="villager").name == "村民"
    assert set(TargetKind.objects.values_list("talk_category", flat=True)) == set(TargetCategory.values)


# --- order and origin -------------------------------------------------------------------------------------


def test_individual_items_come_first_and_must_be_asked_common_ones_of_a_field_share_a_question(cast):
    common = [item(cast, f"资金问题{n}", "E1") for n in range(1, 5)]
    own = item(cast, "鱼塘租金去向", "E3", scope=Scope.INDIVIDUAL)
    outline = draw(cast, "secretary")
    lines = list(outline.lines.order_by("seq").prefetch_related("items"))
    drawn = [line for line in lines if line.origin == "item"]
    assert [(line.must, [row.seq for row in line.items.all()]) for line in drawn] == [
        (True, [own.seq]),
        (False, [row.seq for row in common[:3]]),
        (False, [common[3].seq]),
    ]
    assert "“鱼塘租金去向”" in drawn[0].text
    assert "“资金问题1”、“资金问题2”、“资金问题3”" in drawn[1].text
    assert [line.section for line in lines[:3]] == ["opening"] * 3
    assert lines[-1].section == "closing"
    assert (drawn[0].section, drawn[1].section) == ("focus", "topic")
    assert drawn[1].category.code == "E1"


def test_an_item_goes_only_to_people_whose_business_it_is_and_only_while_it_is_open(cast):
    item(cast, "未按规定发展党员", "C2", scope=Scope.INDIVIDUAL)
    item(cast, "白条入账", "E1", scope=Scope.INDIVIDUAL)
    item(cast, "已查清的事", "E1", scope=Scope.INDIVIDUAL, status=WatchStatus.CLEARED)
    said = "".join(texts(draw(cast, "accountant")))
    assert "白条入账" in said
    assert "未按规定发展党员" not in said and "已查清的事" not in said


def test_without_any_item_the_bank_alone_gives_a_whole_talk(cast):
    outline = draw(cast, "secretary")
    assert set(outline.lines.values_list("origin", flat=True)) == {"bank"}
    # Opening three, one for each of the five aspects and for rectification, closing three.
    assert outline.lines.count() == 12


def test_facts_carry_their_figures_and_the_question_stands_before_the_common_items(cast):
    save_profile(
        cast,
        years=[
            {"year": 2024, "income": Decimal(860_000), "expense": Decimal(870_000)},
            {"year": 2025, "income": Decimal(900_000), "expense": Decimal(910_000)},
        ],
    )
    item(cast, "大额现金支付", "E1")
    lines = list(draw(cast, "accountant").lines.order_by("seq"))
    fact = next(line for line in lines if line.origin == "fact")
    assert fact.fact.startswith("2024年收入86.00万元、支出87.00万元；2025年收入90.00万元、支出91.00万元")
    assert fact.must and fact.why and fact.source == "fact:deficit:2025"
    assert fact.seq < next(line.seq for line in lines if line.origin == "item")


# --- what must not show through ---------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["村民举报书记私分征地款", "有人反映低保不公", "信访件反映鱼塘低价发包"])
def test_a_title_that_tells_of_a_report_is_never_read_out(cast, title):
    own = item(cast, title, "E1", scope=Scope.INDIVIDUAL)
    line = OutlineLine.objects.get(outline=draw(cast, "secretary"), items=own)
    assert title not in line.text and "“资金”" in line.text


def test_a_clue_from_the_survey_is_asked_by_its_field_only(cast):
    own = item(cast, "三组水渠没修好", "E4", scope=Scope.INDIVIDUAL, origin=Origin.CLUE)
    line = OutlineLine.objects.get(outline=draw(cast, "secretary"), items=own)
    assert "水渠" not in line.text and "“工程”" in line.text


def test_people_who_came_with_a_complaint_are_asked_about_fields_and_nothing_of_the_list_or_the_figures(cast):
    save_profile(cast)
    item(cast, "鱼塘租金去向", "E3", scope=Scope.INDIVIDUAL)
    item(cast, "合同到期未收回", "E3")
    outline = draw(cast, "petitioner")
    said = "".join(texts(outline))
    assert "鱼塘" not in said and "合同到期" not in said and "“资源合同”" in said
    assert not outline.lines.filter(origin="fact").exists()
    assert outline.lines.filter(origin="item").count() == 1


# --- people in the committee list -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "kinds"),
    [
        ("党组织书记、村（居）委会主任", {"secretary", "director"}),
        ("党总支书记", {"secretary"}),
        ("副书记", {"committee"}),
        ("驻村第一书记", set()),
        ("村民委员会主任", {"director"}),
        ("村委会副主任", {"committee"}),
        ("村务监督委员会主任", {"supervisor"}),
        ("委员、报账员", {"committee", "accountant"}),
        ("第三村民小组组长", {"group_head"}),
    ],
)
def test_posts_tell_who_is_who(cast, post, kinds):
    seed()
    save_profile(cast, members=[{"name": "江予安", "post": post}])
    people = committee(cast.member, cast.inspection)
    assert {row.code for row in TargetKind.objects.all() if holders(row, people)} == kinds


def test_one_person_in_both_posts_is_seen_and_people_who_left_are_not(cast):
    seed()
    save_profile(
        cast,
        members=[
            {"name": "江予安", "post": "书记、村委会主任"},
            {"name": "许晚舟", "post": "书记、村委会主任", "to_on": "2020-01-01"},
        ],
    )
    assert fact_sheet(cast.member, cast.inspection).both_posts == ("江予安",)


def test_drawing_costs_the_same_for_one_item_and_for_twenty(cast):
    seed()
    item(cast, "第一件", "E1")

    def cost():
        with CaptureQueriesContext(connection) as captured:
            candidates(cast.member, cast.inspection, kind("secretary"))
        return len(captured)

    before = cost()
    for number in range(20):
        item(cast, f"第{number}件", "E3")
    assert cost() == before
