"""Job rows: claimed once, fenced, retried, given up, cancelled, shown to nobody else."""

import datetime as dt
import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from core.audit import SYSTEM
from core.files import read_bytes
from core.jobs import cancel, enqueue, queue, retry
from core.jobs.runner import run, run_due
from core.models import AuditEntry, Job, StoredFile

pytestmark = pytest.mark.django_db


def ask(kind="test.dict", actor=SYSTEM, **args):
    return enqueue(kind, args=args or {"value": 1}, actor=actor)


def let_the_lease_run_out(row):
    Job.objects.filter(pk=row.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


def make_due(row):
    Job.objects.filter(pk=row.pk).update(not_before=timezone.now() - dt.timedelta(seconds=1))


def test_a_job_runs_to_its_result(cast):
    row = ask("test.file", actor=cast.member, text="甲")
    done = run_due()
    assert (done.pk, done.state, done.attempt) == (row.pk, "done", 1)
    assert read_bytes(done.result_file) == "甲".encode()
    assert done.result_file.sha256 == hashlib.sha256("甲".encode()).hexdigest()
    assert (done.progress_done, done.progress_total) == (5, 5)


def test_a_plain_result_is_kept_on_the_row():
    ask(value=7)
    assert run_due().result == {"value": 7}


def test_nothing_is_due_on_an_empty_queue():
    assert run_due() is None


def test_a_claimed_job_is_not_claimed_again_while_its_lease_lasts():
    ask()
    assert queue.claim() is not None
    assert queue.claim() is None


def test_an_abandoned_job_is_claimed_again_with_a_higher_fence():
    ask()
    first = queue.claim()
    let_the_lease_run_out(first)
    second = queue.claim()
    assert (second.pk, second.fence, second.attempt) == (first.pk, first.fence + 1, 2)


def test_a_worker_that_was_thought_dead_cannot_finish_and_its_file_is_taken_back():
    ask("test.file", text="旧")
    zombie = queue.claim()
    let_the_lease_run_out(zombie)
    heir = queue.claim()
    run(zombie)
    assert Job.objects.get(pk=heir.pk).state == "running"
    assert not StoredFile.objects.exists()
    run(heir)
    assert Job.objects.get(pk=heir.pk).state == "done"
    assert StoredFile.objects.count() == 1


def test_a_zombie_cannot_renew_the_lease():
    ask()
    zombie = queue.claim()
    let_the_lease_run_out(zombie)
    queue.claim()
    assert not queue.renew(zombie)


def test_a_refusal_ends_the_job_at_once_with_its_own_sentence():
    enqueue("test.refuse", args={}, actor=SYSTEM)
    ended = run_due()
    assert (ended.state, ended.attempt, ended.error) == ("failed", 1, "没有可以生成的内容。")


def test_an_unexpected_error_is_tried_three_times_and_never_shows_its_detail():
    row = enqueue("test.crash", args={}, actor=SYSTEM)
    for attempt in (1, 2):
        ended = run_due()
        assert (ended.state, ended.attempt) == ("queued", attempt)
        assert run_due() is None, "the pause before the next try is kept"
        make_due(row)
    ended = run_due()
    assert (ended.state, ended.attempt) == ("failed", 3)
    assert "secret" not in ended.error
    assert ended.error_ref


def test_a_job_that_kills_its_process_every_time_is_given_up_after_three_attempts():
    row = enqueue("test.die", args={}, actor=SYSTEM)
    for _ in range(3):
        let_the_lease_run_out(queue.claim())
    assert queue.claim() is None
    ended = Job.objects.get(pk=row.pk)
    assert (ended.state, ended.attempt) == ("failed", 3)
    assert ended.error.startswith("任务多次中断")


def test_the_same_work_asked_for_twice_is_one_job_until_it_ends():
    first = enqueue("test.dict", args={"value": 1}, actor=SYSTEM, dedupe="report:1")
    assert enqueue("test.dict", args={"value": 1}, actor=SYSTEM, dedupe="report:1").pk == first.pk
    run_due()
    assert enqueue("test.dict", args={"value": 1}, actor=SYSTEM, dedupe="report:1").pk != first.pk


def test_a_waiting_job_can_be_cancelled_and_run_again_later():
    row = ask()
    cancel(actor=SYSTEM, row=row)
    assert run_due() is None
    retry(actor=SYSTEM, row=Job.objects.get(pk=row.pk))
    assert run_due().state == "done"


def test_a_running_job_stops_at_its_next_report():
    ask("test.file", text="停")
    row = queue.claim()
    cancel(actor=SYSTEM, row=row)
    run(row)
    assert Job.objects.get(pk=row.pk).state == "cancelled"
    assert not StoredFile.objects.exists()


def test_a_kind_from_another_version_is_given_up_with_a_sentence():
    row = ask()
    Job.objects.filter(pk=row.pk).update(kind="gone.kind")
    assert run_due().error.startswith("这个版本不认识")


def test_a_kind_nobody_registered_cannot_be_asked_for():
    with pytest.raises(LookupError):
        enqueue("no.such", args={}, actor=SYSTEM)


def test_asking_is_in_the_trail(cast):
    ask(actor=cast.member)
    entry = AuditEntry.objects.get(verb="jobs.enqueue")
    assert (entry.actor_name, entry.after["kind"]) == ("组员", "test.dict")


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
