"""A district's papers: python -m bench.review.papers fill N | CASE limit|ours|peer; prints the seconds taken.

Six papers in ten belong to one huge round, the others to twenty rounds of a realistic size. Each way has run once
before, and the median of a few runs counts: one connection serves many requests.
"""

import datetime as dt
import random
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from bench.review import cases  # noqa: E402
from bench.timing import seconds  # noqa: E402
from core.audit import SYSTEM  # noqa: E402
from findings.models import Finding  # noqa: E402
from villages.models import Category, Role, Round, Stage, User, VillageInspection  # noqa: E402
from villages.models.places import Town, Village  # noqa: E402
from villages.selectors.parameters import default_scheme  # noqa: E402
from villages.services import create_round, create_team, seed_reference, set_district  # noqa: E402

BASE = 5_000  # written one by one; the others are copies made by the server
DAY = dt.date(2026, 3, 1)
STATES = ("filed", "signed", "signing", "checking", "returned", "draft")
WEIGHTS = (70, 10, 6, 6, 3, 5)


def fill(count: int) -> None:
    """So many papers."""
    seed_reference(actor=SYSTEM)
    scheme = default_scheme()
    district = set_district(actor=SYSTEM, code="990101", name="青岚区", short="青")
    town = Town.objects.create(district=district, code="990101100000", name="东风镇")
    handler = User.objects.create(username="bench", display_name="经办人", role=Role.OFFICE_HEAD)
    villages = [Village(town=town, code=f"990101{n:06}", name=f"第{n}村") for n in range(500)]
    Village.objects.bulk_create(villages)
    spines = []
    for number in range(21):
        round_ = create_round(
            actor=SYSTEM, district=district, term=5, year=2026, number=number + 1, name=f"第{number + 1}轮",
            mode=Round.Mode.DIRECT, starts_on=DAY, ends_on=DAY + dt.timedelta(days=90), scheme=scheme,
        )  # fmt: skip
        team = create_team(actor=SYSTEM, round_=round_, number=1)
        spines.append(
            [
                VillageInspection(round=round_, team=team, village=village, town=town, status=Stage.FINDING)
                for village in villages[: 500 if number == 0 else 50]
            ]
        )
    VillageInspection.objects.bulk_create(row for rows in spines for row in rows)
    categories = list(Category.objects.filter(scheme=scheme, parent=None)[:5])
    base = min(count, BASE) if connection.vendor == "postgresql" else count
    Finding.objects.bulk_create(_papers(base, spines, categories, handler), batch_size=1_000)
    if count > base:
        _copy(count // base)


def _papers(count: int, spines: list[Any], categories: list[Any], handler: User) -> Iterator[Finding]:
    chance = random.Random(1)
    letters = [chr(0x4E00 + n) for n in range(2_500)]
    phrases = ["".join(chance.choices(letters, k=chance.randint(3, 7))) for _ in range(3_000)]
    for n in range(count):
        place = chance.choice(spines[0] if n % 10 < 6 else chance.choice(spines[1:]))
        words = chance.choices(phrases, k=12)
        words += [word for word, every in cases.WORDS.items() if every and n % every == 0]
        chance.shuffle(words)
        yield Finding(
            id=uuid.UUID(int=n + 1), inspection=place, round_id=place.round_id, team_id=place.team_id,
            village_id=place.village_id, town_id=place.town_id, no=f"青巡{n:07}", prepared_on=DAY,
            title="".join(chance.choices(phrases, k=2)), summary="，".join(words), category=chance.choice(categories),
            severity=chance.choice(("key", "ordinary", "ordinary")), status=chance.choices(STATES, WEIGHTS)[0],
            strength=chance.randint(0, 4), handler=handler,
        )  # fmt: skip


def _copy(times: int) -> None:
    """Each paper so many times, in the order of their keys; the index over pairs is made at the end."""
    columns = [field.column for field in Finding._meta.concrete_fields]
    values = {
        "id": "(lpad(to_hex(copy), 8, '0') || substr(replace(paper.id::text, '-', ''), 9))::uuid",
        "no": "paper.no || '-' || copy",
    }
    names = ", ".join(f'"{name}"' for name in columns)
    taken = ", ".join(values.get(name, f'paper."{name}"') for name in columns)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('finding_grams'::regclass)")
        (index,) = cursor.fetchone()
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("DROP INDEX finding_grams")
        cursor.execute(
            f"INSERT INTO findings_finding ({names}) SELECT {taken} FROM findings_finding paper "
            "CROSS JOIN generate_series(1, %s) copy ORDER BY copy, paper.id",
            [times - 1],
        )
        cursor.execute("SET maintenance_work_mem = '256MB'")
        cursor.execute(index)


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    else:
        print(seconds(cases.way(sys.argv[1], sys.argv[2])))
