"""The demo's steps in order: key in the ledger of done steps, title, what is done."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from core import clock
from core.audit import SYSTEM
from findings.services import file_finding, finish_findings
from inspection.demo import (
    borrowing,
    cast,
    clues,
    collecting,
    commons,
    counting,
    experience,
    fieldwork,
    forms_made,
    foundation,
    knowledge,
    ledgers,
    oaths,
    onsite,
    orders,
    outlines,
    paperwork,
    planning,
    preparation,
    rating,
    reading,
    reported,
    reporting,
    rulebook,
    surveying,
    suspicions,
    topics,
    using,
    watching,
    years,
)
from prep.services import finish_preparation, load_library
from villages.models import Round, VillageInspection

# Villages of the fifth round that have not been entered yet, the one being surveyed, those whose papers are all
# signed, and the team whose report has been issued.
AHEAD = {"上田村", "渔湖村", "大樟村"}
AT_SURVEY = "沙湾社区"
AT_REPORT = {"石塘村"}
REPORTED_TEAM = 2


def library() -> Any:
    """The library of check points watch lists are drawn from."""
    return load_library(actor=SYSTEM)


def prepare(number: int) -> Round:
    """First stage of every village of a round; those still ahead are only begun."""
    for inspection in cast.inspections(number):
        with clock.held(min(inspection.entry_on, clock.today()) - dt.timedelta(days=3)):
            if is_ahead(inspection):
                preparation.begin(inspection)
                continue
            preparation.prepare(inspection)
            watching.seed_letters(inspection)
            leader = cast.person(cast.plan_of(inspection.team).leader)
            finish_preparation(actor=leader, inspection=inspection)
    return cast.the_round(number)


def survey(number: int) -> Round:
    """Second stage: everywhere to its end but in the village where it is going on today."""
    for inspection in entered(number):
        with clock.held(inspection.entry_on + dt.timedelta(days=2)):
            end = inspection.village.name != AT_SURVEY
            rating.begin(inspection, end=end)
            knowledge.examine(inspection)
            surveying.survey(inspection, number, end=end)
            watching.seed_clue(inspection)
    return cast.the_round(number)


def find(number: int) -> Round:
    """Third stage: talks, workpapers, evidence, signatures, watch lists."""
    with clock.held(cast.days_of(number).first + dt.timedelta(days=6)):
        fieldwork.import_findings(number)
    for inspection in entered(number):
        if inspection.village.name == AT_SURVEY:
            continue
        done = is_done(inspection)
        with clock.held(min(inspection.entry_on + dt.timedelta(days=12), clock.today())):
            borrowing.borrow(inspection, end=done)
            talks = fieldwork.hold_talks(inspection, count=8 if done else 5)
            fieldwork.complete(inspection, talks)
            onsite.cite(inspection, onsite.go_out(inspection))
            counting.count(inspection, end=done)
            watching.born_on_site(inspection)
            suspicions.suspect(inspection, talks, end=done)
            preparation.conclude(inspection, share=1 if done else 0.7)
            fieldwork.sign(inspection, everything=done)
            if not done:
                watching.write_from_item(inspection)
        if done:
            end_fieldwork(inspection)
    return cast.the_round(number)


def end_fieldwork(inspection: VillageInspection) -> None:
    """All papers signed: filed with the office, the village moves on to the report."""
    leader = cast.person(cast.plan_of(inspection.team).leader)
    with clock.held(min(inspection.exit_on, clock.today())):
        for finding in inspection.findings.all():
            file_finding(actor=cast.office(), finding=finding)
        inspection.refresh_from_db()
        finish_findings(actor=leader, inspection=inspection)


def entered(number: int) -> list[VillageInspection]:
    """Villages whose team is or was there."""
    return [row for row in cast.inspections(number) if not is_ahead(row)]


def is_ahead(inspection: VillageInspection) -> bool:
    """Has the team of the running round not entered the village yet?"""
    return inspection.round.number == 5 and inspection.village.name in AHEAD


def is_done(inspection: VillageInspection) -> bool:
    """Has every paper of the village all its signatures?"""
    return (
        inspection.round.number == 4
        or inspection.village.name in AT_REPORT
        or inspection.team.number == REPORTED_TEAM
    )


def look_back() -> Round:
    """Villages inspected before: what was found then goes on the list of those whose work is not done yet."""
    round_ = cast.the_round(5)
    for inspection in cast.inspections(5):
        if not is_done(inspection):
            watching.take_earlier(inspection)
    return round_


def report_4() -> Round:
    """The finished round: reports issued, feedback sent, every item closed."""
    round_ = cast.the_round(4)
    day = cast.days_of(4).last + dt.timedelta(days=25)
    with clock.held(day - dt.timedelta(days=14)):
        drafts = reporting.open_reports(round_, 1, 2)
    for number, draft in enumerate(drafts, 1):
        feedback = reporting.issue(draft, number, day + dt.timedelta(days=number))
        for order, item in enumerate(reporting.open_ledger(feedback)):
            reporting.carry(item, "closed", order)
    return round_


def report_5() -> Round:
    """The running round: one team's report issued and being put right, the other one's draft alive."""
    round_ = cast.the_round(5)
    day = clock.today() - dt.timedelta(days=20)
    with clock.held(day - dt.timedelta(days=6)):
        issued = reporting.open_reports(round_, REPORTED_TEAM)
    for number, draft in enumerate(issued, 1):
        feedback = reporting.issue(draft, number + 10, day)
        for order, item in enumerate(reporting.open_ledger(feedback)):
            reporting.carry(item, reporting.PACE[order % len(reporting.PACE)], order)
    reporting.open_reports(round_, 1)
    return cast.the_round(5)


Steps = list[tuple[str, str, Callable[[], Any]]]

STEPS: Steps = [
    ("reference", "区、问题分类与参数默认值", foundation.reference),
    ("register", "导入村（社区）名册", foundation.register),
    ("accounts", "导入账号申请表", foundation.accounts),
    ("library", "载入监督要点库", library),
    ("rule-book", "载入法规制度库，登记区级制度", rulebook.fill),
    ("question-bank", "载入谈话对象类别和题库", outlines.load),
    ("questions", "载入知识测试题库", knowledge.bank),
    ("round-4", "第四轮：组建巡察组、分配村（社区）", partial(foundation.make_round, 4)),
    ("round-5", "第五轮：组建巡察组、分配村（社区）", partial(foundation.make_round, 5)),
    ("oaths-4", "第四轮：签署保密承诺、申报回避", partial(oaths.sign_all, 4)),
    ("ties", "回避申报", foundation.ties),
    ("oaths-5", "第五轮：签署保密承诺、申报回避", partial(oaths.sign_all, 5)),
    ("prep-4", "第四轮：细·准备", partial(prepare, 4)),
    ("prep-5", "第五轮：细·准备", partial(prepare, 5)),
    ("outlines-5", "第五轮：谈话提纲、必谈必访安排", partial(outlines.prepare, 5)),
    ("survey-4", "第四轮：广·调查测评", partial(survey, 4)),
    ("questionnaire-2", "编制第二版问卷", collecting.second_version),
    ("survey-5", "第五轮：广·调查测评", partial(survey, 5)),
    ("questionnaire-3", "试用后编制第三版问卷", collecting.third_version),
    ("keepers", "指定保密管理人、设置封存口令", reported.keepers),
    ("petitions-5", "第五轮：登记、办理信访件", reported.register),
    ("box-5", "第五轮：开设二维码意见箱", reported.boxes),
    ("books-5", "第五轮：导入村级账册", partial(ledgers.take_in_books, 5)),
    ("checks-5", "第五轮：账册比对", partial(ledgers.check_books, 5)),
    ("find-4", "第四轮：谋·发现问题", partial(find, 4)),
    ("find-5", "第五轮：谋·发现问题", partial(find, 5)),
    ("commons-4", "第四轮：横向比对、认定共性问题", partial(commons.compare, 4)),
    ("commons-5", "第五轮：横向比对、认定共性问题", partial(commons.compare, 5)),
    ("experience-5", "第五轮：各组交流经验", partial(experience.exchange, 5)),
    ("topics-5", "第五轮：设置专题、归入底稿", partial(topics.collect, 5)),
    ("clues-4", "第四轮：移交问题线索", partial(clues.told, 4)),
    ("clues-5", "第五轮：移交问题线索", partial(clues.told, 5)),
    ("reading-5", "第五轮：组长阅看底稿、保存常用筛选", partial(reading.read, 5)),
    ("visits-5", "第五轮：登记走访", partial(outlines.visit, 5)),
    ("report-4", "第四轮：准·撰写报告，实·巡察整改", report_4),
    ("report-5", "第五轮：准·撰写报告，实·巡察整改", report_5),
    ("early-5", "第五轮：共性问题提示函", partial(commons.tell_early, 5)),
    ("orders-5", "第五轮：即知即改交办单", orders.issue_orders),
    ("opinions-5", "第五轮：阅看问卷意见，转为疑点", using.read_words),
    ("letters-4-towns", "第四轮：致镇党委书记的测评反馈函", partial(using.write_letters, 4)),
    ("letters-5-towns", "第五轮：致镇党委书记的测评反馈函", partial(using.write_letters, 5)),
    ("handover-4", "第四轮：民主测评结果移交组织部", partial(using.hand_ratings_over, 4)),
    ("handover-5", "第五轮：民主测评结果移交组织部", partial(using.hand_ratings_over, 5)),
    ("paperwork-5", "第五轮：授权决定、通知、公告", paperwork.papers),
    ("meetings-5", "第五轮：研判会记录", paperwork.hold_meetings),
    ("letters-5", "第五轮：部门函询", paperwork.letters_out),
    ("newcomer", "第五轮：新成员进组，还没有签署", oaths.newcomer),
    ("calendar", "登记下一年的固定节日", planning.calendar),
    ("plan-5", "第五轮：先易后难计划，执行", planning.carry_out),
    ("plan-6", "第六轮：筹备，先易后难计划草案", planning.next_round),
    ("look-back", "第五轮：带入上轮问题", look_back),
    ("years-5", "第五轮：历年问题", partial(years.look_through, 5)),
    ("library-next", "监督要点库：编制新版草稿", watching.next_version),
    ("forms-5", "第五轮：交后台生成成套表单", forms_made.request_sets),
    ("papers", "交后台生成报告、清单、台账、归档包", reporting.request_papers),
]
# What can only be done once the papers are made.
AFTER_PAPERS: Steps = [
    ("file-4", "第四轮：归档、结束", reporting.file_round),
    ("forms-5-receipt", "第五轮：签收成套表单", forms_made.sign_for_one),
]
