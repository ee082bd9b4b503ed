"""Sheets of a whole district: python -m bench.survey.sheets fill N | limit | ours | peer; prints the seconds taken.

Each way has run once before, and the median of a few runs counts: one connection serves many requests.
"""

import random
import sys
from collections import Counter, defaultdict
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from bench.survey.server import QUESTIONS  # noqa: E402
from bench.survey.stage import make  # noqa: E402
from bench.timing import seconds  # noqa: E402
from core import clock  # noqa: E402
from surveys.models import AnswerSheet, Channel, Survey  # noqa: E402
from surveys.selectors.tallies import village_columns  # noqa: E402
from villages.models import VillageInspection  # noqa: E402
from villages.models.places import Village  # noqa: E402

VILLAGE = 500
GROUPS = ("cadre", "party", "villager", "villager", "villager", "")


def fill(count: int) -> None:
    """So many sheets, five hundred a village, in no order at all."""
    make()
    first = Survey.objects.select_related("inspection").get()
    surveys = [first]
    for number in range(1, max(1, count // VILLAGE)):
        village = Village(town_id=first.town_id, code=f"990101{number:06}", name=f"第{number}村")
        inspection = VillageInspection(
            round_id=first.round_id, team_id=first.team_id, town_id=first.town_id, village=village
        )
        surveys.append(
            Survey(
                inspection=inspection, round_id=first.round_id, team_id=first.team_id, town_id=first.town_id,
                village=village, questionnaire_id=first.questionnaire_id,
            )
        )  # fmt: skip
    Village.objects.bulk_create(survey.village for survey in surveys[1:])
    VillageInspection.objects.bulk_create(survey.inspection for survey in surveys[1:])
    Survey.objects.bulk_create(surveys[1:])
    chance, day = random.Random(1), clock.today()
    owners = [survey for survey in surveys for _ in range(count // len(surveys))]
    chance.shuffle(owners)
    AnswerSheet.objects.bulk_create(
        (
            AnswerSheet(
                survey=survey, village_id=survey.village_id, group=chance.choice(GROUPS),
                channel=chance.choice(Channel.values), day=day,
                answers="".join(chance.choices("123450", (50, 20, 12, 8, 8, 2), k=QUESTIONS)),
            )
            for survey in owners
        ),
        batch_size=2_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def limit() -> int:
    """How many there are."""
    return AnswerSheet.objects.count()


def ours() -> Any:
    """The product's own counting, every village by itself."""
    return village_columns(dict.fromkeys(Survey.objects.values_list("pk", flat=True), QUESTIONS))


def peer() -> Any:
    """Every sheet as a row, every place by itself."""
    found: dict[Any, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for survey, answers in AnswerSheet.objects.values_list("survey", "answers"):
        for place, code in enumerate(answers, 1):
            found[survey][place][code] += 1
    return found


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        assert sys.argv[1] != "peer" or ours() == peer()
        print(seconds({"limit": limit, "ours": ours, "peer": peer}[sys.argv[1]]))
