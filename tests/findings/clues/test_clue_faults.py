"""What goes wrong around a clue: a box that does not open, a receiver who may not know, two people at one moment."""

import pytest
from django.urls import reverse

from core.errors import NotAllowed, ServiceError
from findings import services
from findings.models import Clue, ClueFile, ClueReader, Disposal
from findings.models.ciphertext import NotReadable
from findings.selectors.clues import clues_of_finding, known_by_post, receivers
from findings.workflow.clue import CLUE_FLOW
from tests.factories import make_user
from tests.findings import papers
from tests.findings.clues import clues
from tests.locks import locks
from villages.models import Recusal, RecusalException, User

pytestmark = pytest.mark.django_db


# --- a box that does not open -------------------------------------------------------------------------------


def spoil(clue, **columns):
    """The columns as they stand after a fault of the disk, or after another key has come."""
    Clue.objects.filter(pk=clue.pk).update(**columns)


@pytest.mark.parametrize("box", [b"x", b"x" * 30, b"x" * 600])
def test_a_box_of_any_length_that_does_not_open_says_so_in_one_way(cast, box):
    clue = clues.draft(cast)
    clue.sealed_title = box
    with pytest.raises(NotReadable, match="无法解密读取"):
        clue.read("title")


def test_a_list_shows_the_others_beside_one_that_does_not_open(cast, client):
    good, bad = clues.draft(cast, title="读得出的一条"), clues.draft(cast, title="读不出的一条")
    spoil(bad, sealed_title=b"x" * 30)
    client.force_login(cast.leader)
    answer = client.get(reverse("findings:clues"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "读得出的一条" in page and page.count("这条线索现在无法解密读取") == 1
    assert reverse("findings:clue", args=[good.pk]) in page
    assert reverse("findings:clue", args=[bad.pk]) not in page


def test_with_another_key_the_list_and_a_clue_say_so_and_the_paper_is_still_there(cast, client, settings):
    paper = papers.draft(cast, disposal=Disposal.TRANSFER)
    clue = clues.draft(cast, title="钥匙换了", finding=str(paper.pk))
    settings.CLUE_KEY = "another-key"
    client.force_login(cast.leader)
    assert "无法解密读取" in client.get(reverse("findings:clues")).content.decode()
    answer = client.get(reverse("findings:finding", args=[paper.pk]))
    assert answer.status_code == 200
    assert "本村有1条您知悉的线索现在无法解密读取" in answer.content.decode()
    own = client.get(reverse("findings:clue", args=[clue.pk]))
    assert "这条内容现在无法解密读取" in own.content.decode()


# --- from a paper that went into another --------------------------------------------------------------------


def test_the_kept_paper_leads_to_the_clues_of_those_that_went_into_it(cast, client):
    first, second, kept = (
        papers.draft(cast, title=title, disposal=Disposal.TRANSFER) for title in ("甲", "乙", "丙")
    )
    clue = clues.draft(cast, title="租金去向", finding=str(first.pk))
    for gone, into in ((first, second), (second, kept)):
        services.merge_finding(
            actor=cast.deputy, finding=papers.reload(gone), into=papers.reload(into), reason="一件事"
        )
    assert clues_of_finding(cast.leader, papers.reload(kept)) == ([clue], 0)
    client.force_login(cast.leader)
    page = client.get(reverse("findings:finding", args=[kept.pk])).content.decode()
    assert reverse("findings:clue", args=[clue.pk]) in page
    assert "租金去向" not in page  # what it says stands on its own page, which leaves a trace
    client.force_login(clues.fresh(cast.deputy))
    assert (
        "问题线索"
        not in client.get(reverse("findings:finding", args=[kept.pk])).content.decode().split("<main")[1]
    )


# --- who may receive ----------------------------------------------------------------------------------------


def aside(cast, person):
    return Recusal.objects.create(user=person, village=cast.village_place, town=cast.town_place, active=True)


def closed(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def test_who_stands_aside_or_left_is_neither_offered_as_receiver_nor_taken(cast):
    kin, gone = (make_user("discipline", name, office=cast.discipline.office) for name in ("亲属", "已调离"))
    aside(cast, kin)
    closed(gone)
    clue = clues.signed(cast)
    assert list(receivers(clue)) == [cast.discipline]
    for person in (kin, gone):
        with pytest.raises(ServiceError, match="接收人") as refusal:
            services.approve_clue(actor=cast.office_head, clue=clue, receiver=clues.fresh(person))
        assert refusal.value.field == "receiver"


def test_an_exception_for_the_round_or_an_ended_declaration_lets_a_person_receive(cast):
    other = make_user("discipline", "全镇回避", office=cast.discipline.office)
    declared = Recusal.objects.create(user=other, town=cast.town_place, active=True)
    clue = clues.signed(cast)
    assert other not in receivers(clue)
    RecusalException.objects.create(
        user=other,
        round=cast.round,
        village=cast.village_place,
        approved_by=cast.office_head,
        reason="无人可换",
    )
    assert other in receivers(clue)
    RecusalException.objects.all().delete()
    declared.active = False
    declared.save()
    assert other in receivers(clue)


def test_who_may_receive_is_asked_once_however_many_there_are(cast, django_assert_num_queries):
    clue = clues.signed(cast)
    for count in (1, 11):
        for number in range(count):
            make_user("discipline", f"纪检{count}-{number}", office=cast.discipline.office)
        with django_assert_num_queries(1):
            assert len(receivers(clue)) in (2, 13)


@pytest.mark.parametrize("change", [aside, lambda cast, person: closed(person)])
def test_a_receiver_lost_since_the_approval_stops_the_hand_over(cast, change):
    clue = clues.approved(cast)
    change(cast, cast.discipline)
    with pytest.raises(ServiceError, match="另选接收人"):
        services.hand_over_clue(actor=cast.office_head, clue=clues.reload(clue))
    assert Clue.objects.get().serial is None
    services.step_clue(actor=cast.office_head, clue=clues.reload(clue), step="send_back", text="另选接收人")


def test_who_must_not_know_is_not_told_whether_the_receiver_is_fit(cast):
    clue = clues.approved(cast)
    closed(cast.discipline)
    with pytest.raises(NotAllowed):
        services.hand_over_clue(actor=cast.member, clue=clues.reload(clue))


def test_a_receiver_who_stands_aside_is_not_listed_among_those_who_know(cast):
    clue = clues.handed(cast)
    assert ("接收人", cast.discipline) in known_by_post(clue)
    aside(cast, cast.discipline)
    assert "接收人" not in dict(known_by_post(clues.reload(clue)))


def test_what_was_handed_over_is_not_recalled_by_table_service_or_page(cast, client):
    clue = clues.handed(cast)
    with pytest.raises(NotAllowed, match="待签收"):
        services.step_clue(actor=cast.leader, clue=clue, step="recall", text="想改")
    with pytest.raises(NotAllowed, match="由接收方退回"):
        services.edit_clue(actor=cast.leader, clue=clue, values=clues.values(title="改掉"))
    client.force_login(cast.leader)
    page = client.get(reverse("findings:clue", args=[clue.pk])).content.decode()
    assert "收回修改" not in page
    assert "移交后不能收回" in CLUE_FLOW.transitions["hand_over"].confirm


# --- two at one moment --------------------------------------------------------------------------------------


def test_material_is_not_added_to_or_taken_from_what_was_signed_meanwhile(cast):
    clue = clues.draft(cast, files=[clues.picture()])
    earlier = clues.reload(clue)
    file = ClueFile.objects.select_related("clue__team", "clue__village").get()
    services.sign_clue(actor=cast.leader, clue=clue)
    with pytest.raises(NotAllowed, match="已签字"):
        services.add_clue_files(actor=cast.leader, clue=earlier, files=[clues.picture("又一张.jpg")])
    with pytest.raises(NotAllowed, match="已签字"):
        services.remove_clue_file(actor=cast.leader, file=file, reason="传错")
    assert ClueFile.objects.filter(removed_on=None).count() == 1


def test_material_and_names_are_changed_with_the_clue_held(cast, monkeypatch):
    clue = clues.draft(cast)
    held = locks(monkeypatch)
    services.add_clue_files(actor=cast.leader, clue=clue, files=[clues.picture()])
    assert held[:1] == [Clue]
    held.clear()
    services.remove_clue_file(actor=cast.leader, file=ClueFile.objects.get(), reason="传错")
    assert held[:1] == [Clue]
    held.clear()
    clues.name(cast, clue, cast.deputy)
    assert held[:1] == [Clue]


def test_naming_somebody_twice_is_answered_with_a_sentence(cast):
    clue = clues.draft(cast)
    clues.name(cast, clue, cast.deputy)
    with pytest.raises(ServiceError, match="已经是知悉人"):
        clues.name(cast, clue, cast.deputy)
    assert ClueReader.objects.filter(clue=clue, user=cast.deputy).count() == 1
