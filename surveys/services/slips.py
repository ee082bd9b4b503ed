"""Slips (答题票): one for each person, drawn from a shuffled pile, leading to nobody."""

import random
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from surveys import rules
from surveys.models import Channel, Slip, Survey, SurveyCount
from surveys.services.sealing import keyed

# Crockford's digits: nothing that is misread for something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 26  # 130 bits from 128 random ones
CODE_LENGTH = 12  # 60 bits: to be typed, and of use only while the survey runs
MOST_AT_ONCE = 500

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "．": None, "。": None})
_chance = random.SystemRandom()


@dataclass(frozen=True)
class SlipCard:
    """What is printed on one slip: the token in its QR code and the short code typed by hand. Never stored."""

    token: str
    code: str

    @property
    def shown_code(self) -> str:
        """The code in groups of four."""
        return "-".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def random_text(length: int, bits: int) -> str:
    """So many digits of the alphabet from ``bits`` random bits."""
    number = secrets.randbits(bits)
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def typed(text: str) -> str:
    """A token or code as somebody typed it: letter case, dashes, blanks and misread letters do not count."""
    return text.strip().upper().translate(_MISREAD)


def digests(text: str) -> dict[str, str]:
    """The stored digests by which a slip is found for a token or a short code, as filter arguments."""
    value = typed(text)
    if len(value) == CODE_LENGTH:
        return {"code_hmac": keyed("code", value)}
    return {"token_hmac": keyed("slip", value)}


@transaction.atomic
def issue_slips(*, actor: Any, survey: Survey, count: int) -> list[SlipCard]:
    """Make ``count`` slips and return them for printing: this is the only moment their tokens exist here.

    They are stored in one order of chance and returned in another.
    """
    demand(rules.can_collect(actor, survey))
    if not 1 <= count <= MOST_AT_ONCE:
        raise ServiceError(f"一次发放 1 至 {MOST_AT_ONCE} 张答题票。", "count")
    cards = [SlipCard(random_text(TOKEN_LENGTH, 128), random_text(CODE_LENGTH, 60)) for _ in range(count)]
    Slip.objects.bulk_create(
        [
            Slip(survey=survey, token_hmac=keyed("slip", card.token), code_hmac=keyed("code", card.code))
            for card in cards
        ]
    )
    _chance.shuffle(cards)
    _count(actor, survey, count)
    audit.record(actor=actor, verb="surveys.issue_slips", target=survey, after={"张数": count})
    return cards


def _count(actor: Any, survey: Survey, count: int) -> None:
    row = SurveyCount.objects.filter(survey=survey, channel=Channel.PHONE, group="").first()
    if row is None:
        made = SurveyCount(survey=survey, channel=Channel.PHONE, issued=count)
        records.create(made, actor=actor, verb="surveys.count_slips")
        return
    changes = {"issued": row.issued + count}
    records.update(row, actor=actor, verb="surveys.count_slips", revision=None, changes=changes)


@transaction.atomic
def void_slips(*, actor: Any, survey: Survey, reason: str) -> Survey:
    """Make every unused slip of the survey worthless: a sheet was lost or misprinted."""
    demand(rules.can_collect(actor, survey))
    if not reason.strip():
        raise ServiceError("请填写作废的理由。", "reason")
    count, _ = Slip.objects.filter(survey=survey).delete()
    audit.record(actor=actor, verb="surveys.void_slips", target=survey, after={"张数": count}, reason=reason)
    return survey
