"""Word and Excel files of ratings and knowledge tests; what the asker may see decides again when the job runs."""

from collections.abc import Callable
from typing import Any

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from surveys.documents import knowledge as test_documents
from surveys.documents import rating as rating_documents
from surveys.models import Kind, KnowledgeTest, Question, Rating
from surveys.models.knowledge import JUDGEMENTS
from surveys.rules.knowledge import can_read_bank
from surveys.selectors import knowledge, rating_papers
from villages.models import User

_GONE = "这份记录已不在您可以看的范围内，没有生成。"
_LOCKED = "结果还没有锁定，或票数太少不公布，没有生成。"


def _may_have_bank(user: User) -> bool:
    return bool(can_read_bank(user))


@job("surveys.bank_export", title="导出知识测试题库", allowed=_may_have_bank)
def bank_export(ctx: JobContext) -> StoredFile:
    """The bank as a workbook in the form in which it can be imported again."""
    asker = User.objects.get(pk=ctx.actor_id)
    if not can_read_bank(asker):
        raise ServiceError(_GONE)
    rows = knowledge.questions(asker, knowledge.BankFilters())
    content = test_documents.bank_xlsx([_question(row) for row in rows], clock.today())
    return ctx.store("知识测试题库.xlsx", content)


def _question(row: Question) -> test_documents.BankRow:
    judged = {"A": JUDGEMENTS[0], "B": JUDGEMENTS[1]} if row.kind == Kind.JUDGE else {}
    return test_documents.BankRow(
        code=row.code, topic=row.get_topic_display(), kind=row.get_kind_display(),
        difficulty=row.get_difficulty_display(), text=row.text, options=tuple(row.options),
        key=judged.get(row.key, row.key), active=row.active,
    )  # fmt: skip


def _may_have_rating(user: User, rating: str, kind: str) -> bool:
    return Rating.objects.visible_to(user).filter(pk=rating).exists()


def _may_have_test(user: User, test: str, kind: str) -> bool:
    return KnowledgeTest.objects.visible_to(user).filter(pk=test).exists()


@job("surveys.rating_paper", title="生成民主测评文件", allowed=_may_have_rating)
def rating_paper(ctx: JobContext, rating: str, kind: str) -> StoredFile:
    """One paper of a rating: its ballot, its count sheets, its results."""
    asker = User.objects.get(pk=ctx.actor_id)
    rows = Rating.objects.visible_to(asker).select_related("village", "round__district", "team")
    row = rows.filter(pk=rating).first()
    if row is None:
        raise ServiceError(_GONE)
    name, content = _RATING[kind](asker, row)
    return ctx.store(name, content)


def _results(asker: Any, row: Rating, render: Callable[[Any], bytes], extension: str) -> tuple[str, bytes]:
    paper = rating_papers.result_paper(asker, row, clock.today())
    if paper is None:
        raise ServiceError(_LOCKED)
    return f"{row.village.name}民主测评结果.{extension}", render(paper)


_RATING: dict[str, Callable[[Any, Rating], tuple[str, bytes]]] = {
    "ballot": lambda asker, row: (
        f"{row.village.name}民主测评票.docx",
        rating_documents.ballot_docx(rating_papers.ballot_paper(row, clock.today())),
    ),
    "blank_count": lambda asker, row: (
        f"{row.village.name}民主测评计票单（空白）.docx",
        rating_documents.counts_docx(rating_papers.count_paper(row, clock.today(), filled=False)),
    ),
    "counts": lambda asker, row: (
        f"{row.village.name}民主测评计票单.docx",
        rating_documents.counts_docx(rating_papers.count_paper(row, clock.today(), filled=True)),
    ),
    "results_word": lambda asker, row: _results(asker, row, rating_documents.results_docx, "docx"),
    "results_excel": lambda asker, row: _results(asker, row, rating_documents.results_xlsx, "xlsx"),
}


@job("surveys.test_file", title="生成知识测试文件", allowed=_may_have_test)
def knowledge_file(ctx: JobContext, test: str, kind: str) -> StoredFile:
    """One paper of a test: the question papers, the same with their keys, the table of marks."""
    asker = User.objects.get(pk=ctx.actor_id)
    rows = KnowledgeTest.objects.visible_to(asker).select_related("village", "round__district", "team")
    row = rows.filter(pk=test).first()
    if row is None:
        raise ServiceError(_GONE)
    stem, day = f"{row.village.name}{row.title}", clock.today()
    if kind in ("papers", "keys"):
        content = test_documents.papers_docx(knowledge.paper_set(row, day, with_key=kind == "keys"))
        return ctx.store(f"{stem}{'试卷和答题卡' if kind == 'papers' else '答案'}.docx", content)
    table = knowledge.mark_table(asker, row, day)
    if kind == "marks_word":
        return ctx.store(f"{stem}成绩表.docx", test_documents.marks_docx(table))
    return ctx.store(f"{stem}成绩表.xlsx", test_documents.marks_xlsx(table))
