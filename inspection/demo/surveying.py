"""Questionnaires in the demo villages: counted paper from the office's workbook, some answered by phone."""

import random
import uuid

from core.audit import SYSTEM
from examples.district import SHEETS_4, SHEETS_5, TRIED_OUT
from inspection.demo import cast, collecting, rating
from inspection.demo.foundation import EXAMPLES
from surveys import services
from surveys.models import Channel, Questionnaire, Survey, respondent_groups
from surveys.rules import specification
from villages.models import VillageInspection

PHONES = 24


def questionnaire(inspection: VillageInspection, number: int) -> Questionnaire:
    """Seven aspects and twenty-two items; in some villages of the fifth round the version that asks more."""
    first = services.load_questionnaire(actor=SYSTEM)
    if number == 4 or inspection.village.name not in TRIED_OUT:
        return first
    return Questionnaire.objects.get(code=first.code, version=2)


def survey(inspection: VillageInspection, number: int, *, end: bool) -> Survey:
    """One village's survey: opened, paper typed in, phones answered; ended and locked where ``end``."""
    leader = cast.person(cast.plan_of(inspection.team).leader)
    member = cast.person(cast.plan_of(inspection.team).members[0])
    sheets = (SHEETS_4 if number == 4 else SHEETS_5)[inspection.village.name]
    asked = questionnaire(inspection, number)
    made = services.create_survey(
        actor=leader, inspection=inspection, questionnaire=asked, planned=sheets + PHONES + 6
    )
    places = collecting.occasions(inspection, made, member)
    services.open_survey(actor=leader, survey=made)
    file = EXAMPLES / f"第{'四' if number == 4 else '五'}轮问卷录入.xlsx"
    services.import_answers(
        actor=member,
        survey=made,
        channel=Channel.ENTRY,
        filename=file.name,
        content=file.read_bytes(),
        commit=True,
    )
    _phones(made, member, PHONES - 3 if end else PHONES // 2)
    made.refresh_from_db()
    counted = {"issued": sheets + 5, "returned": sheets + 2, "missing": 3, "valid": sheets, "void": 2}
    row = {"channel": Channel.ENTRY, "occasion": places[Channel.ENTRY], **counted}
    services.save_counts(actor=member, survey=made, rows=[row])
    if end:
        _end(inspection, made)
    else:
        collecting.type_in(inspection, made)
    return made


def _phones(made: Survey, member: object, answered: int) -> None:
    """Slips are handed out, and most are used: questionnaire and ballot with one slip."""
    rng = random.Random(f"{made.village.code}{made.round.number}")  # noqa: S311  (made-up opinions, repeatable)
    groups, asked = [row.code for row in respondent_groups()], specification(made.questionnaire)
    cards = services.issue_slips(actor=member, survey=made, count=PHONES)
    ballots = rating.by_phone(made.inspection, answered)
    for card, marks in zip(cards, ballots, strict=False):
        answer = collecting.by_phone(rng, asked) | {"group": rng.choice(groups), "marks": marks}
        services.submit_phone_answer(
            actor=SYSTEM, token=card.token, submission=uuid.uuid4().hex, answer=answer
        )


def _end(inspection: VillageInspection, made: Survey) -> None:
    leader = cast.person(cast.plan_of(inspection.team).leader)
    made.refresh_from_db()
    services.close_survey(actor=leader, survey=made)
    made.refresh_from_db()
    services.lock_results(actor=leader, survey=made)
    rating.finish(inspection)
    inspection.refresh_from_db()
    services.finish_survey(actor=leader, inspection=inspection)
