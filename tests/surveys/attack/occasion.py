"""One occasion: so many people answer by phone, the mixer comes by the clock, and somebody copies everything."""

import json
import random
import secrets

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.audit import SYSTEM
from surveys import services, tasks
from surveys.models import Survey
from surveys.services.sealing import keyed
from tests.factories import make_inspection, make_village
from tests.surveys.attack.loot import Loot, all_tables, changed, files_below, log_order, log_position, read
from tests.surveys.polls import ITEMS, issue, open_survey

K = 20
"""People between two visits of the mixer: a batch."""
TABLES = ("surveys_slip", "surveys_waiting", "surveys_receipt", "surveys_answersheet", "surveys_openanswer")


class Occasion:
    """``truth``: sheet and words of each person, in the order of answering."""

    def __init__(self, cast, people, caplog=None):
        village = make_village(cast.town_place)
        self.survey = open_survey(cast, make_inspection(cast.team, village))
        self.cards = issue(self.survey, people)
        self.caplog = caplog
        self.client = Client()
        self.truth = {"surveys_answersheet": {}, "surveys_openanswer": {}}
        self.loot = Loot()

    def run(self):
        """Everybody answers; snapshots before and after each mixing and half-way between."""
        everything, since = read(all_tables(), 0), log_position()
        self._copy(0)
        sheets = distinct_sheets(len(self.cards))
        for number, (card, digits) in enumerate(zip(self.cards, sheets, strict=True)):
            self._answer(number, card, digits)
            if number % K == K // 2 - 1:
                self._copy(number + 1)
            if number % K == K - 1:
                self._copy(number + 1)
                tasks.mix()
                self._copy(number + 1)
        self.touched = changed(everything, read(all_tables(), len(sheets)))
        services.mix_all(actor=SYSTEM, survey=Survey.objects.get(pk=self.survey.pk))
        self._copy(len(sheets))
        self.loot.log_order = log_order(since, "surveys_answersheet")
        self.loot.written = files_below(settings.DATA_DIR)
        if self.caplog:
            self.loot.written += [record.getMessage() for record in self.caplog.records]
        return self

    def _answer(self, number, card, digits):
        submission, words = secrets.token_hex(16), f"意见{secrets.randbelow(10**12)}"
        body = {
            "token": card.token,
            "submission": submission,
            "group": "villager",
            "answers": digits,
            "comment": words,
        }
        done = self.client.post(
            reverse("surveys:phone_submit"), json.dumps(body), content_type="application/json"
        )
        assert done.json() == {"outcome": "received"}
        digests = {"token": keyed("slip", card.token), "submission": keyed("receipt", submission)}
        self.loot.people.append(digests)
        self.truth["surveys_answersheet"][number] = digits
        self.truth["surveys_openanswer"][number] = words

    def _copy(self, answered):
        key = Survey._meta.pk.get_db_prep_value(self.survey.pk, connection)
        self.loot.snapshots.append(read(TABLES, answered, key))


def distinct_sheets(number):
    """As many sheets, no two alike."""
    found = set()
    while len(found) < number:
        found.add("".join(random.choices("12345", k=ITEMS)))
    return list(found)
