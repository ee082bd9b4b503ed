"""Tips for tests: a confirmed paper with its check point, and what was written from it."""

from findings import services
from findings.models import Finding, Tip
from prep.models import CheckPoint, CheckPointLibrary, WatchItem
from tests.findings import papers
from tests.prep.lists import make_item

WORDS = {
    "what": "承包费开了收据，没有进账",
    "how": "先收齐收据存根，再逐张对银行流水，最后问经手的组长。",
    "evidence": "收据存根、银行流水、承包合同",
}


def a_point(code="E3-01"):
    library = CheckPointLibrary.objects.first() or CheckPointLibrary.objects.create(name="要点库", version=1)
    found, _ = CheckPoint.objects.get_or_create(
        library=library, code=code,
        defaults={
            "category": "E3", "title": "承包费收缴", "basis": "有关规定", "method": "对账", "evidence_hint": "收据",
        },
    )  # fmt: skip
    return found


def confirmed(cast, **over):
    """A signed paper written from an item of the library's point."""
    paper = papers.signed(cast, **over)
    at = {"inspection": cast.inspection, "check_point": a_point()}
    item = WatchItem.objects.filter(**at).first() or make_item(cast.inspection, check_point=a_point())
    Finding.objects.filter(pk=paper.pk).update(watch_item=item)
    return Finding.objects.select_related("inspection__town", "team", "watch_item").get(pk=paper.pk)


def a_tip(cast, **over):
    return services.write_tip(
        actor=cast.member, finding=confirmed(cast), point=a_point(), values=WORDS | over
    )


def shared(cast, **over):
    tip = a_tip(cast, **over)
    services.share_tip(actor=cast.leader, tip=tip, revision=tip.revision)
    return reload(tip)


def reload(tip):
    return Tip.objects.select_related("inspection__town", "team", "round").get(pk=tip.pk)
