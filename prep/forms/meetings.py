"""What people type about a meeting and about one village in it."""

from typing import Any

from django import forms

from core.files import EVIDENCE
from core.forms import LinesField, ManyFilesField, MomentInput, RowColumn, RowsField, SheetForm
from prep.models import MeetingKind
from villages.models import User, VillageInspection

_PRESENT = [("", "—"), ("yes", "到会"), ("no", "缺席")]
ATTENDANCE = (
    RowColumn("name", "姓名", forms.CharField(max_length=40), "col-name"),
    RowColumn("post", "职务", forms.CharField(max_length=40, required=False), "col-name"),
    RowColumn("present", "到会", forms.ChoiceField(choices=_PRESENT), "col-name"),
    RowColumn("reason", "缺席原因", forms.CharField(max_length=80, required=False)),
)


class MeetingForm(SheetForm):
    """The record of a meeting, in the order of the paper form."""

    groups = (
        ("会议", ["name", ("kind", "held_at", "place"), ("chair", "recorder")]),
        ("出席", ["attendance", "guests"]),
        ("研判的村（社区）", ["villages"]),
        ("会议内容", ["content"]),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="会议名称", max_length=80)
    kind = forms.ChoiceField(label="会议类别", choices=MeetingKind.choices)
    held_at = forms.DateTimeField(label="时间", widget=MomentInput)
    place = forms.CharField(label="地点", max_length=80)
    chair = forms.ModelChoiceField(User.objects.none(), label="主持人")
    recorder = forms.ModelChoiceField(User.objects.none(), label="记录人")
    attendance = RowsField(
        ATTENDANCE, least=5, spare=1, label="组员出席情况", required=False,
        help_text="缺席的写明原因；清空一行即删去该人。",
    )  # fmt: skip
    guests = LinesField(
        label="列席人员",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一人一行，写明单位职务。",
    )
    villages = forms.ModelMultipleChoiceField(
        VillageInspection.objects.none(), label="本次研判的村（社区）", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="保存后逐村填写分析和议定的重点。",
    )  # fmt: skip
    content = forms.CharField(
        label="会议内容", required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="各村通用的内容写在这里；单个村的情况写在该村名下，须回避的人看不到。",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "recorder"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
        self.fields["villages"].queryset = villages  # type: ignore[attr-defined]
        self.fields["villages"].label_from_instance = lambda row: row.village.name  # type: ignore[attr-defined]

    def parts(self) -> dict[str, Any]:
        """Arguments of the service: values, villages, revision."""
        values = dict(self.cleaned_data)
        rows = [row | {"present": row["present"] == "yes"} for row in values["attendance"]]
        return {
            "villages": list(values.pop("villages")),
            "revision": values.pop("revision") or 0,
            "values": values | {"attendance": rows},
        }


class MeetingVillageForm(SheetForm):
    """What was said of one village."""

    groups = (("研判", ["analysis", "focus"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    analysis = forms.CharField(
        label="分析研判", required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="村情、信访、历年问题、部门资料说明什么，可能在哪里出问题。",
    )  # fmt: skip
    focus = LinesField(
        label="议定的重点", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一条，每条不超过120字；签署后可一键列入该村待查问题清单。",
    )  # fmt: skip


class MeetingFileForm(SheetForm):
    """Papers of the meeting."""

    groups = (("附件", ["uploads"]),)
    uploads = ManyFilesField(label="文件", help_text=EVIDENCE.hint)
