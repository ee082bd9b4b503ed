"""What all our Word files share: a growing body and a package that depends on nothing but its content."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from html import escape
from typing import IO, Any

from django.utils import timezone

from core.office.package import Package
from core.office.pictures import Picture, drawing, part_name, with_pictures
from core.office.watermark import across_pages
from core.office.wordbase import Layout, base
from core.office.wordparts import core_properties
from core.office.wordxml import Geometry, fit_widths, paragraph, runs, table
from core.text import FORBIDDEN

LANDSCAPE_WIDTH_MM = 297 - 37 - 35


class WordFile:
    """Collects body markup and writes the file. ``created`` is the only time in it, ``author`` an office name."""

    def __init__(self, layout: Layout, *, title: str, created: dt.date, author: str) -> None:
        self._base = base(layout)
        self._layout = layout
        self._title = title
        self._created = created
        self._author = author
        self._body: list[str] = []
        self._pictures: list[Picture] = []
        self._landscape = False
        self._across = ""

    def watermark(self, text: str) -> None:
        """Put ``text`` across every page, behind what is written."""
        self._across = text

    def to_bytes(self) -> bytes:
        """Return the file; equal content gives equal bytes."""
        stream = io.BytesIO()
        self.write(stream)
        return stream.getvalue()

    def write(self, stream: IO[bytes]) -> None:
        """Write the file to ``stream``; of its pictures one at a time is in memory."""
        parts = across_pages(self._base.parts, self._across) if self._across else dict(self._base.parts)
        body = "".join(self._body) + self._base.section(landscape=self._landscape)
        parts["word/document.xml"] = b"".join((self._base.head, body.encode(), self._base.tail))
        parts["docProps/core.xml"] = core_properties(
            _property(self._title), _property(self._author), _utc(self._created)
        ).encode()
        with Package(stream) as package:
            package.add_all(with_pictures(parts, len(self._pictures)))
            for number, picture in enumerate(self._pictures, 1):
                package.add(part_name(number), picture.path.read_bytes())

    def table(
        self,
        headers: Sequence[str],
        rows: Iterable[Sequence[Any]],
        widths_mm: Sequence[float] | None = None,
        *,
        caption: str = "",
        align: str = "",
    ) -> None:
        """Add a table as wide as the text.

        ``widths_mm`` are kept in proportion and default to what the content needs; ``align`` is one letter
        (``l``, ``c``, ``r``) per column. The head repeats on every page; rows are not split.
        """
        if widths_mm is None:
            rows = list(rows)
        widths = fit_widths(headers, rows if isinstance(rows, list) else (), widths_mm, self._room_mm)
        if caption:
            self._add("TableCaption", caption)
        self._body.append(
            table(headers, rows, Geometry(widths, (align + "l" * len(headers))[: len(headers)]))
        )

    def start_page(self, *, landscape: bool = False) -> None:
        """Go on on a new page, upright or turned."""
        if landscape == self._landscape:
            self._body.append(
                '<w:p><w:pPr><w:pStyle w:val="Hairline"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
            )
            return
        section = self._base.section(landscape=self._landscape, inner=True)
        self._body.append(f'<w:p><w:pPr><w:pStyle w:val="Hairline"/>{section}</w:pPr></w:p>')
        self._landscape = landscape

    def _drawing(self, picture: Picture, width_mm: float, height_mm: float) -> str:
        """The run of a picture, as large as fits into the room."""
        self._pictures.append(picture)
        return drawing(picture, len(self._pictures), width_mm, height_mm)

    @property
    def _room_mm(self) -> float:
        return LANDSCAPE_WIDTH_MM if self._landscape else self._layout.text_width

    def _add(self, style: str, text: str, properties: str = "") -> None:
        self._body.append(paragraph(style, runs(text), properties))


def _property(text: str) -> str:
    return escape(FORBIDDEN.sub("", text).replace("\n", ""), quote=False)


def _utc(moment: dt.date) -> str:
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
