"""Steps of a story as its page offers them."""

from typing import Any

from core.workflow import Offer
from ledgers.models import LedgerStory
from ledgers.workflow import STORY_FLOW


def dismissal_offers(user: Any, story: LedgerStory) -> list[Offer]:
    """Explaining a story, calling it an error of the data, taking that back; a lead is made elsewhere."""
    return [offer for offer in STORY_FLOW.available(user, story) if offer.transition.name != "lead"]
