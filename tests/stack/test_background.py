"""A job asked for by the web process is done by the real worker, once, also when workers are killed."""

import json
import signal

import pytest

from tests.stack.deployment import Deployment, wait_for

pytestmark = pytest.mark.stack

ASK = """
import json
from core.audit import SYSTEM
from core.jobs import enqueue
rows = [enqueue("stack.probe", args={{"path": {path!r}, "steps": {steps}}}, actor=SYSTEM) for _ in range({count})]
print(json.dumps([str(row.pk) for row in rows]))
"""
LOOK = """
import json
from core.models import Job
print(json.dumps({{str(j.pk): [j.state, j.result, j.attempt] for j in Job.objects.filter(pk__in={keys!r})}}))
"""


def ask_for(stack: Deployment, count: int, steps: int, name: str) -> list[str]:
    """Enqueue ``count`` probes with the web process's settings; return their keys."""
    path = str(stack.folder / name)
    answer = stack.manage(
        "web", "shell", "--no-imports", "-c", ASK.format(path=path, steps=steps, count=count)
    )
    return json.loads(answer)


def look_at(stack: Deployment, keys: list[str]) -> dict[str, list]:
    """State, result and attempts of the jobs."""
    return json.loads(stack.manage("web", "shell", "--no-imports", "-c", LOOK.format(keys=keys)))


def all_done(stack: Deployment, keys: list[str]) -> bool:
    """Has every job reached its end?"""
    return all(state == "done" for state, _, _ in look_at(stack, keys).values())


def starts(stack: Deployment, name: str) -> list[str]:
    """Keys in the order in which jobs were started."""
    path = stack.folder / name
    return path.read_text().split() if path.exists() else []


def test_a_job_asked_for_by_the_web_process_is_done_by_the_worker(stack):
    keys = ask_for(stack, 3, 1, "plain")
    wait_for("the jobs are not done", lambda: all_done(stack, keys), 20)
    assert [row[1:] for row in look_at(stack, keys).values()] == [[{"steps": 1}, 1]] * 3
    assert sorted(starts(stack, "plain")) == sorted(keys)


def test_jobs_asked_for_while_redis_is_away_are_done_once_it_is_back(stack):
    stack.stop("redis", signal.SIGKILL)
    keys = ask_for(stack, 2, 1, "away")
    stack.start("redis")
    wait_for("the jobs are not done", lambda: all_done(stack, keys), 90)
    assert sorted(starts(stack, "away")) == sorted(keys)


def test_jobs_of_a_worker_killed_with_9_are_taken_over_and_done_once(stack):
    keys = ask_for(stack, 4, 20, "killed")
    wait_for("no job has started", lambda: len(starts(stack, "killed")) >= 2)
    stack.stop("worker", signal.SIGKILL)
    stack.start("worker")
    wait_for("the jobs are not done", lambda: all_done(stack, keys), 120)
    ended = look_at(stack, keys)
    assert {tuple(row[1].items()) for row in ended.values()} == {(("steps", 20),)}
    assert len(starts(stack, "killed")) == sum(attempts for _, _, attempts in ended.values())
