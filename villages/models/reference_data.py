"""Initial reference data, as data: the five aspects with their second level, and the defaults of round parameters.

Values are starting points that the office changes in the browser; each district's own rules come first.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

DEFAULTS_SINCE = dt.date(2024, 1, 1)

SCHEME_CODE = "five"
SCHEME_NAME = "五个方面"

# (code, name, short name, second level)
CATEGORIES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("A", "政治建设", "政治", (("A1", "决策部署落实"), ("A2", "领导作用"), ("A3", "政治敏锐性"))),
    ("B", "思想建设", "思想", (("B1", "意识形态责任"), ("B2", "教育引导"))),
    ("C", "组织建设", "组织", (("C1", "组织生活"), ("C2", "党员队伍"), ("C3", "班子队伍"))),
    (
        "D",
        "作风建设",
        "作风",
        (("D1", "为民服务"), ("D2", "公开监督"), ("D3", "形式主义"), ("D4", "八项规定")),
    ),
    (
        "E",
        "纪律建设",
        "纪律",
        (
            ("E1", "资金"),
            ("E2", "资产"),
            ("E3", "资源合同"),
            ("E4", "工程"),
            ("E5", "惠民资金"),
            ("E6", "廉洁"),
        ),
    ),
    ("R", "整改落实", "整改", (("R1", "上轮问题整改"),)),
)


@dataclass(frozen=True)
class ParameterSeed:
    """One parameter: its identifier, its name and unit on the page, the default and why."""

    key: str
    label: str
    unit: str
    value: Any
    note: str = ""


# The codes of the numbering rule are WJ 问卷, CP 测评, TH 谈话, ZF 走访, XF 信访, DY 调阅, CC 抽查, DG 底稿, QD 清单,
# JB 交办, XS 线索, ZG 整改; ours beside them BM 保密承诺, HB 回避申报, DC 待查清单, TG 谈话提纲, ZW 组务会,
# CS 知识测试, HZ 汇总, YJ 移交, SZ 三资, QR 事实确认, FJ 证据附件, JY 建议书.
# How many copies of each blank form (表号) a village's set is printed in, in the order in which they are used.
FORM_COPIES = {
    "BM-1": 8, "HB-1": 8, "DC-1": 2, "TG-1": 12, "ZW-1": 4, "WJ-1": 60, "CP-1": 60, "CP-2": 2, "CS-1": 10, "CS-2": 1,
    "HZ-1": 1, "YJ-1": 2, "XF-1": 10, "XF-2": 1, "DY-1": 2, "SZ-1": 1, "TH-1": 20, "ZF-1": 40, "ZF-2": 2, "CC-1": 8,
    "QR-1": 10, "DG-1": 25, "FJ-1": 25, "JB-1": 6, "XS-1": 4, "QD-1": 2, "JY-1": 2, "ZG-1": 2,
}  # fmt: skip

PARAMETERS: tuple[ParameterSeed, ...] = (
    ParameterSeed("notice_lead_days", "进驻前发出通知的提前天数", "天", 10),
    ParameterSeed("petition_close_offset_days", "离村前几天停止受理信访", "天", 7),
    ParameterSeed("petition_decide_days", "信访件登记后批示的时限", "工作日", 3),
    ParameterSeed("petition_urgent_days", "紧急信访件登记后批示的时限", "工作日", 1),
    ParameterSeed("petition_transfer_days", "信访件批示后转出的时限", "工作日", 5, "转镇、转部门、移交纪委"),
    ParameterSeed("petition_handle_days", "信访件批示后办结的时限", "工作日", 15),
    ParameterSeed("visit_household_ratio", "入户走访占总户数的比例", "", 0.1, "与户数下限同时达到"),
    ParameterSeed("visit_household_min", "入户走访户数下限", "户", 30),
    ParameterSeed("instant_fix_default_days", "立行立改交办单的默认时限", "天", 7),
    ParameterSeed(
        "small_group_min", "问卷结果最小公布人数", "份", 5, "少于此数的小组不单独列出，防止对号入座"
    ),
    ParameterSeed("survey_plan_town_head", "问卷计划：镇部门负责人及以上", "人", 5),
    ParameterSeed("survey_plan_delegate", "问卷计划：两代表一委员", "人", 5),
    ParameterSeed("survey_plan_cadre", "问卷计划：村组干部", "人", 10),
    ParameterSeed("survey_plan_party", "问卷计划：党员代表占党员数的比例", "", 0.2),
    ParameterSeed("survey_plan_representative", "问卷计划：村民代表占村民代表数的比例", "", 0.5),
    ParameterSeed("survey_plan_villager", "问卷计划：普通群众占总户数的比例", "", 0.1),
    ParameterSeed("survey_plan_client", "问卷计划：服务对象", "人", 5),
    ParameterSeed(
        "score_weights", "测评等次分值", "分", {"好": 100, "较好": 80, "一般": 60, "差": 40}, "弃权不计入分母"
    ),
    ParameterSeed(
        "rating_group_weights",
        "测评各类人员权重",
        "",
        dict.fromkeys(
            (
                "镇部门负责人及以上",
                "两代表一委员",
                "村组干部",
                "党员代表",
                "村民代表",
                "普通群众",
                "服务对象",
            ),
            0,
        ),
        "全部为0时每票相同；设了权重的，先算各类人员的得分，再按权重合成",
    ),
    ParameterSeed("cash_limit_yuan", "大额现金支付标准", "元", 1000),
    ParameterSeed("entertainment_policy", "村级公务接待规定", "", "村级公务活动零接待"),
    ParameterSeed("report_draft_days", "离村后提交报告初稿的天数", "天", 15),
    ParameterSeed("leading_group_due_days", "离村后提请领导小组审议的天数", "天", 25),
    ParameterSeed("secretary_due_days", "离村后提请书记专题会审议的天数", "天", 30),
    ParameterSeed("feedback_due_days", "书记专题会后反馈的天数", "天", 10),
    ParameterSeed("plan_due_days", "反馈后报送整改方案的天数", "天", 30),
    ParameterSeed("rectify_due_months", "集中整改期限", "个月", 3, "可按区里规定改为6个月"),
    ParameterSeed("remind_days", "整改到期前提醒的天数", "天", [20, 10, 0]),
    ParameterSeed("form_copies", "每村表单的印制份数", "份", FORM_COPIES, "按表号，成套生成时写入目录"),
    ParameterSeed("evaluation_due_days", "集中整改期满后评估的天数", "天", 30),
    ParameterSeed(
        "must_talk",
        "必谈对象和人数",
        "人",
        {"镇包村干部": 1, "书记": 1, "主任": 1, "会计（报账员）": 1, "村民小组长": 2, "信访人": 1},
        "六必谈；名称与谈话对象类别一致",
    ),
    ParameterSeed(
        "must_visit",
        "必访对象和户数",
        "户",
        {"两代表一委员": 2, "老党员": 2, "乡贤": 1, "低保户": 2, "困难群众": 2, "信访户": 1},
        "六必访；计入入户走访总数",
    ),
    ParameterSeed("outline_debt_rise_yuan", "债务一年增加多少列入谈话提纲", "元", 50_000),
    ParameterSeed("outline_income_change", "集体收入变动多大列入谈话提纲", "", 0.3, "与上年相比的比例"),
    ParameterSeed("outline_project_yuan", "工程金额多少列入谈话提纲", "元", 200_000),
    ParameterSeed(
        "tender_limit_yuan",
        "三资调查：工程应当招标的金额标准",
        "元",
        500_000,
        "填区里对村级工程的规定；国家规定单项施工400万元以上必须招标",
    ),
    ParameterSeed("table_old_years", "三资调查：往来挂账多久提示核查", "年", 3),
    ParameterSeed(
        "table_area_share", "三资调查：实测与账面面积相差多少提示核查", "", 0.05, "与账面面积相比的比例"
    ),
    ParameterSeed("outline_long_term_years", "主要负责人任职多久列入谈话提纲", "年", 9),
    ParameterSeed(
        "plan_base_days", "排计划：每村驻村基数", "工作日", 5.0, "标准人数的组在最简单的村所需天数"
    ),
    ParameterSeed(
        "plan_size_per_day", "排计划：每多少户、多少人加1天", "", {"户数": 500, "人口": 2500}, "填0表示不计"
    ),
    ParameterSeed(
        "plan_class_days", "排计划：按关注类别加天数", "天", {"重点关注": 3.0, "关注": 1.5, "一般": 0.0}
    ),
    ParameterSeed(
        "plan_extra_days",
        "排计划：按历史和村情加天数",
        "天",
        {"每件年均信访": 0.2, "每件年均案件": 0.5, "每个以往问题": 0.05, "每项复杂村情": 0.5},
        "信访、案件取近三年平均；以往问题数不详时按20个计；复杂村情指集镇、工业、合并、工程多、征地拆迁",
    ),
    ParameterSeed("plan_stay_limits", "排计划：每村驻村天数范围", "工作日", {"最少": 5.0, "最多": 20.0}),
    ParameterSeed("plan_travel_days", "排计划：换镇（街道）转场天数", "工作日", 1),
    ParameterSeed("plan_team_size", "排计划：标准巡察组人数", "人", 5, "人多的组天数相应减少"),
    ParameterSeed(
        "attention_weights",
        "关注类别各指标分值",
        "分",
        {
            "信访": 18,
            "案件": 14,
            "以往问题": 16,
            "负债": 12,
            "人均收入": 8,
            "项目资金": 12,
            "村情类型": 6,
            "距上次巡察": 6,
            "困难群众": 8,
        },
        "合计100分，分值越高越需要关注；没有数据的指标按半数计分",
    ),
    ParameterSeed(
        "attention_limits",
        "关注类别各指标起止值",
        "",
        {
            "信访": [2, 8],
            "案件": [0, 3],
            "以往问题": [3, 12],
            "负债": [20, 100],
            "人均收入": [800, 200],
            "项目资金": [50, 300],
            "村情类型": [0, 2],
            "距上次巡察": [2, 5],
            "困难群众": [3, 10],
        },
        "前一个数不计分，后一个数计满分，中间按比例；信访为每千人三年件数，负债为占收入的百分比，项目资金为万元",
    ),
    ParameterSeed(
        "attention_bounds",
        "关注类别分界",
        "分",
        {"重点关注": 55, "关注": 35, "缺数据上限": 34},
        "达到分界即建议该类；没有数据的指标分值合计超过上限时，不建议“一般”",
    ),
    ParameterSeed(
        "attention_traits",
        "算作风险因素的村情类型",
        "",
        "合并村、工程项目多、征地拆迁涉及、软弱涣散整顿",
        "写类型名称，用顿号隔开",
    ),
    ParameterSeed(
        "ledger_cadre_pay_yuan",
        "账册比对：村干部一人一年报酬标准",
        "元",
        0,
        "镇（街道）的标准；填0为未定，不比",
    ),
    ParameterSeed("ledger_cash_on_hand_yuan", "账册比对：日终库存现金限额", "元", 5000),
    ParameterSeed(
        "ledger_decision_yuan", "账册比对：须集体决定或公开采购的起点", "元", 10_000, "用于查找拆分支付"
    ),
    ParameterSeed("clue_feedback_months", "问题线索办理结果反馈期限", "个月", 3),
)

VALUES: dict[str, Any] = {seed.key: seed.value for seed in PARAMETERS}
