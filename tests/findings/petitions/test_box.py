"""The anonymous box: no cookie, no address, no line; sealed on arrival; a receipt once; words to and fro."""

import io
import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from findings import services
from findings.models import BoxMessage, BoxThread, Petition, PetitionBox, SealedPacket
from findings.rules import keeper
from tests.factories import make_inspection, make_village
from tests.findings.petitions import keepers
from tests.findings.petitions.test_canaries import tables
from tests.findings.petitions.test_petition_pages import queries
from villages.models import VillageInspection

pytestmark = pytest.mark.django_db

FROM = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Phone/1.0"}
TEXT = "鱼塘的租金没有入账，账本在老会计家里。"


@pytest.fixture
def box(cast):
    # The cast's village is left in March; a box is open while the team is there.
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(exit_on=None)
    cast.inspection.refresh_from_db()
    keepers.keeper(cast, cast.member)
    return services.open_box(actor=cast.leader, inspection=cast.inspection)


def at(box, name="box"):
    return reverse(f"findings:{name}", kwargs={"token": box.token})


def sent(number=1, **over):
    return {"_key": f"{number:032x}", "kind": "accusation", "sealed_text": TEXT} | over


def numbers(response):
    """Receipt and code as the page shows them."""
    return re.findall(r"<dd>([^<]+)</dd>", response.content.decode())


def drop(client, box, number=1, **over):
    response = client.post(at(box), sent(number, **over), **FROM)
    assert response.status_code == 200, response.content.decode()[-2000:]
    return numbers(response)


def look(client, box, receipt, code, **over):
    return client.post(at(box, "box_look"), {"receipt": receipt, "sealed_code": code} | over, **FROM)


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(buffer, "JPEG")
    return SimpleUploadedFile("我家门口.jpg", buffer.getvalue(), content_type="image/jpeg")


def test_a_letter_is_sealed_registered_and_given_a_receipt(cast, client, box):
    receipt, code = drop(client, box, sealed_files=picture())
    petition = Petition.objects.get()
    assert (petition.channel, petition.registered_by, petition.status) == ("qr", None, "registered")
    assert TEXT not in petition.summary
    assert (len(receipt), len(code.replace(" ", ""))) == (8, 16)
    reading = keepers.read(cast, keepers.approved(cast, petition, ["original", "files"]))
    assert [(p.texts, len(p.pictures)) for p in reading.parts] == [([TEXT], 0), ([], 1)]


def test_neither_words_nor_numbers_nor_address_lie_in_the_tables(cast, client, box):
    receipt, code = drop(client, box)
    look(client, box, receipt, code, adding="1", sealed_text="另外还有一笔", _key="9" * 32)
    for where, content in tables():
        for secret in (TEXT, "另外还有一笔", code, code.replace(" ", ""), FROM["REMOTE_ADDR"], "Phone/1.0"):
            assert secret.encode() not in content, where
    assert set(AuditEntry.objects.filter(actor_role="system").values_list("source", flat=True)) == {""}


def test_the_pages_set_no_cookie_and_write_no_line(client, box, caplog):
    caplog.set_level(logging.INFO)
    receipt, code = drop(client, box)
    answers = [client.get(at(box)), client.get(at(box, "box_look")), client.get(reverse("findings:box_why"))]
    answers += [
        look(client, box, receipt, code),
        look(client, box, receipt, "0" * 16),
        client.post(at(box), {}),
    ]
    answers += [client.get(reverse("findings:box", kwargs={"token": "0" * 26}))]
    assert [r.status_code for r in answers] == [200, 200, 200, 200, 409, 422, 404]
    assert client.cookies == {}
    assert all(r["Cache-Control"] == "no-store" and r["Referrer-Policy"] == "no-referrer" for r in answers)
    assert caplog.records == []
    assert not any(word in r.content.decode() for r in answers for word in ("http://", "https://"))


def test_a_letter_sent_again_is_one_letter_with_the_same_receipt(client, box):
    assert drop(client, box) == drop(client, box)
    assert drop(client, box) != drop(client, box, number=2)
    assert Petition.objects.count() == 2


def test_the_receipt_opens_what_the_team_wrote_and_nothing_else(cast, client, box):
    receipt, code = drop(client, box)
    petition = Petition.objects.get()
    services.write_back(actor=cast.member, petition=petition, text="请补充大概的年份。")
    html = look(client, box, receipt.lower(), code.replace(" ", "")).content.decode()
    assert "请补充大概的年份。" in html
    assert TEXT not in html
    for wrong in ((receipt, "0" * 16), ("ZZZZZZZZ", code), (receipt, ""), ("", code)):
        assert "请补充大概的年份。" not in look(client, box, *wrong).content.decode()


def test_a_wrong_receipt_and_a_wrong_code_are_told_apart_by_nobody(client, box):
    receipt, code = drop(client, box)
    pages = [look(client, box, receipt, "0" * 16), look(client, box, "ZZZZZZZZ", code)]
    assert len({re.sub(rb'value="[^"]*"', b"", page.content) for page in pages}) == 1


def test_numbers_cannot_be_tried_out(client, box):
    receipt, code = drop(client, box)
    tried = [look(client, box, receipt, f"{number:016d}").status_code for number in range(32)]
    assert tried[:30] == [409] * 30
    assert tried[-1] == 429
    assert look(client, box, receipt, code).status_code == 200


def test_more_is_added_once_and_sealed(cast, client, box):
    receipt, code = drop(client, box)
    for _ in range(2):
        response = look(client, box, receipt, code, adding="1", sealed_text="年份是2023年", _key="8" * 32)
        assert "补充的内容已收到" in response.content.decode()
    assert SealedPacket.objects.count() == 2
    assert list(BoxMessage.objects.values_list("from_team", "text")) == [(False, "")]
    petition = Petition.objects.get()
    reading = keepers.read(cast, keepers.approved(cast, petition, ["original"]))
    assert reading.parts[0].texts == [TEXT, "年份是2023年"]


@pytest.mark.parametrize(
    "over",
    [
        {"sealed_text": ""}, {"sealed_text": "  "}, {"sealed_text": "字" * 5001}, {"kind": "x"}, {"_key": ""},
        {"_key": "short"},
    ],
)  # fmt: skip
def test_what_is_no_letter_is_refused_and_stays_typed(client, box, over):
    response = client.post(at(box), sent(**over), **FROM)
    assert response.status_code == 422
    assert "还没有提交" in response.content.decode()
    assert not Petition.objects.exists()


def test_a_file_that_lies_is_refused(client, box):
    upload = SimpleUploadedFile("a.jpg", b"<html>", content_type="image/jpeg")
    response = client.post(at(box), sent(sealed_files=upload), **FROM)
    assert response.status_code == 422
    assert TEXT in response.content.decode()
    assert not Petition.objects.exists()


def test_a_closed_box_takes_nothing_and_still_answers(cast, client, box):
    receipt, code = drop(client, box)
    services.close_box(actor=cast.leader, box=box)
    assert "已经结束" in client.get(at(box)).content.decode()
    client.post(at(box), sent(2), **FROM)
    assert Petition.objects.count() == 1
    assert look(client, box, receipt, code).status_code == 200
    assert services.open_box(actor=cast.leader, inspection=cast.inspection).token == box.token


def test_without_a_custodian_no_letter_is_taken_in(cast, client, box):
    services.retire_custodian(actor=cast.office_head, custodian=keeper(cast.member), reason="轮岗")
    assert client.post(at(box), sent(), **FROM).status_code == 422
    assert not Petition.objects.exists()


def test_who_leads_keeps_the_box_and_the_team_writes_back(cast, client, box):
    for role in ("member", "outsider", "office_head", "town"):
        with pytest.raises(NotAllowed):
            services.open_box(actor=getattr(cast, role), inspection=cast.inspection)
    drop(client, box)
    petition = Petition.objects.get()
    with pytest.raises(NotAllowed):
        services.write_back(actor=cast.office_head, petition=petition, text="您好")
    with pytest.raises(ServiceError):
        services.write_back(actor=cast.member, petition=petition, text=" ")


def test_a_letter_is_not_proposed_before_somebody_has_put_it_into_words(cast, client, box):
    drop(client, box)
    petition = Petition.objects.get()
    with pytest.raises(NotAllowed, match="脱敏摘要"):
        services.propose_petition(actor=cast.member, petition=petition, disposal="keep", text="留存")
    services.edit_petition(
        actor=cast.leader,
        petition=petition,
        revision=petition.revision,
        values={"summary": "反映鱼塘租金没有入账。"},
    )
    services.propose_petition(actor=cast.member, petition=petition, disposal="keep", text="留存")


def test_no_box_is_opened_after_the_closing_day(cast, box):
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(exit_on="2026-03-22")
    cast.inspection.refresh_from_db()
    with pytest.raises(ServiceError, match="截止日"):
        services.open_box(actor=cast.leader, inspection=cast.inspection)


def test_the_list_of_boxes_costs_the_same_for_one_and_for_many(cast, client, box):
    client.force_login(cast.leader)
    page = reverse("findings:boxes")
    client.get(page)
    few = queries(client, page)
    for _ in range(8):
        more = make_inspection(cast.team, make_village(cast.town_place), exit_on=None)
        services.open_box(actor=cast.leader, inspection=more)
    assert queries(client, page) == few


def test_the_team_sees_its_boxes_prints_the_poster_and_leaves_a_message(cast, client, box):
    drop(client, box)
    petition = Petition.objects.get()
    client.force_login(cast.leader)
    rows = client.get(reverse("findings:boxes")).context["rows"]
    assert [(row["receiving"], row["box"].letters) for row in rows] == [(True, 1)]
    poster = client.get(reverse("findings:box_poster", kwargs={"pk": box.pk})).content.decode()
    assert at(box) in poster and "data:image/svg+xml" in poster
    message = reverse("findings:box_message", kwargs={"pk": petition.pk})
    told = client.post(message, {"text": "请打13900001234找我"}, follow=True).content.decode()
    assert "没有发出" in told
    client.post(message, {"text": "请补充年份。"})
    assert (
        "请补充年份。"
        in client.get(reverse("findings:petition", kwargs={"pk": petition.pk})).content.decode()
    )
    for action in ("guan", "kai"):
        client.post(reverse("findings:box_keep", kwargs={"pk": cast.inspection.pk, "action": action}))
    assert PetitionBox.objects.get().closed_on is None
    assert BoxThread.objects.count() == 1
