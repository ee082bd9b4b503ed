"""Job rows: claimed once, fenced, retried, given up, cancelled, shown to nobody else."""

import datetime as dt
import hashlib

import pytest
from django.utils import timezone

from core.audit import SYSTEM
from core.errors import ServiceError
from core.files import read_bytes
from core.files.store import path_of
from core.jobs import JobContext, cancel, enqueue, lease, retry
from core.jobs.runner import run, run_due
from core.models import AuditEntry, Job, StoredFile
from villages.models import ImportStage

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
    assert lease.claim() is not None
    assert lease.claim() is None


def test_an_abandoned_job_is_claimed_again_with_a_higher_fence():
    ask()
    first = lease.claim()
    let_the_lease_run_out(first)
    second = lease.claim()
    assert (second.pk, second.fence, second.attempt) == (first.pk, first.fence + 1, 2)


def test_a_worker_that_was_thought_dead_cannot_finish_and_its_file_is_taken_back():
    ask("test.file", text="旧")
    zombie = lease.claim()
    let_the_lease_run_out(zombie)
    heir = lease.claim()
    run(zombie)
    assert Job.objects.get(pk=heir.pk).state == "running"
    assert not StoredFile.objects.exists()
    run(heir)
    assert Job.objects.get(pk=heir.pk).state == "done"
    assert StoredFile.objects.count() == 1


def test_a_zombie_cannot_renew_the_lease():
    ask()
    zombie = lease.claim()
    let_the_lease_run_out(zombie)
    lease.claim()
    assert not lease.renew(zombie)


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
    row = ask()
    for _ in range(3):
        let_the_lease_run_out(lease.claim())
    assert lease.claim() is None
    ended = Job.objects.get(pk=row.pk)
    assert (ended.state, ended.attempt) == ("failed", 3)
    assert ended.error.startswith("任务三次中断")


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


def test_a_running_job_is_cancelled_at_once_and_what_it_still_makes_is_dropped():
    ask("test.file", text="停")
    row = lease.claim()
    cancel(actor=SYSTEM, row=Job.objects.get(pk=row.pk))
    assert Job.objects.get(pk=row.pk).state == "cancelled"
    run(row)
    assert Job.objects.get(pk=row.pk).state == "cancelled"
    assert not StoredFile.objects.exists()


def test_a_job_that_has_ended_cannot_be_cancelled_and_a_done_one_not_run_again():
    ask()
    row = run_due()
    with pytest.raises(ServiceError):
        cancel(actor=SYSTEM, row=row)
    with pytest.raises(ServiceError):
        retry(actor=SYSTEM, row=row)
    assert Job.objects.get(pk=row.pk).state == "done"


def test_a_job_cannot_be_run_again_while_its_twin_runs():
    first = enqueue("test.refuse", args={}, actor=SYSTEM, dedupe="k")
    run_due()
    enqueue("test.refuse", args={}, actor=SYSTEM, dedupe="k")
    with pytest.raises(ServiceError, match="正在进行"):
        retry(actor=SYSTEM, row=first)


def test_a_process_told_to_stop_gives_the_job_back_without_counting_the_attempt():
    row = enqueue("test.stopped", args={}, actor=SYSTEM)
    with pytest.raises(SystemExit):
        run_due()
    row.refresh_from_db()
    assert (row.state, row.attempt, row.lease_until) == ("queued", 0, None)
    assert lease.claim().pk == row.pk, "it may start at once"


def test_a_job_that_already_cost_attempts_does_not_hold_up_fresh_ones():
    killer, fresh = ask(), ask()
    assert lease.claim().pk == killer.pk
    let_the_lease_run_out(killer)
    assert [lease.claim().pk, lease.claim().pk] == [fresh.pk, killer.pk]


def test_the_file_of_an_attempt_that_failed_later_is_taken_back():
    row = enqueue("test.store_and_crash", args={"text": "残"}, actor=SYSTEM)
    for _ in range(3):
        run_due()
        make_due(row)
    row.refresh_from_db()
    assert (row.state, row.result_file_id) == ("failed", None)
    assert not StoredFile.objects.exists()


def test_the_file_of_an_attempt_whose_process_died_is_replaced(django_capture_on_commit_callbacks):
    ask("test.file", text="同一份")
    dead = lease.claim()
    first = JobContext(dead).store("同一份.csv", "同一份".encode())
    let_the_lease_run_out(dead)
    with django_capture_on_commit_callbacks(execute=True):
        done = run_due()
    assert done.result_file_id != first.pk
    assert list(StoredFile.objects.all()) == [done.result_file]
    assert not path_of(first).exists()
    assert path_of(done.result_file).exists()


def test_a_zombie_stores_nothing_and_leaves_no_bytes():
    ask()
    zombie = lease.claim()
    let_the_lease_run_out(zombie)
    lease.claim()
    with pytest.raises(lease.Superseded):
        JobContext(zombie).store("旧.csv", b"x")
    assert not StoredFile.objects.exists()


def test_a_file_a_record_has_come_to_name_stays(cast):
    ask("test.file", text="留")
    dead = lease.claim()
    stored = JobContext(dead).store("留.csv", b"x")
    ImportStage.objects.create(kind="villages", file=stored, owner=cast.office_clerk, filename="留.csv")
    let_the_lease_run_out(dead)
    run_due()
    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_effects_and_end_of_a_job_are_committed_together():
    row = enqueue("test.finish", args={"number": 4}, actor=SYSTEM)
    ended = run_due()
    assert (ended.state, ended.result) == ("done", {"number": 4})
    assert StoredFile.objects.filter(path="mark/4").count() == 1
    assert lease.claim(row.pk) is None


def test_effects_of_a_refused_end_are_undone():
    enqueue("test.finish", args={"number": 5, "refuse": True}, actor=SYSTEM)
    ended = run_due()
    assert (ended.state, ended.error) == ("failed", "不能提交。")
    assert not StoredFile.objects.exists()


def test_effects_of_a_zombie_are_never_committed():
    enqueue("test.finish", args={"number": 6}, actor=SYSTEM)
    zombie = lease.claim()
    let_the_lease_run_out(zombie)
    run(lease.claim())
    run(zombie)
    assert StoredFile.objects.filter(path="mark/6").count() == 1


def test_a_job_keeps_one_file():
    ask()
    context = JobContext(lease.claim())
    context.store("一.csv", b"1")
    with pytest.raises(RuntimeError):
        context.store("二.csv", b"2")


def test_a_file_on_disk_is_kept_with_the_digest_of_its_bytes(tmp_path):
    source = tmp_path / "大文件"
    content = b"0123456789abcdef" * 200_000
    source.write_bytes(content)
    ask()
    stored = JobContext(lease.claim()).store("大文件.zip", source)
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert source.exists()


def test_progress_is_written_at_most_twice_a_second_and_at_the_end(django_assert_num_queries):
    ask()
    row = lease.claim()
    context = JobContext(row)
    with django_assert_num_queries(2):
        for step in range(1, 1001):
            context.progress(step, 1000, "读")
    row.refresh_from_db()
    assert (row.progress_done, row.progress_total, row.progress_note) == (1000, 1000, "读")


def test_two_persons_who_want_the_same_get_a_job_each(cast):
    mine = enqueue("test.dict", args={"value": 1}, actor=cast.member, dedupe="report:1")
    theirs = enqueue("test.dict", args={"value": 1}, actor=cast.leader, dedupe="report:1")
    assert mine.pk != theirs.pk


def test_one_person_cannot_fill_the_queue(cast):
    for _ in range(20):
        ask(actor=cast.member)
    with pytest.raises(ServiceError, match="20 项"):
        ask(actor=cast.member)
    assert ask(actor=cast.leader).state == "queued"


def test_keys_and_dates_in_the_arguments_become_text_and_numbers_stay(cast):
    row = enqueue("test.dict", args={"value": [cast.round.pk, dt.date(2026, 3, 5), 1.5]}, actor=SYSTEM)
    assert row.args == {"value": [str(cast.round.pk), "2026-03-05", 1.5]}


def test_jobs_of_a_record_are_found_by_the_record(cast):
    row = enqueue("test.dict", args={"value": 1}, actor=cast.member, subject=cast.inspection)
    ask(actor=cast.member)
    assert list(Job.objects.visible_to(cast.member).about(cast.inspection)) == [row]
    assert not Job.objects.visible_to(cast.leader).about(cast.inspection)


def test_the_wait_from_click_to_start_is_measured():
    assert ask().waited is None
    assert -0.1 < run_due().waited < 60


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
    assert (entry.actor_name, entry.after) == ("组员", {"title": "算一下"})
