"""Decisions about background jobs: everybody has a list, and in it the own jobs only."""

from core.jobs import enqueue
from core.jobs.runner import run_due
from tests.access.entry import Entry
from tests.access.roles import EVERYONE


def _job(kind, args, *, run):
    def objects(cast, whose):
        actor = cast.member if whose == "own" else cast.outsider
        row = enqueue(kind, args=args, actor=actor)
        if run:
            run_due(row.pk)
        return {"pk": row.pk}

    return objects


def _entry(name, kind, args, *, run=True, **more):
    return Entry(name, {"member"}, _job(kind, args, run=run), may_foreign={"outsider"}, **more)


ENTRIES = [
    Entry("core:jobs", EVERYONE),
    Entry("core:jobs_bar", EVERYONE),
    _entry("core:job", "test.dict", {"value": 1}),
    _entry("core:job_file", "test.file", {"text": "结果"}),
    _entry("core:job_cancel", "test.dict", {"value": 1}, run=False, method="post"),
    _entry("core:job_retry", "test.refuse", {}, method="post"),
]
