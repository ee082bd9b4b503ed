"""The way from a village's own page to its work of the round: every room's pages of it, with how much is there."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from findings.models import FieldPaper, Finding, Lead, LeadStatus, SurveyTable, Talk
from ledgers.models import LedgerSheet, LedgerStory, SheetStatus, StoryStatus
from prep.selectors.watch import watch_items
from surveys.models import Survey
from villages.access import is_inspecting
from villages.models import Round, Village, VillageInspection


@dataclass(frozen=True)
class WorkLine:
    """One way on: what is there, how much of it, and where it stands."""

    label: str
    said: str
    url: str


def inspection_of(viewer: Any, village: Village, round_: Round | None) -> VillageInspection | None:
    """The village in the round one works in, for who works on it."""
    if round_ is None or not is_inspecting(viewer):
        return None
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_, village=village)
    return rows.select_related("round", "team").first()


def work_lines(viewer: Any, inspection: VillageInspection, village: Village) -> list[WorkLine]:
    """The pages of the village's work in the order of the stages; a fixed number of queries."""

    def listed(name: str) -> str:
        return f"{reverse(name)}?village={village.code}"

    def of(model: Any) -> Any:
        return model.objects.visible_to(viewer).filter(inspection=inspection)

    key = {"pk": inspection.pk}
    leads, survey = of(Lead), of(Survey).first()
    lines = [
        WorkLine("准备", "档案、提纲、表单", reverse("prep:village", kwargs=key)),
        WorkLine(
            "待查问题",
            f"{watch_items(viewer, inspection).count()}条",
            reverse("prep:watch_list", kwargs=key),
        ),
        WorkLine(
            "疑点",
            f"{leads.count()}条，待核{leads.filter(status=LeadStatus.OPEN).count()}条",
            listed("findings:lead_inbox"),
        ),
        WorkLine(
            "账册疑点",
            f"{of(LedgerStory).standing().filter(status=StoryStatus.OPEN).count()}条待处理",
            reverse("findings:ledger_stories", kwargs=key),
        ),
        WorkLine("谈话记录", f"{of(Talk).alive().count()}份", listed("findings:talks")),
        WorkLine("走访、核查、座谈", f"{of(FieldPaper).alive().count()}份", listed("findings:field_papers")),
        WorkLine(
            "三资调查表",
            f"{of(SurveyTable).alive().count()}份",
            reverse("findings:village_tables", kwargs=key),
        ),
        WorkLine(
            "账册", f"{_sheets(viewer, village)}张表", reverse("ledgers:books", kwargs={"pk": village.pk})
        ),
        WorkLine("问题底稿和审核", f"{of(Finding).alive().count()}份", listed("findings:review")),
    ]
    if survey is not None:
        address = reverse("surveys:survey", kwargs={"pk": survey.pk})
        lines.insert(2, WorkLine("问卷调查", survey.get_status_display(), address))
    return lines


def _sheets(viewer: Any, village: Village) -> int:
    rows = LedgerSheet.objects.visible_to(viewer).filter(village=village, status=SheetStatus.CONFIRMED)
    return rows.count()
