"""All signed papers of a village as one print: a catalogue, then each on a page of its own with its own number."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.office.docx import PaperForm
from findings.documents import field, loans, paper, talk

TITLE = "巡察工作底稿汇编"
NOTE = (
    "注：只收已签名的底稿和记录，以及组长已签字的调阅清单；涉及人员另存，信访登记和封存内容不在其中。"
    "内部资料，由巡察组专人保管，用后收回。"
)


@dataclass(frozen=True)
class SetLine:
    """One line of the catalogue."""

    kind: str
    number: str
    title: str
    on: dt.date | None


@dataclass(frozen=True)
class SetData:
    """Whose papers they are and what the catalogue lists."""

    office: str
    round: str
    team: str
    village: str
    created: dt.date
    lines: tuple[SetLine, ...]


# How each kind of filled paper begins and goes on: its title, what stands above it, the form itself, turned or not.
_FORMS: dict[type, tuple[Callable[[Any], str], Callable[..., Any], Callable[..., None], bool]] = {
    paper.PaperData: (lambda _: paper.TITLE, paper.paper_head, paper.paper_body, False),
    talk.TalkData: (lambda _: talk.TITLE, talk.talk_head, talk.talk_body, False),
    field.FieldData: (lambda data: data.kind, field.field_head, field.field_body, False),
    loans.LoansData: (lambda _: loans.TITLE, loans.loans_head, loans.loans_body, True),
}


def lay_out_set(data: SetData, papers: Iterable[Any]) -> PaperForm:
    """The whole set, ready to be written; ``papers`` is read one by one and none is kept."""
    form = PaperForm(
        title=TITLE,
        created=data.created,
        author=data.office,
        mark="内部",
        heading=f"{data.round}　{data.team}",
        number=f"被巡察党组织：{data.village}",
    )
    form.grid(
        ["序号", "表单", "编号", "内容", "日期"],
        [[n, line.kind, line.number, line.title, _day(line.on)] for n, line in enumerate(data.lines, 1)],
        [12, 24, 56, 38, 26],
        label=f"目录（共{len(data.lines)}份）",
        align="clll",
    )
    form.note(NOTE)
    for content in papers:
        title, head, body, turned = _FORMS[type(content)]
        form.next_form(title=title(content), landscape=turned, **head(content))
        body(form, content)
    return form


def _day(day: dt.date | None) -> str:
    """A day in the narrow column of the catalogue."""
    return f"{day.year}.{day.month}.{day.day}" if day else ""
