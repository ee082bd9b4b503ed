"""The demo's steps in order: key in the ledger of done steps, title, what is done."""

from collections.abc import Callable
from functools import partial
from typing import Any

from core.audit import SYSTEM
from inspection.demo import cast, foundation, preparation, surveying
from prep.services import finish_preparation, load_library
from villages.models import Round

# Villages of the fifth round that have not been entered yet.
AHEAD = {"上田村", "渔湖村"}
AT_SURVEY = "沙湾社区"


def library() -> Any:
    """The library of check points watch lists are drawn from."""
    return load_library(actor=SYSTEM)


def prepare(number: int) -> Round:
    """First stage of every village of a round; those still ahead are only begun."""
    for inspection in cast.inspections(number):
        if inspection.village.name in AHEAD:
            preparation.begin(inspection)
            continue
        preparation.prepare(inspection)
        leader = cast.person(cast.plan_of(inspection.team).leader)
        finish_preparation(actor=leader, inspection=inspection)
    return cast.the_round(number)


def survey(number: int) -> Round:
    """Second stage: everywhere to its end but in the village where it is going on today."""
    for inspection in cast.inspections(number):
        if inspection.village.name not in AHEAD:
            surveying.survey(inspection, number, end=inspection.village.name != AT_SURVEY)
    return cast.the_round(number)


STEPS: list[tuple[str, str, Callable[[], Any]]] = [
    ("reference", "区、问题分类与参数默认值", foundation.reference),
    ("register", "导入村（社区）名册", foundation.register),
    ("accounts", "导入账号申请表", foundation.accounts),
    ("library", "载入监督要点库", library),
    ("round-4", "第四轮：组建巡察组、分配村（社区）", partial(foundation.make_round, 4)),
    ("round-5", "第五轮：组建巡察组、分配村（社区）", partial(foundation.make_round, 5)),
    ("ties", "回避申报", foundation.ties),
    ("prep-4", "第四轮：细·准备", partial(prepare, 4)),
    ("prep-5", "第五轮：细·准备", partial(prepare, 5)),
    ("survey-4", "第四轮：广·调查测评", partial(survey, 4)),
    ("survey-5", "第五轮：广·调查测评", partial(survey, 5)),
]
