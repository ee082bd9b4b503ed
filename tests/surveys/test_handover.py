"""A locked rating on its way to the organisation department: frozen, whole, numbered, signed for, taken back."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from core import clock
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models import AuditEntry
from core.models.jobs import Job
from inspection.desk import gather
from surveys import services
from surveys.models import Rating, RatingHandover, RatingTally
from tests.core.ooxml import assert_valid
from tests.factories import make_inspection, make_office, make_user, make_village
from tests.surveys import ballots
from villages.models import Office, Role

pytestmark = pytest.mark.django_db
GOOD, FAIR, POOR = "好", "较好", "差"


def locked(cast, inspection=None, number=12):
    """Twelve ballots: the committee 好 from all; the first member 差 from two, 较好 from the others."""
    rows = [[n, "党员代表", GOOD, POOR if n < 3 else FAIR, GOOD, GOOD] for n in range(1, number + 1)]
    return ballots.locked(cast, rows, inspection)


def department(cast):
    return cast.organisation.office


def draft(cast, rating=None, **over):
    given = {"actor": cast.office_clerk, "rating": rating or locked(cast), "to_office": department(cast)}
    return services.draft_handover(**given | over)


def handed(cast, rating=None):
    return services.hand_over(actor=cast.office_clerk, handover=draft(cast, rating))


def receive(cast, handover, **over):
    given = {
        "actor": cast.organisation,
        "handover": handover,
        "receiver_name": "简从周",
        "received_on": clock.today(),
    }
    return services.receive_handover(**given | over)


def seen(user):
    return list(RatingHandover.objects.visible_to(user))


# --- contents ---------------------------------------------------------------------------------------------


def test_subjects_counts_and_scores_are_those_of_the_locked_rating(cast):
    handover = draft(cast)
    scores = handover.contents["scores"]
    assert [row["name"] for row in scores][1:] == [name for name, _ in ballots.PEOPLE]
    first = scores[1]
    assert first["levels"] == {"好": 0, "较好": 10, "一般": 0, "差": 2}
    # (10×80 + 2×40) ÷ 12, worked out by hand.
    assert (first["score"], first["good_rate"], first["valid"], first["rank"]) == ("73.33", "83.33", 12, 3)
    assert scores[0]["is_committee"] and scores[0]["score"] == "100.00"
    assert handover.contents["digest"] == handover.rating.result_hash


def test_later_changes_do_not_reach_what_was_drafted(cast):
    handover = draft(cast)
    RatingTally.objects.update(count=99)
    assert RatingHandover.objects.get().contents == handover.contents


@pytest.mark.parametrize("who", ["leader", "member", "town", "organisation", "sysadmin"])
def test_only_the_office_drafts_hands_over_and_takes_back(cast, who):
    rating, user = locked(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        draft(cast, rating, actor=user)
    handover = draft(cast, rating)
    with pytest.raises(NotAllowed):
        services.hand_over(actor=user, handover=handover)
    handover = services.hand_over(actor=cast.office_head, handover=handover)
    with pytest.raises(NotAllowed):
        services.end_handover(actor=user, handover=handover, reason="不行")


def test_what_is_not_locked_or_not_what_was_locked_is_refused(cast):
    rating = ballots.closed(cast, [[n, "党员代表", *[GOOD] * 4] for n in range(1, 13)])
    with pytest.raises(NotAllowed, match="锁定以后"):
        draft(cast, rating)
    rating = services.lock_rating(actor=cast.leader, rating=ballots.reload(rating))
    RatingTally.objects.filter(mark="1", subject__number=2).update(count=11)
    with pytest.raises(ServiceError, match="与锁定时的摘要不一致"):
        draft(cast, rating)
    assert not RatingHandover.objects.exists()


def test_counts_changed_after_drafting_stop_the_hand_over(cast):
    handover = draft(cast)
    RatingTally.objects.filter(mark="1").update(count=11)
    with pytest.raises(ServiceError, match="与锁定时的摘要不一致"):
        services.hand_over(actor=cast.office_clerk, handover=handover)


@pytest.mark.parametrize("field", ["contents", "digest"])
def test_contents_changed_behind_the_back_are_not_handed_over(cast, field):
    handover = draft(cast)
    if field == "contents":
        RatingHandover.objects.update(contents=handover.contents | {"ballots": 99})
    else:
        Rating.objects.update(result_hash="0" * 64)
    stored = RatingHandover.objects.select_related("rating__round", "rating__village").get()
    with pytest.raises(NotAllowed, match="摘要"):
        services.hand_over(actor=cast.office_clerk, handover=stored)


def test_too_few_ballots_are_not_handed_over(cast):
    with pytest.raises(ServiceError, match="有效票太少"):
        draft(cast, locked(cast, number=4))


def test_only_an_organisation_department_receives(cast):
    with pytest.raises(ServiceError, match="只移交组织部门"):
        draft(cast, to_office=cast.discipline.office)


# --- who sees it ------------------------------------------------------------------------------------------


def test_the_department_sees_what_was_handed_over_to_it_and_nothing_else(cast):
    other = make_user(Role.ORGANISATION, office=make_office("organisation"))
    homeless = make_user(Role.ORGANISATION)
    rating = locked(cast)
    handover = draft(cast, rating)
    assert seen(cast.organisation) == [] and seen(cast.office_clerk) == [handover]
    handover = services.hand_over(actor=cast.office_clerk, handover=handover)
    assert seen(cast.organisation) == [handover]
    assert seen(other) == seen(homeless) == seen(cast.town) == seen(cast.discipline) == []
    assert not Rating.objects.visible_to(cast.organisation).exists()
    assert seen(cast.member) == [handover] and seen(cast.outsider) == []
    services.end_handover(actor=cast.office_clerk, handover=handover, reason="名单有误")
    assert seen(cast.organisation) == []


def test_the_desk_of_the_department_says_what_waits(cast):
    handover = handed(cast)
    (item,) = gather(cast.organisation, None)
    assert item.url == reverse("surveys:ratinghandover", args=[handover.pk])
    receive(cast, handover)
    assert gather(cast.organisation, None) == []


def test_the_pages_of_the_department_hold_the_scores_and_no_history(cast, client):
    handover = handed(cast)
    client.force_login(cast.organisation)
    assert cast.village_place.name in client.get(reverse("surveys:handovers")).content.decode()
    page = client.get(reverse("surveys:ratinghandover", args=[handover.pk])).content.decode()
    assert "73.33" in page and handover.content_hash in page and "签收…" in page
    assert "办理记录" not in page and "收回" not in page


# --- receipt ----------------------------------------------------------------------------------------------


def test_the_department_signs_with_name_day_and_note(cast, client):
    handover = handed(cast)
    client.force_login(cast.organisation)
    sent = {"receiver_name": " 简从周 ", "received_on": clock.today().isoformat(), "receipt_note": "核对无误"}
    address = reverse("surveys:handover_receive", args=[handover.pk])
    assert client.post(address, sent | {"revision": handover.revision, "_key": "c" * 32}).status_code == 302
    stored = RatingHandover.objects.get()
    assert (stored.status, stored.receiver_name, stored.receipt_note) == ("received", "简从周", "核对无误")
    assert stored.received_on == clock.today()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"receiver_name": " "}, "请填写接收人"),
        ({"received_on": dt.date(2020, 1, 1)}, "早于移交"),
        ({"received_on": dt.date(2099, 1, 1)}, "还没有到"),
    ],
)
def test_a_receipt_is_whole_and_of_a_possible_day(cast, values, message):
    with pytest.raises(ServiceError, match=message):
        receive(cast, handed(cast), **values)


def test_nobody_else_signs(cast):
    handover = handed(cast)
    other = make_user(Role.ORGANISATION, office=make_office("organisation"))
    for user in (cast.office_head, cast.member, cast.discipline, other):
        with pytest.raises(NotAllowed, match="由接收单位签收"):
            receive(cast, handover, actor=user)


def test_what_is_signed_for_is_not_taken_back_and_what_is_taken_back_not_signed_for(cast):
    handover = receive(cast, handed(cast))
    with pytest.raises(NotAllowed, match="已签收"):
        services.end_handover(actor=cast.office_head, handover=handover, reason="反悔")
    second = handed(cast, locked(cast, make_inspection(cast.team, make_village(cast.town_place))))
    with pytest.raises(ServiceError, match="理由"):
        services.end_handover(actor=cast.office_head, handover=second, reason=" ")
    second = services.end_handover(actor=cast.office_head, handover=second, reason="测评名单有误")
    assert (second.status, second.end_reason) == ("taken_back", "测评名单有误")
    with pytest.raises(NotAllowed, match="已收回"):
        receive(cast, second)


def test_two_who_act_at_once_do_not_both_succeed(cast):
    handover = handed(cast)
    same = RatingHandover.objects.get(pk=handover.pk)
    receive(cast, handover)
    with pytest.raises(StaleRecord):
        services.end_handover(actor=cast.office_clerk, handover=same, reason="收回")


# --- numbers, once, the trail -----------------------------------------------------------------------------


def test_numbers_leave_no_gap_and_those_taken_back_stay_used(cast):
    first = handed(cast)
    services.end_handover(actor=cast.office_clerk, handover=first, reason="重做")
    given_up = draft(cast, first.rating)
    services.end_handover(actor=cast.office_clerk, handover=given_up, reason="不移交了")
    again = draft(cast, first.rating)
    with pytest.raises(StaleRecord):
        services.hand_over(actor=cast.office_clerk, handover=again, revision=9)
    again = services.hand_over(actor=cast.office_clerk, handover=RatingHandover.objects.get(pk=again.pk))
    year = clock.today().year
    assert [first.doc_no, again.doc_no] == [f"青巡评〔{year}〕1号", f"青巡评〔{year}〕2号"]
    assert not RatingHandover.objects.get(status="void").doc_no


def test_a_rating_is_on_its_way_once(cast):
    handover = draft(cast)
    with pytest.raises(ServiceError, match="已经在移交"):
        draft(cast, handover.rating)
    copy = RatingHandover.objects.get()
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_words_of_a_draft_change_until_it_goes(cast):
    handover = draft(cast)
    second = Office.objects.create(kind="organisation", name="区委组织部（新）")
    given = {"actor": cast.office_clerk, "handover": handover, "to_office": second, "note": "票数已核"}
    assert services.edit_handover(**given, revision=1).note == "票数已核"
    handover = services.hand_over(actor=cast.office_clerk, handover=handover)
    with pytest.raises(NotAllowed, match="不能再改"):
        services.edit_handover(**given | {"handover": handover}, revision=3)


def test_every_step_is_in_the_trail_and_no_score(cast):
    handover = receive(cast, handed(cast))
    entries = AuditEntry.objects.filter(verb__startswith="surveys.handover")
    assert [row.verb for row in entries][::-1] == [
        "surveys.handover_draft", "surveys.handover.hand_over", "surveys.handover.receive",
    ]  # fmt: skip
    assert "73.33" not in str(list(entries.values())) and handover.status == "received"


# --- paper and list ---------------------------------------------------------------------------------------


def test_the_paper_lists_subjects_counts_scores_hash_and_the_slip(cast, tmp_path):
    handover = receive(cast, handed(cast), receipt_note="核对无误")
    job = services.request_handover(actor=cast.organisation, handover=handover)
    run_due(job.pk)
    content = read_bytes(Job.objects.get(pk=job.pk).result_file)
    assert_valid(content, tmp_path)
    document = Document(io.BytesIO(content))
    words = "\n".join(p.text for p in document.paragraphs)
    assert handover.doc_no in words and "（草稿）" not in words
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    name, post = ballots.PEOPLE[0]
    assert [name, post, "0", "10", "0", "2", "0", "0", "12", "73.33", "83.33", "3"] in cells
    assert ["内容摘要（SHA-256）", handover.content_hash] in cells
    assert ["签收说明", "核对无误"] in cells and any(
        "简从周" in row[1] for row in cells if row[0] == "接收人、日期"
    )


def test_more_hand_overs_cost_no_more_queries(cast, client):
    client.force_login(cast.office_head)
    counts = []
    for _ in range(2):
        for _ in range(2):
            handed(cast, locked(cast, make_inspection(cast.team, make_village(cast.town_place))))
        client.get(reverse("surveys:handovers"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("surveys:handovers"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
