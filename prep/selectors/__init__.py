"""Every read of preparation that joins or shapes; one module per matter."""

from prep.selectors.desk import desk_items, search
from prep.selectors.overview import progress_of, villages
from prep.selectors.profile import village_knowledge
from prep.selectors.terms import head_terms, in_office
from prep.selectors.watch import grouped, watch_items

__all__ = [
    "desk_items",
    "grouped",
    "head_terms",
    "in_office",
    "progress_of",
    "search",
    "village_knowledge",
    "villages",
    "watch_items",
]
