"""Questionnaires are made in the browser by the office, copied, compared, and frozen by the first opening."""

import pytest
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError, StaleRecord
from surveys import rules, services
from surveys.models import Aspect, Item, Questionnaire
from surveys.selectors.versions import compared
from tests.surveys.kinds import QUESTIONS, make_questionnaire, open_survey_of_kinds
from tests.surveys.polls import at_stage, make_survey, reload

pytestmark = pytest.mark.django_db


def texts(questionnaire):
    return list(questionnaire.items.order_by("number").values_list("text", flat=True))


def numbered(questionnaire):
    return list(questionnaire.items.order_by("number").values_list("number", "aspect__name"))


@pytest.fixture
def draft():
    return make_questionnaire()


def test_questions_are_numbered_in_the_order_of_their_aspects(draft):
    assert numbered(draft) == [(1, "班子"), (2, "公开"), (3, "公开"), (4, "办事"), (5, "意见"), (6, "意见")]
    services.save_item(
        actor=SYSTEM,
        questionnaire=draft,
        values={"aspect": "班子", "kind": "scale5", "text": "党员带头的情况"},
    )
    assert texts(draft)[:2] == ["两委班子团结配合的情况", "党员带头的情况"]
    assert [number for number, _ in numbered(draft)] == [1, 2, 3, 4, 5, 6, 7]


def test_a_question_struck_out_moves_the_others_up_and_its_empty_aspect_goes(draft):
    services.remove_item(actor=SYSTEM, item=draft.items.get(number=1))
    assert numbered(draft)[0] == (1, "公开")
    assert not Aspect.objects.filter(questionnaire=draft, name="班子").exists()


def test_a_new_order_is_saved_as_a_whole_across_aspects(draft):
    items = {item.text: str(item.pk) for item in draft.items.all()}
    aspects = {aspect.name: str(aspect.pk) for aspect in draft.aspects.all()}
    order = [
        (aspects["意见"], [items["有什么建议"]]),
        (aspects["班子"], [items["最突出的问题是什么"], items["两委班子团结配合的情况"]]),
        (aspects["公开"], [items["最想讲清楚哪些事"], items["您从哪里知道村里的大事"]]),
        (aspects["办事"], [items["这些事办得怎么样"]]),
    ]
    services.arrange_items(actor=SYSTEM, questionnaire=draft, order=order)
    assert texts(draft) == ["有什么建议", "最突出的问题是什么", "两委班子团结配合的情况", "最想讲清楚哪些事",
                            "您从哪里知道村里的大事", "这些事办得怎么样"]  # fmt: skip
    assert list(draft.aspects.values_list("name", flat=True)) == ["意见", "班子", "公开", "办事"]


def test_an_order_that_misses_a_question_is_refused(draft):
    aspect = draft.aspects.first()
    with pytest.raises(ServiceError, match="增删"):
        services.arrange_items(
            actor=SYSTEM, questionnaire=draft, order=[(str(aspect.pk), [str(draft.items.first().pk)])]
        )


def test_two_people_changing_one_question_notice_each_other(draft):
    item = draft.items.get(number=1)
    seen = item.revision
    services.save_item(actor=SYSTEM, questionnaire=draft, values=QUESTIONS[0] | {"text": "改过"}, item=item)
    with pytest.raises(StaleRecord):
        services.save_item(
            actor=SYSTEM, questionnaire=draft, values=QUESTIONS[0] | {"text": "又改"},
            item=Item.objects.get(pk=item.pk), revision=seen,
        )  # fmt: skip
    with pytest.raises(StaleRecord):
        services.remove_item(actor=SYSTEM, item=Item.objects.get(pk=item.pk), revision=seen)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": 2, "options": ["只有一项"]}, "第2题是单选，至少要两个选项"),
        ({"number": 3, "options": ["收支", "收支"]}, "第3题的选项“收支”重复"),
        ({"number": 4, "rows": ["卫生"]}, "第4题是矩阵评价，至少要两个评价对象"),
        ({"number": 4, "options": ["满意"]}, "第4题的等次应为2至9个，留空则用五级评价"),
        ({"number": 1, "text": "请写您的姓名和电话"}, "第1题问到姓名、电话或住址，匿名问卷不能问"),
        ({"number": 6, "text": "最突出的问题，是什么？"}, "第5题和第6题的题目相同"),
    ],
)
def test_what_keeps_a_questionnaire_from_being_used_is_said_in_words(draft, change, sentence):
    values = dict(change)
    Item.objects.filter(questionnaire=draft, number=values.pop("number")).update(**values)
    assert rules.unfit(draft) == [sentence]


def test_a_survey_does_not_open_with_an_unfit_questionnaire(cast, draft):
    Item.objects.filter(questionnaire=draft, number=2).update(options=["一项"])
    survey = services.create_survey(actor=SYSTEM, inspection=at_stage(cast.inspection), questionnaire=draft)
    with pytest.raises(NotAllowed, match="至少要两个选项"):
        services.open_survey(actor=cast.leader, survey=reload(survey))
    assert Questionnaire.objects.get(pk=draft.pk).status == Questionnaire.Status.DRAFT


def test_after_the_first_opening_nothing_of_it_can_be_changed(cast):
    frozen = open_survey_of_kinds(cast).questionnaire
    item, aspect = frozen.items.first(), frozen.aspects.first()
    attempts = [
        lambda a: services.save_item(actor=a, questionnaire=frozen, values=QUESTIONS[0], item=item),
        lambda a: services.save_item(actor=a, questionnaire=frozen, values=QUESTIONS[0]),
        lambda a: services.remove_item(actor=a, item=item),
        lambda a: services.rename_aspect(actor=a, aspect=aspect, name="别的"),
        lambda a: services.arrange_items(actor=a, questionnaire=frozen, order=[]),
        lambda a: services.change_questionnaire(actor=a, questionnaire=frozen, values={"title": "别的"}),
        lambda a: services.drop_questionnaire(actor=a, questionnaire=frozen),
    ]
    for attempt in attempts:
        for actor in (cast.office_head, SYSTEM):
            with pytest.raises(NotAllowed, match="已定稿"):
                attempt(actor)


def test_a_copy_is_the_next_version_and_only_one_is_in_the_making(cast):
    frozen = open_survey_of_kinds(cast).questionnaire
    copy = services.copy_questionnaire(actor=cast.office_clerk, questionnaire=frozen)
    assert (copy.code, copy.version, copy.status) == (frozen.code, 2, "draft")
    assert texts(copy) == texts(frozen) and numbered(copy) == numbered(frozen)
    with pytest.raises(ServiceError, match="编制中的版本"):
        services.copy_questionnaire(actor=cast.office_clerk, questionnaire=frozen)


def test_two_versions_are_compared_question_by_question(cast):
    old = open_survey_of_kinds(cast).questionnaire
    new = services.copy_questionnaire(actor=cast.office_clerk, questionnaire=old)
    services.remove_item(actor=SYSTEM, item=new.items.get(text="有什么建议"))
    services.save_item(
        actor=SYSTEM, questionnaire=new, item=new.items.get(number=2),
        values=QUESTIONS[1] | {"options": ["公开栏", "微信群", "开会", "不知道"], "required": True},
    )  # fmt: skip
    services.save_item(
        actor=SYSTEM, questionnaire=new, values={"aspect": "班子", "kind": "scale5", "text": "党员带头的情况"}
    )
    lines = {(line.after or line.before).text: (line.word, line.what) for line in compared(old, new)}
    assert lines["两委班子团结配合的情况"] == ("未变", [])
    assert lines["党员带头的情况"] == ("新增", [])
    assert lines["有什么建议"] == ("删去", [])
    word, what = lines["您从哪里知道村里的大事"]
    assert word == "改动"
    assert what == [
        "选项由“公开栏、微信群、不知道”改为“公开栏、微信群、开会、不知道”",
        "改为手机上必答",
        "由第2题移到第3题",
    ]


# --- pages ------------------------------------------------------------------------------------------------


def page(name, **kwargs):
    return reverse(f"surveys:{name}", kwargs=kwargs)


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office_clerk)
    return client


def test_the_office_makes_a_questionnaire_from_nothing_in_the_browser(office):
    made = office.post(page("questionnaire_add"), {"title": "整改回访问卷", "intro": "", "open_question": ""})
    draft = Questionnaire.objects.get(title="整改回访问卷")
    assert made.url == page("questionnaire", pk=draft.pk)
    sent = {
        "aspect": "整改",
        "kind": "multiple",
        "text": "哪些事办好了",
        "options": "路灯\n水渠\n\n公厕",
        "hint": "",
    }
    assert office.post(page("item_add", pk=draft.pk), sent | {"more": "yes"}).url.startswith(
        page("item_add", pk=draft.pk)
    )
    assert draft.items.get().options == ["路灯", "水渠", "公厕"]
    shown = office.get(page("questionnaire", pk=draft.pk)).content.decode()
    assert "路灯" in shown and "改正以后才能开始调查" not in shown


def test_a_choice_without_options_is_refused_beside_the_field_and_keeps_what_was_typed(office, draft):
    sent = {"aspect": "公开", "kind": "single", "text": "在哪里开会", "options": "一处", "hint": ""}
    answer = office.post(page("item_add", pk=draft.pk), sent)
    assert answer.status_code == 422
    assert "2至20个选项" in answer.content.decode() and "在哪里开会" in answer.content.decode()


def test_a_frozen_questionnaire_is_shown_without_any_tool(office, cast):
    frozen = open_survey_of_kinds(cast).questionnaire
    shown = office.get(page("questionnaire", pk=frozen.pk)).content.decode()
    assert "题目不能再改" in shown and "复制为新版本" in shown
    assert page("item_add", pk=frozen.pk) not in shown and "draggable" not in shown


def test_the_preview_holds_every_kind_as_paper_and_the_same_questions_as_the_phone(office, draft):
    answer = office.get(page("questionnaire_preview", pk=draft.pk))
    assert [q["kind"] for q in answer.context["paper"]["questions"]] == [q["kind"] for q in QUESTIONS]
    text = answer.content.decode()
    assert "□ A 公开栏" in text and "（可多选）" in text and "paper-matrix" in text


@pytest.mark.parametrize("name", ["questionnaire", "questionnaire_preview"])
def test_a_page_costs_the_same_for_one_question_as_for_six(
    office, draft, name, django_assert_max_num_queries
):
    few = services.create_questionnaire(actor=SYSTEM, title="一题")
    services.save_item(actor=SYSTEM, questionnaire=few, values=QUESTIONS[0])
    office.get(page(name, pk=few.pk))
    counts = []
    for one in (few, draft):
        with django_assert_max_num_queries(60) as queries:
            office.get(page(name, pk=one.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_team_picks_the_finished_and_the_draft_alike(client, cast, draft):
    make_survey(cast, cast.other_inspection)
    client.force_login(cast.leader)
    at_stage(cast.inspection)
    assert "各类题型问卷" in client.get(page("create", pk=cast.inspection.pk)).content.decode()
