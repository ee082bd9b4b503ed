"""What the inspecting side writes for the inspected side to read is looked through before it is kept."""

from core.errors import ServiceError
from rectification.rules.order_text import refused_words
from rectification.selectors.order_drafting import restricted_names
from villages.models import VillageInspection

_SHOWN = 5


def check_going_out(inspection: VillageInspection, texts: dict[str, tuple[str, str]]) -> None:
    """Refuse what may not go out at all. ``texts``: by the name of the field, what it is called and what it says."""
    restricted = restricted_names(inspection)
    for field, (label, text) in texts.items():
        if found := refused_words(text, restricted):
            words = "、".join(f"“{word}”" for word in found[:_SHOWN])
            raise ServiceError(f"{label}里有{words}，不能写给被巡察单位，请删去或改成概括的说法。", field)
