"""Every read of the shared model that joins or shapes; one module per noun."""

from villages.selectors.parameters import (
    default_scheme,
    defaults_on,
    parameter,
    parameter_parts,
    top_categories,
)
from villages.selectors.recusals import Conflict, assigned_recusals, recusal_conflicts, team_conflicts

__all__ = [
    "Conflict",
    "assigned_recusals",
    "default_scheme",
    "defaults_on",
    "parameter",
    "parameter_parts",
    "recusal_conflicts",
    "team_conflicts",
    "top_categories",
]
