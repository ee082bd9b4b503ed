"""Papers of ratings and tests, read by a second reader; made in the background by the rights of who asks."""

import io

import docx
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from core.errors import ServiceError
from core.jobs.registry import find, may_have
from core.models.jobs import Job
from surveys import services
from surveys.documents import knowledge as test_documents
from surveys.documents import rating as documents
from surveys.selectors import knowledge, rating_papers
from tests.surveys.ballots import PEOPLE, locked, open_rating, reload, sheet
from tests.surveys.exams import issue, open_test
from tests.surveys.exams import reload as reload_test

pytestmark = pytest.mark.django_db
ROWS = [[n, "党员代表" if n % 3 else "普通群众", "好", "较好", "一般", "差"] for n in range(1, 41)]


def words(content):
    """All text of a Word file: paragraphs and cells."""
    read = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in read.paragraphs), *cells])


def test_the_ballot_names_everybody_with_boxes_and_no_voter(cast):
    content = documents.ballot_docx(rating_papers.ballot_paper(reload(open_rating(cast)), clock.today()))
    text = words(content)
    assert all(name in text and post in text for name, post in PEOPLE) and "两委班子" in text
    assert text.count("□") >= 5 * (len(PEOPLE) + 1) and "不记姓名" in text


def test_count_sheets_are_printed_empty_and_filled_with_both_signers(cast):
    rating = open_rating(cast)
    marks = {str(n): [37, 2, 1, 0, 0, 0] for n in range(1, 5)}
    sheet(rating, 40, "party", way="counted", marks=marks, counter=cast.member, second=cast.deputy)
    blank = words(
        documents.counts_docx(rating_papers.count_paper(reload(rating), clock.today(), filled=False))
    )
    filled = words(
        documents.counts_docx(rating_papers.count_paper(reload(rating), clock.today(), filled=True))
    )
    assert "37" in filled and "计票人：组员" in filled and "监票人：副组长" in filled
    assert "37" not in blank and "江予安" in blank


def test_the_results_are_in_word_and_excel_as_on_the_page(cast):
    rating = reload(locked(cast, ROWS))
    paper = rating_papers.result_paper(cast.member, rating, clock.today())
    text = words(documents.results_docx(paper))
    assert "（40×100＋0×80＋0×60＋0×40）÷40＝100.00" in text and rating.result_hash in text
    book = load_workbook(io.BytesIO(documents.results_xlsx(paper)))
    rows = list(book["测评结果"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[1], row[10]) for row in rows[:4]] == [
        ("—", "村（社区）两委班子", 100), (1, "江予安", 80), (2, "严修竹", 60), (3, "钟怀瑾", 40),
    ]  # fmt: skip
    assert {row[1] for row in book["各类人员"].iter_rows(min_row=4, values_only=True)} >= {
        "党员代表",
        "普通群众",
    }


def test_results_cannot_be_asked_for_before_they_are_locked(cast):
    with pytest.raises(ServiceError, match="锁定以后"):
        services.request_rating_paper(actor=cast.leader, rating=open_rating(cast), kind="results_word")


def test_question_papers_have_no_keys_and_the_key_sheet_has_them_all(cast):
    test = open_test(cast)
    first, second = issue(test, "江予安", "严修竹")
    row = reload_test(test)
    papers = words(test_documents.papers_docx(knowledge.paper_set(row, clock.today(), with_key=False)))
    keys = words(test_documents.papers_docx(knowledge.paper_set(row, clock.today(), with_key=True)))
    short = first.items.get(kind="short")
    assert first.seed in papers and second.name in papers and "答题卡" in papers
    assert short.key not in papers and "【答案】" not in papers
    assert short.key in keys and keys.count("【答案】") == first.items.count() + second.items.count()


def test_papers_are_made_in_the_background_and_only_for_who_sees_the_village(client, cast):
    rating = open_rating(cast)
    client.force_login(cast.member)
    client.post(reverse("surveys:rating_paper", kwargs={"pk": rating.pk}), {"kind": "ballot"})
    job = Job.objects.get(kind="surveys.rating_paper")
    for role, allowed in (("member", True), ("office_clerk", True), ("outsider", False), ("village", False)):
        assert may_have(job.kind, getattr(cast, role), job.args) is allowed, role
    assert find("surveys.bank_export").allowed(cast.village) is False
