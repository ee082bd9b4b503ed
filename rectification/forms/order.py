"""Forms of instant-fix orders; those of the inspected side are made for a thumb."""

from collections.abc import Sequence
from typing import Any

from django import forms

from core.files import EVIDENCE, PHOTO
from core.forms import DayInput, ManyFiles, ManyFilesField, SheetForm
from rectification.models import OrderKind, OrderVerdict, PhotoSide
from rectification.rules.order_text import warned_words, warning
from villages.models import Office

_CHECKED = "已逐句核对，没有不该让村里知道的内容"


class ToldForm(SheetForm):
    """Words the village reads: looked through for what may tell too much, unless somebody has checked them."""

    told: Sequence[str] = ()
    confirmed = forms.BooleanField(
        label=_CHECKED,
        required=False,
        help_text="文字里有姓名、职务、电话、门牌、信访字样时会提示，改掉或核对后再保存。",
    )

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        """``names``: whom to point out."""
        super().__init__(*args, **kwargs)
        self._names = names

    def clean(self) -> dict[str, Any]:
        """Point such words out."""
        values = super().clean()
        if values.get("confirmed"):
            return values
        for name in self.told:
            if parts := warned_words(values.get(name, ""), self._names):
                self.add_error(name, f"{warning(parts)}确实可以写的，勾选“{_CHECKED}”再保存。")
        return values

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirmed"}


class OrderForm(ToldForm):
    """An order, in the order of the paper form JB-1."""

    told = ("title", "problem_brief", "requirement", "basis")
    groups = (
        ("交给谁、什么时候办完", [("to_office", "cc_office"), ("kind", "due_on"), "also_common"]),
        ("写给被巡察单位的内容", ["title", "problem_brief", "requirement", "basis", "confirmed"]),
    )
    to_office = forms.ModelChoiceField(
        Office.objects.none(), label="交办单位", help_text="由这个单位的账号签收、报告。"
    )
    cc_office = forms.ModelChoiceField(
        Office.objects.none(),
        label="抄送单位",
        required=False,
        help_text="只能看，不能办。交给村的一般抄送镇（街道）党委。",
    )
    kind = forms.ChoiceField(
        label="类别", choices=OrderKind.choices, help_text="立行立改：马上改；立查立处：马上查清并处理。"
    )
    due_on = forms.DateField(label="办结期限", required=False, widget=DayInput)
    also_common = forms.BooleanField(
        label="要求全镇排查同类问题", required=False, help_text="问题别的村也可能有的，请镇里一并排查。"
    )
    title = forms.CharField(
        label="交办事项", max_length=60, help_text="一句话，例如“村务公开栏两个季度没有更新”。"
    )
    problem_brief = forms.CharField(
        label="问题摘要",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="只写看到的事实。不写谁反映的、谁说的，不照抄底稿、谈话和信访。",
    )
    requirement = forms.CharField(
        label="整改要求",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写清改到什么样算改好，核验时照此对照。",
    )
    basis = forms.CharField(label="依据", max_length=500, help_text="制度名称和条款。")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offices: Sequence[Office], day: str, **kwargs: Any) -> None:
        """``offices``: to whom it may go; ``day``: when it falls due by default."""
        super().__init__(*args, **kwargs)
        for name in ("to_office", "cc_office"):
            rows = Office.objects.filter(pk__in=[office.pk for office in offices])
            self.fields[name].queryset = rows.order_by("-kind", "name")  # type: ignore[attr-defined]
        self.fields["due_on"].help_text = f"不填的，从签发那天起按本轮默认时限计算；今天签发为{day}。"

    def given(self) -> dict[str, Any]:
        """What the service takes; the revision goes beside it."""
        return {name: value for name, value in super().given().items() if name != "revision"}


class OrderReasonForm(ToldForm):
    """The words of a step that the village reads: why an order is called off, what is answered about more days."""

    groups = (("写给对方的话", ["reason", "confirmed"]),)
    told = ("reason",)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="对方看得到这段话。",
    )


class OrderVerifyForm(ToldForm):
    """What was found on the spot."""

    groups = (("核验", ["verdict", "note", "confirmed"]),)
    told = ("note",)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="核验结论",
        choices=OrderVerdict.choices,
        widget=forms.RadioSelect,
        help_text="“已改”即办结；“部分改”“未改”退回，由对方再改再报。",
    )
    note = forms.CharField(
        label="核验情况",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="到现场看到什么、核对了什么；退回的写清还差什么。对方看得到这段话。",
    )


class ReceiveForm(SheetForm):
    """Who signs for it."""

    groups = (("签收", ["name"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="签收人（职务）", max_length=40, help_text="例如“江予安（党总支书记）”。签收时间自动记录。"
    )


class PhotosForm(SheetForm):
    """Pictures from a phone: of before or of after, with what they show."""

    groups = (("拍照上传", ["side", "uploads", "caption"]),)
    side = forms.ChoiceField(label="这些是", choices=PhotoSide.choices, widget=forms.RadioSelect)
    uploads = ManyFilesField(
        label="照片或文件",
        widget=ManyFiles(attrs={"accept": f"image/*,{EVIDENCE.accept}"}),
        help_text=f"可直接拍照，也可从相册选多张。照片{PHOTO.hint}其他材料{EVIDENCE.hint}",
    )
    caption = forms.CharField(
        label="说明", max_length=60, required=False, help_text="这几张拍的是哪里、什么，例如“公开栏东侧”。"
    )


class OrderReportForm(SheetForm):
    """Reporting it changed; the pictures were uploaded before."""

    groups = (("报告整改", ["measure", "result", "principal"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    measure = forms.CharField(
        label="整改措施",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="做了什么、谁做的、哪天做的。",
    )
    result = forms.CharField(
        label="整改结果",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="对照整改要求，写清改到什么程度、数量和金额。",
    )
    principal = forms.CharField(label="单位负责人", max_length=40, help_text="对整改结果负责的人。")


class ExtensionForm(SheetForm):
    """Asking for more days."""

    groups = (("申请延期", ["wanted_on", "reason"]),)
    wanted_on = forms.DateField(label="申请延至", widget=DayInput)
    reason = forms.CharField(
        label="延期理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写清已经做到哪一步、为什么按期完不成。期限当天和逾期后不能再申请。",
    )
