"""A topic for a special report."""

from django import forms

from core.forms import SheetForm


class TopicForm(SheetForm):
    """Its name, and what the report must be able to say."""

    groups = (("专题", ["name", "asks", "closed"]),)
    name = forms.CharField(label="专题", max_length=40, help_text="例如“农村三资管理”“乡村振兴”“选人用人”。")
    asks = forms.CharField(
        label="要回答的问题",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="专题报告要说清什么，各组收集时照此留意。",
    )
    closed = forms.BooleanField(label="停止收集", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
