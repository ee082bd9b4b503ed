"""How closely a village is looked at, as its leaders decide."""

from typing import Any

from django import forms

from core.forms import SheetForm
from prep.models import AttentionClass


class AttentionForm(SheetForm):
    """The class and why; the class proposed and the profile's revision go along unseen."""

    groups = (("决定", ["attention_class", "attention_reason"]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    attention_class = forms.ChoiceField(
        label="关注类别", choices=AttentionClass.choices, widget=forms.RadioSelect
    )
    attention_reason = forms.CharField(
        label="理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="与建议不同时必须写明；与建议相同可以不写，系统记下建议的依据。",
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """Arguments of the service."""
        return dict(self.cleaned_data)
