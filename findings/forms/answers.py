"""A lead out of a survey, in the words of whoever read the answer."""

from typing import Any

from django import forms

from core.forms import SheetForm
from villages.models import Category


class SurveyLeadForm(SheetForm):
    """What is to be checked."""

    groups = (("疑点", ["title", "text", "category"]),)
    title = forms.CharField(
        label="疑点", max_length=120, help_text="一句话说清要核查什么。写职务，不写姓名。"
    )
    text = forms.CharField(
        label="具体情况",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="可以改写，去掉只有写的人才知道的细节。人名、电话、证件号、银行卡号保存时一律隐去。",
    )
    category = forms.ModelChoiceField(Category.objects.none(), label="类别", required=False)

    def __init__(self, *args: Any, categories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
