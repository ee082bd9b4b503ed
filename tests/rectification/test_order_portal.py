"""The portal side of orders: what was addressed to one account and nothing else, pictures without a place in them."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from core import clock
from core.errors import NotAllowed, ServiceError
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models import StoredFile
from rectification import services
from rectification.models import FixOrder, OrderFile, OrderReport
from rectification.selectors.desk import desk_items
from tests.rectification.ledger import photo
from tests.rectification.orders import NOW, make_order, values
from tests.rectification.test_pages import crawl, queries
from tests.reports.papers import make_finding, name_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tenth_of_march(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def camera_photo():
    """A photograph as a phone takes it: with the place and the camera inside."""
    exif = Image.Exif()
    exif[0x0110] = "telling-camera"
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (31.0, 17.0, 52.0), 3: "E", 4: (120.0, 35.0, 4.0)})
    stream = io.BytesIO()
    Image.new("RGB", (1200, 900), "brown").save(stream, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_1.jpg", stream.getvalue(), content_type="image/jpeg")


def test_a_crawl_as_village_and_town_finds_no_trace_of_where_the_order_came_from(cast, client):
    finding = make_finding(
        cast, disposal="fix_now", title="底稿里的题目", facts="只在底稿里的事实", summary="底稿里的表现"
    )
    name_person(finding, "钟怀瑾")
    order = services.draft_order(
        actor=cast.member, inspection=cast.inspection, values=values(cast), origin=finding
    )
    services.submit_order(actor=cast.member, order=order)
    services.issue_order(actor=cast.leader, order=order)
    assert run_due().state == "done"
    services.receive_order(actor=cast.village, order=order, name="江予安")
    services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo()])
    services.report_order(actor=cast.village, order=order, measure="补", result="好", principal="江")
    services.verify_order(actor=cast.deputy, order=order, verdict="partly", note="还差一栏")
    make_order(cast, "draft", title="没签发的草稿", linked_finding=finding)
    make_order(cast, "signing", title="没签发的单子")
    make_order(cast, "issued", "foreign", title="外镇的单子")
    for who in ("village", "town"):
        client.force_login(getattr(cast, who))
        pages = crawl(client, reverse("rectification:portal"))
        assert all(address.startswith("/shi/menhu/") for address in pages)
        text = " ".join(pages.values())
        assert "还差一栏" in text and order.title in text
        secrets = (
            str(finding.pk), finding.pk.hex, finding.no, "钟怀瑾", "底稿里的", "只在底稿里", "没签发的",
            "外镇的单子", "柳巷村", cast.member.display_name,
        )  # fmt: skip
        for secret in secrets:
            assert secret not in text, (who, secret)
        for address in pages:
            response = client.get(address)
            if response.streaming:
                content = b"".join(response.streaming_content)
                assert finding.no.encode() not in content and str(finding.pk).encode() not in content


def test_two_towns_never_see_each_others_orders(cast, client):
    own, foreign = make_order(cast, "issued"), make_order(cast, "issued", "foreign")
    for user, seen, hidden in ((cast.town, own, foreign), (cast.other_town, foreign, own)):
        assert list(FixOrder.objects.visible_to(user)) == [seen]
        client.force_login(user)
        assert client.get(reverse("rectification:portal_order", args=[seen.pk])).status_code == 200
        assert client.get(reverse("rectification:portal_order", args=[hidden.pk])).status_code == 404


@pytest.mark.parametrize("status", ["draft", "signing"])
def test_nothing_is_seen_before_it_is_issued(cast, status):
    make_order(cast, status)
    make_order(cast, "withdrawn", doc_no="", no="", issuer=None, issued_on=None, year=None, number=None)
    assert not FixOrder.objects.visible_to(cast.village).exists()
    assert not FixOrder.objects.visible_to(cast.town).exists()


def test_who_got_a_copy_reads_along_and_takes_no_step(cast, client):
    order = make_order(cast, "received")
    client.force_login(cast.town)
    page = client.get(reverse("rectification:portal_order", args=[order.pk])).content.decode()
    assert "抄送本单位" in page and "拍整改后" not in page
    with pytest.raises(NotAllowed):
        services.add_order_files(actor=cast.town, order=order, side="after", uploads=[photo()])
    for name in ("portal_photos", "portal_report", "portal_extension"):
        assert client.get(reverse(f"rectification:{name}", args=[order.pk])).status_code == 403


# --- pictures ---------------------------------------------------------------------------------------------


def test_what_pages_show_holds_no_place_and_no_camera_while_the_original_stays(cast, client):
    order = make_order(cast, "received")
    services.add_order_files(actor=cast.village, order=order, side="before", uploads=[camera_photo()])
    row = OrderFile.objects.get()
    assert b"telling-camera" in read_bytes(row.file)
    for user, name in ((cast.village, "portal_order_file"), (cast.deputy, "order_file")):
        client.force_login(user)
        response = client.get(reverse(f"rectification:{name}", args=[row.pk]), {"xiao": "1"})
        shown = b"".join(response.streaming_content)
        assert b"telling-camera" not in shown and b"Exif" not in shown
        with Image.open(io.BytesIO(shown)) as image:
            assert not image.getexif() and max(image.size) <= 480


@pytest.mark.parametrize(
    ("name", "content", "side"),
    [
        ("整改后.jpg", b"MZ\x90\x00 not a picture", "after"),
        ("整改后.jpg", b"\xff\xd8\xff\xe0 broken", "after"),
        ("整改后.png", b"<html><script>alert(1)</script>", "before"),
        ("清单.pdf", b"%PDF-1.4", "after"),
        ("清单.xlsx", b"PK\x03\x04 no workbook", "paper"),
        ("工具.exe", b"MZ", "paper"),
    ],
)
def test_a_file_that_lies_is_refused_with_nothing_kept_and_nothing_typed_lost(
    cast, client, name, content, side
):
    order = make_order(cast, "received")
    client.force_login(cast.village)
    response = client.post(
        reverse("rectification:portal_photos", args=[order.pk]),
        {"side": side, "caption": "公开栏东侧", "uploads": [photo(), SimpleUploadedFile(name, content)]},
    )
    assert response.status_code == 422
    assert "公开栏东侧" in response.content.decode()
    assert not OrderFile.objects.exists() and not StoredFile.objects.exists()


def test_a_report_wants_proof_of_this_round(cast):
    order = make_order(cast, "returned")
    first = OrderReport.objects.get(order=order, seq=1)
    file = services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo()])
    OrderFile.objects.filter(report=file).update(report=first)
    told = {"measure": "补", "result": "好", "principal": "江予安"}
    with pytest.raises(ServiceError, match="照片"):
        services.report_order(actor=cast.village, order=order, **told)
    services.add_order_files(actor=cast.village, order=order, side="before", uploads=[photo()])
    with pytest.raises(ServiceError, match="照片"):
        services.report_order(actor=cast.village, order=order, **told)
    services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo(), photo()])
    assert services.report_order(actor=cast.village, order=order, **told).status == "reported"


def test_a_picture_is_taken_away_before_the_report_and_never_after(cast):
    order = make_order(cast, "received")
    services.add_order_files(
        actor=cast.village,
        order=order,
        side="after",
        uploads=[photo("一.jpg"), photo("二.jpg"), photo("三.jpg")],
    )
    first = OrderFile.objects.get(seq=1)
    services.take_order_file_away(actor=cast.village, row=first)
    rows = OrderFile.objects.order_by("seq").values_list("seq", "file__name")
    assert list(rows) == [(1, "二.jpg"), (2, "三.jpg")]
    services.report_order(actor=cast.village, order=order, measure="补", result="好", principal="江")
    with pytest.raises(NotAllowed, match="已随报告送出"):
        services.take_order_file_away(actor=cast.village, row=OrderFile.objects.get(seq=1))
    with pytest.raises(NotAllowed, match="待核验"):
        services.add_order_files(actor=cast.village, order=order, side="after", uploads=[photo()])


def test_a_villages_way_through_the_browser_forms(cast, client):
    order = make_order(cast, "issued")
    client.force_login(cast.village)

    def send(page, /, **data):
        return client.post(reverse(f"rectification:{page}", args=[order.pk]), data)

    assert send("portal_receive", revision=order.revision, name="江予安（书记）").status_code == 302
    order.refresh_from_db()
    refused = send("portal_report", revision=order.revision, measure="补贴", result="补齐了", principal="江")
    assert refused.status_code == 422 and "补齐了" in refused.content.decode()
    assert send("portal_photos", side="before", uploads=photo()).status_code == 302
    assert send("portal_photos", side="after", uploads=[photo(), photo()], caption="东侧").status_code == 302
    page = client.get(reverse("rectification:portal_order", args=[order.pk])).content.decode()
    assert page.count("东侧") >= 2 and "报告整改" in page
    bad = send("portal_extension", wanted_on="2026-03-16", reason="等材料")
    assert bad.status_code == 422 and "晚于" in bad.content.decode() and "等材料" in bad.content.decode()
    assert send("portal_extension", wanted_on="2026-03-25", reason="等材料").status_code == 302
    order.refresh_from_db()
    done = send("portal_report", revision=order.revision, measure="补贴", result="补齐了", principal="江")
    assert done.status_code == 302
    order.refresh_from_db()
    assert (order.status, OrderFile.objects.filter(report__order=order).count()) == ("reported", 3)


def test_a_double_click_receives_once_and_a_resent_picture_is_kept_once(cast, client):
    order = make_order(cast, "received")
    client.force_login(cast.village)
    for _ in range(2):
        client.post(
            reverse("rectification:portal_photos", args=[order.pk]),
            {"_key": "k" * 32, "side": "after", "uploads": photo()},
        )
    assert OrderFile.objects.count() == 1


def test_the_portal_asks_the_same_number_of_questions_for_one_order_and_for_many(cast, client):
    states = ("issued", "received", "reported", "closed")
    one = make_order(cast, "received")
    addresses = (reverse("rectification:portal"), reverse("rectification:portal_order", args=[one.pk]))
    for state in states:
        make_order(cast, state)
    services.add_order_files(actor=cast.village, order=one, side="after", uploads=[photo()])
    client.force_login(cast.village)
    few = [queries(client, address) for address in addresses]
    for state in states * 2:
        make_order(cast, state)
    services.add_order_files(actor=cast.village, order=one, side="before", uploads=[photo(), photo()])
    assert [queries(client, address) for address in addresses] == few


# --- what waits -------------------------------------------------------------------------------------------


def lines(user, round_=None):
    return [(item.kind, item.title.split(" · ")[-1]) for item in desk_items(user, round_)]


def test_the_addressee_has_its_orders_on_the_desk_what_came_back_first(cast):
    make_order(cast, "received", title="在改"), make_order(cast, "issued", title="新来")
    make_order(cast, "returned", title="退回"), make_order(cast, "reported", title="报了")
    expected = [("交办单核验退回", "退回"), ("交办单待签收", "新来"), ("交办单整改中", "在改")]
    assert lines(cast.village) == expected
    assert lines(cast.town) == []


def test_each_of_the_team_sees_what_waits_for_that_person(cast):
    make_order(cast, "signing", title="要签")
    make_order(cast, "reported", title="要核", due_on=dt.date(2026, 3, 25))
    make_order(cast, "draft", title="要改", sent_back_reason="写清")
    late = make_order(cast, "received", title="逾期", due_on=dt.date(2026, 3, 9))
    make_order(cast, "received", title="还早", due_on=dt.date(2026, 3, 18))
    make_order(cast, "received", title="今天", due_on=dt.date(2026, 3, 10))
    leader = lines(cast.leader, cast.round)
    for line in (
        ("交办单待签发", "要签"), ("交办单待核验", "要核"), ("交办单逾期", "逾期"), ("交办单今天到期", "今天"),
    ):  # fmt: skip
        assert line in leader
    assert "还早" not in str(leader)
    assert ("交办单退回修改", "要改") in lines(cast.member, cast.round)
    assert ("交办单待核验", "要核") not in lines(cast.member, cast.round)
    assert ("交办单待核验", "要核") in lines(cast.deputy, cast.round)
    assert ("交办单逾期", "逾期") in lines(cast.office_clerk, cast.round)
    assert late.title not in str(lines(cast.outsider, cast.round))


def test_the_desk_asks_the_same_number_of_questions_for_one_order_and_for_many(cast):
    def count():
        for user in (cast.leader, cast.member, cast.office_clerk):
            for name in ("_team_roles", "_recusals"):
                user.__dict__.pop(name, None)
        with CaptureQueriesContext(connection) as captured:
            for user in (cast.leader, cast.member, cast.office_clerk):
                desk_items(user, cast.round)
        return len(captured)

    for state in ("draft", "signing", "received", "reported"):
        make_order(cast, state)
    few = count()
    for state in ("draft", "signing", "received", "reported") * 2:
        make_order(cast, state)
    assert count() == few
