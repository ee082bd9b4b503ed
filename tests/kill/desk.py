"""A process of the product that asks for jobs and reads what became of them: one JSON line in, one JSON line out.

It stands for the web process where a test needs to ask faster, or to die at a chosen moment.
"""

import json
import os
import signal
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspection.settings")
django.setup()

# Models can only be imported once Django stands.
from django.db import connection, transaction  # noqa: E402

from core.audit import SYSTEM, verify  # noqa: E402
from core.jobs import cancel, enqueue  # noqa: E402
from core.models import AuditEntry, Job, JobState, StoredFile  # noqa: E402


def ask(orders: list[dict[str, Any]]) -> dict[str, Any]:
    """Enqueue one job per order, each in a transaction of its own; the longest time one of them took, in seconds."""
    keys, longest = [], 0.0
    for order in orders:
        began = time.monotonic()
        keys.append(str(enqueue(order["kind"], args=order["args"], actor=SYSTEM).pk))
        longest = max(longest, time.monotonic() - began)
    return {"keys": keys, "longest": longest}


def ask_and_die(order: dict[str, Any]) -> None:
    """Commit a job and be killed before the bell could ring."""
    with transaction.atomic():
        transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
        enqueue(order["kind"], args=order["args"], actor=SYSTEM)


def click(order: dict[str, Any]) -> float:
    """Seconds until a new job is seen to be no longer waiting."""
    began = time.monotonic()
    key = enqueue(order["kind"], args=order["args"], actor=SYSTEM).pk
    while Job.objects.filter(pk=key, state=JobState.QUEUED).exists():
        time.sleep(0.01)
    return time.monotonic() - began


def cancel_job(key: str) -> bool:
    """Cancel a job as its owner does."""
    cancel(actor=SYSTEM, row=Job.objects.get(pk=key))
    return True


def look() -> dict[str, Any]:
    """Everything the oracle wants to know."""
    jobs = Job.objects.values(
        "pk", "kind", "args", "state", "attempt", "error", "result_file_id", "progress_done"
    )
    effects = AuditEntry.objects.filter(verb="kill.effect").values_list("target_id", flat=True)
    return {
        "jobs": {
            str(row["pk"]): {
                "kind": row["kind"],
                "text": row["args"]["text"],
                "state": row["state"],
                "attempt": row["attempt"],
                "error": row["error"],
                "done": row["progress_done"],
                "file": str(row["result_file_id"] or ""),
            }
            for row in jobs
        },
        "files": {
            str(f.pk): {"name": f.name, "path": f.path, "sha256": f.sha256} for f in StoredFile.objects.all()
        },
        "effects": list(effects),
    }


def check() -> dict[str, Any]:
    """Whether the trail's chain holds and the database file is sound."""
    _, problem = verify()
    sound = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            sound = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    return {"trail": problem and problem.message, "database": sound}


if __name__ == "__main__":
    commands = {
        "ask": ask,
        "ask_and_die": ask_and_die,
        "click": click,
        "cancel": cancel_job,
        "look": look,
        "check": check,
    }
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(commands[order.pop("do")](**order)), flush=True)
