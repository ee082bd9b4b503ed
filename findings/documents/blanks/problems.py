"""Blank problem workpaper and clue transfer sheet."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish
from core.office.paperform import HALF_LINE, ticks
from findings.documents.paper import NOTE, EvidenceLine, PaperData, SignatureLine, StepLine, lay_out
from findings.models import (
    Commonality,
    Discipline,
    Disposal,
    MaterialForm,
    Responsibility,
    Severity,
    SignRole,
    SourceKind,
)
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)

_STEPS, _MATERIALS = 5, 8
_CLUE_DISPOSALS = ("谈话函询", "初步核实", "暂存待查", "予以了结")
# A text that is there but prints nothing: the part stays in the form to be written in.
_OPEN = "　"


@blank_form("DG-1", "问题底稿", stage=Stage.FINDING, medium=Medium.WORD, version=VERSION, pages=2)
def workpaper(context: BlankContext) -> bytes:
    """The problem workpaper with nothing in it yet; its layout is that of the filled one."""
    form = begin(context)
    lay_out(form, _empty(context), room=1.35, two_pages=True)
    return finish(form, context, f"编制日期：　　　　年　　月　　日\n{NOTE}")


def _empty(context: BlankContext) -> PaperData:
    return PaperData(
        number=context.number,
        prepared_on=context.version,
        office=context.place.office,
        round=context.place.round,
        team=context.place.team,
        village=f"{context.target}党组织",
        villager_groups="",
        title="",
        category="",
        weight=ticks([*Severity.labels, *Commonality.labels], HALF_LINE),
        period="",
        amount="",
        quantity="",
        summary="",
        origins=ticks(SourceKind.labels),
        steps=tuple(StepLine(None, "", "", "") for _ in range(_STEPS)),
        facts="",
        evidence=tuple(EvidenceLine(n, "", "", "", "") for n in range(1, _MATERIALS + 1)),
        basis=(),
        root_cause="",
        qualification=ticks(Responsibility.labels[:3], HALF_LINE),
        response="",
        disposal=ticks(Disposal.labels, HALF_LINE),
        open_question=_OPEN,
        status="",
        signatures=tuple(
            SignatureLine(str(role.label), "", None)
            for role in (SignRole.HANDLER, SignRole.DEPUTY, SignRole.LEADER)
        ),
    )


@blank_form("XS-1", "问题线索移交单", stage=Stage.FINDING, medium=Medium.WORD, version=VERSION, sealed=True)
def clue_transfer(context: BlankContext) -> bytes:
    """Clue transfer: persons, what, material, and both sides' signatures."""
    form = begin(context)
    form.pairs([("线索名称", "")], columns=1)
    form.pairs(
        [
            ("被巡察单位", f"{context.target}"),
            ("线索来源", ""),
            ("受理时间", ""),
            ("移交方式", ticks(["单移交", "双移交"], HALF_LINE)),
        ]
    )
    form.grid(
        ["序号", "被反映人", "单　　位", "职　　务", "职　级", "政治面貌"],
        [[n, *[""] * 5] for n in range(1, 3)],
        [12, 27, 42, 30, 20, 25],
        align="c",
    )
    form.block("具体问题", "", min_height_mm=36)
    form.pairs([("违反纪律", ticks(Discipline.labels))], columns=1)
    form.pairs([("处置建议", ticks(_CLUE_DISPOSALS))], columns=1)
    form.grid(
        ["序号", "移交材料名称", "形　式", "份数", "页数"],
        [[n, *[""] * 4] for n in range(1, 4)],
        [12, 88, 26, 15, 15],
        label="移交材料清单",
        align="clccc",
        row_mm=8,
    )
    form.signatures(
        [("移交方经办人", "", None), ("巡察组组长", "", None), ("巡察办负责人", "", None)], height_mm=15
    )
    form.signatures(
        [("接收单位（盖章）", "", None), ("接收人", "", None), ("接收方负责人", "", None)], height_mm=15
    )
    form.pairs([("反馈时间", ""), ("办理情况", ticks(["正在办理", "已办结"], HALF_LINE))])
    return finish(
        form,
        context,
        f"注：一式两份，双方签字后各执一份；材料形式填{'、'.join(MaterialForm.labels)}。一般问题、个人诉求、涉法涉诉不移交。",
    )
