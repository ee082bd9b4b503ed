"""Decisions about reading findings: saved views, comparing, returning many."""

from core.models import SavedView
from tests.access.entry import Entry
from tests.access.findings import READ, a_paper
from tests.access.roles import EVERYONE, INSPECTING


def a_view(cast, whose):
    owner = cast.leader if whose == "own" else cast.outsider
    view, _ = SavedView.objects.get_or_create(
        owner_id=owner.pk, page="findings:review", name="待签重点", query="status=signing"
    )
    return {"pk": view.pk, "action": "default"}


def a_gap(cast, whose):
    return {"pk": (cast.inspection if whose == "own" else cast.other_inspection).pk, "gap": "cailiao"}


def a_day(cast, whose):
    return {"pk": a_gap(cast, whose)["pk"], "day": "2026-03-05"}


ENTRIES = [
    Entry(
        "core:view_save",
        EVERYONE,
        method="post",
        post={"page": "findings:review", "name": "重点", "query": "severity=key"},
    ),
    Entry("core:view_step", {"leader"}, a_view, may_foreign={"outsider"}, method="post"),
    Entry("findings:compare", objects=a_paper, **READ),
    Entry("findings:progress_gap", objects=a_gap, **READ),
    Entry("findings:progress_day", objects=a_day, **READ),
    Entry("findings:bulk_return", INSPECTING, method="post", post={"reason": "补充依据"}),
]
