"""Petitions for tests: entries, and the way to each state through the product's own services."""

import datetime as dt

from findings import services
from findings.models import Petition
from tests.findings import leads

SUMMARY = "反映该村2024年鱼塘租金没有入账，金额约3万元。"


def values(**over):
    full = {
        "channel": "letter",
        "received_on": dt.date(2026, 3, 5),
        "kind": "accusation",
        "summary": SUMMARY,
        "in_scope": True,
        "urgent": False,
        "people": 1,
    }
    return full | over


def registered(cast, actor=None, inspection=None, **over):
    petition = services.register_petition(
        actor=actor or cast.member, inspection=inspection or cast.inspection, values=values(**over)
    )
    return reload(petition)


def proposed(cast, disposal="fix_now", receiver="", actor=None, **over):
    petition = registered(cast, **over)
    return reload(
        services.propose_petition(
            actor=actor or cast.member,
            petition=petition,
            disposal=disposal,
            receiver=receiver,
            text="建议办理",
        )
    )


def handling(cast, disposal="fix_now", receiver="", **over):
    petition = proposed(cast, disposal, receiver, **over)
    services.decide_petition(
        actor=cast.leader, petition=petition, disposal=disposal, receiver=receiver, handler=cast.member,
        text="同意拟办意见",
    )  # fmt: skip
    return reload(petition)


def closed(cast, **over):
    petition = handling(cast, **over)
    return reload(services.close_petition(actor=cast.member, petition=petition, result="已督促整改"))


def merged(cast, **over):
    kept = registered(cast)
    petition = registered(cast, **over)
    return reload(services.merge_petition(actor=cast.leader, petition=petition, into=kept, text="同一件事"))


BY_STATE = {
    "registered": registered, "proposed": proposed, "handling": handling, "closed": closed, "merged": merged
}  # fmt: skip


def lead_of(petition):
    return leads.Lead.objects.get(source="petition", source_key=str(petition.pk))


def reload(petition):
    """The petition as another request would load it."""
    return Petition.objects.select_related("inspection", "team", "round").get(pk=petition.pk)
