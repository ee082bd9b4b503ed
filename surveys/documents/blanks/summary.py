"""The blank summary workbook of survey and ratings (调查测评汇总表): seven sheets."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import workbook
from core.office.formbook import FormCol, FormSheet
from surveys.documents.blanks.sheets import RATINGS
from surveys.models import Group, Level
from surveys.services.questionnaire import initial_items
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)

_CHANNELS = ("动员会", "村进驻会", "走访", "扫码")
_SIGNERS = ("统计人", "复核人", "日期")
_NUMBER = FormCol("序号", 6, "int")


@blank_form("HZ-1", "调查测评汇总表", stage=Stage.SURVEY, medium=Medium.EXCEL, version=VERSION, pages=7)
def summary(context: BlankContext) -> bytes:
    """Seven sheets: counts, items, aspects, committee, members, open answers, suspicious leads."""
    return workbook(context, [*_counts(), *_answers(), *_ratings(), *_words()])


def _counts() -> list[FormSheet]:
    columns = (
        _NUMBER,
        FormCol("渠道", 14, "center"),
        FormCol("人员类别", 18, "choice", tuple(Group.labels)),
        *(
            FormCol(name, 13, "int", total=True)
            for name in ("发出份数", "收回份数", "未收回", "有效份数", "无效份数")
        ),
        FormCol("无效原因", 28),
    )
    given = [[None, channel, *[None] * 7] for channel in _CHANNELS]
    return [
        FormSheet(
            "1 收发", "调查问卷收发情况表", columns, rows=9, given=given, signers=_SIGNERS,
            footnote="注：发出＝收回＋未收回；收回＝有效＋无效，两项都要相符。",
        )
    ]  # fmt: skip


def _answers() -> list[FormSheet]:
    levels = tuple(FormCol(level, 9, "int", group="选择人数") for level in Level.labels)
    items = initial_items()
    by_item = (
        _NUMBER, FormCol("方面", 12, "center"), FormCol("题目", 52), *levels,
        FormCol("未答", 8, "int"), FormCol("好和较好占比（%）", 12, "number"), FormCol("不了解占比（%）", 12, "number"),
    )  # fmt: skip
    by_aspect = (
        _NUMBER, FormCol("方面", 20, "center"), FormCol("题数", 9, "int"), *levels,
        FormCol("好和较好占比（%）", 14, "number"), FormCol("不了解占比（%）", 14, "number"), FormCol("突出情况", 36),
    )  # fmt: skip
    aspects = list(dict.fromkeys(aspect for aspect, _, _ in items))
    per_aspect = {aspect: sum(own == aspect for own, _, _ in items) for aspect in aspects}
    note = "注：占比的分母为有效作答人数；“不了解”单独反映，不计入评价。"
    blank = [None] * 8
    return [
        FormSheet(
            "2 各题", "各题选择情况汇总表", by_item, rows=0, footnote=note, signers=_SIGNERS,
            given=[[number, aspect, text, *blank] for aspect, number, text in items],
        ),
        FormSheet(
            "3 各方面", "各方面评价情况汇总表", by_aspect, rows=0, footnote=note, signers=_SIGNERS,
            given=[[None, aspect, per_aspect[aspect], *blank] for aspect in aspects],
        ),
    ]  # fmt: skip


def _ratings() -> list[FormSheet]:
    votes = tuple(FormCol(level, 9, "int", group="票数") for level in (*RATINGS, "无效", "有效"))
    score = (FormCol("得分", 10, "number"), FormCol("好和较好占比（%）", 12, "number"))
    note = "注：弃权和无效票不计入分母；各等次分值按本轮参数；少于最小公布人数的分组不单独列出。"
    body = (
        _NUMBER,
        FormCol("测评对象", 16, "center"),
        FormCol("投票人类别", 18, "choice", tuple(Group.labels)),
        *votes,
        *score,
    )
    members = (
        _NUMBER,
        FormCol("姓名", 12, "center"),
        FormCol("职务", 22),
        *votes,
        *score,
        FormCol("名次", 8, "int"),
    )
    return [
        FormSheet(
            "4 班子", "两委班子测评汇总表", body, rows=8, given=[[None, "两委班子", *[None] * 10]], footnote=note,
            signers=_SIGNERS,
        ),
        FormSheet("5 成员", "班子成员测评汇总表", members, rows=12, footnote=note, signers=_SIGNERS),
    ]  # fmt: skip


def _words() -> list[FormSheet]:
    opinions = (
        _NUMBER, FormCol("问题类别", 16), FormCol("意见内容（隐去姓名和可识别的细节）", 76),
        FormCol("件数", 8, "int", total=True), FormCol("处理建议", 26),
    )  # fmt: skip
    leads = (
        _NUMBER, FormCol("疑点摘要", 50), FormCol("来源", 12, "choice", ("问卷", "测评", "测试")),
        FormCol("承办人", 10, "center"), FormCol("核查方式", 18), FormCol("期限", 12, "date"),
        FormCol("核查结果", 12, "choice", ("未发现", "疑点", "属实")), FormCol("去向（底稿编号）", 24),
    )  # fmt: skip
    return [
        FormSheet(
            "6 意见", "开放题意见汇总表", opinions, rows=13, signers=_SIGNERS,
            footnote="注：交镇（街道）前逐条检查，不得出现反映人、被反映人姓名或能认出本人的细节。",
        ),
        FormSheet(
            "7 疑点", "可疑情况核查表", leads, rows=13, signers=_SIGNERS,
            footnote="注：逐条核查、逐条有结果；属实的另写问题底稿。",
        ),
    ]  # fmt: skip
