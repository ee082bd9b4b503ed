"""Pages of petitions: the entry and its warnings, the steps, the register, silence for the inspected side."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Draft
from findings import services
from findings.models import Petition
from inspection.finder import find
from tests.access.matrix import MATRIX
from tests.access.test_matrix import body
from tests.findings.petitions import petitions

pytestmark = pytest.mark.django_db

LIST = reverse("findings:petitions")
NEW = reverse("findings:petition_new")


def typed(cast, **over):
    full = {
        "village": cast.inspection.pk, "channel": "letter", "received_on": "2026-03-05", "kind": "accusation",
        "summary": petitions.SUMMARY, "people": "1", "in_scope": "1", "_key": "k1",
    }  # fmt: skip
    return full | over


def page(petition):
    return reverse("findings:petition", kwargs={"pk": petition.pk})


def step(petition, action):
    return reverse("findings:petition_step", kwargs={"pk": petition.pk, "action": action})


def test_an_entry_is_made_once_and_its_page_shows_it(cast, client):
    client.force_login(cast.member)
    for _ in range(2):
        response = client.post(NEW, typed(cast))
    petition = Petition.objects.get()
    assert response.url == page(petition)
    html = client.get(page(petition)).content.decode()
    assert petitions.SUMMARY in html
    assert petition.no in html
    assert "2026年3月10日" in html  # to be decided by


def test_what_tells_is_pointed_out_and_nothing_typed_is_lost(cast, client):
    client.force_login(cast.member)
    text = "住在3号的王会计反映鱼塘租金没有入账"
    response = client.post(NEW, typed(cast, summary=text))
    html = response.content.decode()
    assert response.status_code == 422
    assert "“3号”（门牌号）" in html
    assert text in html
    assert not Petition.objects.exists()
    assert client.post(NEW, typed(cast, summary=text, confirmed="on")).status_code == 302
    assert "登记人已核对" in client.get(page(Petition.objects.get())).content.decode()


def test_names_of_the_village_committee_are_pointed_out(cast, client, monkeypatch):
    monkeypatch.setattr("findings.views.petitions.names_in_office", lambda viewer, village: ["欧阳明"])
    client.force_login(cast.member)
    assert "“欧阳明”" in client.post(NEW, typed(cast, summary="欧阳明出租鱼塘")).content.decode()


@pytest.mark.parametrize(
    "over",
    [
        {"people": "x"}, {"people": "-1"}, {"people": "1" + "0" * 30}, {"received_on": "9999-99-99"}, {"channel": "%"},
        {"summary": ""}, {"in_scope": ""}, {"village": "x"}, {"in_scope": "0"}, {"received_on": "2999-01-01"},
        {"summary": "字" * 2001},
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence(cast, client, over):
    client.force_login(cast.member)
    response = client.post(NEW, typed(cast, **over))
    assert response.status_code == 422
    assert "还有地方要改" in response.content.decode()
    assert not Petition.objects.exists()


def test_naughty_text_comes_back_unchanged(cast, client):
    client.force_login(cast.member)
    text = "<script>alert(1)</script> {{ 7*7 }} 𠮷 =1+1"
    client.post(NEW, typed(cast, summary=text, confirmed="on"))
    petition = Petition.objects.get()
    assert petition.summary == text
    html = client.get(page(petition)).content.decode()
    assert "<script>alert(1)" not in html
    assert "{{ 7*7 }}" in html


def test_the_whole_way_by_its_pages(cast, client):
    petition = petitions.registered(cast)

    def post(person, action, **sent):
        client.force_login(person)
        shown = client.get(step(petition, action))
        assert shown.status_code == 200, action
        revision = Petition.objects.get(pk=petition.pk).revision
        response = client.post(step(petition, action), {"revision": revision, "text": "请抓紧", **sent})
        assert response.status_code == 302, response.content.decode()[-3000:]

    post(cast.member, "propose", disposal="answer")
    post(cast.deputy, "review")
    post(cast.leader, "decide", disposal="answer", handler=cast.member.pk)
    post(cast.leader, "reassign", handler=cast.archivist.pk, due_on="2099-01-04")
    post(cast.archivist, "close", result="已解释", reply="说明了政策", replied_on="2026-03-20")
    post(cast.deputy, "reopen")
    stored = petitions.reload(petition)
    assert (stored.status, stored.handler, stored.closed_on) == ("handling", cast.archivist, None)


def test_a_step_of_an_older_page_is_refused_with_both_texts(cast, client):
    petition = petitions.proposed(cast)
    services.review_petition(actor=cast.deputy, petition=petition, text="同意")
    client.force_login(cast.leader)
    response = client.post(
        step(petition, "decide"),
        {"revision": 1, "disposal": "keep", "handler": cast.member.pk, "text": "照办"},
    )
    assert response.status_code == 409
    assert "照办" in response.content.decode()


def test_alike_ones_are_proposed_and_linked(cast, client):
    first = petitions.registered(cast)
    other = petitions.registered(cast, summary="反映村务公开栏半年没有更新。")
    again = petitions.registered(cast, summary="又有人反映2024年鱼塘租金没有入账的事。")
    client.force_login(cast.leader)
    html = client.get(page(again)).content.decode()
    assert "可能是同一件事" in html
    assert first.no in html
    assert other.no not in html
    relate = reverse("findings:petition_relate", kwargs={"pk": again.pk})
    client.post(relate, {"other": first.pk})
    html = client.get(page(again)).content.decode()
    assert "可能是同一件事" not in html
    assert "并案和关联" in html
    client.post(relate, {"other": first.pk, "undo": "1"})
    assert not again.related.exists()


def test_one_that_is_not_visible_is_not_linked(cast, client):
    own = petitions.registered(cast)
    foreign = petitions.registered(cast, actor=cast.outsider, inspection=cast.other_inspection)
    client.force_login(cast.member)
    relate = reverse("findings:petition_relate", kwargs={"pk": own.pk})
    assert "请选择" in client.post(relate, {"other": foreign.pk}, follow=True).content.decode()
    assert not own.related.exists()


# --- the register -----------------------------------------------------------------------------------------


def test_filters_count_what_they_show(cast, client):
    petitions.registered(cast)
    petitions.closed(cast, channel="call")
    client.force_login(cast.office_head)
    assert client.get(LIST).context["listed"].late == 1  # March is long over
    shown = client.get(LIST, {"status": "closed"}).context["page"].rows
    assert [row.channel for row in shown] == ["call"]
    assert client.get(LIST, {"q": "鱼塘 云溪"}).context["count"] == 2
    assert client.get(LIST, {"q": "公路"}).context["count"] == 0
    assert client.get(LIST, {"late": "1"}).context["count"] == 1


@pytest.mark.parametrize(
    "query", ["cursor=%01", "status='--", "q=%F0%9F%90%9F%00x", "village=x%2F..", "late=9"]
)
def test_the_register_survives_any_address(cast, client, query):
    petitions.registered(cast)
    client.force_login(cast.member)
    assert client.get(f"{LIST}?{query}").status_code in (200, 400)


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_register_costs_the_same_for_one_and_for_many(cast, client):
    client.force_login(cast.leader)
    petitions.handling(cast)
    client.get(LIST)
    few = queries(client, LIST)
    for _ in range(12):
        petitions.handling(cast)
    assert queries(client, LIST) == few


def test_the_desk_says_what_waits(cast, client):
    petitions.registered(cast)
    petitions.proposed(cast)
    petitions.handling(cast)
    desk = reverse("inspection:desk")
    client.force_login(cast.leader)
    html = client.get(desk).content.decode()
    assert "1件信访还没有拟办" in html
    assert "1件信访待批示" in html
    client.force_login(cast.member)
    html = client.get(desk).content.decode()
    assert "立行立改" in html
    assert "待批示" not in html


def test_the_search_box_finds_them_for_the_team_only(cast):
    petitions.registered(cast)
    titles = {
        role: [g["title"] for g in find(getattr(cast, role), "鱼塘租金")]
        for role in ("member", "outsider", "town")
    }
    assert titles == {"member": ["信访件"], "outsider": [], "town": []}


def test_no_draft_outlives_its_entry(cast, client):
    client.force_login(cast.member)
    Draft.objects.create(
        user_id=cast.member.pk, form="findings.petition.new", values={}, saved_at=dt.datetime.now(dt.UTC)
    )
    client.post(NEW, typed(cast))
    assert not Draft.objects.exists()


# --- the inspected side -----------------------------------------------------------------------------------

INSPECTED = ("town", "village")


def pages_of(cast, role, client):
    """Every page of the matrix that the role may open, as bytes without tokens."""
    client.force_login(getattr(cast, role))
    found = {}
    for name, entry in MATRIX.items():
        if entry.method == "get" and role in entry.may and not entry.as_json:
            if name not in cast.addresses:
                cast.addresses[name] = entry.objects(cast, "own") if entry.objects else {}
            kwargs = cast.addresses[name]
            response = client.get(reverse(name, kwargs=kwargs))
            found[name] = response.getvalue() if response.streaming else body(response)
    return found


@pytest.mark.parametrize("role", INSPECTED)
def test_pages_of_the_inspected_side_are_the_same_with_none_and_with_twenty(cast, client, role):
    cast.addresses = {}
    pages_of(cast, role, client)  # makes the rows the pages are about
    before = pages_of(cast, role, client)
    assert len(before) > 5
    for number in range(20):
        petitions.registered(cast, urgent=bool(number % 2))
    petitions.handling(cast, disposal="town", receiver="第一镇党委")
    assert pages_of(cast, role, client) == before
