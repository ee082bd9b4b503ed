"""Outlines and what they are drawn from, for tests."""

from core.audit import SYSTEM
from prep import services
from prep.models import Outline, TargetKind


def seed():
    """The bank and the kinds of people that come with the product."""
    services.load_question_bank(actor=SYSTEM)
    services.seed_target_kinds(actor=SYSTEM)


def kind(code):
    return TargetKind.objects.get(code=code)


def draw(cast, code="secretary", actor=None, inspection=None, person=""):
    seed()
    return services.draw_outline(
        actor=actor or cast.member, inspection=inspection or cast.inspection, kind=kind(code), person=person
    )


def final(cast, code="secretary", **more):
    outline = draw(cast, code, **more)
    return services.finalise_outline(actor=more.get("actor") or cast.member, outline=outline)


def texts(outline):
    return list(outline.lines.order_by("seq").values_list("text", flat=True))


def rows(outline):
    """The questions as the edit page sends them."""
    return [
        {"id": str(line.pk), "text": line.text, "must": line.must} for line in outline.lines.order_by("seq")
    ]


def save(cast, outline, wanted, actor=None, revision=None):
    saved = services.save_outline(
        actor=actor or cast.member,
        outline=outline,
        revision=outline.revision if revision is None else revision,
        rows=wanted,
    )
    return Outline.objects.get(pk=saved.pk)
