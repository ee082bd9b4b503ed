"""Forms about the district, its villages, and the import of the register."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from core.files import SPREADSHEET
from core.forms import Group, SheetForm
from villages.forms.base import EditForm
from villages.models import District, Town, Village
from villages.models.places import code6, code12


class VillageFields(SheetForm):
    """What is known of a village without a round."""

    groups: ClassVar[Sequence[Group]] = (
        ("名称", [("name", "kind")]),
        ("规模", [("households", "population", "members")]),
        ("联系", [("secretary", "phone"), "note"]),
    )
    name = forms.CharField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="类型", choices=Village.Kind.choices)
    households = forms.IntegerField(label="户数", min_value=0, max_value=1_000_000, required=False)
    population = forms.IntegerField(label="人口", min_value=0, max_value=10_000_000, required=False)
    members = forms.IntegerField(label="党员数", min_value=0, max_value=1_000_000, required=False)
    secretary = forms.CharField(label="书记", max_length=60, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    note = forms.CharField(
        label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class VillageForm(VillageFields):
    """A village registered by hand."""

    groups = (("区划", [("town", "code")]), *VillageFields.groups)
    town = forms.ModelChoiceField(Town.objects.none(), label="所属镇（街道）")
    code = forms.CharField(label="区划代码", validators=[code12], help_text="12位，前9位与镇（街道）一致。")

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = Town.objects.visible_to(viewer).alive()  # type: ignore[attr-defined]


class VillageEditForm(EditForm, VillageFields):
    """An existing village; its code and town stay."""


class DistrictForm(SheetForm):
    """The district's name and its sign in form numbers."""

    groups = (("本区", [("code", "name"), "short"]),)
    code = forms.CharField(label="区代码", validators=[code6], help_text="区划代码前6位。")
    name = forms.CharField(label="区名称", max_length=60)
    short = forms.CharField(
        label="区代字", max_length=4, help_text="用在表单编号里，例如“青巡2026-…”的“青”。"
    )


class UploadForm(SheetForm):
    """A workbook of people."""

    groups = (("选择文件", ["file"]),)
    file = forms.FileField(
        label="名册文件",
        help_text="Excel（xlsx、xls）或 CSV，按单位里原来的样子上传即可：标题行、合并单元格、表尾说明都能识别。",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
    )


class VillageUploadForm(UploadForm):
    """A register and the district it is for."""

    groups = (("选择文件", ["file", "county"]),)
    county = forms.CharField(
        label="区代码", validators=[code6], help_text="6位；文件里的区划代码都应以它开头，以防传错文件。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        district = District.objects.order_by("created_at").first()
        if district is not None:
            self.fields["county"].initial = district.code
