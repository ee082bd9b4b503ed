"""What a common problem is called."""

from django import forms

from core.forms import SheetForm


class CommonNameForm(SheetForm):
    """The name people give it, and what the town should know."""

    groups = (("共性问题", ["name", "description"]),)
    name = forms.CharField(
        label="名称",
        max_length=120,
        help_text="一句话说清是什么问题，不写村名、人名和金额。报告按这个名称表述。",
    )
    description = forms.CharField(
        label="说明",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="共同的表现、原因。写进给镇（街道）的提示函，不写人名和信访来源。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
