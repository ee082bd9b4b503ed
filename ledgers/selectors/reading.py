"""Reading a file's bytes with everything that is known of columns."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from ledgers.models import LearnedMapping
from ledgers.rules.reading.heads import Mapping
from ledgers.rules.reading.workbook import Workbook, read_file

# Bytes of a file that is read while the person waits; a larger one is read by a job.
READ_AT_ONCE = 400_000
# 128 bits of the digest: no two numbers of a district meet.
_MARK_DIGITS = 32


def mark_of(number: str) -> str:
    """What stands for an identity or account number: equal for equal numbers, useless without this office's key."""
    return salted_hmac("ledgers.number", number, algorithm="sha256").hexdigest()[:_MARK_DIGITS]


def read_books(
    content: bytes, filename: str, *, year: int | None = None, chosen: Iterable[Mapping] = ()
) -> Workbook:
    """The sheets of a file; ``year`` is for those that name none, ``chosen`` wins over what was learnt.

    Raises ``ImportRefused``.
    """
    learned = [Mapping.from_json(row) for row in LearnedMapping.objects.values_list("mapping", flat=True)]
    return read_file(content, filename, mark=mark_of, year=year, learned=[*learned, *chosen], by_hand=True)
