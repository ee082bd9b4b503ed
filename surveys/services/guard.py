"""Counts slips that do not count, so that nobody can try out numbers. Slips that are good are never slowed.

A whole hall may sit behind one address: only what was refused is counted, and an address only as a keyed digest with
a salt of the day. Minutes lie inside the digest, so that no row says when.
"""

from typing import Any

from django.db import transaction
from django.db.models import F

from core import clock
from surveys.models import InvalidTry
from surveys.services.sealing import keyed

MINUTES = 10
FROM_ONE_ADDRESS = 30
FROM_ALL_A_MINUTE = 300


@transaction.atomic
def count_invalid(*, actor: Any, address: str) -> bool:
    """Count one refused slip; return whether there were too many, from this address or from all together."""
    now, day = clock.now(), clock.today()
    minute = int(now.timestamp() // 60)
    salt = keyed("salt", day.isoformat())
    limits = {
        keyed("tries", f"{salt}:{address}:{minute // MINUTES}"): FROM_ONE_ADDRESS,
        keyed("tries", f"{salt}::{minute}"): FROM_ALL_A_MINUTE,
    }
    known = dict(InvalidTry.objects.filter(key__in=limits).values_list("key", "count"))
    # Once over, nothing more is written: a flood must not become a flood of writes.
    if any(known.get(key, 0) >= limit for key, limit in limits.items()):
        return True
    InvalidTry.objects.bulk_create([InvalidTry(key=key, day=day) for key in limits], ignore_conflicts=True)
    InvalidTry.objects.filter(key__in=limits).update(count=F("count") + 1)
    return False


@transaction.atomic
def drop_old_tries(*, actor: Any) -> int:
    """Remove the counters of days that are over."""
    gone, _ = InvalidTry.objects.filter(day__lt=clock.today()).delete()
    return gone
