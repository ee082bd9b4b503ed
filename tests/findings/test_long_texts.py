"""Texts have a limit nobody reaches by writing: within it they survive unchanged, beyond it a sentence says so."""

import unicodedata

import pytest
from django.urls import reverse

from core.errors import ServiceError
from findings import services
from tests.core.naughty import FORMULAS, MARKUP, SCRIPTS
from tests.findings import leads, papers, tables
from tests.findings.petitions.petitions import registered
from tests.findings.test_views import page

pytestmark = pytest.mark.django_db

MOST = 20_000
# Without blanks at its ends, which some papers take off.
_LINES = unicodedata.normalize("NFC", "\n".join([*FORMULAS, *MARKUP, *SCRIPTS]))
FULL = ("字" + _LINES * MOST)[: MOST - 1] + "。"
TOO_LONG = "长" * (MOST + 1)


def of_finding(cast, text):
    row = papers.draft(cast)
    services.edit_finding(actor=cast.member, finding=row, revision=row.revision, values={"facts": text})
    return papers.reload(row).facts


def of_new_finding(cast, text):
    return papers.draft(cast, summary=text).summary


def of_talk(cast, text):
    row = papers.talk(cast)
    points = [{"question": "问", "answer": text, "key_point": ""}]
    services.edit_talk(actor=cast.member, talk=row, revision=row.revision, values={}, points=points)
    return row.points.get().answer


def of_visit(cast, text):
    return papers.reload(papers.field(cast, content=text)).content


def of_lead(cast, text):
    return leads.reload(leads.a_lead(cast, text=text)).text


def of_petition(cast, text):
    return registered(cast, summary=text).summary


def of_table(cast, text):
    return tables.table(cast, remarks=text).remarks


KINDS = [of_finding, of_new_finding, of_talk, of_visit, of_lead, of_petition, of_table]


@pytest.mark.parametrize("write", KINDS)
def test_a_text_as_long_as_it_may_be_survives_unchanged(cast, write):
    assert write(cast, FULL) == FULL


@pytest.mark.parametrize("write", KINDS)
def test_a_longer_one_is_refused_with_a_sentence_and_not_cut(cast, write):
    with pytest.raises(ServiceError, match="有20001字，最多20000字") as refusal:
        write(cast, TOO_LONG)
    assert refusal.value.message.endswith("。")


def test_on_the_page_the_sentence_stands_at_the_field_and_the_text_is_still_there(cast, client):
    row = papers.draft(cast)
    client.force_login(cast.member)
    address = reverse("findings:finding_edit", kwargs={"pk": row.pk})
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in ("title", "revision", "severity", "commonality")}
    sent |= {"category": row.category_id, "facts": TOO_LONG, "_key": "k"}
    response = client.post(address, sent)
    assert response.status_code == 422
    assert "查证事实有20001字，最多20000字" in str(response.context["form"].errors["facts"])
    assert TOO_LONG in page(response) and papers.reload(row).facts == row.facts
