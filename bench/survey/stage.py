"""Makes what the measurements need, with the product's own services: python -m bench.survey.stage make | slips N."""

import datetime as dt
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspection.settings")
django.setup()

from django.db import connection  # noqa: E402

from bench.survey.server import TABLES  # noqa: E402
from core.audit import SYSTEM  # noqa: E402
from surveys import services  # noqa: E402
from surveys.models import Survey  # noqa: E402
from villages.models import Round, Stage, VillageInspection  # noqa: E402
from villages.models.places import Town, Village  # noqa: E402
from villages.selectors.parameters import default_scheme  # noqa: E402
from villages.services import create_round, create_team, seed_reference, set_district  # noqa: E402

DAY = dt.date(2026, 3, 1)


def make() -> None:
    """A village whose survey is open, and the tables of the views beside it."""
    with connection.cursor() as cursor:
        for statement in TABLES:
            cursor.execute(statement)
    seed_reference(actor=SYSTEM)
    district = set_district(actor=SYSTEM, code="990101", name="青岚区", short="青")
    round_ = create_round(
        actor=SYSTEM, district=district, term=5, year=2026, number=1, name="第一轮", mode=Round.Mode.DIRECT,
        starts_on=DAY, ends_on=DAY + dt.timedelta(days=90), scheme=default_scheme(),
    )  # fmt: skip
    team = create_team(actor=SYSTEM, round_=round_, number=1)
    town = Town.objects.create(district=district, code="990101100000", name="东风镇")
    village = Village.objects.create(town=town, code="990101100200", name="样村")
    inspection = VillageInspection.objects.create(
        round=round_, team=team, village=village, town=town, status=Stage.SURVEY
    )
    questionnaire = services.load_questionnaire(actor=SYSTEM)
    survey = services.create_survey(
        actor=SYSTEM, inspection=inspection, questionnaire=questionnaire, planned=500
    )
    services.open_survey(actor=SYSTEM, survey=survey)


def slips(count: int) -> None:
    """Print the tokens of so many new slips, one a line."""
    survey = Survey.objects.get()
    while count > 0:
        cards = services.issue_slips(actor=SYSTEM, survey=survey, count=min(count, 500))
        print("\n".join(card.token for card in cards))
        count -= len(cards)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make()
    else:
        slips(int(sys.argv[2]))
