"""Rows that belong to a paper are seen by whoever sees the paper."""

from typing import Any, Self

from core.models import VisibleQuerySet


class PaperPartQuerySet(VisibleQuerySet):
    """Parts of a paper; ``paper`` names the foreign key to it."""

    paper = "finding"

    def _visible(self, user: Any) -> Self:
        papers: Any = self.model._meta.get_field(self.paper).related_model
        papers = papers._default_manager.all()
        return self.filter(**{f"{self.paper}__in": papers.visible_to(user)})


class TalkPartQuerySet(PaperPartQuerySet):
    """Parts of a talk record."""

    paper = "talk"
