"""Orders as papers of the archive: the filled form, and everything the addressee handed in."""

from collections.abc import Callable, Iterator
from typing import Any

from core.filing import FiledPaper, reachable
from rectification.documents.order import order_docx
from rectification.models import FixOrder, OrderFile
from rectification.selectors.order_paper import order_paper
from rectification.selectors.orders import with_order_relations
from villages.models import Round, Stage, VillageInspection


def orders_to_file(
    viewer: Any, round_: Round, inspection: VillageInspection | None = None
) -> Iterator[FiledPaper]:
    """Every order that went out, by number, each followed by its files; withdrawn ones too: their number is used."""
    rows = with_order_relations(reachable(FixOrder.objects.filter(round=round_), viewer).sent())
    if inspection is not None:
        rows = rows.filter(inspection=inspection)
    orders = list(rows.order_by("team__number", "year", "number"))
    files: dict[Any, list[OrderFile]] = {}
    sent = OrderFile.objects.filter(report__order__in=orders, report__reported_by__isnull=False)
    for row in sent.select_related("file", "report").order_by("report__seq", "seq"):
        files.setdefault(row.report.order_id, []).append(row)
    for order in orders:
        handed_in = files.get(order.pk, [])
        yield _paper(order, handed_in)
        yield from (_file(order, row) for row in handed_in)


def _paper(order: FixOrder, files: list[OrderFile]) -> FiledPaper:
    return FiledPaper(
        source=f"rectification.order/{order.pk}",
        title=f"即知即改交办单：{order.title}",
        name=f"交办单 {order.doc_no}.docx",
        dated_on=order.issued_on,
        responsible=order.team.name,
        render=_renderer(order),
        about=(order.pk, *(row.report_id for row in files), *(row.pk for row in files)),
        **_keys(order),
    )


def _renderer(order: FixOrder) -> Callable[[], bytes]:
    return lambda: order_docx(order_paper(order, whole=True))


def _file(order: FixOrder, row: OrderFile) -> FiledPaper:
    shown = f"：{row.caption}" if row.caption else ""
    return FiledPaper(
        source=f"rectification.order_file/{row.pk}",
        title=f"{order.doc_no}第{row.report.seq}次报告{row.get_side_display()}{row.seq}{shown}",
        name=row.file.name,
        dated_on=row.report.reported_on,
        responsible=order.to_office.name,
        file=row.file,
        about=(order.pk, row.report_id),
        **_keys(order),
    )


def _keys(order: FixOrder) -> dict[str, Any]:
    return {
        "stage": Stage.RECTIFY,
        "team_id": order.team_id,
        "town_id": order.town_id,
        "village_id": order.village_id,
        "doc_no": order.doc_no,
    }
