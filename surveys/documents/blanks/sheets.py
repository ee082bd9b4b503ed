"""The blank papers of the survey: questionnaire, rating sheets, hand-over of results."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish
from core.office.paperform import BOX, ticks
from surveys.documents.levels import level_grid
from surveys.models import Group, Level
from surveys.services.questionnaire import INTRO, OPEN_QUESTION, initial_items
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)

RATINGS = ("好", "较好", "一般", "差", "弃权")
_FIRST_PAGE = 13
_MEMBERS = 7
_RATED = 9
_POSTS = ("党组织书记", "村（居）委会主任", "副书记")


@blank_form("WJ-1", "巡察调查问卷", stage=Stage.SURVEY, medium=Medium.WORD, version=VERSION, pages=2)
def questionnaire(context: BlankContext) -> bytes:
    """The questionnaire on paper: boxes large enough for a pen, open questions on the second page."""
    form = begin(context, ballot=True)
    form.room(INTRO, min_height_mm=14)
    form.pairs([("您的身份", ticks(Group.labels))], columns=1)
    items = initial_items()
    level_grid(form, items[:_FIRST_PAGE], Level.labels)
    form.next_page()
    level_grid(form, items[_FIRST_PAGE:], Level.labels)
    form.band(OPEN_QUESTION)
    form.room(min_height_mm=24)
    form.band("您有没有要反映的人和事？（请写时间、地点、经过，不必写自己的姓名）")
    form.room(min_height_mm=26)
    form.band("您对村（社区）工作的意见建议")
    form.room(min_height_mm=18)
    form.note("填好后请自行投入票箱，不要交给村干部。谢谢您的支持！")
    return form.to_bytes()


@blank_form("CP-1", "两委班子及成员测评表", stage=Stage.SURVEY, medium=Medium.WORD, version=VERSION)
def rating(context: BlankContext) -> bytes:
    """Rating of the committee as a body and of each member, by a secret vote."""
    form = begin(context, ballot=True)
    form.room(
        "请对村（社区）两委班子和每名成员作出评价，每行只在一个方框内打“√”；不了解的选“弃权”。"
        "一行选两项以上的，该行无效。本表不记姓名。",
        min_height_mm=14,
    )
    form.pairs([("被测评单位", context.target), ("您的身份", ticks(Group.labels))], columns=1)
    widths = [12, 34, 40, *[14] * len(RATINGS)]
    align = "ccc" + "t" * len(RATINGS)
    boxes = [BOX] * len(RATINGS)
    form.grid(
        ["序号", "测评对象", "评价内容", *RATINGS],
        [["—", "两委班子", "总体评价", *boxes]],
        widths,
        align=align,
        row_mm=12,
    )
    posts = [*_POSTS, *[""] * (_RATED - len(_POSTS))]
    form.grid(
        ["序号", "姓　名", "职　务", *RATINGS],
        [[n, "", post, *boxes] for n, post in enumerate(posts, 1)],
        widths,
        label="班子成员",
        align=align,
        row_mm=12,
    )
    form.block("意见建议", "", min_height_mm=24)
    form.note("填好后请自行投入票箱，不要交给村干部。谢谢您的支持！")
    return form.to_bytes()


@blank_form("CP-2", "测评计票表", stage=Stage.SURVEY, medium=Medium.WORD, version=VERSION)
def rating_count(context: BlankContext) -> bytes:
    """Counting sheet: strokes per level; issued, returned, valid and void reconcile; two people count and sign."""
    form = begin(context, landscape=True)
    form.pairs(
        [
            ("被测评单位", f"{context.target}"),
            ("测评时间", ""),
            ("发出（份）", ""),
            ("收回（份）", ""),
            ("有效（份）", ""),
            ("无效（份）", ""),
        ],
        columns=3,
        row_mm=8,
    )
    form.grid(
        [
            "序号",
            "测评对象",
            "职　务",
            *RATINGS,
            "无效",
            "有效票",
            "得分",
        ],
        [["", "两委班子", "—", *[""] * 8], *[[n, *[""] * 10] for n in range(1, _MEMBERS + 1)]],
        [16, 24, 28, 26, 30, 26, 26, 22, 16, 18, 18],
        label="计票（画“正”字，末尾写数）",
        align="c" * 11,
        row_mm=7.5,
    )
    form.signatures([("计票人", "", None), ("计票人", "", None), ("监票人", "", None)], height_mm=14)
    note = (
        "注：发出＝收回＋未收回，收回＝有效＋无效；得分＝各等次票数乘以本轮规定的分值后相加，再除以有效票数；"
        "弃权和无效不计入有效票。"
    )
    return finish(form, context, note)


@blank_form("YJ-1", "调查测评结果移交单", stage=Stage.SURVEY, medium=Medium.WORD, version=VERSION)
def hand_over(context: BlankContext) -> bytes:
    """Hand-over of the results to the town secretary and the organisation department, with receipt."""
    form = begin(context)
    form.pairs([("被巡察党组织", f"{context.target}党组织"), ("移交日期", "　　　年　　月　　日")])
    form.pairs([("接收对象", ticks([f"{context.place.town}党委主要负责人", "区委组织部"]))], columns=1)
    form.grid(
        ["序号", "材料名称", "份数", "页数", "备　注"],
        [
            [n, name, "", "", ""]
            for n, name in enumerate(("调查测评汇总表", "两委班子测评结果", "班子成员测评结果", "", ""), 1)
        ],
        [12, 74, 18, 18, 34],
        label="移交材料",
        align="clcc",
        row_mm=11,
    )
    form.block("测评结果摘要", "", min_height_mm=48)
    form.block("情况说明", "", min_height_mm=30)
    form.signatures([("移交人", "", None), ("组长", "", None), ("接收人（职务）", "", None)], height_mm=24)
    return finish(
        form,
        context,
        "注：一式两份，移交方、接收方各执一份；结果仅供工作参考，接收方不得公开、不得追查答卷人。",
    )
