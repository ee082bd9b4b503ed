"""The village's profile (村情档案) as a Word form, in the order of the sheet."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.display import cn_date
from core.office.docx import PaperForm

Pairs = tuple[tuple[str, str], ...]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Dossier:
    """Everything the paper shows, in words; ``writer`` filled the sheet last."""

    village: str
    code: str
    town: str
    round: str
    team: str
    office: str
    made_on: dt.date
    basics: Pairs
    welfare: Pairs
    attention: str
    attention_reason: str
    traits: str
    members: Rows
    doubts: tuple[str, ...]
    assets: str
    years: Rows
    gap: str
    projects: Rows
    prior: str
    note: str


def dossier_docx(data: Dossier) -> bytes:
    """Render the paper; the same data give the same bytes."""
    form = PaperForm(
        title="村情档案",
        created=data.made_on,
        author=data.office,
        heading=f"{data.round}　{data.team}",
        number=f"{cn_date(data.made_on)}",
    )
    form.pairs((("村（社区）", data.village), ("镇（街道）", data.town), ("区划代码", data.code)), columns=3)
    form.pairs(data.basics, columns=3)
    form.pairs((("村情类型", data.traits), ("关注类别", data.attention)))
    form.block("定类理由", data.attention_reason, min_height_mm=12)
    form.pairs(data.welfare, columns=3)
    _grid(
        form, "两委和村务监督委员会成员", ("姓名", "班子", "职务", "性别", "出生年月", "学历", "任职起止", "备注"),
        data.members, (16, 20, 30, 10, 19, 14, 32, 25),
    )  # fmt: skip
    form.block("集体资产、\n资源概况", data.assets, min_height_mm=16)
    _grid(
        form, "历年数据（金额：元）", ("年度", "集体收入", "集体支出", "年末债务", "信访件", "案件"),
        data.years, (16, 32, 32, 32, 16, 16),
    )  # fmt: skip
    _grid(
        form, "近三年项目（金额：元）", ("年度", "项目名称", "资金来源", "合同金额", "承建单位", "进展"),
        data.projects, (14, 46, 26, 28, 34, 20),
    )  # fmt: skip
    form.block("以往巡察、审计\n问题及整改", data.prior, min_height_mm=16)
    form.block("画像结论", data.note, min_height_mm=16)
    form.signatures((("填写人", "", None), ("副组长", "", None), ("组长", "", None)))
    form.note(_remarks(data))
    return form.to_bytes()


def _grid(form: PaperForm, label: str, heads: Sequence[str], rows: Rows, widths: Sequence[float]) -> None:
    """A list; one blank row says that nothing is known yet."""
    form.grid(heads, rows or (("",) * len(heads),), widths, label=label)


def _remarks(data: Dossier) -> str:
    lines = [f"注：{data.gap}" if data.gap else "", *(f"请核对：{line}" for line in data.doubts)]
    return "\n".join([*filter(None, lines), "内部资料，只在本组和巡察办范围内使用，不得外传。"])
