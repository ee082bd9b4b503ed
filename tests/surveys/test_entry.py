"""Paper typed by keyboard: kept as typed, typed again by somebody else, compared, settled, put away once."""

import datetime as dt
import json
import random

import pytest
from django.db import connection
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from surveys import rules, services
from surveys.models import AnswerSheet, Channel, EntryBatch, OpenAnswer, SheetNumber
from surveys.selectors.entry import differences
from tests.surveys.kinds import open_survey_of_kinds
from tests.surveys.polls import ITEMS, load, open_survey, reload, sheet_row

pytestmark = pytest.mark.django_db


def sheet(number, answers="1" * ITEMS, group="villager", **words):
    return {"number": str(number), "group": group, "answers": answers, "words": words.get("words", {})}


def again(batch):
    return EntryBatch.objects.select_related("survey__team", "survey__questionnaire", "survey__village").get(
        pk=batch.pk
    )


def pile(cast, sheets, survey=None, **over):
    """A pile the member has typed."""
    survey = survey or reload(open_survey(cast))
    given = {"channel": Channel.VISIT, "expected": len(sheets)} | over
    batch = services.create_batch(actor=cast.member, survey=survey, **given)
    return services.keep_sheets(actor=cast.member, batch=batch, sheets=sheets)


def retyped(cast, batch, sheets):
    """Handed on, and typed again by the deputy."""
    services.hand_on_batch(actor=cast.member, batch=again(batch), step="hand_on")
    services.keep_sheets(actor=cast.deputy, batch=again(batch), sheets=sheets)
    services.hand_on_batch(actor=cast.deputy, batch=again(batch), step="compare")
    return again(batch)


# --- typing -----------------------------------------------------------------------------------------------


def test_sheets_are_kept_replaced_and_struck_out(cast):
    batch = pile(cast, [sheet(1), sheet("０2"), sheet(3)])
    services.keep_sheets(actor=cast.member, batch=batch, sheets=[sheet(2, "2" * ITEMS)], dropped=["3"])
    kept = again(batch)
    assert kept.typed == 2 and kept.payload["first"]["2"][1] == "2" * ITEMS


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        (sheet(1, "1" * 21), "不完整"), (sheet(1, "6" * 22), "不完整"), (sheet(1, "0" * 22), "无效卷"),
        (sheet(""), "份号"),
        (sheet(1, group="secretary"), "人员类别"), (sheet(1, words={"0": "长" * 501}), "501字"), ("x", "份号"),
        (sheet("9" * 21), "20个字符"), ({"number": "1", "answers": 7}, "不完整"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_by_its_number_and_nothing_of_the_bundle_is_kept(cast, broken, word):
    survey = reload(open_survey(cast))
    batch = services.create_batch(actor=cast.member, survey=survey, channel=Channel.VISIT, expected=2)
    with pytest.raises(ServiceError, match=word):
        services.keep_sheets(actor=cast.member, batch=batch, sheets=[sheet(8), broken])
    assert again(batch).payload == {}


def test_a_pile_is_handed_on_when_as_many_are_typed_as_were_counted(cast):
    batch = pile(cast, [sheet(1)], expected=2)
    with pytest.raises(NotAllowed, match="清点2份，已录1份"):
        services.hand_on_batch(actor=cast.member, batch=batch, step="hand_on")
    services.recount_batch(actor=cast.member, batch=again(batch), expected=1)
    services.hand_on_batch(actor=cast.member, batch=again(batch), step="hand_on")


def test_the_second_typing_is_somebody_elses(cast):
    batch = pile(cast, [sheet(1)])
    with pytest.raises(NotAllowed):
        services.keep_sheets(actor=cast.deputy, batch=batch, sheets=[sheet(1)])
    services.hand_on_batch(actor=cast.member, batch=again(batch), step="hand_on")
    with pytest.raises(NotAllowed, match="不能复录自己的"):
        services.keep_sheets(actor=cast.member, batch=again(batch), sheets=[sheet(1)])
    services.keep_sheets(actor=cast.deputy, batch=again(batch), sheets=[sheet(1)])
    with pytest.raises(NotAllowed, match="另一个人在复录"):
        services.keep_sheets(actor=cast.leader, batch=again(batch), sheets=[sheet(1)])


def test_a_pile_typed_once_is_put_away_without_a_second_person(cast):
    batch = pile(cast, [sheet(1), sheet(2)], double=False)
    services.hand_on_batch(actor=cast.member, batch=again(batch), step="finish")
    done = services.store_batch(actor=cast.member, batch=again(batch))
    assert (done.stored, AnswerSheet.objects.count(), done.payload) == (2, 2, {})


# --- differences ------------------------------------------------------------------------------------------


def test_only_what_differs_is_shown_and_it_is_exactly_what_was_changed(cast):
    rng = random.Random(7)
    first = [sheet(n, "".join(rng.choices("12345", k=ITEMS))) for n in range(1, 41)]
    second, injected = [], set()
    for one in first:
        marks = list(one["answers"])
        if rng.random() < 0.3:
            for at in rng.sample(range(ITEMS), rng.choice([1, 2])):
                marks[at] = rng.choice([m for m in "012345" if m != marks[at]])
                injected.add((one["number"], str(at + 1)))
        second.append(one | {"answers": "".join(marks)})
    batch = retyped(cast, pile(cast, first), second)
    assert {(s.number, place.key) for s in differences(batch) for place in s.places} == injected
    assert injected


def test_words_category_and_a_sheet_typed_once_are_differences_too(cast):
    first = [sheet(1, words={"0": "修路"}), sheet(2), sheet(3)]
    second = [sheet(1, words={"0": "修桥"}), sheet(2, group="party"), sheet(4)]
    found = {s.number: s for s in differences(retyped(cast, pile(cast, first), second))}
    assert [(p.first.words, p.second.words) for p in found["1"].places] == [("修路", "修桥")]
    assert [(p.first.words, p.second.words) for p in found["2"].places] == [("普通群众", "党员代表")]
    assert (found["3"].only, found["4"].only) == ("录入", "复录")


def test_nothing_is_put_away_before_every_difference_is_settled(cast):
    batch = retyped(cast, pile(cast, [sheet(1), sheet(2)]), [sheet(1), sheet(2, "3" * ITEMS)])
    with pytest.raises(NotAllowed, match="还有1份有差异"):
        services.store_batch(actor=cast.deputy, batch=batch)
    services.settle_sheet(actor=cast.leader, batch=batch, number="2", content=sheet(2, "4" * ITEMS))
    services.store_batch(actor=cast.deputy, batch=again(batch))
    assert sorted(AnswerSheet.objects.values_list("answers", flat=True)) == ["1" * ITEMS, "4" * ITEMS]


def test_who_settled_is_on_record_and_what_was_settled_is_not(cast):
    batch = retyped(cast, pile(cast, [sheet(1, words={"0": "鱼塘租金"})]), [sheet(1, "2" * ITEMS)])
    services.settle_sheet(
        actor=cast.leader, batch=batch, number="1", content=sheet(1, words={"0": "鱼塘租金"})
    )
    entry = AuditEntry.objects.get(verb="surveys.settle_sheet")
    assert entry.actor_name == cast.leader.display_name
    services.store_batch(actor=cast.member, batch=again(batch))
    trail = str(list(AuditEntry.objects.values()))
    assert "鱼塘" not in trail and "1" * ITEMS not in trail


def test_a_stored_pile_leads_from_no_number_to_a_sheet(cast):
    batch = retyped(cast, pile(cast, [sheet(1, words={"0": "修路"})]), [sheet(1, words={"0": "修路"})])
    services.store_batch(actor=cast.member, batch=batch)
    assert again(batch).payload == {} and OpenAnswer.objects.get().text == "修路"
    assert SheetNumber.objects.get().number == "1"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_entrybatch")
        assert "1" * ITEMS not in str(cursor.fetchall())


def test_a_number_that_is_in_the_system_already_stops_the_pile_by_name(cast):
    survey = reload(open_survey(cast))
    load(survey, [sheet_row(2)], channel=Channel.VISIT)
    batch = pile(cast, [sheet(1), sheet(2)], survey, double=False)
    services.hand_on_batch(actor=cast.member, batch=again(batch), step="finish")
    with pytest.raises(ServiceError, match="份号2已在系统中"):
        services.store_batch(actor=cast.member, batch=again(batch))
    assert AnswerSheet.objects.count() == 1


def test_a_pile_given_up_keeps_nothing(cast):
    batch = pile(cast, [sheet(1)])
    with pytest.raises(NotAllowed):
        services.discard_batch(actor=cast.archivist, batch=again(batch), reason="重录")
    done = services.discard_batch(actor=cast.leader, batch=again(batch), reason="纸卷要重排")
    assert done.payload == {} and not AnswerSheet.objects.exists()


def test_stored_piles_reconcile_with_the_head_count_of_their_occasion(cast):
    survey = reload(open_survey(cast))
    occasion = services.save_occasion(
        actor=SYSTEM, survey=survey,
        values={
            "channel": "visit", "held_on": dt.date(2026, 3, 5), "place": "一组", "led_by": "", "attended": None,
        },
    )  # fmt: skip
    batch = pile(cast, [sheet(1), sheet(2)], survey, double=False, occasion=occasion)
    services.hand_on_batch(actor=cast.member, batch=again(batch), step="finish")
    services.store_batch(actor=cast.member, batch=again(batch))
    row = {"channel": "visit", "occasion": occasion, "issued": 3, "returned": 3, "valid": 3}
    services.save_counts(actor=cast.member, survey=reload(survey), rows=[row])
    load(survey, [sheet_row(9)], channel=Channel.VISIT)
    assert rules.unreconciled(reload(survey)) == ["走访 2026年3月5日 一组有效3份，这一场已录入2份"]


# --- pages ------------------------------------------------------------------------------------------------


def at(name, row, **more):
    return reverse(f"surveys:{name}", kwargs={"pk": row.pk} | more)


def keep(client, batch, sheets, key="ab" * 16):
    body = {"key": key, "sheets": sheets, "dropped": []}
    return client.post(at("entry_keep", batch), json.dumps(body), content_type="application/json")


def test_a_bundle_sent_twice_counts_once_and_another_one_under_its_key_is_refused(client, cast):
    batch = pile(cast, [sheet(1)], expected=5)
    client.force_login(cast.member)
    assert keep(client, batch, [sheet(2), sheet(3)]).json() == {"typed": 3, "retyped": 0}
    revision = again(batch).revision
    assert keep(client, batch, [sheet(2), sheet(3)]).json() == {"typed": 3, "retyped": 0}
    assert again(batch).revision == revision
    assert keep(client, batch, [sheet(4)]).status_code == 422


def test_the_second_person_never_sees_what_was_typed_first(client, cast):
    batch = pile(cast, [sheet(1, "3452" + "1" * 18, words={"0": "看不见我"})])
    services.hand_on_batch(actor=cast.member, batch=again(batch), step="hand_on")
    client.force_login(cast.deputy)
    text = client.get(at("entry_grid", batch)).content.decode()
    assert "看不见我" not in text.encode().decode("unicode_escape", "ignore") and "34521111" not in text


def test_differences_are_settled_place_by_place_in_the_browser(client, cast):
    survey = reload(open_survey_of_kinds(cast))
    one = sheet(1, "1A10015", words={"5": "路灯"})
    two = sheet(1, "2A11012", words={"5": "路灯坏了"})
    batch = retyped(cast, pile(cast, [one], survey), [two])
    client.force_login(cast.leader)
    shown = client.get(at("entry_differences", batch)).content.decode()
    assert "第4题 道路" in shown and "第4题 卫生" not in shown and "第2题" not in shown
    sent = {"number": "1", "1": "second", "3": "other", "other-3": "ｂ、C", "4.2": "other", "other-4.2": "3",
            "words-5": "other", "other-words-5": "路灯坏了半年"}  # fmt: skip
    client.post(at("entry_differences", batch), sent)
    settled = again(batch).payload["settled"]["1"]
    assert settled == ["villager", "2A01113", {"5": "路灯坏了半年"}]
    client.post(at("entrybatch_action", batch, action="store"), {"revision": again(batch).revision})
    assert AnswerSheet.objects.get().answers == "2A01113"


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_pile_costs_the_same_however_much_was_typed(
    client, cast, number, django_assert_num_queries
):
    batch = pile(cast, [sheet(n) for n in range(1, number + 1)])
    client.force_login(cast.member)
    client.get(at("batch", batch))
    with django_assert_num_queries(11):
        client.get(at("batch", batch))
