"""Around the demo's questionnaires: categories, versions, occasions, what phones say, a pile typed half-way."""

import datetime as dt
import random
from typing import Any

from core import clock
from core.audit import SYSTEM
from inspection.demo import cast
from surveys import services
from surveys.models import Channel, EntryBatch, Questionnaire, Specification, Survey
from villages.models import VillageInspection

PILE = 12
# (aspect, kind, question, hint, options, rows, must be answered)
ADDED: tuple[tuple[str, str, str, str, list[str], list[str], bool], ...] = (
    (
        "村务公开", "single", "您主要从哪里知道村里的大事？", "",
        ["村务公开栏", "村民微信群", "开会听到", "邻居说起", "一般不知道"], [], True,
    ),
    (
        "村务公开", "multiple", "村里哪些事您最希望讲清楚？", "最多选三项",
        ["集体收入和支出", "工程由谁来做", "土地和鱼塘怎么租", "低保、救助给了谁", "占地补偿", "党员发展"], [], False,
    ),
    (
        "为民服务", "matrix", "这些事村里办得怎么样？", "", [],
        ["环境卫生", "饮水和道路", "矛盾调解", "老人和困难家庭照顾"], False,
    ),
    ("意见建议", "text", "您认为村里最突出的问题是什么？", "不必写姓名", [], [], False),
    ("意见建议", "text", "有什么人或事要向巡察组反映？", "说清什么事、大概什么时候", [], [], False),
    ("意见建议", "text", "您对村里的工作有什么建议？", "", [], [], False),
)  # fmt: skip
OPINIONS = [
    "希望干部多到组里走走。",
    "村里的账应该讲清楚。",
    "修路占地的补偿什么时候发？找过书记黄大友三次，都说再等等。",
    "鱼塘租给了李会计的亲戚，租金多少没人知道。",
    "多次向书记反映路灯不亮，没有人修。",
    *[""] * 4,
]
_TOPICS = (0.62, 0.48, 0.55, 0.33, 0.28, 0.08)
_SAID = ("账目公开要让人看得懂。", "三组的水渠多年没有修。", "办事比以前方便了。", "希望把路灯修好。")
_ENTRIES = (
    (Channel.MOBILISATION, 0, "镇政府三楼会议室", "区委巡察办", 46),
    (Channel.ENTRY, 1, "村党群服务中心", "巡察组组长", 58),
    (Channel.VISIT, 3, "各村（居）民小组", "巡察组组员", None),
)


def second_version() -> Questionnaire:
    """The version that is tried out in some villages of the round: a question of every other kind, three open ones."""
    with clock.held(cast.days_of(5).first - dt.timedelta(days=12)):
        services.load_groups(actor=cast.office())
        first = services.load_questionnaire(actor=SYSTEM)
        draft = services.copy_questionnaire(actor=cast.office(), questionnaire=first)
        for aspect, kind, text, hint, options, rows, required in ADDED:
            values = {
                "aspect": aspect, "kind": kind, "text": text, "hint": hint, "options": options, "rows": rows,
                "required": required,
            }  # fmt: skip
            services.save_item(actor=cast.office(), questionnaire=draft, values=values)
        draft.refresh_from_db()
        values = {
            "title": draft.title,
            "intro": f"{draft.intro}最后几道题请写几句话，不写也可以。",
            "open_question": "",
        }
        return services.change_questionnaire(actor=cast.office(), questionnaire=draft, values=values)


def third_version() -> Questionnaire:
    """What the office works on today, after the trial: the matrix gets a row that people asked for."""
    newest = Questionnaire.objects.filter(code="village").latest("version")
    if newest.status == Questionnaire.Status.DRAFT:
        return newest
    draft = services.copy_questionnaire(actor=cast.office(), questionnaire=newest)
    item = draft.items.get(kind="matrix")
    values = {name: getattr(item, name) for name in ("kind", "text", "hint", "options", "required")}
    values |= {"aspect": item.aspect.name, "rows": [*item.rows, "路灯和安全"]}
    services.save_item(actor=cast.office(), questionnaire=draft, item=item, values=values)
    return draft


def by_phone(rng: random.Random, specification: Specification) -> dict[str, Any]:
    """One person's answers: characters of the sheet, and a few words here and there."""
    mood = rng.uniform(0.4, 0.8)
    levels = [mood, 0.3, 0.2, 0.1, 0.1]
    answers, words = "", {}
    for question in specification.questions:
        if question.kind == "multiple":
            answers += "".join("1" if rng.random() < share else "0" for share in _TOPICS)
        elif question.kind == "single":
            answers += rng.choices("ABCDE", [0.16, 0.46, 0.1, 0.16, 0.12])[0]
        elif question.kind == "text" and rng.random() < 0.2:
            words[str(question.number)] = rng.choice(_SAID)
        else:
            answers += "".join(rng.choices("12345", levels, k=question.width))
    comment = rng.choice(OPINIONS) if specification.closing else ""
    return {"answers": answers, "words": words, "comment": comment}


def occasions(inspection: VillageInspection, survey: Survey, member: Any) -> dict[str, Any]:
    """The meetings of one village; gives them by channel."""
    made: dict[str, Any] = {}
    for channel, after, place, led_by, attended in _ENTRIES:
        values = {
            "channel": channel, "held_on": inspection.entry_on + dt.timedelta(days=after),
            "place": place, "led_by": led_by, "attended": attended,
        }  # fmt: skip
        made[channel] = services.save_occasion(actor=member, survey=survey, values=values)
    return made


def type_in(inspection: VillageInspection, survey: Survey) -> EntryBatch:
    """Sheets of a round of visits: typed by one member and by another, with slips of the finger; more begun."""
    plan = cast.plan_of(inspection.team)
    first, second = cast.person(plan.members[0]), cast.person(plan.members[1])
    visit = survey.occasions.get(channel=Channel.VISIT)
    rng = random.Random(survey.village.code)  # noqa: S311  (made-up opinions, repeatable)
    sheets = [_sheet(rng, number) for number in range(1, PILE + 1)]
    given: dict[str, Any] = {"survey": survey, "channel": Channel.VISIT, "occasion": visit}
    batch = services.create_batch(actor=first, expected=PILE, **given)
    services.keep_sheets(actor=first, batch=batch, sheets=sheets)
    services.hand_on_batch(actor=first, batch=_again(batch), step="hand_on")
    services.keep_sheets(actor=second, batch=_again(batch), sheets=[_slipped(sheet) for sheet in sheets])
    services.hand_on_batch(actor=second, batch=_again(batch), step="compare")
    begun = services.create_batch(actor=second, expected=9, **given)
    services.keep_sheets(actor=second, batch=begun, sheets=[_sheet(rng, n) for n in range(21, 26)])
    return _again(batch)


def _again(batch: EntryBatch) -> EntryBatch:
    return EntryBatch.objects.select_related("survey__team", "survey__village", "survey__questionnaire").get(
        pk=batch.pk
    )


def _sheet(rng: random.Random, number: int) -> dict[str, Any]:
    answers = "".join(rng.choices("12345", [0.5, 0.25, 0.12, 0.05, 0.08], k=22))
    words = {"0": "三组到镇上的路灯坏了半年。"} if number == 4 else {}
    return {"number": str(number), "group": "villager", "answers": answers, "words": words}


def _slipped(sheet: dict[str, Any]) -> dict[str, Any]:
    """The same sheet as the second person typed it: three of them not quite the same."""
    answers = sheet["answers"]
    if sheet["number"] == "3":
        answers = ("2" if answers[0] != "2" else "1") + answers[1:]
    if sheet["number"] == "7":
        answers = (
            answers[:10] + "".join("4" if mark != "4" else "3" for mark in answers[10:12]) + answers[12:]
        )
    words = {"0": "三组到镇上的路灯坏了半年多。"} if sheet["number"] == "4" else sheet["words"]
    return sheet | {"answers": answers, "words": words}
