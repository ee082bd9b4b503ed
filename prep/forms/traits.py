"""One kind of village, as the office names it."""

from django import forms

from core.forms import SheetForm


class TraitForm(SheetForm):
    """Name, how to tell, and its place among the others; the code is given once by the system."""

    groups = (("村情类型", ["label", "hint", ("order", "active")]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    label = forms.CharField(label="名称", max_length=20, help_text="出现在档案、清单和要点库里的叫法。")
    hint = forms.CharField(label="怎么判断", max_length=120, required=False)
    order = forms.IntegerField(label="次序", min_value=0, max_value=9999, help_text="小的排在前面。")
    active = forms.BooleanField(
        label="启用", required=False, help_text="停用后新填的档案不再出现，已经选用的照常显示。"
    )
