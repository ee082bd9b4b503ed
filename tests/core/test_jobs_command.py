"""``run_jobs --drain``: everything that is due, in the foreground, each with what came of it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.audit import SYSTEM
from core.jobs import enqueue
from core.models import Job

pytestmark = pytest.mark.django_db


def drain():
    out = StringIO()
    call_command("run_jobs", "--drain", stdout=out)
    return out.getvalue().splitlines()


def test_every_due_job_is_done_and_said():
    for title in ("甲表", "乙表"):
        enqueue("test.dict", args={"value": 1}, actor=SYSTEM, title=title)
    lines = drain()
    assert [line.split()[0] for line in lines] == ["甲表", "乙表"]
    assert all("已完成" in line for line in lines)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_a_failed_job_is_the_command_s_error_with_its_sentence_and_the_rest_is_done():
    enqueue("test.refuse", args={}, actor=SYSTEM, title="空表")
    later = enqueue("test.dict", args={"value": 1}, actor=SYSTEM)
    with pytest.raises(CommandError, match="空表：没有可以生成的内容。"):
        drain()
    later.refresh_from_db()
    assert later.state == "done"


def test_nothing_due_is_nothing_said():
    assert drain() == []
