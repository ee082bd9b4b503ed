"""Which blank forms there are. Each app registers its own in ``<app>/documents/blanks``, found when Django starts."""

import datetime as dt
import enum
import re
from collections.abc import Callable
from dataclasses import dataclass

from core.blanks.context import BlankContext, Place

Render = Callable[[BlankContext], bytes]


class Medium(enum.Enum):
    """What a form is made as: its extension and the name people use."""

    WORD = ("docx", "Word")
    EXCEL = ("xlsx", "Excel")

    @property
    def extension(self) -> str:
        """File name extension without its dot."""
        return self.value[0]

    @property
    def label(self) -> str:
        """Name on pages and in the catalogue."""
        return self.value[1]


@dataclass(frozen=True)
class BlankForm:
    """A blank form.

    ``designation`` (表号, ``TH-1``) is its form code and its serial among the forms of that code; ``stage`` is the
    value of the stage it belongs to; ``version`` the day this edition of the form was laid down; ``pages`` how many
    printed pages it is designed for; ``sealed`` that it is kept apart, with a keeper of its own.
    """

    designation: str
    title: str
    stage: str
    medium: Medium
    version: dt.date
    pages: int
    sealed: bool
    function: Render

    @property
    def code(self) -> str:
        """The code (表类码) its numbers carry."""
        return self.designation.partition("-")[0]

    @property
    def file_name(self) -> str:
        """Name of the file, without what belongs to one place."""
        return f"{self.designation} {self.title}.{self.medium.extension}"

    def context(self, place: Place, copies: int) -> BlankContext:
        """What is printed on this form in ``place``."""
        keeper = place.sealed_keeper if self.sealed else place.keeper
        return BlankContext(place, self.title, self.code, self.designation, self.version, copies, keeper)

    def render(self, place: Place, copies: int) -> bytes:
        """The file for ``place``; equal arguments give equal bytes."""
        return self.function(self.context(place, copies))


_DESIGNATION = re.compile(r"[A-Z]{2}-[1-9]")
_FORMS: dict[str, BlankForm] = {}


def blank_form(
    designation: str,
    title: str,
    *,
    stage: str,
    medium: Medium,
    version: dt.date,
    pages: int = 1,
    sealed: bool = False,
) -> Callable[[Render], Render]:
    """Register ``function(context) -> bytes`` as the form ``designation``; see :class:`BlankForm`."""
    if not _DESIGNATION.fullmatch(designation):
        raise ValueError(f"{designation!r} is no form designation such as TH-1")

    def register(function: Render) -> Render:
        known = _FORMS.get(designation)
        if known is not None and known.function.__module__ != function.__module__:
            raise ValueError(f"blank form {designation} is registered twice")
        _FORMS[designation] = BlankForm(designation, title, stage, medium, version, pages, sealed, function)
        return function

    return register


def blank_forms() -> tuple[BlankForm, ...]:
    """Every form there is, in the order in which the apps registered them: that of the stages."""
    return tuple(_FORMS.values())


def find_blank(designation: str) -> BlankForm:
    """Return the form; raise ``LookupError`` for one nobody registered."""
    try:
        return _FORMS[designation]
    except KeyError:
        raise LookupError(f"no blank form {designation!r} is registered") from None
