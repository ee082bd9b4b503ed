"""What results are used for: opinions read and turned into leads, letters to towns, ratings handed over."""

import datetime as dt

from core import clock
from findings.selectors.answers import answer_start, result_start
from findings.services import lead_from_answer, lead_from_result
from inspection.demo import cast
from inspection.demo.watching import writer_of
from surveys.models import OpenAnswer, Survey
from surveys.selectors import results
from surveys.selectors.handover import ratings_without, receivers
from surveys.selectors.town_letters import towns_without
from surveys.services import (
    draft_handover,
    draft_town_letter,
    end_handover,
    hand_over,
    read_opinions,
    receive_handover,
    step_town_letter,
)
from villages.models import Role, Round, Stage, User, VillageInspection

# What an opinion that is worth checking speaks of, and under which aspect it is checked.
WORTH = {"租": "E3", "补偿": "E1", "工程": "E4"}


def read_words() -> Round:
    """Where the team is looking for problems: half of what people wrote read, one opinion and one result checked."""
    round_ = cast.the_round(5)
    for inspection in cast.inspections(5):
        if inspection.status == Stage.FINDING:
            _read(inspection)
    return round_


def _read(inspection: VillageInspection) -> None:
    person = writer_of(inspection)
    rows = Survey.objects.select_related("inspection", "round", "team", "village", "questionnaire")
    survey = rows.get(inspection=inspection, status=Survey.Status.LOCKED)
    answers = list(OpenAnswer.objects.filter(survey=survey).order_by("pk"))
    for answer in answers:
        answer.survey = survey
    read_opinions(actor=person, answers=answers[: len(answers) // 2])
    codes = {row.code: row for row in inspection.round.scheme.categories.all()}
    found = next(
        ((row, codes[code]) for word, code in WORTH.items() for row in answers if word in row.text), None
    )
    if found is not None:
        answer, category = found
        start = answer_start(answer)
        lead_from_answer(actor=person, answer=answer, title=start.title, text=start.text, category=category)
    found_low = results(person, survey)
    number = next((line.number for line in found_low.items if line.is_low), 0) if found_low else 0
    if low := result_start(person, survey, number):
        lead_from_result(actor=person, survey=survey, number=number, title=low.title, text=low.text)


def write_letters(number: int) -> Round:
    """One letter a town: of the running round the first is signed, the second with the head, the others drafts."""
    round_ = cast.the_round(number)
    with clock.held(min(clock.today(), cast.days_of(number).last + dt.timedelta(days=5))):
        for order, town in enumerate(towns_without(cast.office(), round_)):
            letter = draft_town_letter(actor=cast.office(), round=round_, town=town)
            if order < 2 or number == 4:
                letter = step_town_letter(actor=cast.office(), letter=letter, step="submit")
            if order == 0 or number == 4:
                step_town_letter(actor=cast.head(), letter=letter, step="approve")
    return round_


def hand_ratings_over(number: int) -> Round:
    """Ratings to the organisation department: some signed for, some on their way, one taken back, some drafted."""
    round_, department = cast.the_round(number), receivers()[0]
    day = min(clock.today(), cast.days_of(number).last + dt.timedelta(days=6))
    signer = User.objects.get(role=Role.ORGANISATION, office=department)
    with clock.held(day):
        for order, rating in enumerate(ratings_without(cast.office(), round_)):
            row = draft_handover(actor=cast.office(), rating=rating, to_office=department)
            if number == 5 and order > 3:
                break
            row = hand_over(actor=cast.office(), handover=row)
            if number == 5 and order == 2:
                end_handover(actor=cast.office(), handover=row, reason="名单中一人职务写错，更正后重新移交。")
            elif number == 4 or order < 2:
                receive_handover(
                    actor=signer, handover=row, receiver_name=signer.display_name, received_on=day,
                    receipt_note="内容摘要核对一致。",
                )  # fmt: skip
    return round_
