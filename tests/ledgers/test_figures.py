"""What is kept of villages for medians: written from the books, never older over newer, read for all in one query."""

import datetime as dt
from decimal import Decimal

import pytest

from core.audit import SYSTEM
from core.jobs.runner import run_due
from core.models import AuditEntry
from ledgers import services
from ledgers.models import LedgerStamp, VillageFigures
from ledgers.rules.catalogue import all_rules
from ledgers.rules.pictures.accounts import Side
from ledgers.rules.pictures.medians import Middle
from ledgers.rules.rows import Contract
from ledgers.rules.rule import run
from ledgers.selectors.books import books_of
from ledgers.selectors.figures import Counted, count_figures
from ledgers.selectors.medians import District, beside
from tests.factories import make_town, make_village
from tests.ledgers.stored import make_sheet
from tests.ledgers.test_picture_of_accounts import paid

pytestmark = pytest.mark.django_db
EMPTY = {"years": [], "accounts": [], "rounds": [], "prices": {}}


def keep(village):
    return services.keep_figures(actor=SYSTEM, village=village, counted=count_figures(village))


def spending_village(town, owner, amount, price=None, **over):
    """A village that spent one sum in 2025 and let a pond at a price, with its figures kept."""
    village = make_village(town, **over)
    make_sheet(village, owner, "entries", paid(1, 2025, amount))
    if price:
        lets = [Contract("", name="门前塘", kind="鱼塘", price=Decimal(price), area=Decimal(2))]
        make_sheet(village, owner, "contracts", lets)
    keep(village)
    return village


def test_figures_are_those_of_the_books_and_are_written_once(cast):
    make_sheet(cast.village_place, cast.leader, "entries", paid(1, 2025, 1234))
    row = keep(cast.village_place)
    assert row.figures["accounts"] == [[2025, "expense", "541", "1234", 1]]
    again = keep(cast.village_place)
    assert (again.pk, again.revision) == (row.pk, 1)
    entries = AuditEntry.objects.filter(verb="ledgers.figures")
    assert entries.count() == 1
    assert "1234" not in str(entries.get().after), "the trail need not repeat them"


def test_figures_of_older_books_do_not_replace_those_of_newer(cast):
    village = cast.village_place
    services.keep_figures(
        actor=SYSTEM, village=village, counted=Counted(7, EMPTY | {"rounds": [["541", 3, 1]]})
    )
    services.keep_figures(actor=SYSTEM, village=village, counted=Counted(6, EMPTY))
    row = VillageFigures.objects.get(village=village)
    assert (row.changes, row.figures["rounds"]) == (7, [["541", 3, 1]])


def test_the_background_counts_once_for_all_changes_waiting(cast):
    village = cast.village_place
    LedgerStamp.objects.create(village=village, changes=3)
    make_sheet(village, cast.leader, "entries", paid(1, 2025, 50))
    first = services.request_figures(actor=SYSTEM, village=village)
    assert services.request_figures(actor=SYSTEM, village=village).pk == first.pk
    run_due(first.pk)
    assert VillageFigures.objects.get(village=village).changes == 3


def test_nobody_reads_anothers_figures(cast):
    keep(cast.village_place)
    for role in ("office_head", "leader", "member", "village", "town"):
        assert not VillageFigures.objects.visible_to(getattr(cast, role)).exists()


def test_medians_of_town_and_district(cast):
    """Five villages of the town at 400 households, two of another: 100…500 and 5,000 yuan."""
    other = make_town(cast.town_place.district)
    for amount in (400, 800, 1200, 1600, 2000):
        spending_village(cast.town_place, cast.leader, amount)
    for _ in range(2):
        spending_village(other, cast.leader, 20000)
    found = beside(cast.village_place)
    assert found.town.account(2025, Side.EXPENSE, "541") == Middle(Decimal("3.00"), 5)
    assert found.district.side(2025, Side.EXPENSE) == Middle(Decimal("4.00"), 7)
    assert "全区7个、全镇5个" in found.told
    there = beside(make_village(other))
    assert there.town.side(2025, Side.EXPENSE) is None, "two are too few"


def test_villages_put_aside_are_not_counted(cast):
    for amount in (400, 800, 1200, 1600):
        spending_village(cast.town_place, cast.leader, amount)
    spending_village(cast.town_place, cast.leader, 2000, deleted_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    found = beside(cast.village_place)
    assert found.district.side(2025, Side.EXPENSE) is None
    assert found.told == "全区已入账册的村（社区）4个，不足5个，不列中位数。"


@pytest.mark.parametrize("villages", [1, 12])
def test_medians_cost_one_query_however_many_villages(cast, villages, django_assert_num_queries):
    for number in range(villages):
        spending_village(cast.town_place, cast.leader, 100 * number + 100)
    cast.village_place.town  # noqa: B018 (the page has it already)
    with django_assert_num_queries(1):
        beside(cast.village_place)


def test_the_check_of_low_prices_reads_the_towns_median(cast):
    """Five ponds at 600 to 1,000 yuan: the median is 800; a sixth let at 300 is below six tenths of it."""
    for price in (600, 700, 800, 900, 1000):
        spending_village(cast.town_place, cast.leader, 10, price=price)
    village = cast.village_place
    lets = [Contract("", name="后山塘", kind="鱼塘", price=Decimal(300), area=Decimal(2))]
    make_sheet(village, cast.leader, "contracts", lets)
    alone = books_of(village, today=dt.date(2026, 4, 1))
    assert run(all_rules()["K04"], alone) == []
    books = books_of(
        village, today=dt.date(2026, 4, 1), **District(village.town.district_id).for_checks(village)
    )
    hit = run(all_rules()["K04"], books)[0]
    assert (hit.amount, "中位价800.00元" in hit.reason) == (1000, True)
