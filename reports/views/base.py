"""Small readings that the pages of this stage share."""

from uuid import UUID

from django.http import Http404, HttpRequest

from core.access import get_visible_or_404
from reports.models import Feedback, Report, Statement
from villages.access import is_inspected
from villages.models import Round
from villages.selectors.rounds import current_round


def round_of(request: HttpRequest) -> Round | None:
    """The round this person works in."""
    return current_round(request.user, request.session.get("round", ""))


def fetch_report(request: HttpRequest, pk: UUID) -> Report:
    """The report, or the answer that tells nothing."""
    rows = Report.objects.select_related("round__district", "team", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


def fetch_statement(request: HttpRequest, pk: UUID) -> Statement:
    """The sentence with its report."""
    rows = Statement.objects.select_related("report__team", "report__town", "report__round", "category")
    return get_visible_or_404(rows, request.user, pk=pk)


def fetch_feedback(request: HttpRequest, pk: UUID) -> Feedback:
    """The feedback letter; the addressee reads it through the own portal, never here."""
    if is_inspected(request.user):
        raise Http404
    rows = Feedback.objects.select_related("round__district", "team", "town", "report")
    return get_visible_or_404(rows, request.user, pk=pk)
