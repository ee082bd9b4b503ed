"""Questionnaires in the demo villages: counted paper from the office's workbook, some answered by phone."""

import random
import uuid

from core.audit import SYSTEM
from examples.district import SHEETS_4, SHEETS_5
from inspection.demo import cast, collecting
from inspection.demo.foundation import EXAMPLES
from surveys import services
from surveys.models import Channel, Questionnaire, Survey, respondent_groups
from villages.models import VillageInspection

PHONES = 24
OPINIONS = [
    "希望干部多到组里走走。",
    "村里的账应该讲清楚。",
    "修路占地的补偿什么时候发？找过书记黄大友三次，都说再等等。",
    "鱼塘租给了李会计的亲戚，租金多少没人知道。",
    "多次向书记反映路灯不亮，没有人修。",
    *[""] * 4,
]


def questionnaire() -> Questionnaire:
    """The questionnaire of seven aspects and twenty-two items."""
    return services.load_questionnaire(actor=SYSTEM)


def survey(inspection: VillageInspection, number: int, *, end: bool) -> Survey:
    """One village's survey: opened, paper typed in, phones answered; ended and locked where ``end``."""
    leader = cast.person(cast.plan_of(inspection.team).leader)
    member = cast.person(cast.plan_of(inspection.team).members[0])
    sheets = (SHEETS_4 if number == 4 else SHEETS_5)[inspection.village.name]
    made = services.create_survey(
        actor=leader, inspection=inspection, questionnaire=questionnaire(), planned=sheets + PHONES + 6
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
    """Slips are handed out, and most are used."""
    rng = random.Random(made.village.code)  # noqa: S311  (made-up opinions, repeatable)
    groups = [row.code for row in respondent_groups()]
    cards = services.issue_slips(actor=member, survey=made, count=PHONES)
    for card in cards[:answered]:
        mood = rng.uniform(0.4, 0.8)
        weights = [mood, 0.3, 0.2, 0.1, 0.1]
        levels = rng.choices("12345", weights, k=22)
        services.submit_phone_answer(
            actor=SYSTEM,
            token=card.token,
            submission=uuid.uuid4().hex,
            answer={
                "group": rng.choice(groups),
                "answers": "".join(levels),
                "comment": rng.choice(OPINIONS),
            },
        )


def _end(inspection: VillageInspection, made: Survey) -> None:
    leader = cast.person(cast.plan_of(inspection.team).leader)
    made.refresh_from_db()
    services.close_survey(actor=leader, survey=made)
    made.refresh_from_db()
    services.lock_results(actor=leader, survey=made)
    inspection.refresh_from_db()
    services.finish_survey(actor=leader, inspection=inspection)
