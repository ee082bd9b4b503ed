"""A clue as forms. Fields named ``sealed_…`` are kept by no draft, no browser and no form key."""

from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import ManyFiles, ManyFilesField, RowColumn, RowsField, SheetForm
from findings.forms.sealed import ProofForm
from findings.models import Clue, ClueDisposal, ClueMode, Discipline
from findings.services.clues.writing import CLUE_MATERIAL
from villages.models import Category, User, VillageInspection

_OFF = {"autocomplete": "off"}
_LIMIT = 20_000
_NO_CLUE = "已核对：不是一般工作问题、个人诉求或涉法涉诉事项"


def _text(label: str, rows: int, *, required: bool = True, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows} | _OFF)
    return forms.CharField(label=label, max_length=_LIMIT, required=required, widget=widget, **more)


def _cell(name: str, label: str, limit: int) -> RowColumn:
    return RowColumn(name, label, forms.CharField(max_length=limit, required=name == "name"))


def _files(required: bool) -> ManyFilesField:
    return ManyFilesField(
        label="材料", required=required, widget=ManyFiles(attrs={"accept": CLUE_MATERIAL.accept}),
        help_text=f"{CLUE_MATERIAL.hint}加密保存；日常看的是去掉作者、拍摄信息的副本，原件另存（PDF 不作改动）。",
    )  # fmt: skip


class ClueForm(SheetForm):
    """What a clue says, in the order of the transfer sheet XS-1."""

    groups = (
        ("线索", ["village", "sealed_title", "sealed_persons"]),
        (
            "问题",
            ["sealed_facts", "sealed_disciplines", ("sealed_category", "sealed_subcategory"), "confirmed"],
        ),
        ("来源和材料", ["sealed_sources", "sealed_note", "sealed_files"]),
    )
    village = forms.ModelChoiceField(VillageInspection.objects.none(), label="被巡察单位")
    sealed_title = forms.CharField(
        label="线索名称", max_length=120, widget=forms.TextInput(attrs=_OFF), help_text="一句话说清什么事。"
    )
    sealed_persons = RowsField(
        [
            _cell("name", "姓名", 40), _cell("unit", "单位", 80), _cell("post", "职务", 60),
            _cell("rank", "职级", 40), _cell("politics", "政治面貌", 20),
        ],
        label="被反映人", least=2, spare=1,
    )  # fmt: skip
    sealed_facts = _text(
        "具体问题", 8, help_text="时间、地点、经过、金额、涉及的人。只写查到的，不下结论，不写谁反映的。"
    )
    sealed_disciplines = forms.MultipleChoiceField(
        label="违反纪律", choices=Discipline.choices, widget=forms.CheckboxSelectMultiple
    )
    sealed_category = forms.ModelChoiceField(Category.objects.none(), label="一级分类", required=False)
    sealed_subcategory = forms.ModelChoiceField(Category.objects.none(), label="二级分类", required=False)
    confirmed = forms.BooleanField(
        label=_NO_CLUE,
        help_text="一般问题写入底稿，个人诉求转有关部门，涉法涉诉告知办理去处，都不作为问题线索移交。",
    )
    sealed_sources = _text("线索来源", 2, help_text="信访、谈话摘录、账目、底稿编号等；不写反映人姓名。")
    sealed_note = _text(
        "材料说明", 3, required=False, help_text="移交材料清单：名称、原件或复印件、份数、页数。"
    )
    sealed_files = _files(required=False)
    sealed_finding = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scheme: Any, villages: Any = None, **kwargs: Any) -> None:
        """``scheme``: the round's categories; ``villages``: the choice for a new clue."""
        new = villages is not None
        leave = {"revision"} if new else {"village", "sealed_files"}
        self.base_fields = {name: f for name, f in self.base_fields.items() if name not in leave}
        super().__init__(*args, **kwargs)
        known = Category.objects.filter(scheme=scheme)
        self.fields["sealed_category"].queryset = known.filter(parent=None)  # type: ignore[attr-defined]
        self.fields["sealed_subcategory"].queryset = known.exclude(parent=None)  # type: ignore[attr-defined]
        if new:
            self.fields["village"].queryset = villages  # type: ignore[attr-defined]
            self.fields["village"].label_from_instance = lambda row: row.village.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The second level belongs to the first one."""
        values = super().clean()
        first, second = values.get("sealed_category"), values.get("sealed_subcategory")
        if second and (first is None or second.parent_id != first.pk):
            self.add_error("sealed_subcategory", "二级分类不属于所选的一级分类。")
        return values

    def given(self) -> dict[str, Any]:
        """What the service takes, by the names of the clue's content."""
        values: dict[str, Any] = {
            name: self.cleaned_data.get(f"sealed_{name}") or "" for name in Clue.CONTENT
        }
        for name in ("category", "subcategory"):
            if chosen := values[name]:
                values[name] = {"id": str(chosen.pk), "name": chosen.name}
        values["finding"] = str(values["finding"] or "")
        return values

    @staticmethod
    def start(clue: Clue) -> dict[str, Any]:
        """The fields as they stand now."""
        values = {f"sealed_{name}": clue.read(name) for name in Clue.CONTENT}
        for name in ("sealed_category", "sealed_subcategory"):
            values[name] = (values[name] or {}).get("id", "")
        return values | {"revision": clue.revision, "confirmed": True}


class ClueStepForm(SheetForm):
    """Words for a step that may go without."""

    groups: Any = (("办理", ["sealed_text"]),)
    sealed_text = _text("意见", 3, required=False, help_text="加密保存，只有知悉人看得到。")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, receivers: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "receiver" in self.fields:
            self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]
            self.fields["receiver"].label_from_instance = _with_office  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {name.removeprefix("sealed_"): value for name, value in self.cleaned_data.items()}


def _with_office(user: User) -> str:
    return f"{user.display_name}（{user.office or user.get_role_display()}）"


class ClueReasonForm(ClueStepForm):
    """A step that wants its reason."""

    groups = (("理由", ["sealed_text"]),)
    sealed_text = _text("理由", 3, help_text="加密保存，只有知悉人看得到。")


class ApproveClueForm(ClueStepForm):
    """To whom, and how."""

    groups = (("批准移交", ["mode", "receiver", "sealed_second_unit", "sealed_text"]),)
    mode = forms.ChoiceField(
        label="移交方式", choices=ClueMode.choices, widget=forms.RadioSelect, initial=ClueMode.SINGLE
    )
    receiver = forms.ModelChoiceField(User.objects.none(), label="接收人（区纪委监委）")
    sealed_second_unit = forms.CharField(
        label="另一移交单位", max_length=120, required=False, widget=forms.TextInput(attrs=_OFF),
        help_text="双移交时填写，印在移交单上；该单位凭纸质移交单接收，不在系统里查看。",
    )  # fmt: skip


class DisposeClueForm(ClueStepForm):
    """How the commission classes it."""

    groups = (("分类处置", ["sealed_disposal", "sealed_opinion"]),)
    sealed_text = None  # type: ignore[assignment]
    sealed_disposal = forms.ChoiceField(
        label="分类处置意见", choices=ClueDisposal.choices, widget=forms.RadioSelect
    )
    sealed_opinion = _text("说明", 3, required=False)


class AnswerClueForm(ClueStepForm):
    """What was done and what came of it."""

    groups = (("反馈办理结果", ["sealed_handling", "sealed_result"]),)
    sealed_text = None  # type: ignore[assignment]
    sealed_handling = _text("办理情况", 4)
    sealed_result = _text("处理结果", 3)


STEP_FORMS: dict[str, type[ClueStepForm]] = {
    "sign": ClueStepForm,
    "recall": ClueReasonForm,
    "approve": ApproveClueForm,
    "send_back": ClueReasonForm,
    "hand_over": ClueStepForm,
    "receive": ClueStepForm,
    "give_back": ClueReasonForm,
    "dispose": DisposeClueForm,
    "answer": AnswerClueForm,
    "ask_more": ClueReasonForm,
    "close": ClueStepForm,
    "withdraw": ClueReasonForm,
}


class ClueReaderForm(ClueReasonForm):
    """Who else may know, and why."""

    groups = (("增加知悉人", ["user", "sealed_text"]),)
    revision = None  # type: ignore[assignment]
    user = forms.ModelChoiceField(User.objects.none(), label="人员", help_text="越少越好，只列办理必需的人。")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["user"].label_from_instance = _with_office  # type: ignore[attr-defined]


class ClueFilesForm(SheetForm):
    """More material."""

    groups = (("添加材料", ["sealed_files"]),)
    sealed_files = _files(required=True)


class ClueProofForm(ProofForm):
    """The login password once more, before the sheet or an original is shown."""

    groups: Any = (("核对本人", ["password"]),)
    passphrase = None  # type: ignore[assignment]
    as_typed: Sequence[str] = ("password",)
