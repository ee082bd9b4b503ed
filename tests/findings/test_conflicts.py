"""Two inspectors at one paper: what does not touch joins by itself, what does is put before the second, whole."""

import datetime as dt
import json

import pytest
from django import forms
from django.core import signing
from django.test import RequestFactory
from django.urls import reverse
from lxml import html

from core.conflicts import conflict, snapshot
from core.errors import StaleRecord
from core.models import Draft
from findings import services
from findings.models import Lead
from rectification.forms.order import OrderReasonForm
from rectification.models import FixOrder
from tests.findings import leads, papers
from tests.findings.petitions.petitions import registered

pytestmark = pytest.mark.django_db


def opened(client, address):
    """The form of a page as a browser would send it back untouched."""
    return read_form(client.get(address))


def read_form(response):
    page = html.fromstring(response.content.decode())
    form = next(form for form in page.forms if form.fields.get("_key") and "revision" in form.fields)
    sent = {}
    for name, value in form.form_values():
        # The line break behind an opening <textarea> belongs to the markup.
        sent.setdefault(name, []).append(value.removeprefix("\n"))
    return sent


def edit_url(paper):
    return reverse("findings:finding_edit", kwargs={"pk": paper.pk})


def outcomes(response):
    return {row["name"]: row["outcome"] for row in response.context["conflict"]["rows"]}


@pytest.fixture
def meeting(cast, client):
    """The deputy has the paper open; the member saves ``theirs``; then the deputy sends ``mine``."""
    finding = papers.draft(cast, summary="合同到期。未重新发包。租金未收。", basis=["《办法》第十九条"])
    client.force_login(cast.deputy)

    def play(theirs, steps=None, **mine):
        sent = opened(client, edit_url(finding))
        services.edit_finding(
            actor=cast.member,
            finding=papers.reload(finding),
            revision=finding.revision,
            values=theirs,
            steps=steps,
        )
        return client.post(edit_url(finding), sent | mine)

    play.finding = finding
    return play


def test_fields_only_one_of_them_touched_join_by_themselves(meeting, client):
    response = meeting({"facts": "甲查证的事实"}, title=["乙改的标题"])
    assert response.status_code == 409
    assert outcomes(response) == {"facts": "theirs", "title": "mine"}
    again = read_form(response)
    assert (again["facts"], again["title"]) == (["甲查证的事实"], ["乙改的标题"])
    assert client.post(edit_url(meeting.finding), again).status_code == 302
    stored = papers.reload(meeting.finding)
    assert (stored.facts, stored.title) == ("甲查证的事实", "乙改的标题")


def test_two_sentences_of_one_text_join_and_one_sentence_is_put_before_the_second(meeting):
    response = meeting(
        {"summary": "合同2023年到期。未重新发包。租金未收。", "facts": "甲说。"},
        summary=["合同到期。未重新发包。租金分文未收。"],
        facts=["乙说。"],
    )
    assert outcomes(response) == {"summary": "merged", "facts": "choose"}
    again = read_form(response)
    assert again["summary"] == ["合同2023年到期。未重新发包。租金分文未收。"]
    assert again["facts"] == ["乙说。"]
    row = next(row for row in response.context["conflict"]["rows"] if row["name"] == "facts")
    assert (row["take"], row["both"]) == ("甲说。", "乙说。甲说。")
    assert row["base"] == "2023年7月至2025年12月未缴租金。"
    page = response.content.decode()
    assert "甲说。" in page and "乙说。" in page and "您决定" in page


def test_lists_and_rows_take_what_both_put_in(meeting, client):
    finding = meeting.finding
    more = {"on": None, "method": "talk", "people": "甲", "text": "问了会计。"}
    response = meeting(
        {"basis": ["《办法》第十九条", "《制度》第三条"], "origins": ["ledger", "document", "talk"]},
        steps=[*finding.step_rows(), more],
        basis=["《办法》第十九条\n《条例》第八条"],
        **{"discovery-1-method": ["visit"], "discovery-1-text": ["走访了三户。"]},
    )
    assert outcomes(response) == {"basis": "merged", "origins": "theirs", "discovery": "merged"}
    assert client.post(edit_url(finding), read_form(response)).status_code == 302
    stored = papers.reload(finding)
    assert stored.basis == ["《办法》第十九条", "《条例》第八条", "《制度》第三条"]
    assert sorted(stored.origins) == ["document", "ledger", "talk"]
    assert [row["text"] for row in stored.step_rows()][1:] == ["走访了三户。", "问了会计。"]


def test_a_single_value_both_changed_waits_for_a_decision(meeting):
    response = meeting({"severity": "ordinary", "amount": 100}, amount=["200"])
    assert outcomes(response) == {"severity": "theirs", "amount": "choose"}
    again = read_form(response)
    assert (again["severity"], again["amount"]) == (["ordinary"], ["200"])
    said = {
        row["name"]: (row["base"], row["mine"], row["theirs"]) for row in response.context["conflict"]["rows"]
    }
    assert said == {"severity": ("重点", "重点", "一般"), "amount": ("59300", "200", "100")}


def test_a_third_one_who_saves_meanwhile_is_joined_as_well(meeting, cast, client):
    response = meeting({"facts": "甲的事实"}, title=["乙的标题"])
    again = read_form(response)
    stored = papers.reload(meeting.finding)
    services.edit_finding(
        actor=cast.member, finding=stored, revision=stored.revision, values={"root_cause": "丙的剖析"}
    )
    second = client.post(edit_url(stored), again)
    assert second.status_code == 409
    assert outcomes(second) == {"root_cause": "theirs", "title": "mine"}
    last = read_form(second)
    assert (last["facts"], last["root_cause"], last["title"]) == (["甲的事实"], ["丙的剖析"], ["乙的标题"])


def test_a_mistake_beside_keeps_the_beginning_it_started_from(meeting, client):
    sent = opened(client, edit_url(meeting.finding))
    bounced = client.post(edit_url(meeting.finding), sent | {"title": [""]})
    assert bounced.status_code == 422
    assert read_form(bounced)["_base"] == sent["_base"] != [""]


@pytest.mark.parametrize("base", ["", "no such thing", '{"facts": 1}'])
def test_without_the_beginning_both_texts_are_shown_and_nothing_is_joined(meeting, base):
    response = meeting({"facts": "甲的事实"}, _base=[base], facts=["乙的事实"])
    assert response.status_code == 409
    assert set(outcomes(response).values()) == {"choose"}
    assert read_form(response)["facts"] == ["乙的事实"]
    assert "甲的事实" in response.content.decode()


def test_the_beginning_of_another_paper_is_none_of_this_one(meeting, cast, client):
    """It holds the very facts the deputy sends: were it taken, his own would count as untouched."""
    other = papers.draft(cast, title="另一个问题", facts="乙的事实")
    foreign = opened(client, edit_url(other))["_base"]
    response = meeting({"facts": "甲的事实"}, _base=foreign, facts=["乙的事实"])
    assert response.status_code == 409 and outcomes(response) == {"facts": "choose"}
    assert read_form(response)["facts"] == ["乙的事实"]


def signed_for(paper, values):
    return signing.Signer(salt=f"core.conflicts:findings.edit:{paper.pk}").sign_object(values, compress=True)


def test_a_beginning_as_the_page_signs_it_is_joined(meeting):
    base = signed_for(meeting.finding, {"facts": "乙的事实"})
    response = meeting({"facts": "甲的事实"}, _base=[base], facts=["乙的事实"])
    assert outcomes(response) == {"facts": "theirs"}


@pytest.mark.parametrize(
    "values",
    [
        ["facts"],
        "facts",
        {"facts": ["甲"]},
        {"facts": 7},
        {"facts": {"a": 1}},
        {"period_from": "没有这一天"},
        {"basis": "《办法》"},
        {"basis": [1]},
        {"basis": [{"on": "x"}]},
        {"discovery": ["x"]},
        {"no such field": "x"},
    ],
)
def test_a_beginning_of_other_shapes_is_none_though_its_signature_holds(meeting, values):
    more = {"on": None, "method": "talk", "people": "甲", "text": "问了会计。"}
    response = meeting(
        {
            "facts": "甲的事实",
            "basis": ["《办法》第十九条", "《制度》第三条"],
            "period_from": dt.date(2023, 8, 1),
        },
        steps=[*meeting.finding.step_rows(), more],
        _base=[signed_for(meeting.finding, values)],
        facts=["乙的事实"],
    )
    assert response.status_code == 409
    assert outcomes(response) == dict.fromkeys(["facts", "basis", "period_from", "discovery"], "choose")
    assert read_form(response)["facts"] == ["乙的事实"]


def test_a_draft_typed_over_an_older_version_is_joined_and_not_put_over_the_newer(cast, client):
    finding = papers.draft(cast)
    client.force_login(cast.deputy)
    sent = opened(client, edit_url(finding)) | {"title": ["乙起草的标题"]}
    scope = f"findings.edit:{finding.pk}"
    body = {"form": scope, "values": sent}
    assert client.post(reverse("core:draft"), json.dumps(body), "application/json").status_code == 200
    services.edit_finding(
        actor=cast.member, finding=finding, revision=finding.revision, values={"facts": "甲的"}
    )
    kept = Draft.objects.get(form=scope).values
    assert kept["revision"] == sent["revision"] and kept["_base"] == sent["_base"]
    response = client.post(edit_url(finding), opened(client, edit_url(finding)) | kept)
    assert outcomes(response) == {"facts": "theirs", "title": "mine"}


def test_leads_join_too(cast, client):
    lead = leads.a_lead(cast)
    client.force_login(cast.member)
    address = reverse("findings:lead_edit", kwargs={"pk": lead.pk})
    sent = opened(client, address)
    services.edit_lead(actor=cast.leader, lead=lead, revision=lead.revision, values={"title": "组长改的名称"})
    response = client.post(address, sent | {"text": ["组员补的情况"]})
    assert outcomes(response) == {"title": "theirs", "text": "mine"}
    assert client.post(address, read_form(response)).status_code == 302
    stored = Lead.objects.get(pk=lead.pk)
    assert (stored.title, stored.text) == ("组长改的名称", "组员补的情况")


def test_the_beginning_in_the_page_holds_nothing_sealed(cast, client):
    petition = registered(cast)
    client.force_login(cast.member)
    response = client.get(reverse("findings:petition_edit", kwargs={"pk": petition.pk}))
    form = response.context["form"]
    assert response.context["base"]
    assert not [name for name in snapshot(form, form.initial) if "sealed" in name]


def test_where_no_beginning_is_kept_what_was_cleared_stays_cleared():
    """Two versions only are shown then; the form goes on holding what was typed, also where that is nothing."""

    class DayForm(forms.Form):
        due_on = forms.DateField(required=False)

    form = DayForm({"due_on": ""})
    assert form.is_valid()
    error = StaleRecord(FixOrder(due_on=dt.date(2026, 3, 9), revision=3), {"due_on": None})
    told = conflict(RequestFactory().post("/"), form, error, None, "order")
    assert [(row["mine"], row["theirs"], row["outcome"]) for row in told["rows"]] == [
        ("—", "2026年3月9日", "choose")
    ]
    assert form["due_on"].value() in (None, "")


def test_what_a_step_writes_by_itself_is_no_field_to_compare():
    form = OrderReasonForm({"reason": "村里已修好", "revision": "2"}, names=[])
    assert form.is_valid()
    order = FixOrder(status="received", withdrawn_reason="", revision=3)
    error = StaleRecord(order, {"status": "withdrawn", "withdrawn_reason": "村里已修好"})
    assert conflict(RequestFactory().post("/"), form, error, None, "order")["rows"] == []
