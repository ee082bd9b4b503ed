"""How every blank begins and ends: secrecy mark, edition, number above; who keeps it below."""

from collections.abc import Sequence
from dataclasses import replace

from core.blanks.context import BlankContext
from core.office.docx import PaperForm
from core.office.formbook import FormSheet, form_book


def begin(context: BlankContext, *, landscape: bool = False, ballot: bool = False) -> PaperForm:
    """A Word form with its head filled in; a ``ballot`` carries no number, so that none can be told from another."""
    return PaperForm(
        title=context.title,
        created=context.version,
        author=context.place.office,
        mark=context.secrecy,
        edition=context.edition,
        heading=context.heading,
        number="" if ballot else context.number,
        landscape=landscape,
    )


def finish(form: PaperForm, context: BlankContext, note: str = "") -> bytes:
    """The file of a Word form, with its ``note`` (one line each) and who keeps it at the foot."""
    form.note(f"{note}\n{context.care}".strip())
    return form.to_bytes()


def workbook(context: BlankContext, sheets: Sequence[FormSheet]) -> bytes:
    """The file of an Excel form: every sheet gets the head and foot of the form."""
    # Several sheets have titles of their own: then the form's stands beside its edition.
    edition = context.edition if len(sheets) == 1 else f"{context.title}　{context.edition}"
    return form_book(
        [_framed(context, sheet, edition) for sheet in sheets],
        created=context.version,
        author=context.place.office,
    )


def _framed(context: BlankContext, sheet: FormSheet, edition: str) -> FormSheet:
    return replace(
        sheet,
        mark=context.secrecy,
        edition=edition,
        heading=sheet.heading or f"{context.heading}　被巡察党组织：{context.target}党组织",
        number=context.number,
        footnote=f"{sheet.footnote}\n{context.care}".strip(),
    )
