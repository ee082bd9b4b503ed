"""Official documents to GB/T 9704-2012 and internal paper forms, as Word files.

The builder offers the parts of an official document by their names; fonts, sizes and distances are its own
business. It knows no database and no clock.
"""

import datetime as dt
from collections.abc import Sequence

from core.office.chinese import long_date, numeral, width
from core.office.imprint import imprint
from core.office.paperform import PaperForm
from core.office.wordbase import OFFICIAL
from core.office.wordfile import WordFile
from core.office.wordxml import indent, paragraph, runs, twips

__all__ = ["OfficialDocument", "PaperForm"]

_LINE_CHARACTERS = 28
_TITLE_CHARACTERS = 19
_MASTHEAD_BELOW_TOP_MM = 35
_LINE_MM = 225 / 22
_GOOD_BREAK_AFTER = "的、和与及》）”"


class OfficialDocument(WordFile):
    """One official document, built from top to bottom.

    ``masthead`` is the red head (发文机关标志), ``number`` the 发文字号; without a masthead the document begins
    with its title, as reports inside an office do. ``created`` and ``author`` go into the file's properties.
    """

    def __init__(
        self,
        *,
        title: str,
        created: dt.date,
        author: str = "",
        masthead: str = "",
        number: str = "",
        signer: str = "",
        copy_number: str = "",
        secrecy: str = "",
        urgency: str = "",
        subtitle: str = "",
        addressee: str = "",
    ) -> None:
        super().__init__(OFFICIAL, title=title, created=created, author=author)
        self._counters = [0, 0, 0, 0]
        self._markings([copy_number, secrecy, urgency], masthead)
        if masthead:
            self._masthead(masthead, number, signer)
        elif number:
            self._add("RightSide", number)
        self._title_lines(title)
        if subtitle:
            self._add("Subtitle", subtitle)
        self.blank()
        if addressee:
            self._add("FlushLeft", addressee.rstrip("：:") + "：")

    def level1(self, text: str) -> None:
        """Add a first-level heading, numbered 一、"""
        self._heading("Heading1", 0, "{}、", text)

    def level2(self, text: str) -> None:
        """Add a second-level heading, numbered （一）."""
        self._heading("Heading2", 1, "（{}）", text)

    def level3(self, text: str) -> None:
        """Add a third-level paragraph, numbered 1. – a heading or a whole paragraph."""
        self._add("OfficialBody", f"{self._count(2)}.{text}")

    def level4(self, text: str) -> None:
        """Add a fourth-level paragraph, numbered （1）."""
        self._add("OfficialBody", f"（{self._count(3)}）{text}")

    def body(self, text: str) -> None:
        """Add body text; every line of ``text`` is a paragraph with its first line indented."""
        for line in text.splitlines():
            if line.strip():
                self._add("OfficialBody", line.strip())

    def plain(self, text: str) -> None:
        """Add a paragraph flush left."""
        self._add("FlushLeft", text)

    def centered(self, text: str) -> None:
        """Add a centred line."""
        self._add("Centred", text)

    def blank(self, lines: int = 1) -> None:
        """Leave lines empty."""
        for _ in range(lines):
            self._add("FlushLeft", "")

    def attachments(self, names: Sequence[str]) -> None:
        """Add the 附件 note: one empty line, then the names; a turned line begins under the name."""
        if not names:
            return
        self.blank()
        if len(names) == 1:
            self._add("FlushLeft", f"附件：{names[0]}", indent(left=5, hanging=3))
        for number, name in enumerate(names if len(names) > 1 else (), 1):
            label = f"{number}."
            own = width(label)
            first = number == 1
            edge = indent(left=5 + own, hanging=3 + own if first else own)
            self._add("FlushLeft", f"附件：{label}{name}" if first else f"{label}{name}", edge)

    def sign(self, name: str, day: dt.date | None, *, sealed: bool = False) -> None:
        """Add signature and date.

        Without a seal the name stands two characters from the right and the date begins two characters to the
        right of it; with a seal the date stands four characters from the right and the name above its middle.
        """
        date = long_date(day)
        self.blank()
        long, short = width(name), width(date)
        if sealed:
            date_right = 4.0
            name_right = max(0.0, date_right + (short - long) / 2)
        elif long - short >= 2:
            name_right, date_right = 2.0, long - short
        else:
            name_right, date_right = 4 + short - long, 2.0
        self._add("RightSide", name, "<w:keepNext/>" + indent(right=name_right))
        self._add("RightSide", date, indent(right=date_right))

    def remark(self, text: str) -> None:
        """Add the 附注 under the date, in brackets."""
        self._add("FlushLeft", f"（{text.strip('（）')}）", indent(first=2))

    def annex(self, number: int | None, title: str, *, landscape: bool = False) -> None:
        """Begin an annex on a new page: its mark on the first line, its title on the third. Numbering restarts."""
        # Upright after upright the mark itself begins the page: a break of its own leaves a full page an empty one.
        turned = landscape != self._landscape
        if turned:
            self.start_page(landscape=landscape)
        self._counters = [0, 0, 0, 0]
        self._add("AnnexMark", f"附件{number or ''}", "" if turned else "<w:pageBreakBefore/>")
        self.blank()
        self._title_lines(title)
        self.blank()

    def imprint(self, *, issuer: str, issued_on: dt.date, copy_to: str = "") -> None:
        """Add the 版记 at the foot of the last page: 抄送, and who printed it when."""
        lines = [f"抄送：{copy_to.rstrip('。')}。"] if copy_to else []
        lines.append(f"{issuer}\t{long_date(issued_on)}印发")
        self._body.append(imprint(lines))
        self._add("Hairline", "")

    def _markings(self, markings: Sequence[str], masthead: str) -> None:
        shown = [marking for marking in markings if marking]
        for marking in shown:
            self._add("FlushLeft" if marking.isdigit() else "Marking", marking)
        if masthead:
            space = max(0.0, _MASTHEAD_BELOW_TOP_MM - len(shown) * _LINE_MM)
            size = min(62, int(442 / max(1.0, width(masthead))) * 2)
            lines = f'<w:spacing w:before="{twips(space)}" w:after="0" w:line="240" w:lineRule="auto"/>'
            self._body.append(paragraph("Masthead", runs(masthead, f'<w:sz w:val="{size}"/>'), lines))

    def _masthead(self, masthead: str, number: str, signer: str) -> None:
        """发文字号 two lines below the head, the red line 4 mm below the number, the title two lines on."""
        self.blank()
        line = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr>'
        if signer:
            tab = f'<w:tabs><w:tab w:val="right" w:pos="{twips(156) - 316}"/></w:tabs>'
            name = runs(
                signer, '<w:rFonts w:ascii="楷体_GB2312" w:hAnsi="楷体_GB2312" w:eastAsia="楷体_GB2312"/>'
            )
            content = runs(f"{number}\t签发人：") + name
            self._body.append(paragraph("FlushLeft", content, line + tab + indent(left=1)))
        else:
            self._add("Centred", number, line)
        self.blank(2)

    def _title_lines(self, title: str) -> None:
        self._add("Title", "\n".join(balanced(title)))

    def _heading(self, style: str, level: int, pattern: str, text: str) -> None:
        self._add(style, pattern.format(numeral(self._count(level))) + text)

    def _count(self, level: int) -> int:
        """Return the next number of ``level``; deeper levels start again."""
        self._counters[level] += 1
        self._counters[level + 1 :] = [0] * (len(self._counters) - level - 1)
        return self._counters[level]


def balanced(title: str) -> list[str]:
    """Split a title into lines of about equal length that do not begin in the middle of a phrase.

    A title with line ends of its own is left as it is.
    """
    if "\n" in title:
        return title.split("\n")
    lines = -(-len(title) // _TITLE_CHARACTERS)
    result = []
    for left in range(lines, 1, -1):
        ideal = -(-len(title) // left)
        near = range(max(1, ideal - 4), min(len(title) - 1, ideal + 4, _TITLE_CHARACTERS) + 1)
        good = [at for at in near if title[at - 1] in _GOOD_BREAK_AFTER]
        at = min(good, key=lambda at: abs(at - ideal), default=min(ideal, _TITLE_CHARACTERS))
        result.append(title[:at])
        title = title[at:]
    return [*result, title]
