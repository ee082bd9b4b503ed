"""What this stage files: issued reports with their lists, and the feedback."""

from collections.abc import Callable, Iterator
from typing import Any

from core.filing import FiledPaper, reachable
from reports.documents import feedback_docx, issue_list_xlsx, report_docx, town_list_xlsx
from reports.models import Feedback, Report
from reports.selectors.facts import inspections_of
from reports.selectors.papers import feedback_paper, full_team_name, report_paper, town_list, village_list
from villages.models import Round, Stage, VillageInspection

_RELATED = ("round__district", "team", "town")


def papers_to_file(
    viewer: Any, round_: Round, inspection: VillageInspection | None = None
) -> Iterator[FiledPaper]:
    """Papers of every issued report of the round; for one village only its own list."""
    rows = reachable(Report.objects.filter(round=round_, status=Report.Status.ISSUED), viewer)
    if inspection is not None:
        rows = rows.filter(team=inspection.team_id, town=inspection.town_id)
    for report in rows.select_related(*_RELATED).order_by("town__code", "team__number"):
        if inspection is None:
            yield from _of_town(report)
        for row in inspections_of(report):
            if inspection is None or row.pk == inspection.pk:
                yield _village_list(report, row)
        if inspection is None:
            for feedback in report.feedbacks.select_related(*_RELATED):
                yield _feedback(feedback)


def _keys(row: Report | Feedback) -> dict[str, Any]:
    return {
        "stage": Stage.REPORT,
        "dated_on": row.issued_on,
        "doc_no": row.doc_no,
        "team_id": row.team_id,
        "town_id": row.town_id,
        "about": (row.pk,),
    }


def _of_town(report: Report) -> Iterator[FiledPaper]:
    signer = full_team_name(report.team, report.round.district)
    yield FiledPaper(
        source=f"reports.report/{report.pk}",
        title=report.title,
        name=f"{report.title}.docx",
        responsible=signer,
        retention="Y",
        render=lambda: report_docx(report_paper(report)),
        **_keys(report),
    )
    yield FiledPaper(
        source=f"reports.town_list/{report.pk}",
        title=f"{report.town.name}问题清单（汇总）",
        name=f"{report.town.name}问题清单（汇总）.xlsx",
        responsible=signer,
        render=lambda: town_list_xlsx(*town_list(report)),
        **_keys(report),
    )


def _village_list(report: Report, row: VillageInspection) -> FiledPaper:
    name = row.village.name
    return FiledPaper(
        source=f"reports.issue_list/{report.pk}/{row.village_id}",
        title=f"{name}问题清单",
        name=f"{name}问题清单.xlsx",
        responsible=full_team_name(report.team, report.round.district),
        village_id=row.village_id,
        render=_list_renderer(report, name),
        **_keys(report),
    )


def _list_renderer(report: Report, village: str) -> Callable[[], bytes]:
    return lambda: issue_list_xlsx(village_list(report, village))


def _feedback(feedback: Feedback) -> FiledPaper:
    return FiledPaper(
        source=f"reports.feedback/{feedback.pk}",
        title=feedback.title,
        name=f"{feedback.title}.docx",
        responsible=f"{feedback.round.district.name}委巡察办",
        retention="Y",
        render=lambda: feedback_docx(feedback_paper(feedback)),
        **_keys(feedback),
    )
