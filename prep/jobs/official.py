"""Official papers, meeting records and data letters as files, made in the background."""

from typing import Any

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from core.office.official import official_docx
from prep.documents.letters import register_xlsx
from prep.documents.meetings import minutes_docx
from prep.models import DataLetter, FocusMeeting, OfficialPaper
from prep.selectors.files import letter_text, minutes, paper_text, register_lines, reminder_text
from villages.models import Round, User

_GONE = "这份材料已不在您可以看的范围内，没有生成。"


def _asker(ctx: JobContext) -> User | None:
    return User.objects.filter(pk=ctx.actor_id).first() if ctx.actor_id else None


def _found(model: Any, user: User | None, key: str) -> Any:
    return model.objects.visible_to(user).filter(pk=key).first()


def _demand(model: Any, ctx: JobContext, key: str) -> Any:
    row = _found(model, _asker(ctx), key)
    if row is None:
        raise ServiceError(_GONE)
    return row


def _may_have_paper(user: User, paper: str) -> bool:
    return _found(OfficialPaper, user, paper) is not None


def _may_have_meeting(user: User, meeting: str) -> bool:
    return _found(FocusMeeting, user, meeting) is not None


def _may_have_letter(user: User, letter: str) -> bool:
    return _found(DataLetter, user, letter) is not None


def _may_have_register(user: User, round: str) -> bool:
    return _found(Round, user, round) is not None


@job("prep.official_paper", title="生成巡察公文 Word", allowed=_may_have_paper)
def official_paper(ctx: JobContext, **args: Any) -> StoredFile:
    """One official paper, as drafted or as issued."""
    row = _demand(OfficialPaper, ctx, args["paper"])
    text = paper_text(row, clock.today())
    return ctx.store(f"{row.title}{'（草稿）' if text.draft else ''}.docx", official_docx(text))


@job("prep.minutes", title="生成会议记录 Word", allowed=_may_have_meeting)
def meeting_minutes(ctx: JobContext, **args: Any) -> StoredFile:
    """One meeting's record, with the villages open to the asker."""
    row = _demand(FocusMeeting, ctx, args["meeting"])
    return ctx.store(f"{row.team.name} {row.name}.docx", minutes_docx(minutes(_asker(ctx), row)))


@job("prep.letter", title="生成部门函 Word", allowed=_may_have_letter)
def letter(ctx: JobContext, **args: Any) -> StoredFile:
    """One letter to a department."""
    row = _demand(DataLetter, ctx, args["letter"])
    return ctx.store(f"{row} {row.doc_no}.docx", official_docx(letter_text(row)))


@job("prep.letter_reminder", title="生成催办函 Word", allowed=_may_have_letter)
def letter_reminder(ctx: JobContext, **args: Any) -> StoredFile:
    """The reminder of a letter that is late."""
    row = _demand(DataLetter, ctx, args["letter"])
    return ctx.store(f"催办：{row}.docx", official_docx(reminder_text(row, clock.today())))


@job("prep.letter_register", title="生成部门函询台账", allowed=_may_have_register)
def letter_register(ctx: JobContext, **args: Any) -> StoredFile:
    """The register of a round's letters, as far as the asker may see them."""
    row = _demand(Round, ctx, args["round"])
    title, today = f"{row.name}部门函询台账", clock.today()
    content = register_xlsx(
        title, register_lines(_asker(ctx), row, today), today, f"{row.district.name}委巡察办"
    )
    return ctx.store(f"{title}.xlsx", content)
