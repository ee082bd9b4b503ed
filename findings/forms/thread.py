"""Forms of threads: a paper added by hand, the name of a thread, two threads joined."""

from typing import Any

from django import forms

from core.display import money
from core.forms import SheetForm
from findings.models import Finding, ProblemThread


class ThreadAddForm(SheetForm):
    """A paper nobody proposed, and why it is the same problem."""

    groups = (("同一问题的底稿", ["other", "note"]),)
    other = forms.ChoiceField(
        label="底稿",
        widget=forms.RadioSelect,
        help_text="列出本村（社区）其他底稿：本组的，以及以往各轮已审签的。系统已经提示的请在底稿页面判断。",
    )
    note = forms.CharField(
        label="为什么是同一个问题",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如“同一口鱼塘，上轮写在合同管理里”。",
    )

    def __init__(self, *args: Any, candidates: list[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(str(row.pk), _paper(row)) for row in candidates]  # type: ignore[attr-defined]


def _paper(row: Finding) -> str:
    parts = [row.round.name, row.short_no, row.title, row.period]
    if row.amount:
        parts.append(f"{money(row.amount)}元")
    return " · ".join(part for part in parts if part)


class ThreadForm(SheetForm):
    """What the problem is called."""

    groups = (("历年问题", ["title"]),)
    title = forms.CharField(
        label="问题", max_length=120, help_text="一句话说清是什么问题，不写年度，不写人名。"
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ThreadJoinForm(SheetForm):
    """Another thread of the village that is the same problem."""

    groups = (("合并历年问题", ["other", "reason"]),)
    other = forms.ModelChoiceField(
        ProblemThread.objects.none(),
        label="另一条历年问题",
        help_text="两条的底稿合到较近一轮的那条里，另一条不再保留，办理记录留痕。",
    )
    reason = forms.CharField(
        label="为什么是同一个问题", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["other"]
        field.queryset = others
        field.label_from_instance = _thread


def _thread(row: ProblemThread) -> str:
    years = f"（{row.first_year}年至{row.last_year}年，{row.paper_count}份底稿）" if row.years else ""
    return f"{row.title}{years}"
