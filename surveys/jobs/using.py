"""Papers by which results leave the office."""

from core import clock
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from core.office.official import official_docx
from surveys.models import RatingHandover, TownLetter
from surveys.selectors.handover import handover_text
from surveys.selectors.town_letters import letter_text
from villages.models import User

_GONE = "这份材料已不在您可以看的范围内，没有生成。"


def _may_have_letter(user: User, letter: str) -> bool:
    return TownLetter.objects.visible_to(user).filter(pk=letter).exists()


@job("surveys.town_letter", title="生成测评反馈函 Word", allowed=_may_have_letter)
def town_letter(ctx: JobContext, letter: str) -> StoredFile:
    """One letter to a town's party secretary, as drafted or as signed."""
    asker = User.objects.get(pk=ctx.actor_id)
    row = TownLetter.objects.visible_to(asker).select_related("round__district").filter(pk=letter).first()
    if row is None:
        raise ServiceError(_GONE)
    text = letter_text(row, clock.today())
    return ctx.store(f"{row.title}{'（草稿）' if text.draft else ''}.docx", official_docx(text))


def _may_have_handover(user: User, handover: str) -> bool:
    return RatingHandover.objects.visible_to(user).filter(pk=handover).exists()


@job("surveys.handover", title="生成测评移交函 Word", allowed=_may_have_handover)
def handover(ctx: JobContext, handover: str) -> StoredFile:
    """The paper that goes with a rating handed over, with the slip that is signed."""
    asker = User.objects.get(pk=ctx.actor_id)
    rows = RatingHandover.objects.visible_to(asker)
    row = rows.select_related("round__district", "village", "to_office").filter(pk=handover).first()
    if row is None:
        raise ServiceError(_GONE)
    text = handover_text(row, clock.today())
    return ctx.store(f"{row}{'（草稿）' if text.draft else ''}.docx", official_docx(text))
