"""The village's profile as Word, and the forms its portraits are filled in on."""

from typing import Any
from uuid import UUID

from core.blanks import filled_paper
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from prep import rules
from prep.documents.dossier import dossier_docx
from prep.documents.portrait import PortraitForm, portrait_xlsx
from prep.models import PortraitKind
from prep.selectors.dossier import dossier_facts
from prep.selectors.portraits import portrait_facts
from prep.services import DOSSIER, PORTRAIT_FORM
from villages.models import Stage, User, VillageInspection

_GONE = "您已不能查看这个村（社区），未生成文件。"


def _found(user: User | None, inspection: str) -> VillageInspection | None:
    """The village by the rights the person has at this moment."""
    rows = VillageInspection.objects.visible_to(user).select_related(
        "village", "town", "team", "round__district"
    )
    return rows.filter(pk=inspection).first()


def _may_have_dossier(user: User, inspection: str) -> bool:
    return _found(user, inspection) is not None


def _may_have_form(user: User, inspection: str, kind: str) -> bool:
    row = _found(user, inspection)
    return row is not None and bool(rules.can_receive_portrait(user, row))


def _visible(ctx: JobContext, inspection: str) -> tuple[User, VillageInspection]:
    user = User.objects.filter(pk=UUID(ctx.actor_id)).first() if ctx.actor_id else None
    row = _found(user, inspection)
    if user is None or row is None:
        raise ServiceError(_GONE)
    return user, row


@job(DOSSIER, title="生成村情档案", allowed=_may_have_dossier)
def dossier(ctx: JobContext, inspection: str) -> StoredFile:
    """The profile as a Word paper."""
    made = _dossier(*_visible(ctx, inspection))
    if made is None:
        raise ServiceError("村情档案还没有填写，未生成文件。")
    return ctx.store(*made)


@job(PORTRAIT_FORM, title="生成画像表", allowed=_may_have_form)
def portrait_form(ctx: JobContext, inspection: str, kind: str) -> StoredFile:
    """The form of one village, prefilled with what is known."""
    return ctx.store(*_portrait(*_visible(ctx, inspection), PortraitKind(kind)))


def _portrait(viewer: Any, inspection: VillageInspection, kind: PortraitKind) -> tuple[str, bytes]:
    content = portrait_xlsx(PortraitForm(**portrait_facts(viewer, inspection, kind)))
    return f"{inspection.village.name}{kind.label}表.xlsx", content


def _dossier(viewer: Any, inspection: VillageInspection) -> tuple[str, bytes] | None:
    facts = dossier_facts(viewer, inspection)
    return (f"{inspection.village.name}村情档案.docx", dossier_docx(facts)) if facts else None


@filled_paper(DOSSIER, title="村情档案", stage=Stage.PREP)
def dossier_of_set(viewer: Any, inspection: VillageInspection) -> tuple[str, bytes] | None:
    """The profile for the village's set of papers."""
    return _dossier(viewer, inspection)


@filled_paper("prep.self_portrait", title="自画像表", stage=Stage.PREP)
def self_portrait_of_set(viewer: Any, inspection: VillageInspection) -> tuple[str, bytes] | None:
    """The form for the village, prefilled."""
    return _portrait(viewer, inspection, PortraitKind.SELF)


@filled_paper("prep.town_portrait", title="预画像表", stage=Stage.PREP)
def town_portrait_of_set(viewer: Any, inspection: VillageInspection) -> tuple[str, bytes] | None:
    """The form for the town, prefilled."""
    return _portrait(viewer, inspection, PortraitKind.TOWN)
