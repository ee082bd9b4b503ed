"""What people type about talks: a new outline, its questions, kinds of people, the checklist."""

from collections.abc import Mapping
from typing import Any

from django import forms

from core.forms import DayInput, LinesField, RowColumn, RowsField, RowsWidget, SheetForm
from prep.models import TargetCategory, TargetKind
from villages.models import User

_QUESTION = forms.Textarea(attrs={"rows": 2, "maxlength": 300})
QUESTION_COLUMNS = (
    RowColumn("id", "题目", forms.CharField(required=False, widget=forms.HiddenInput)),
    RowColumn(
        "seq",
        "次序",
        forms.IntegerField(
            required=False,
            min_value=0,
            max_value=9999,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        ),
    ),
    RowColumn("text", "问题", forms.CharField(required=False, widget=_QUESTION)),
    RowColumn("must", "必问", forms.BooleanField(required=False)),
    RowColumn("drop", "删去", forms.BooleanField(required=False)),
)
_SPARE = 15


class QuestionsWidget(RowsWidget):
    """The questions as a list that is put in order by number, by dragging or by keyboard; works without a script."""

    template_name = "prep/question_rows.html"
    # What is known of each question beside its text: words by key, given by the form.
    known: Mapping[str, dict[str, Any]] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Rows in the order of their numbers, each with its cells by name and what is known of it."""
        filled = sorted((row for row in value or [] if row.get("id") or row.get("text")), key=_number)
        context = super().get_context(name, filled, attrs)
        for number, cells in enumerate(context["rows"]):
            row = filled[number] if number < len(filled) else {}
            cells.append(self.known.get(str(row.get("id") or ""), {}))
        return context


def _number(row: Mapping[str, Any]) -> int:
    text = str(row.get("seq") or "")
    return int(text) if text.isdigit() else 9999


class QuestionsField(RowsField):
    """Questions in order, without those that were taken out: ``[{"id", "text", "must"}]``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(QUESTION_COLUMNS, **kwargs)
        self.widget = QuestionsWidget(QUESTION_COLUMNS, 0, _SPARE)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Check the cells, put the rows in order, leave out what was struck or emptied."""
        rows = [row for row in super().clean(value) if row["text"].strip() and not row["drop"]]
        rows.sort(key=lambda row: 9999 if row["seq"] is None else row["seq"])
        return [{"id": row["id"], "text": row["text"], "must": row["must"]} for row in rows]


class OutlineForm(SheetForm):
    """The questions of one outline."""

    groups = (("题目", ["questions"]),)

    revision = forms.IntegerField(widget=forms.HiddenInput)
    questions = QuestionsField(label="题目", required=True)

    def __init__(self, *args: Any, known: Mapping[str, dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].widget.known = known


class OutlineStartForm(SheetForm):
    """For whom an outline is made."""

    groups = (("谈话对象", ["kind", "person"]),)

    kind = forms.ModelChoiceField(TargetKind.objects.none(), label="谈话对象", empty_label=None)
    person = forms.CharField(
        label="姓名",
        max_length=40,
        required=False,
        help_text="一般不填，同类对象共用一份；要为某个人单独拟一份时才填。信访人一律不填。",
    )

    def __init__(self, *args: Any, kinds: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.names = names
        self.fields["person"].widget.attrs["list"] = "known-people"


class TargetKindForm(SheetForm):
    """One kind of person, kept by the office."""

    groups = (
        ("谈话对象类别", [("name", "talk_category"), ("order", "active"), "shielded"]),
        ("怎样从两委名册认出", [("post_words", "other_words")]),
    )

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="名称", max_length=40)
    talk_category = forms.ChoiceField(
        label="计入谈话类别", choices=TargetCategory, help_text="谈话记录按这一类统计必谈进度。"
    )
    order = forms.IntegerField(label="次序", min_value=0, max_value=9999, help_text="小的排在前面。")
    active = forms.BooleanField(label="启用", required=False)
    shielded = forms.BooleanField(
        label="不留姓名",
        required=False,
        help_text="提纲不登记姓名，题目只谈方面，不出现待查问题的题名。",
    )
    post_words = LinesField(label="职务含", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    other_words = LinesField(
        label="职务不含",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一个词，例如书记要排除“副书记”。",
    )


class DutyForm(SheetForm):
    """When a line of the checklist is done and by whom."""

    groups = (("安排", [("planned_on", "assignee"), "note"]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    planned_on = forms.DateField(label="计划日期", required=False, widget=DayInput)
    assignee = forms.ModelChoiceField(
        User.objects.none(), label="负责人", required=False, empty_label="暂不指定"
    )
    note = forms.CharField(
        label="备注", max_length=200, required=False, help_text="不要写反映情况的人的姓名、电话、住址。"
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]


class VisitForm(SheetForm):
    """Households visited on one day."""

    groups = (("登记走访", [("group", "households"), ("visited_on", "visitor"), "note"]),)

    group = forms.ChoiceField(label="走访对象", required=False)
    households = forms.IntegerField(label="户数", min_value=1, max_value=500)
    visited_on = forms.DateField(label="走访日期", widget=DayInput)
    visitor = forms.ModelChoiceField(User.objects.none(), label="走访人", empty_label="请选择")
    note = forms.CharField(
        label="备注", max_length=200, required=False, help_text="不要写被走访人的姓名、电话、住址。"
    )

    def __init__(self, *args: Any, people: Any, visited: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "其他农户"), *((name, name) for name in visited)]  # type: ignore[attr-defined]
        self.fields["visitor"].queryset = people  # type: ignore[attr-defined]
