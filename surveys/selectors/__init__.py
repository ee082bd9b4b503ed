"""Every read of the survey that joins or shapes; one module per matter."""

from surveys.selectors.desk import desk_items, search
from surveys.selectors.overview import progress_of, reconciliation, surveys
from surveys.selectors.results import Results, results

__all__ = ["Results", "desk_items", "progress_of", "reconciliation", "results", "search", "surveys"]
