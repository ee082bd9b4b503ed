"""Stories of the books for tests."""

from dataclasses import replace

from ledgers import services as ledger_services
from ledgers.models import LedgerStory
from tests.ledgers.checking import HEAD, LEASE, check, put_in, twice


def a_story(cast, whose="own", part="李丙丁", **tables):
    """The story of a tenant who owes rent, in the cast's village or the other one."""
    own = whose == "own"
    village, inspection = (
        (cast.village_place, cast.inspection) if own else (cast.other_village_place, cast.other_inspection)
    )
    put_in(cast, village, **(tables or {"contracts": [LEASE], "cadres": [HEAD]}))
    check(cast, inspection, actor=cast.member if own else cast.outsider)
    return reload(LedgerStory.objects.get(inspection=inspection, title__contains=part))


def many_stories(cast, number):
    """As many stories as tenants, and one of a ticket booked twice."""
    names = [f"租户{first}{second}" for first in "甲乙丙丁戊己" for second in "子丑寅卯辰巳"][:number]
    put_in(cast, contracts=[replace(LEASE, no=name, party=name) for name in names], entries=twice())
    check(cast)


def dismissed(cast, whose="own", step="explain"):
    """The same, explained away."""
    story = a_story(cast, whose)
    actor = cast.member if whose == "own" else cast.outsider
    return reload(ledger_services.dismiss_story(actor=actor, story=story, step=step, reason="有协议"))


def reload(story):
    """The story as another request would load it."""
    rows = LedgerStory.objects.select_related(
        "inspection", "round__district", "team", "village", "settled_by"
    )
    return rows.get(pk=story.pk)
