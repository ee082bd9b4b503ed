"""A job that takes its time and leaves a line per start, so that a test can count what really ran."""

import time
from pathlib import Path

from core.jobs import JobContext, job


@job("stack.probe", title="探针")
def probe(ctx: JobContext, *, path: str, steps: int) -> dict[str, int]:
    """Append one line to ``path``, then report ``steps`` steps of a fifth of a second each."""
    with Path(path).open("a") as file:
        file.write(f"{ctx.row.pk}\n")
    for step in range(steps):
        ctx.progress(step, steps)
        time.sleep(0.2)
    return {"steps": steps}
