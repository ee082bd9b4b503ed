"""What people type about a rating: who is rated, count sheets, ballots one by one, which workbook."""

from typing import Any

from django import forms

from core.files import SPREADSHEET
from core.forms import RowColumn, RowsField, SheetForm
from core.office.parse import BadCell
from surveys.models import BallotCount, Channel, Mark, Rating, group_choices
from surveys.rules import PAPER
from surveys.services.ballot_reading import ballot_number, read_mark

_CHANNELS = [(channel.value, channel.label) for channel in PAPER]
_MARKS = len(Mark.values)
ROWS_A_PAGE = 20


def _count(label: str) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, required=False, widget=widget)


def _channel() -> forms.ChoiceField:
    return forms.ChoiceField(label="场合", choices=_CHANNELS, initial=Channel.ENTRY)


class SubjectsForm(SheetForm):
    """The list of people who are rated, in the order of the ballot."""

    groups = (("测评名单", ["people"]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    people = RowsField(
        (
            RowColumn("name", "姓名", forms.CharField(max_length=40), "col-name"),
            RowColumn("post", "职务", forms.CharField(max_length=60, required=False)),
        ),
        least=6,
        spare=2,
        label="成员",
        help_text="两委班子整体排在第一，不用填写。成员按测评票上的次序填，清空一行即删去；同名的在姓名后注明。",
    )


class CountForm(SheetForm):
    """A count sheet. ``blind``: the second count, made without seeing the first; ``sheet``: one already there."""

    groups = (("计票单", [("channel", "group", "way")]), ("张数", [BallotCount.FIGURES]))

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    channel = _channel()
    group = forms.ChoiceField(label="人员类别", required=False)
    way = forms.ChoiceField(
        label="计票方式",
        choices=BallotCount.Way,
        initial=BallotCount.Way.COUNTED,
        help_text="逐票录入的只填张数，各人票数由系统统计。",
    )
    issued = _count("发出")
    returned = _count("收回")
    missing = _count("未收回")
    valid = _count("有效票")
    void = _count("废票")

    def __init__(
        self, *args: Any, rating: Rating, sheet: BallotCount | None = None, blind: bool = False, **kwargs: Any
    ) -> None:
        self.subjects = list(rating.subjects.all())
        self.sheet = sheet
        if sheet is not None:
            kept = ("channel", "group", "way")
            self.base_fields = {n: f for n, f in self.base_fields.items() if n not in kept}
            kwargs["initial"] = {"revision": sheet.revision} | ({} if blind else self._known(sheet))
        super().__init__(*args, **kwargs)
        if sheet is None:
            self.fields["group"].choices = group_choices()  # type: ignore[attr-defined]
        for subject in self.subjects if self.counts_marks else ():
            for at, label in enumerate(Mark.labels):
                self.fields[f"m-{subject.number}-{at}"] = _count(f"{subject.name}“{label}”")

    @property
    def counts_marks(self) -> bool:
        """Does this sheet hold the votes of every subject?"""
        return self.sheet is None or self.sheet.way == BallotCount.Way.COUNTED

    @staticmethod
    def _known(sheet: BallotCount) -> dict[str, Any]:
        marks = {
            f"m-{number}-{at}": figure or None
            for number, figures in sheet.marks.items()
            for at, figure in enumerate(figures)
        }
        return marks | {name: getattr(sheet, name) for name in BallotCount.FIGURES}

    def mark_rows(self) -> list[dict[str, Any]]:
        """The table of votes: each subject with its six inputs."""
        return [
            {"subject": s, "cells": [self[f"m-{s.number}-{at}"] for at in range(_MARKS)]}
            for s in self.subjects
        ]

    def parts(self) -> dict[str, Any]:
        """Arguments of the services: figures and marks."""
        values = self.cleaned_data
        marks = {
            str(s.number): [values.get(f"m-{s.number}-{at}") or 0 for at in range(_MARKS)]
            for s in self.subjects
        }
        return {
            "figures": {name: values.get(name) or 0 for name in BallotCount.FIGURES},
            "marks": marks if self.counts_marks else {},
        }


class MarkField(forms.CharField):
    """One mark of a ballot as people type it: ``1``–``5``, ``0`` for void, or the word; blank is an abstention."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"maxlength": 4, "inputmode": "numeric", "autocomplete": "off", "data-mark": ""}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """The digit that is stored."""
        text = super().clean(value)
        if text in ("", str(Mark.VOID)):
            return text or str(Mark.ABSTAIN)
        try:
            return read_mark(text)
        except BadCell as error:
            raise forms.ValidationError(str(error)) from None


class BallotsForm(SheetForm):
    """Paper ballots of one occasion and group, one a row."""

    groups = (("场合", [("channel", "group")]), ("逐票录入", ["ballots"]))

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    channel = _channel()
    group = forms.ChoiceField(label="人员类别", required=False)

    def __init__(self, *args: Any, rating: Rating, **kwargs: Any) -> None:
        self.subjects = list(rating.subjects.all())
        number = forms.CharField(
            max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
        )
        columns = [RowColumn("number", "票号", number, "col-count")]
        columns += [RowColumn(f"s{s.number}", _short(s.name), MarkField(), "col-mark") for s in self.subjects]
        ballots = RowsField(
            columns, least=ROWS_A_PAGE, spare=0, label="测评票",
            help_text="1好 2较好 3一般 4差 5弃权 0无效，空白按弃权。录满一格自动跳到下一格，回车跳到下一张。",
        )  # fmt: skip
        self.base_fields = dict(self.base_fields) | {"ballots": ballots}
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = group_choices()  # type: ignore[attr-defined]

    def clean_ballots(self) -> list[dict[str, str]]:
        """The ballots as they are stored; a row without a single mark is a void ballot and is not typed in."""
        found = []
        for row in self.cleaned_data["ballots"]:
            marks = "".join(row[f"s{subject.number}"] for subject in self.subjects)
            if not marks.strip(str(Mark.ABSTAIN)) and not self._typed(len(found)):
                raise forms.ValidationError(f"第{len(found) + 1}张没有划票，按废票清点，不用录入。")
            number = row["number"]
            found.append({"number": ballot_number(number) if number else "", "marks": marks})
        return found

    def _typed(self, position: int) -> bool:
        """Was anything typed into the marks of this row?"""
        rows = [row for row in self["ballots"].data or [] if any(str(cell).strip() for cell in row.values())]
        cells = rows[position] if position < len(rows) else {}
        return any(str(cell).strip() for name, cell in cells.items() if name != "number")


def _short(name: str) -> str:
    return "班子" if name.endswith("班子") else name


class BallotImportForm(SheetForm):
    """A workbook of ballots, single or counted."""

    groups = (("导入测评票", ["channel", "file"]),)

    channel = forms.ChoiceField(label="发放场合", choices=_CHANNELS, initial=Channel.ENTRY)
    file = forms.FileField(
        label="工作簿",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text="两种都可以，列的次序不限。逐票：票号、人员类别、两委班子和每名成员各一列，填好、较好、一般、差、弃权、"
        "无效或1至5。汇总：测评对象、人员类别、好、较好、一般、差、弃权、无效。",
    )
