"""Drafts: what a person typed into a form and has not sent. Kept per user and form, gone once the form is saved."""

from typing import Any

from core import clock
from core.models.forms import Draft
from core.text import clean_deep

# Fields whose names hold one of these words are secret: no draft, no form key, no browser keeps what is in them.
SECRET_WORDS = ("password", "passphrase", "sealed")
# Never stored, whatever a page sends: tokens and secrets of the form itself. The revision stays: what was typed over
# an older version is joined with the newer one when it is sent, and never put over it unseen.
_EXCLUDED = ("csrfmiddlewaretoken", "_key", *SECRET_WORDS)
_LIMIT = 200_000


def save_draft(*, actor: Any, form: str, values: dict[str, Any]) -> Draft:
    """Keep ``values`` (field name → text or list of texts) of one form; the newest copy wins."""
    kept = {k: v for k, v in clean_deep(values).items() if not any(word in k for word in _EXCLUDED)}
    if sum(len(str(v)) for v in kept.values()) > _LIMIT:
        kept = {k: v for k, v in kept.items() if len(str(v)) < _LIMIT // 10}
    draft, _ = Draft.objects.update_or_create(
        user_id=actor.pk, form=form, defaults={"values": kept, "saved_at": clock.now()}
    )
    return draft


def load_draft(user: Any, form: str) -> Draft | None:
    """The person's draft of one form, if there is one."""
    return Draft.objects.filter(user_id=user.pk, form=form).first()


def drop_draft(*, actor: Any, form: str) -> None:
    """Forget the draft: its form was saved, or its writer discarded it."""
    Draft.objects.filter(user_id=actor.pk, form=form).delete()
