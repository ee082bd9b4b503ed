"""Leads for tests."""

import secrets

from findings import services
from findings.models import Lead
from prep.models import WatchItem
from tests.prep.lists import make_item


def a_lead(cast, actor=None, inspection=None, **over):
    """An open lead of the cast's village; each from another source unless told."""
    values = {
        "source": "petition",
        "source_key": secrets.token_hex(8),
        "title": "鱼塘租金去向不明",
        "text": "群众反映2024年鱼塘租金没有入账。",
        "origin": "来信",
        "category": "E3",
    }
    lead = services.open_lead(
        actor=actor or cast.member, inspection=inspection or cast.inspection, **values | over
    )
    return reload(lead)


def checked(cast, **over):
    """An open lead that an item of the watch list checks."""
    lead = a_lead(cast, **over)
    services.link_lead(actor=lead_writer(cast, lead), lead=lead, watch_item=make_item(lead.inspection))
    return reload(lead)


def lead_writer(cast, lead):
    return cast.member if lead.team_id == cast.team.pk else cast.outsider


def concluded(cast, step, **over):
    lead = checked(cast, **over)
    return reload(conclude(cast, lead, step, "已逐笔核对账目"))


def conclude(cast, lead, step, reason):
    """One step by the leader; what is handed over goes to the discipline commission."""
    to = "区纪委监委" if step == "hand_over" else ""
    return services.step_lead(actor=cast.leader, lead=lead, step=step, reason=reason, receiver=to)


def reload(lead):
    """The lead as another request would load it."""
    return Lead.objects.select_related("inspection", "team", "handler", "category", "village").get(pk=lead.pk)


def item_of(lead):
    return WatchItem.objects.get(inspection=lead.inspection, source_key=f"clue:lead:{lead.pk}")
