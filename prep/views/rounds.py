"""The round a page of this stage speaks of."""

from django.http import HttpRequest

from core.access import demand
from core.errors import NotAllowed
from prep import rules
from villages.models import Round
from villages.selectors.rounds import current_round


def working_round(request: HttpRequest) -> Round:
    """The round chosen in the top bar; 403 for people outside of the inspecting side or of every round."""
    demand(rules.can_browse(request.user))
    chosen = current_round(request.user, request.session.get("round", ""))
    if chosen is None:
        raise NotAllowed("还没有您可以进入的巡察轮次。轮次和分组由巡察办安排。")
    return chosen
