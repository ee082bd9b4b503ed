"""Forms of the report stage."""

import datetime as dt
from typing import Any

from django import forms

from core.forms import DayInput, SheetForm
from findings.models import Finding
from reports.models import Report, Section, Statement
from reports.selectors.facts import printed_findings
from reports.selectors.outgoing import FeedbackDraft
from villages.models import Category

_WRITTEN = ((Statement.Kind.FACT, "事实（须有底稿支撑）"), (Statement.Kind.NARRATIVE, "叙述"))


class FindingField(forms.ModelMultipleChoiceField):
    """Signed findings of the report as tick boxes: paper number, village, title."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Finding) -> str:
        """What a writer recognises a paper by."""
        amount = f"，{obj.amount:,.2f}元" if obj.amount else ""
        return f"{obj.short_no} {obj.village.name}：{obj.title}{amount}"


class StatementForm(SheetForm):
    """Rewrite one sentence and name what it stands on."""

    groups = (("文字", ["text", "kind"]), ("依据的问题底稿", ["findings"]))
    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="文字", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="改写后，更新报告时不再改动这句话；所依事实变化时会在旁边提示。",
    )  # fmt: skip
    kind = forms.ChoiceField(label="性质", choices=_WRITTEN, widget=forms.RadioSelect)
    findings = FindingField(Finding.objects.none(), label="底稿", required=False)

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if statement.kind not in dict(_WRITTEN):
            del self.fields["kind"], self.fields["findings"]
            return
        rows = printed_findings(statement.report).order_by("village__code", "no")
        if statement.category_id:
            rows = rows.filter(category=statement.category_id)
        self.fields["findings"].queryset = rows  # type: ignore[attr-defined]


class AddStatementForm(SheetForm):
    """A sentence of one's own."""

    groups = (("放在哪里", ["place"]), ("文字", ["text", "kind"]), ("依据的问题底稿", ["findings"]))
    place = forms.ChoiceField(label="部分")
    text = forms.CharField(label="文字", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    kind = forms.ChoiceField(
        label="性质", choices=_WRITTEN, widget=forms.RadioSelect, initial=Statement.Kind.NARRATIVE
    )
    findings = FindingField(Finding.objects.none(), label="底稿", required=False)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = Category.objects.filter(scheme=report.round.scheme_id, parent=None)
        self._categories = {str(row.pk): row for row in tops}
        plain = [(s.value, s.label) for s in Section if s not in (Section.PROBLEMS, Section.PENDING)]
        problems = [(f"problems:{key}", f"主要问题 · {row.name}") for key, row in self._categories.items()]
        self.fields["place"].choices = plain + problems  # type: ignore[attr-defined]
        rows = printed_findings(report).order_by("village__code", "no")
        self.fields["findings"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Split the place into section and category."""
        values = super().clean()
        section, _, category = values.get("place", "").partition(":")
        return values | {"section": section, "category": self._categories.get(category)}


class TitleForm(SheetForm):
    """Title and addressee."""

    groups = (("报告", ["title", "addressee"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=120)
    addressee = forms.CharField(label="主送机关", max_length=80)


class IssueForm(SheetForm):
    """Number and day of an official paper."""

    groups = (("发文", [("doc_no", "issued_on")]),)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    doc_no = forms.CharField(
        label="发文字号", max_length=60, help_text="写法：青巡办〔2026〕5号。年份用六角括号，序号不编虚位。"
    )
    issued_on = forms.DateField(label="日期", widget=DayInput)


class FeedbackForm(SheetForm):
    """The feedback letter: number, day, opening, and every problem in the words that are to leave."""

    groups = (("发文", [("doc_no", "issued_on")]), ("总体情况", ["opening"]))
    doc_no = IssueForm.base_fields["doc_no"]
    issued_on = IssueForm.base_fields["issued_on"]
    opening = forms.CharField(
        label="总体情况", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="不填时使用标准表述。",
    )  # fmt: skip

    def __init__(self, *args: Any, drafts: list[FeedbackDraft], **kwargs: Any) -> None:
        self._drafts = drafts
        super().__init__(*args, **kwargs)

    def cells(self) -> list[dict[str, Any]]:
        """One entry per problem for the template: what was typed, else the proposal."""
        return [
            {
                "index": index,
                "draft": draft,
                "keep": not self.is_bound or f"keep-{index}" in self.data,
                "title": self.data.get(f"title-{index}", draft.title),
                "detail": self.data.get(f"detail-{index}", draft.detail),
                "requirement": self.data.get(f"requirement-{index}", draft.requirement),
            }
            for index, draft in enumerate(self._drafts)
        ]

    def clean(self) -> dict[str, Any]:
        """Gather the problems that stay, in the words typed."""
        values = super().clean()
        items = []
        for cell in self.cells():
            if not cell["keep"]:
                continue
            draft: FeedbackDraft = cell["draft"]
            words = {name: cell[name].strip() for name in ("title", "detail", "requirement")}
            if not all(words.values()):
                self.add_error(None, f"第{cell['index'] + 1}项的问题、表现、要求都要填写。")
            if len(words["title"]) > 120:
                self.add_error(None, f"第{cell['index'] + 1}项的问题不能超过120字。")
            items.append(
                FeedbackDraft(
                    category=draft.category,
                    scope=draft.scope,
                    findings=draft.findings,
                    village=draft.village,
                    immediate=draft.immediate,
                    **words,
                )
            )
        return values | {"items": items}


def first_day(report: Report, today: dt.date) -> dt.date:
    """The day a feedback form proposes: today, never before its report."""
    return max(today, report.issued_on or today)


class EarlyLetterForm(SheetForm):
    """The words of an early letter; its figures are fixed."""

    groups = (("函件", ["title", "addressee", "body"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=160)
    addressee = forms.CharField(label="主送", max_length=120)
    body = forms.CharField(
        label="正文",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="一段一行；“一、”开头的短行排成标题。不写个人姓名，不写问题从哪里来。",
    )
