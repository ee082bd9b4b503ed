"""Words in the review list: found by whatever way is cheaper, the rows are those that a plain reading finds."""

import pytest
from django.db import connection

from core.ids import uuid7
from findings.models import Finding
from findings.selectors.review import ReviewFilters, papers_of, review_list, with_words
from tests.findings import papers
from villages.models import spine

pytestmark = pytest.mark.django_db

TEXTS = {
    "鼋头渚合同": "渔船𠮷利号未登记，𬭎某签字",
    "白条入账12笔": "Excel台账与QL凭证不符，差额100%，见a_b表",
    "路径": r"共享盘 C:\账套\2024 未备份",
    "低保动态调整": "第一行\n换行后继续，低保户未退出",
    "公示单": "Ａ栏全角字，It's 原文，“引号”",
    "跨两栏不": "算一个词",
}
# Enough papers that words are not simply read through; the word that all of them have is common.
FILLERS = 1_100


@pytest.fixture
def many(cast):
    common = {"inspection": cast.inspection, "handler": cast.member, "category": papers.category(cast, "E")}
    common |= spine(cast.inspection) | {"prepared_on": cast.round.starts_on}
    rows = [
        Finding(id=uuid7(), title=f"村务公开第{n}项", summary="未按规定公开。", **common)
        for n in range(FILLERS)
    ]
    rows += [Finding(id=uuid7(), title=title, summary=text, no=f"青巡X-{n}", **common)
             for n, (title, text) in enumerate(TEXTS.items())]  # fmt: skip
    Finding.objects.bulk_create(rows)
    return cast


def read_through(cast, words):
    """What a plain reading of every paper finds."""
    found = set()
    for row in Finding.objects.select_related("village"):
        places = [text.lower() for text in (row.title, row.no, row.summary, row.village.name)]
        if all(any(word.lower() in place for place in places) for word in words.split()[:5]):
            found.add(row.pk)
    return found


WORDS = [
    "低保", "鼋头", "鼋", "𠮷利", "𬭎", "𠮷", "公开", "村", "白条 12", "低保 公开", "公开 第7项", "excel", "EXCEL",
    "ql凭", "100%", "%", "_", "a_b", "a%b", "\\", "C:\\账", "'", "It's", "“引", "青巡x-1", "饕餮", "保户未退出", "不算",
    "不\n算", "云溪", "云溪 鼋头", "低 保 户 未 退 饕", "",
]  # fmt: skip


def test_what_is_found_is_what_a_plain_reading_finds(many):
    rows = papers_of(many.leader, many.round)
    found = {words: set(with_words(rows, words).values_list("pk", flat=True)) for words in WORDS}
    assert {words: keys for words, keys in found.items() if keys != read_through(many, words)} == {}
    assert {words for words, keys in found.items() if not keys} == {"低保 公开", "饕餮", "不算", "a%b"}


def test_letters_beyond_ascii_are_found_as_written(many):
    assert with_words(papers_of(many.leader, many.round), "Ａ栏").count() == 1


def test_list_and_counts_tell_of_the_same_papers(many):
    listed = review_list(many.leader, many.round, ReviewFilters.read({"q": "低保"}))
    assert [row.title for row in listed.page.rows] == ["低保动态调整"]
    assert (listed.count, listed.total, listed.states) == (1, 1, {"draft": 1})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="an index of PostgreSQL")
def test_a_rare_word_is_looked_up_and_a_common_one_is_not(many):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE findings_finding")
        cursor.execute("SET LOCAL enable_seqscan = off")
    rows = papers_of(many.office_head, many.round)
    assert "finding_grams" in with_words(rows, "鼋头").order_by("id")[:31].explain()
    assert "core_grams" not in with_words(rows, "公开").order_by("id")[:31].explain()


# --- counts of very many papers ---------------------------------------------------------------------------


def test_counts_are_exact_up_to_the_limit_and_tell_when_they_are_not(many):
    exact = review_list(many.leader, many.round, ReviewFilters(), exact=FILLERS + len(TEXTS))
    capped = review_list(many.leader, many.round, ReviewFilters(), exact=FILLERS)
    assert (exact.count, exact.states) == (FILLERS + len(TEXTS), {"draft": FILLERS + len(TEXTS)})
    assert (capped.count, capped.total, capped.all_states) == ("1000+", f"{FILLERS}+", "1000+")
    assert {state: n for state, n in capped.states.items() if n} == {"draft": "1000+"}
    assert (capped.key_count, capped.weak_count) == (0, "1000+")
    assert [(row["label"], row["count"]) for row in capped.categories if row["count"]] == [
        ("纪律建设", "1000+")
    ]
    assert [row.pk for row in capped.page.rows] == [row.pk for row in exact.page.rows]


def test_beyond_the_limit_choices_are_kept_and_small_numbers_exact(many):
    Finding.objects.filter(title__in=TEXTS).update(severity="key", strength=2)
    found = review_list(many.leader, many.round, ReviewFilters(severity="key"), exact=FILLERS)
    assert (found.count, found.all_states, found.states["draft"], found.weak_count) == (6, 6, 6, 0)
    word = review_list(many.leader, many.round, ReviewFilters(q="公开"), exact=FILLERS - 1)
    assert (word.count, word.all_states, word.villages[0]["count"]) == ("100+", None, None)
    rare = review_list(many.leader, many.round, ReviewFilters(q="低保", severity="key"), exact=FILLERS)
    assert (rare.count, rare.key_count) == (1, 1 if connection.vendor == "postgresql" else None)
