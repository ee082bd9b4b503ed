"""What people type where results are used."""

from django import forms

from core.forms import SheetForm


class TownLetterForm(SheetForm):
    """The words of a letter; its figures are fixed."""

    groups = (("函件", ["title", "addressee", "body"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=120)
    addressee = forms.CharField(label="主送", max_length=120)
    body = forms.CharField(
        label="正文",
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text="一段一行；“一、”开头的短行排成标题。不写个人姓名。附件表格取自起草时锁定的结果，不能改。",
    )
