"""Everyday words find the rules they are about, in the list and beside the basis; others find what they did before."""

import pytest

from core import clock
from core.audit import SYSTEM
from prep.models import Regulation
from prep.selectors.citation_search import search_citations
from prep.selectors.rule_words import about, everyday_words
from prep.selectors.rulebook import BookFilters, book_list
from prep.services import load_rule_book
from villages.services import seed_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cast):
    seed_reference(actor=SYSTEM)
    load_rule_book(actor=SYSTEM)


def titles(viewer, word):
    return {line.regulation.title for line in book_list(viewer, BookFilters(q=word), clock.today()).page.rows}


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("三资", "中华人民共和国农村集体经济组织法"),
        ("公款吃喝", "党政机关厉行节约反对浪费条例"),
        ("微腐败", "农村基层干部廉洁履行职责规定"),
        ("优亲厚友", "最低生活保障审核确认办法"),
        ("村账镇管", "农村集体经济组织财务制度"),
        ("四议两公开", "中国共产党农村基层组织工作条例"),
        ("低保", "最低生活保障审核确认办法"),
        ("危房改造", "社会救助暂行办法"),
        ("村级三资管理", "中华人民共和国农村集体经济组织法"),
    ],
)
def test_an_everyday_word_finds_its_rule_in_the_list_and_beside_the_basis(book, cast, word, title):
    assert title in titles(cast.member, word)
    found = search_citations(cast.member, word, today=clock.today())
    assert found and {choice.regulation.title for choice in found} <= titles(cast.member, word)


def test_every_word_of_the_table_leads_to_a_rule_of_the_book(book):
    for said, meant in everyday_words().items():
        assert meant
        for text in meant:
            assert Regulation.objects.filter(about(text)).exists(), f"{said}：{text}"


def test_words_of_rules_themselves_find_no_more_than_they_say(book, cast):
    assert titles(cast.member, "会计档案") == {"会计档案管理办法"}
    assert titles(cast.member, "没有这样的") == set()
    assert titles(cast.member, "低保 没有这样的") == set()
