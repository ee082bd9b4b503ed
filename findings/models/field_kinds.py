"""What the papers of visits, spot checks and group meetings ask for, in the order and words of the paper forms.

One description serves the form in the browser, the record page, the printed paper and the blank one.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models

from findings.models.choices import SourceKind

VISIT_KINDS = ("入户", "项目现场", "企业", "服务对象")
HOUSEHOLD = VISIT_KINDS[0]
VISITEES = ("两代表一委员", "老党员", "乡贤", "低保户", "困难群众", "上访户", "其他群众")
SATISFACTION = ("满意", "基本满意", "不满意", "不了解")
CHECK_METHODS = ("账实核对", "现场丈量", "入户核对", "函证", "数据比对")


class FieldKind(models.TextChoices):
    """Which of the papers it is."""

    VISIT = "visit", "走访记录"
    CHECK = "check", "抽查核实记录"
    MEETING = "meeting", "座谈记录"


@dataclass(frozen=True)
class Column:
    """One column of a list inside a paper."""

    name: str
    label: str
    width_mm: float
    long: bool = False


@dataclass(frozen=True)
class Part:
    """One thing a paper asks for beyond what all share.

    ``kind``: ``line``, ``text``, ``choice``, ``number``, ``yes``, or ``rows`` with ``columns``. ``required``: before
    the first signature, not before saving.
    """

    name: str
    label: str
    kind: str = "line"
    choices: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    required: bool = False
    hint: str = ""

    def empty(self) -> Any:
        """What stands for nothing filled in."""
        return {"rows": [], "number": None, "yes": False}.get(self.kind, "")


@dataclass(frozen=True)
class FieldSpec:
    """One kind of paper: 表类码, words for the shared fields, and its own parts; the text stands after one of them."""

    code: str
    source: SourceKind
    subject: str
    subject_hint: str
    content: str
    content_after: str
    place: str
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """The part of this name."""
        return next(part for part in self.parts if part.name == name)

    def flow(self) -> list[Part | None]:
        """The longer parts in the order of the paper form; ``None`` is where the text stands that all kinds have."""
        found: list[Part | None] = []
        for part in self.parts:
            if part.kind in ("text", "rows", "yes"):
                found.append(part)
            if part.name == self.content_after:
                found.append(None)
        return found

    def details(self, given: dict[str, Any]) -> dict[str, Any]:
        """Exactly the parts of this kind out of ``given``, in order, what is missing as empty."""
        return {part.name: given.get(part.name, part.empty()) for part in self.parts}


_VISIT = FieldSpec(
    code="ZF",
    source=SourceKind.VISIT,
    subject="走访对象",
    subject_hint="户主或单位、项目名称。",
    content="反映和看到的情况",
    content_after="background",
    place="地址",
    parts=(
        Part("visit_kind", "走访类型", "choice", VISIT_KINDS, required=True),
        Part("visitee", "身份类别", "choice", VISITEES, required=True),
        Part("households", "走访户数", "number", hint="入户走访填写，一般为1；计入走访户数。"),
        Part("household_no", "门牌（户）号"),
        Part("escort", "陪同人员", hint="不由村干部带路、陪同为宜。"),
        Part("background", "家庭（单位）基本情况", "text"),
        Part(
            "issues", "反映的问题", "rows",
            columns=(
                Column("issue", "反映的问题", 56, long=True),
                Column("about", "涉及何人何事", 38),
                Column("handling", "处理（核实、转办、解释）", 50),
            ),
        ),
        Part("explained", "已讲明有关政策", "yes"),
        Part("satisfaction", "对村班子评价", "choice", SATISFACTION),
    ),
)  # fmt: skip
_CHECK = FieldSpec(
    code="CC",
    source=SourceKind.SITE,
    subject="抽查对象",
    subject_hint="查的是什么，例如“2024年机动地承包费收缴”。",
    content="核实结论",
    content_after="explanation",
    place="地点",
    parts=(
        Part("method", "抽查方法", "choice", CHECK_METHODS, required=True),
        Part("population", "总体数量", hint="例如“86户”。"),
        Part("sample", "抽取数量", required=True, hint="例如“12户”。"),
        Part("basis", "抽取依据", "text", required=True, hint="为什么抽这些，怎么抽的。"),
        Part(
            "items", "核实结果", "rows", required=True,
            columns=(
                Column("item", "抽查项目", 46, long=True),
                Column("expected", "应有（账面）", 24, long=True),
                Column("actual", "实有（核实）", 24, long=True),
                Column("note", "说明", 36, long=True),
            ),
        ),
        Part("explanation", "差异原因及说明", "text"),
        Part("checked", "被核实人"),
    ),
)  # fmt: skip
_MEETING = FieldSpec(
    code="ZT",
    source=SourceKind.TALK,
    subject="座谈主题",
    subject_hint="例如“村级小型工程建设和村务公开”。",
    content="情况归纳",
    content_after="remarks",
    place="地点",
    parts=(
        Part("attendance", "参加人数", "number", required=True),
        Part(
            "people", "参加人员", "rows", required=True,
            columns=(Column("name", "姓名", 40), Column("post", "身份或职务", 60), Column("group", "所在村组", 44)),
        ),
        Part(
            "remarks", "发言要点", "rows",
            columns=(
                Column("who", "发言人身份", 34),
                Column("said", "主要内容", 80, long=True),
                Column("follow", "需否核实", 30),
            ),
        ),
    ),
)  # fmt: skip

SPECS: dict[str, FieldSpec] = {FieldKind.VISIT: _VISIT, FieldKind.CHECK: _CHECK, FieldKind.MEETING: _MEETING}
