"""Every read of the survey that joins or shapes; one module per matter."""

from surveys.selectors.desk import desk_items, search
from surveys.selectors.overview import progress_of, reconciliation, surveys
from surveys.selectors.rating_results import LockedRating, LockedScore, locked_rating, rating_results
from surveys.selectors.results import Results, results

__all__ = [
    "LockedRating",
    "LockedScore",
    "Results",
    "desk_items",
    "locked_rating",
    "progress_of",
    "rating_results",
    "reconciliation",
    "results",
    "search",
    "surveys",
]
