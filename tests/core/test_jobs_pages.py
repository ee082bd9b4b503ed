"""Pages of background jobs: the list, one job, the bar, the download; nobody sees another person's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.audit import SYSTEM
from core.jobs import enqueue, lease
from core.jobs.runner import run_due
from core.models import AuditEntry, Job

pytestmark = pytest.mark.django_db


def ask(kind="test.dict", actor=SYSTEM, **args):
    return enqueue(kind, args=args or {"value": 1}, actor=actor)


def test_the_result_is_downloaded_as_an_attachment_and_recorded(cast, client):
    row = ask("test.file", actor=cast.member, text="结果")
    run_due()
    client.force_login(cast.member)
    answer = client.get(reverse("core:job_file", args=[row.pk]))
    assert b"".join(answer.streaming_content) == "结果".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(verb="jobs.download", target_id=str(row.pk)).exists()


def test_jobs_of_others_do_not_exist_for_me(cast, client):
    row = ask(actor=cast.leader)
    client.force_login(cast.member)
    for name in ("core:job", "core:job_file"):
        assert client.get(reverse(name, args=[row.pk])).status_code == 404
    for name in ("core:job_cancel", "core:job_retry"):
        assert client.post(reverse(name, args=[row.pk])).status_code == 404
    assert row.title not in client.get(reverse("core:jobs")).content.decode()


def test_the_bar_asks_again_only_while_something_runs(cast, client):
    client.force_login(cast.member)
    assert b"hx-get" not in client.get(reverse("core:jobs_bar")).content
    ask(actor=cast.member)
    assert b"hx-get" in client.get(reverse("core:jobs_bar")).content


def test_the_list_shows_state_and_result(cast, client):
    ask("test.file", actor=cast.member, text="表")
    enqueue("test.refuse", args={}, actor=cast.member)
    run_due(), run_due()
    client.force_login(cast.member)
    page = client.get(reverse("core:jobs")).content.decode()
    assert "已完成" in page
    assert "没有可以生成的内容。" in page
    assert "重新执行" in page


def test_the_result_of_a_record_one_may_no_longer_see_is_not_given(cast, client):
    client.force_login(cast.member)
    for allowed, status in ((True, 200), (False, 404)):
        row = ask("test.guarded", actor=cast.member, open=allowed)
        run_due()
        assert client.get(reverse("core:job_file", args=[row.pk])).status_code == status


def test_the_result_of_a_kind_that_no_longer_exists_is_not_given(cast, client):
    row = ask("test.file", actor=cast.member, text="旧")
    run_due()
    Job.objects.filter(pk=row.pk).update(kind="gone.kind")
    client.force_login(cast.member)
    assert client.get(reverse("core:job_file", args=[row.pk])).status_code == 404


def test_a_kind_that_names_no_rule_gives_its_file_to_nobody(cast, client):
    row = enqueue("test.unruled", args={}, actor=cast.member)
    run_due()
    client.force_login(cast.member)
    assert client.get(reverse("core:job_file", args=[row.pk])).status_code == 404


def test_a_job_without_a_file_has_nothing_to_download(cast, client):
    row = ask(actor=cast.member)
    run_due()
    client.force_login(cast.member)
    assert client.get(reverse("core:job_file", args=[row.pk])).status_code == 404


def test_a_page_asks_again_only_while_the_job_is_unfinished(cast, client):
    row = ask(actor=cast.member)
    client.force_login(cast.member)
    for name in ("core:job", "core:jobs"):
        address = reverse(name, args=[row.pk] if name == "core:job" else [])
        assert b"every 1s" in client.get(address).content
    run_due()
    for name in ("core:job", "core:jobs"):
        address = reverse(name, args=[row.pk] if name == "core:job" else [])
        assert b"every 1s" not in client.get(address).content


@pytest.mark.parametrize(("part", "holds"), [("row", b"<tr"), ("card", b"<section")])
def test_while_the_state_stays_only_the_progress_is_replaced_then_all_of_the_part(cast, client, part, holds):
    row = ask(actor=cast.member)
    client.force_login(cast.member)
    address = f"{reverse('core:job', args=[row.pk])}?part={part}&was=queued"
    same = client.get(address, headers={"HX-Request": "true"})
    assert holds not in same.content and b"every 1s" in same.content
    lease.claim()
    changed = client.get(address, headers={"HX-Request": "true"})
    assert holds in changed.content
    assert changed["HX-Retarget"] == f"#job-{part}-{row.pk}"


def test_other_pages_get_the_whole_component(cast, client):
    row = ask(actor=cast.member)
    client.force_login(cast.member)
    answer = client.get(reverse("core:job", args=[row.pk]), headers={"HX-Request": "true"})
    assert f'id="job-{row.pk}"'.encode() in answer.content
    assert b"<html" not in answer.content


def test_the_buttons_cancel_and_run_again_and_lead_back(cast, client):
    row = ask(actor=cast.member)
    client.force_login(cast.member)
    answer = client.post(reverse("core:job_cancel", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, answer.url) == ("cancelled", reverse("core:jobs"))
    answer = client.post(reverse("core:job_retry", args=[row.pk]), {"on": "page"})
    row.refresh_from_db()
    assert (row.state, answer.url) == ("queued", reverse("core:job", args=[row.pk]))


def test_a_button_that_comes_too_late_says_so(cast, client):
    row = ask(actor=cast.member)
    run_due()
    client.force_login(cast.member)
    answer = client.post(reverse("core:job_cancel", args=[row.pk]), follow=True)
    assert "已经结束" in answer.content.decode()


def test_the_pills_count_and_filter(cast, client):
    ask(actor=cast.member)
    run_due()
    enqueue("test.refuse", args={}, actor=cast.member)
    run_due()
    client.force_login(cast.member)
    page = client.get(reverse("core:jobs"), {"state": "failed"})
    assert [job.title for job in page.context["page"].rows] == ["被拒绝"]
    assert [option["count"] for option in page.context["options"]] == [2, 0, 1, 1]


def test_the_list_costs_as_many_queries_with_three_rows_as_with_one(cast, client, django_assert_num_queries):
    client.force_login(cast.member)
    ask("test.file", actor=cast.member, text="a")
    run_due()
    address = reverse("core:jobs")
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    for text in "bc":
        ask("test.file", actor=cast.member, text=text)
        run_due()
    with django_assert_num_queries(len(first)):
        client.get(address)
