"""What is known of a village beyond one round."""

from dataclasses import dataclass, field
from typing import Any

from prep.models import CommitteeMember, VillageProject, YearFigure
from prep.selectors.terms import term_warnings
from villages.models import Village


@dataclass(frozen=True)
class VillageKnowledge:
    """Yearly figures, the people in office with what is doubtful about their terms, the projects."""

    years: list[YearFigure] = field(default_factory=list)
    members: list[CommitteeMember] = field(default_factory=list)
    projects: list[VillageProject] = field(default_factory=list)

    @property
    def doubts(self) -> list[str]:
        """What in the register of people cannot all be right."""
        return term_warnings(self.members)


def village_knowledge(viewer: Any, village: Village) -> VillageKnowledge:
    """Three queries: the years, the people in office and the projects, as far as the viewer may see them."""
    years = list(YearFigure.objects.visible_to(viewer).filter(village=village))
    members = list(CommitteeMember.objects.visible_to(viewer).filter(village=village))
    projects = list(VillageProject.objects.visible_to(viewer).filter(village=village))
    return VillageKnowledge(years, members, projects)
