"""A tip for other teams."""

from typing import Any

from django import forms

from core.forms import SheetForm
from prep.models import CheckPoint


class TipForm(SheetForm):
    """What was found, how, and with what evidence; nobody and no place in it."""

    groups = (("交流经验", ["point", "what", "how", "evidence"]),)
    point = forms.ModelChoiceField(
        CheckPoint.objects.none(), label="监督要点", help_text="别组核查同一要点时会看到这条经验。"
    )
    what = forms.CharField(
        label="发现了什么",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一两句话，例如“承包费开了收据，没有进村账”。",
    )
    how = forms.CharField(
        label="怎么发现的",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="先看什么、再对什么、问谁（只写身份），走过哪些弯路。",
    )
    evidence = forms.CharField(
        label="靠什么材料定下来", max_length=300, help_text="例如“收据存根、银行流水、承包合同”。"
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, points: Any = None, **kwargs: Any) -> None:
        """``points``: the choice for a new tip; a known one keeps its point and has a revision instead."""
        self.base_fields = self.base_fields.copy()
        del self.base_fields["point" if points is None else "revision"]
        super().__init__(*args, **kwargs)
        if points is not None:
            self.fields["point"].queryset = points  # type: ignore[attr-defined]
            self.fields["point"].label_from_instance = lambda row: f"{row.code} {row.title}"  # type: ignore[attr-defined]
