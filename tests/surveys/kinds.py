"""A questionnaire with a question of every kind, for tests: seven characters a sheet and two texts."""

from core.audit import SYSTEM
from surveys import services
from surveys.models import Questionnaire
from tests.surveys.polls import at_stage

QUESTIONS = [
    {"aspect": "班子", "kind": "scale5", "text": "两委班子团结配合的情况"},
    {
        "aspect": "公开",
        "kind": "single",
        "text": "您从哪里知道村里的大事",
        "options": ["公开栏", "微信群", "不知道"],
    },
    {"aspect": "公开", "kind": "multiple", "text": "最想讲清楚哪些事", "options": ["收支", "工程", "土地"]},
    {"aspect": "办事", "kind": "matrix", "text": "这些事办得怎么样", "rows": ["卫生", "道路"], "options": []},
    {"aspect": "意见", "kind": "text", "text": "最突出的问题是什么"},
    {"aspect": "意见", "kind": "text", "text": "有什么建议"},
]
# Where each question's characters lie: 1 | 2 | 3 4 5 | 6 7
LENGTH = 7


def make_questionnaire(**required):
    """``required``: numbers of questions that must be answered, as ``q2=True``."""
    made = services.create_questionnaire(actor=SYSTEM, title="各类题型问卷", intro="请按实际填写。")
    for number, values in enumerate(QUESTIONS, 1):
        must = required.get(f"q{number}", False)
        services.save_item(actor=SYSTEM, questionnaire=made, values=values | {"required": must})
    return Questionnaire.objects.get(pk=made.pk)


def open_survey_of_kinds(cast, **required):
    inspection = at_stage(cast.inspection)
    survey = services.create_survey(
        actor=SYSTEM, inspection=inspection, questionnaire=make_questionnaire(**required)
    )
    return services.open_survey(actor=SYSTEM, survey=survey)
