"""The shared data model: places, people, rounds and teams, and the village in a round that all stages hang on."""

from villages.models.calendar import CalendarDay
from villages.models.imports import ImportStage
from villages.models.numbering import FormNumber
from villages.models.parameters import Category, CategoryScheme, ParameterDefault, RoundParameter
from villages.models.people import Office, Role, User
from villages.models.places import District, Town, Village
from villages.models.pledge import SecrecyPledge
from villages.models.recusal import Recusal, RecusalException, WorkHistory
from villages.models.rounds import Membership, Round, Team, TeamRole, Ties
from villages.models.signin import LoginAttempt
from villages.models.spine import InspectionRecord, SpineQuerySet, Stage, VillageInspection, spine

__all__ = [
    "CalendarDay",
    "Category",
    "CategoryScheme",
    "District",
    "FormNumber",
    "ImportStage",
    "InspectionRecord",
    "LoginAttempt",
    "Membership",
    "Office",
    "ParameterDefault",
    "Recusal",
    "RecusalException",
    "Role",
    "Round",
    "RoundParameter",
    "SecrecyPledge",
    "SpineQuerySet",
    "Stage",
    "Team",
    "TeamRole",
    "Ties",
    "Town",
    "User",
    "Village",
    "VillageInspection",
    "WorkHistory",
    "spine",
]
