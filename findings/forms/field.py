"""Field papers as forms: the shared head, then the parts of the kind as its description has them."""

from typing import Any

from django import forms

from core.files import EVIDENCE
from core.forms import ManyFiles, ManyFilesField, MomentInput, RowColumn, RowsField, SheetForm
from findings.models import FieldSpec, Part
from villages.models import User, VillageInspection

_SHARED = ("subject", "happened_at", "ended_at", "place", "companion", "recorder", "content")


class FieldPaperForm(SheetForm):
    """One visit, check or meeting by two people of the team."""

    village = forms.ModelChoiceField(
        VillageInspection.objects.none(), label="村（社区）", empty_label="请选择"
    )
    subject = forms.CharField(max_length=120)
    happened_at = forms.DateTimeField(label="开始时间", widget=MomentInput)
    ended_at = forms.DateTimeField(label="结束时间", widget=MomentInput, required=False)
    place = forms.CharField(max_length=120)
    companion = forms.ModelChoiceField(
        User.objects.none(), label="同行人", empty_label="请选择", help_text="二人同行，记录人先签名。"
    )
    recorder = forms.ModelChoiceField(User.objects.none(), label="记录人", empty_label="请选择")
    content = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 5}))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, spec: FieldSpec, members: Any, villages: Any = None, **kwargs: Any
    ) -> None:
        """``members``: accounts of the team; ``villages``: the choice for a new paper."""
        self.spec = spec
        self.base_fields = self.base_fields.copy()
        del self.base_fields["village" if villages is None else "revision"]
        self.base_fields |= {part.name: _field(part) for part in spec.parts}
        self.groups = (
            (
                "时间、地点和人员",
                ["village", "subject", ("happened_at", "ended_at"), "place", ("companion", "recorder")],
            ),
            ("情况", [*self._before(), *(part.name if part else "content" for part in spec.flow())]),
        )  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, label in (("subject", spec.subject), ("place", spec.place), ("content", spec.content)):
            self.fields[name].label = label
        self.fields["subject"].help_text = spec.subject_hint
        for name in ("companion", "recorder"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
        if villages is not None:
            self.fields["village"].queryset = villages  # type: ignore[attr-defined]
            self.fields["village"].label_from_instance = lambda row: row.village.name  # type: ignore[attr-defined]

    def _before(self) -> list[Any]:
        """Short parts stand in pairs before the text."""
        short = [part.name for part in self.spec.parts if part.kind in ("line", "choice", "number")]
        pairs = [tuple(short[n : n + 2]) for n in range(0, len(short), 2)]
        return [pair if len(pair) == 2 else pair[0] for pair in pairs]

    def clean(self) -> dict[str, Any]:
        """Two different people, and an end after the start."""
        values = super().clean()
        if values.get("companion") and values.get("companion") == values.get("recorder"):
            self.add_error("recorder", "同行人和记录人不能是同一人。")
        start, end = values.get("happened_at"), values.get("ended_at")
        if start and end and end < start:
            self.add_error("ended_at", "结束时间早于开始时间。")
        return values

    def split(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Values every paper has, and the parts of this kind."""
        values = {name: self.cleaned_data[name] for name in _SHARED}
        return values, {part.name: self.cleaned_data[part.name] for part in self.spec.parts}


def _field(part: Part) -> forms.Field:
    shared: dict[str, Any] = {"label": part.label, "required": False, "help_text": part.hint}
    if part.kind == "choice":
        return forms.ChoiceField(choices=[("", "请选择"), *((c, c) for c in part.choices)], **shared)
    if part.kind == "number":
        return forms.IntegerField(min_value=0, max_value=99_999, **shared)
    if part.kind == "yes":
        return forms.BooleanField(**shared)
    if part.kind == "rows":
        area = forms.Textarea(attrs={"rows": 2})
        columns = [
            RowColumn(c.name, c.label, forms.CharField(required=False, max_length=500, widget=area if c.long else None))
            for c in part.columns
        ]  # fmt: skip
        return RowsField(columns, least=3, **shared)
    widget = forms.Textarea(attrs={"rows": 3}) if part.kind == "text" else None
    return forms.CharField(max_length=2000 if part.kind == "text" else 120, widget=widget, **shared)


class FieldFilesForm(SheetForm):
    """Pictures and files of a paper, as many as wanted in one go, from the camera of a phone too."""

    groups = (("", ["files"]),)
    files = ManyFilesField(  # type: ignore[assignment]
        label="照片或文件",
        widget=ManyFiles(attrs={"accept": EVIDENCE.accept}),
        help_text=f"可一次选多个，用工作手机可直接拍照，传好后不在手机里留存。{EVIDENCE.each}。",
    )


class FieldCaptionsForm(SheetForm):
    """What each picture of a paper shows."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, files: list[Any], **kwargs: Any) -> None:
        self.names = {f"caption_{row.pk}": row.pk for row in files}
        self.groups = (("", list(self.names)),)
        labels = [f"{row.seq}. {row.file.name}" for row in files]
        self.base_fields = self.base_fields | {
            name: forms.CharField(label=label, required=False, max_length=120)
            for name, label in zip(self.names, labels, strict=True)
        }
        super().__init__(*args, **kwargs)

    def captions(self) -> dict[Any, str]:
        """What was typed, by the key of the file."""
        return {key: self.cleaned_data[name] for name, key in self.names.items()}
