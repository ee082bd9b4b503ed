"""The pages of papers made in advance: what they offer, to whom, with how many queries."""

import io

import pytest
from django.urls import reverse
from docx import Document

from core.blanks import blank_forms
from core.jobs.runner import run_due
from core.models.jobs import Job, JobState
from prep.models import FormSet
from prep.selectors.form_sets import copies_in
from tests.factories import make_team
from tests.prep.papers import make_set

pytestmark = pytest.mark.django_db


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_a_village_page_lists_every_form_with_its_keeper(cast, client):
    client.force_login(cast.member)
    text = page(client, "prep:village_forms", cast.inspection.pk)
    for form in blank_forms():
        assert f">{form.designation}<" in text and form.title in text
    assert "档案员" in text and "一键成套" in text and "更换保管人" not in text


def test_one_form_is_downloaded_with_the_villages_name_and_number(cast, client):
    client.force_login(cast.member)
    response = client.get(reverse("prep:village_form", args=[cast.inspection.pk, "TH-1"]))
    assert "%E4%BA%91%E6%BA%AA%E6%9D%91%20TH-1" in response["Content-Disposition"]
    document = Document(io.BytesIO(b"".join(response.streaming_content)))
    head = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"-{cast.village_place.code[-3:]}-TH-____" in head


def test_the_button_makes_the_set_and_the_page_offers_it(cast, client):
    client.force_login(cast.member)
    response = client.post(
        reverse("prep:village_forms_make", args=[cast.inspection.pk]), {"_key": "a"}, follow=True
    )
    assert "正在生成" in response.content.decode()
    assert run_due().state == JobState.DONE
    row = FormSet.objects.get()
    text = page(client, "prep:village_forms", cast.inspection.pk)
    assert row.file.sha256 in text and "待档案员签收" in text
    file = client.get(reverse("prep:form_set_file", args=[row.pk]))
    assert file["Content-Type"] == "application/zip"
    client.force_login(cast.archivist)
    client.post(
        reverse("prep:form_set_receive", args=[row.pk]), {"revision": "1", "note": "齐全", "_key": "b"}
    )
    assert "已签收" in page(client, "prep:village_forms", cast.inspection.pk)


def test_a_failed_job_says_why_on_the_page(cast, client):
    client.force_login(cast.member)
    client.post(reverse("prep:village_forms_make", args=[cast.inspection.pk]), {"_key": "a"})
    Job.objects.update(state=JobState.FAILED, error="磁盘已满，请稍后重新生成。")
    assert "磁盘已满" in page(client, "prep:village_forms", cast.inspection.pk)


def test_the_office_changes_copies_in_the_browser(cast, client):
    client.force_login(cast.office_clerk)
    address = reverse("prep:forms_copies")
    values = {f"copies:{name}": str(count) for name, count in copies_in(cast.round).items()}
    refused = client.post(address, values | {"copies:TH-1": "很多", "revision": "0", "_key": "a"})
    assert refused.status_code == 422 and "很多" in refused.content.decode()
    client.post(address, values | {"copies:TH-1": "35", "revision": "0", "_key": "b"})
    assert copies_in(cast.round)["TH-1"] == 35
    stale = client.post(address, values | {"copies:TH-1": "36", "revision": "9", "_key": "c"})
    assert stale.status_code == 409


def test_the_leader_names_the_keepers_in_the_browser(cast, client):
    client.force_login(cast.leader)
    address = reverse("prep:forms_keepers", args=[cast.team.pk])
    values = {"keeper": cast.member.pk, "sealed_keeper": cast.deputy.pk, "revision": "0", "_key": "a"}
    client.post(address, values)
    text = page(client, "prep:forms")
    assert "组员" in text and "本组成套" in text
    assert client.post(address, values | {"keeper": cast.outsider.pk, "_key": "b"}).status_code == 422


@pytest.mark.parametrize("name", ["prep:forms", "prep:village_forms"])
def test_the_number_of_queries_does_not_grow_with_what_is_listed(
    cast, client, name, django_assert_max_num_queries, django_assert_num_queries
):
    args = [cast.inspection.pk] if name == "prep:village_forms" else []
    inspection = cast.inspection if args else None
    client.force_login(cast.office_head)
    page(client, name, *args)

    def sets(count):
        for _ in range(count):
            make_set(cast, cast.inspection, inspection=inspection)

    sets(1)
    with django_assert_max_num_queries(100) as before:
        page(client, name, *args)
    sets(2)
    make_team(cast.round)
    with django_assert_num_queries(len(before)):
        page(client, name, *args)
