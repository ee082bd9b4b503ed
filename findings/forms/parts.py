"""Small forms of a paper's page: materials, persons, withdrawal."""

from typing import Any

from django import forms

from core.files import EVIDENCE, SPREADSHEET
from core.forms import ManyFiles, ManyFilesField, SheetForm
from findings.models import FieldPaper, Finding, MaterialForm, SourceKind, SurveyTable, Talk, TalkStatus


class EvidenceWordsForm(SheetForm):
    """What is said of files that are uploaded together."""

    kind = forms.ChoiceField(label="来源种类", choices=SourceKind, initial=SourceKind.DOCUMENT)
    origin = forms.ChoiceField(label="材料形式", choices=MaterialForm, initial=MaterialForm.COPY)
    page_range = forms.CharField(
        label="页码", required=False, max_length=40, help_text="如“第3—5页”；PDF 会核对有没有这一页。"
    )


class UploadForm(EvidenceWordsForm):
    """Files as supporting materials, as many as wanted in one go."""

    groups = (("", ["files", ("kind", "origin"), "page_range"]),)
    files = ManyFilesField(  # type: ignore[assignment]
        label="文件",
        widget=ManyFiles(attrs={"accept": EVIDENCE.accept}),
        help_text=f"可一次选多个。{EVIDENCE.each}。",
    )


class MaterialEntryForm(SheetForm):
    """A material that is listed without a file: a paper in the folder, or a talk or field paper of this village."""

    groups = (("", ["talk", "paper", "table", "name", ("kind", "origin"), "page_range"]),)
    talk = forms.ModelChoiceField(
        Talk.objects.none(), label="引用谈话记录", required=False, empty_label="不引用"
    )
    paper = forms.ModelChoiceField(
        FieldPaper.objects.none(), label="引用走访、核查、座谈记录", required=False, empty_label="不引用"
    )
    table = forms.ModelChoiceField(
        SurveyTable.objects.none(), label="引用三资调查表", required=False, empty_label="不引用",
        help_text="只列出二人已签名的；要引用某一行，请在那张表上点“引用到底稿”。",
    )  # fmt: skip
    name = forms.CharField(label="材料名称", max_length=200, required=False, help_text="引用记录时可以不填。")
    kind = forms.ChoiceField(label="来源种类", choices=SourceKind, initial=SourceKind.DOCUMENT)
    origin = forms.ChoiceField(label="材料形式", choices=MaterialForm, initial=MaterialForm.COPY)
    page_range = forms.CharField(label="页码", required=False, max_length=40)

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        talks = Talk.objects.alive().filter(inspection=finding.inspection_id).order_by("-happened_at")
        self.fields["talk"].queryset = talks  # type: ignore[attr-defined]
        self.fields["talk"].label_from_instance = _talk_label  # type: ignore[attr-defined]
        papers = FieldPaper.objects.alive().filter(inspection=finding.inspection_id).order_by("-happened_at")
        self.fields["paper"].queryset = papers  # type: ignore[attr-defined]
        self.fields["paper"].label_from_instance = _paper_line  # type: ignore[attr-defined]

        tables = SurveyTable.objects.alive().filter(
            inspection=finding.inspection_id, status=TalkStatus.SIGNED
        )
        self.fields["table"].queryset = tables.order_by("no")  # type: ignore[attr-defined]
        self.fields["table"].label_from_instance = lambda row: f"{row.no} {row.heading}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A name or one record."""
        values = super().clean()
        cited = [name for name in ("talk", "paper", "table") if values.get(name)]
        if len(cited) > 1:
            self.add_error("paper", "一次引用一份记录，谈话记录、现场记录和调查表请分次添加。")
        if not values.get("name") and not cited:
            self.add_error("name", "请填写材料名称，或选择要引用的记录。")
        return values


def _talk_label(talk: Talk) -> str:
    state = "" if talk.status == TalkStatus.SIGNED else f"，{talk.get_status_display()}"
    return f"{talk.no or '未编号'}（{talk.get_target_category_display()}{state}）"


def _paper_line(paper: FieldPaper) -> str:
    state = "" if paper.status == TalkStatus.SIGNED else f"，{paper.get_status_display()}"
    return f"{paper.no or '未编号'} {paper.subject}（{paper.get_kind_display()}{state}）"


class CaptionForm(SheetForm):
    """What is said about one material."""

    groups = (("", ["name", ("kind", "origin"), "page_range"]),)
    name = forms.CharField(label="材料名称", max_length=200)
    kind = forms.ChoiceField(label="来源种类", choices=SourceKind)
    origin = forms.ChoiceField(label="材料形式", choices=MaterialForm)
    page_range = forms.CharField(label="页码", required=False, max_length=40)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PersonForm(SheetForm):
    """A person concerned: seen by the own team and the head of the office only."""

    groups = (("", [("name", "post"), "part"]),)
    name = forms.CharField(label="姓名", max_length=40)
    post = forms.CharField(label="职务", max_length=60, required=False)
    part = forms.CharField(label="作用", max_length=120, required=False)


class WithdrawForm(SheetForm):
    """Dropping a paper: the reason, and what the team meeting decided."""

    groups = (("撤销问题底稿", ["reason", "group_decision"]),)
    reason = forms.CharField(label="撤销理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    group_decision = forms.CharField(
        label="组务会意见",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明时间、参加人和结论。个人不得取舍问题，没有组务会意见不能撤销。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(SheetForm):
    """Which paper of the village this one goes into, and why."""

    groups = (("合并问题底稿", ["into", "reason"]),)
    into = forms.ModelChoiceField(Finding.objects.none(), label="并入哪一份", empty_label="请选择")
    reason = forms.CharField(label="合并理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = candidates  # type: ignore[attr-defined]
        self.fields["into"].label_from_instance = _paper_label  # type: ignore[attr-defined]


def _paper_label(finding: Finding) -> str:
    return f"{finding.short_no} {finding.title}（{finding.get_status_display()}）"


class ListUploadForm(SheetForm):
    """One workbook with a list of problems."""

    groups = (("", ["file"]),)
    file = forms.FileField(
        label="问题清单",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text=f"每行一个问题，列名见下方。{SPREADSHEET.hint}",
    )
