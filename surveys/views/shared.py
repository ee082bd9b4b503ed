"""What several pages of this stage begin with."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from core.access import get_visible_or_404
from surveys.models import Survey
from villages.models import VillageInspection


def visible_survey(request: HttpRequest, pk: UUID) -> Survey:
    """The survey, or 404 for what is not there for this person."""
    rows = Survey.objects.select_related("inspection", "round", "team", "village", "town", "questionnaire")
    return get_visible_or_404(rows, request.user, pk=pk)


def visible_inspection(request: HttpRequest, pk: UUID) -> VillageInspection:
    """The village in its round, or 404."""
    rows = VillageInspection.objects.select_related("round", "team", "village", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


def frame(survey: Survey) -> dict[str, Any]:
    """What every page of a survey shows on top."""
    return {"survey": survey, "village": survey.village, "inspection": survey.inspection}


def page_of(survey: Survey) -> str:
    """The address of a survey's page."""
    return reverse("surveys:survey", kwargs={"pk": survey.pk})
