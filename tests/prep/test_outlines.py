"""Outlines: written, supplemented, made final, followed; nobody's words are lost and no version changes afterwards."""

import pytest

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from prep import services
from prep.models import Outline, OutlineStatus, Scope, TargetKind
from prep.rules import outline as rules
from prep.selectors.outlines import compare, offers, versions_of
from tests.prep.lists import make_item
from tests.prep.outlines import draw, final, kind, rows, save, seed, texts
from villages.models import Recusal, Stage, VillageInspection

pytestmark = pytest.mark.django_db


# --- who --------------------------------------------------------------------------------------------------


def test_only_the_own_team_draws_and_not_who_must_stand_aside(cast):
    seed()
    for role in ("outsider", "office_head", "town", "village", "sysadmin"):
        with pytest.raises(NotAllowed):
            draw(cast, actor=getattr(cast, role))
    Recusal.objects.create(user=cast.member, village=cast.village_place, town=cast.town_place)
    with pytest.raises(NotAllowed):
        draw(cast)
    assert not Outline.objects.exists()


def test_nothing_is_written_once_the_problems_were_told(cast):
    outline = draw(cast)
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status=Stage.RECTIFY)
    outline = Outline.objects.get(pk=outline.pk)
    with pytest.raises(NotAllowed, match="不再改动"):
        save(cast, outline, rows(outline)[1:])


def test_the_inspected_side_sees_no_outline_at_all(cast):
    draw(cast)
    for role in ("town", "village", "discipline", "organisation", "department", "sysadmin", "outsider"):
        assert not Outline.objects.visible_to(getattr(cast, role)).exists(), role
    assert Outline.objects.visible_to(cast.member).exists()


# --- one for a kind, one for a person ---------------------------------------------------------------------


def test_a_kind_has_one_outline_and_a_named_person_another(cast):
    draw(cast)
    draw(cast, person="江予安")
    with pytest.raises(ServiceError, match="已经有了"):
        draw(cast)
    with pytest.raises(ServiceError, match="江予安的提纲已经有了"):
        draw(cast, person=" 江予安 ")


def test_people_who_came_with_a_complaint_are_never_named(cast):
    with pytest.raises(ServiceError, match="不留姓名"):
        draw(cast, "petitioner", person="纪南枝")
    assert not Outline.objects.exists()


def test_the_name_of_the_person_is_not_copied_into_the_trail(cast):
    draw(cast, person="江予安")
    assert "江予安" not in str(list(AuditEntry.objects.values("after", "target_label", "reason")))


# --- writing ----------------------------------------------------------------------------------------------


def test_questions_are_put_in_order_reworded_added_and_taken_out(cast):
    outline = draw(cast)
    wanted = rows(outline)
    first, second, third = wanted[:3]
    second["text"] = "  您 怎么看\n班子分工？ "
    outline = save(
        cast, outline, [third, second, {"id": "", "text": "鱼塘租金谁收？", "must": True}, *wanted[3:]]
    )
    lines = list(outline.lines.order_by("seq"))
    assert [line.text for line in lines[:3]] == [third["text"], "您 怎么看 班子分工？", "鱼塘租金谁收？"]
    assert (lines[1].reworded, lines[1].origin) == (True, "bank")
    assert (lines[2].origin, lines[2].must, lines[2].section) == ("own", True, "opening")
    assert outline.declined == ["bank:K-01"]
    entry = AuditEntry.objects.filter(verb="prep.edit_outline").get()
    assert entry.reason == "新增1题，删去1题，改写1题，调整次序"
    assert first["text"] not in texts(outline)


def test_saving_without_a_change_writes_nothing(cast):
    outline = draw(cast)
    saved = save(cast, outline, rows(outline))
    assert saved.revision == outline.revision


def test_the_second_of_two_editors_is_refused_and_sees_both_texts(cast):
    outline = draw(cast)
    seen, mine, theirs = outline.revision, rows(outline), rows(outline)
    theirs[0]["text"] = "副组长的问法"
    mine[0]["text"] = "组员的问法"
    save(cast, outline, theirs, actor=cast.deputy)
    with pytest.raises(StaleRecord) as refused:
        save(cast, outline, mine, revision=seen)
    assert "1. 组员的问法" in refused.value.attempted["questions"]
    assert "1. 副组长的问法" in refused.value.current.questions
    assert texts(outline)[0] == "副组长的问法"


def test_a_question_somebody_else_took_out_meanwhile_makes_the_page_stale(cast):
    outline = draw(cast)
    before = rows(outline)
    save(cast, outline, before[1:], actor=cast.deputy)
    fresh = Outline.objects.get(pk=outline.pk)
    with pytest.raises(StaleRecord):
        save(cast, fresh, before)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "第1问是空的"),
        ("问" * 301, "有301个字"),
        ("有人反映您多占宅基地，是不是？", "有人反映"),
        ("举报信里提到的租金去哪了？", "举报"),
        ("请联系13800001234核实", "电话号码"),
        ("身份证110101199003070011是谁？", "身份证号"),
    ],
)
def test_what_cannot_be_read_out_is_refused_with_the_reason(cast, text, said):
    outline = draw(cast)
    with pytest.raises(ServiceError, match=said):
        save(cast, outline, [{"id": "", "text": text, "must": False}])
    assert texts(outline) == texts(Outline.objects.get(pk=outline.pk))


@pytest.mark.parametrize(
    "text", ["李某家的地是怎么量的？", "家住村口的那户怎么说？", "3组12号门前的路谁修的？"]
)
def test_half_a_name_or_an_address_is_too_much_for_those_who_complained(cast, text):
    outline = draw(cast, "petitioner")
    with pytest.raises(ServiceError, match=r"姓名|住址"):
        save(cast, outline, [{"id": "", "text": text, "must": False}])


def test_speaking_to_them_of_what_they_said_themselves_is_fine():
    assert rules.traces("您反映的事情，请从头说一遍。", shielded=True) == []


# --- drawing again ----------------------------------------------------------------------------------------


def test_drawing_again_offers_what_is_new_and_touches_no_word(cast):
    outline = draw(cast)
    wanted = rows(outline)
    wanted[0]["text"] = "改过的开场白"
    outline = save(cast, outline, wanted)
    assert offers(cast.member, outline).fresh == []
    item = make_item(cast.inspection, title="鱼塘租金去向", scope=Scope.INDIVIDUAL)
    (fresh,) = offers(cast.member, outline).fresh
    assert fresh.items == (item,)
    outline = services.supplement_outline(
        actor=cast.member, outline=outline, revision=outline.revision, sources=[fresh.source]
    )
    after = texts(outline)
    assert after[0] == "改过的开场白" and len(after) == len(wanted) + 1
    # Before the closing questions, not behind them.
    assert "鱼塘租金去向" in after[-4]
    assert offers(cast.member, outline).fresh == []


def test_what_people_took_out_is_not_pressed_on_them_again_but_can_come_back(cast):
    make_item(cast.inspection, title="鱼塘租金去向", scope=Scope.INDIVIDUAL)
    outline = draw(cast)
    outline = save(cast, outline, [row for row in rows(outline) if "鱼塘" not in row["text"]])
    found = offers(cast.member, outline)
    assert found.fresh == [] and ["鱼塘" in row.text for row in found.declined] == [True]
    outline = services.supplement_outline(
        actor=cast.member, outline=outline, revision=outline.revision, sources=[found.declined[0].source]
    )
    assert any("鱼塘" in text for text in texts(outline)) and outline.declined == []


def test_nothing_chosen_or_a_stale_page_adds_nothing(cast):
    outline = draw(cast)
    with pytest.raises(ServiceError, match="先勾选"):
        services.supplement_outline(
            actor=cast.member, outline=outline, revision=outline.revision, sources=["bank:zzz"]
        )
    rest = offers(cast.member, outline).bank
    with pytest.raises(StaleRecord):
        services.supplement_outline(
            actor=cast.member, outline=outline, revision=outline.revision + 1, sources=[rest[0].source]
        )
    assert texts(Outline.objects.get(pk=outline.pk)) == texts(outline)


# --- versions ---------------------------------------------------------------------------------------------


def test_a_final_version_has_a_number_stands_still_and_is_replaced_by_the_next(cast):
    first = final(cast)
    assert (first.version, first.status, first.finalised_by) == (1, OutlineStatus.FINAL, cast.member)
    with pytest.raises(NotAllowed, match="另起新版"):
        save(cast, first, rows(first)[1:])
    second = services.follow_outline(actor=cast.deputy, outline=first)
    assert texts(second) == texts(first) and second.version_label == "草稿"
    with pytest.raises(ServiceError, match="已经有一份新版草稿"):
        services.follow_outline(actor=cast.member, outline=first)
    second = services.finalise_outline(actor=cast.deputy, outline=second)
    first.refresh_from_db()
    assert (second.version, first.status) == (2, OutlineStatus.REPLACED)
    assert [row.version for row in versions_of(cast.member, second)] == [2, 1]


def test_an_empty_draft_cannot_be_made_final(cast):
    outline = draw(cast)
    outline.lines.all().delete()
    with pytest.raises(NotAllowed, match="还没有题目"):
        services.finalise_outline(actor=cast.member, outline=outline)


def test_a_dropped_draft_leaves_the_version_in_force_and_room_for_another(cast):
    first = final(cast)
    draft = services.follow_outline(actor=cast.member, outline=first)
    with pytest.raises(ServiceError, match="理由"):
        services.drop_outline(actor=cast.member, outline=draft, reason=" ")
    services.drop_outline(actor=cast.member, outline=draft, reason="不需要改")
    first.refresh_from_db()
    assert first.status == OutlineStatus.FINAL
    services.follow_outline(actor=cast.member, outline=first)


def test_two_versions_are_compared_by_question_not_by_place(cast):
    first = final(cast)
    second = services.follow_outline(actor=cast.member, outline=first)
    wanted = rows(second)
    wanted[0]["text"] = "改过的第一问"
    moved, gone = wanted.pop(4), wanted.pop(6)
    second = save(
        cast, second, [*wanted[:2], {"id": "", "text": "新的一问", "must": False}, *wanted[2:], moved]
    )
    found = compare(first, second)
    assert found.counts == {"changed": 1, "added": 1, "dropped": 1, "same": first.lines.count() - 2}
    assert found.reordered
    by_state = {row.state: row for row in found.rows}
    assert by_state["changed"].after.text == "改过的第一问"
    assert by_state["added"].after.text == "新的一问"
    assert by_state["dropped"].before.text == gone["text"]
    straight = compare(first, first)
    assert not straight.reordered and set(straight.counts) == {"same"}


# --- kinds ------------------------------------------------------------------------------------------------


def test_the_office_keeps_the_kinds_and_a_new_one_is_asked_what_its_talk_category_is(cast):
    seed()
    with pytest.raises(NotAllowed):
        services.add_target_kind(actor=cast.leader, values={"name": "网格员", "talk_category": "group_head"})
    made = services.add_target_kind(
        actor=cast.office_clerk, values={"name": "网格员", "talk_category": "group_head", "order": 20}
    )
    with pytest.raises(ServiceError, match="同名"):
        services.add_target_kind(
            actor=cast.office_clerk, values={"name": "网格员", "talk_category": "villager"}
        )
    own = services.draw_outline(actor=cast.member, inspection=cast.inspection, kind=made)
    assert texts(own) == texts(draw(cast, "group_head"))
    services.edit_target_kind(
        actor=cast.office_head, kind=made, revision=made.revision, values={"name": "网格员", "active": False}
    )
    with pytest.raises(ServiceError, match="已停用"):
        services.draw_outline(
            actor=cast.member, inspection=cast.inspection,
            kind=TargetKind.objects.get(pk=made.pk), person="甲",
        )  # fmt: skip
    assert kind("group_head").active
