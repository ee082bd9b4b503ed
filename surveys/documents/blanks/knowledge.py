"""The knowledge test for committee members and the list of its results. A mark, never a finding."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import begin, finish, workbook
from core.office.formbook import FormCol, FormSheet
from core.office.paperform import BOX
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)

# Question, choices A to C, the right letter.
_CHOICES = (
    (
        "“四议两公开”中的“两公开”是指",
        ("党务公开、财务公开", "决议公开、实施结果公开", "预算公开、决算公开"),
        "B",
    ),
    ("按“四议两公开”决定重大事项，第一步是", ("村党组织会议提议", "村民代表会议决议", "党员大会审议"), "A"),
    (
        "“三会一课”中的“三会”是指",
        (
            "村民会议、党员大会、两委会",
            "民主生活会、组织生活会、班子会",
            "支部党员大会、支部委员会会议、党小组会",
        ),
        "C",
    ),
    ("支部委员会会议一般多长时间召开一次", ("每月", "每季度", "每半年"), "A"),
    ("预备党员的预备期为", ("半年", "一年", "二年"), "B"),
    ("村党组织每届任期为", ("三年", "四年", "五年"), "C"),
    ("党支部每年至少召开几次组织生活会", ("一次", "三次", "四次"), "A"),
    ("一般的村务事项至少多长时间公布一次", ("每月", "每季度", "每年"), "B"),
    ("财务往来较多的村，财务收支情况应当多长时间公布一次", ("每月", "每半年", "每年"), "A"),
    (
        "下列人员中，可以担任村务监督委员会成员的是",
        ("村报账员", "村委会委员的配偶", "公道正派、有议事能力的村民代表"),
        "C",
    ),
)
# Statement, and whether it is right.
_STATEMENTS = (
    ("集体资源发包应当经过民主程序，并签订书面合同。", True),
    ("白条可以作为村集体支出的入账凭证。", False),
    ("惠民资金的发放对象和标准应当公示。", True),
    ("发展党员可以不经支部党员大会讨论。", False),
    ("预备党员在支部党员大会上有表决权。", False),
    ("党员一般应当按月交纳党费。", True),
    ("集体资产出租到期后，可以不经任何程序由原承租人继续使用。", False),
    ("村里的公章可以在空白纸上预先盖好备用。", False),
    ("村干部及其亲属承包集体资源的，应当如实公开，接受监督。", True),
    ("工程款应当按合同约定的进度支付，未验收的不得付清。", True),
)
_POINTS = 5
_ROWS = 12


@blank_form("CS-1", "应知应会测试卷", stage=Stage.SURVEY, medium=Medium.WORD, version=VERSION, pages=2)
def test_paper(context: BlankContext) -> bytes:
    """Ten questions with choices, ten statements to be judged; five points each."""
    form = begin(context)
    form.pairs([("单　　位", context.target), ("职　　务", ""), ("姓　　名", ""), ("得　　分", "")])
    letters = "ABC"
    form.grid(
        ["题号", "题目和选项", "答案"],
        [
            [n, f"{text}（　）\n" + "　".join(f"{a}.{c}" for a, c in zip(letters, choices, strict=True)), ""]
            for n, (text, choices, _) in enumerate(_CHOICES, 1)
        ],
        [12, 128, 16],
        label=f"一、单项选择题（每题{_POINTS}分，共{len(_CHOICES) * _POINTS}分）",
        align="clc",
        row_mm=16,
    )
    form.next_page()
    form.grid(
        ["题号", "说　法", "对", "错"],
        [[n, text, BOX, BOX] for n, (text, _) in enumerate(_STATEMENTS, 1)],
        [12, 116, 14, 14],
        label=f"二、判断题（在“对”或“错”下打√，每题{_POINTS}分，共{len(_STATEMENTS) * _POINTS}分）",
        align="cltt",
        row_mm=13,
    )
    form.block("口头提问", "（其他应知应会，逐题记录）", min_height_mm=44)
    form.signatures([("答卷人", "", None), ("监考人", "", None), ("评卷人", "", None)])
    return finish(
        form,
        context,
        "注：闭卷，时间30分钟；口头测试的，由监考人逐题代记。成绩只反映掌握程度，不作为违纪依据。",
    )


def _answers() -> str:
    letters = "　".join(f"{n}.{letter}" for n, (*_, letter) in enumerate(_CHOICES, 1))
    marks = "　".join(f"{n}.{'对' if right else '错'}" for n, (_, right) in enumerate(_STATEMENTS, 1))
    return f"参考答案　一、{letters}\n　　　　　二、{marks}"


@blank_form("CS-2", "应知应会测试成绩登记表", stage=Stage.SURVEY, medium=Medium.EXCEL, version=VERSION)
def test_results(context: BlankContext) -> bytes:
    """One line a person, and the key for whoever marks the papers."""
    columns = (
        FormCol("序号", 6, "int"),
        FormCol("姓名", 14, "center"),
        FormCol("职务", 26),
        FormCol("方式", 10, "choice", ("笔试", "口头")),
        FormCol("测试日期", 13, "date"),
        FormCol("得分", 10, "number"),
        FormCol("错题题号", 30),
        FormCol("备注", 24),
    )
    note = f"注：只供评卷使用，测试前不得外传。\n{_answers()}"
    sheet = FormSheet(
        "成绩",
        "应知应会测试成绩登记表",
        columns,
        rows=_ROWS,
        footnote=note,
        signers=("评卷人", "复核人", "日期"),
    )
    return workbook(context, [sheet])
