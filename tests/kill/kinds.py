"""Jobs to be killed: each leaves a line per start, so that what really ran can be counted afterwards."""

import os
import time
from pathlib import Path

from core import audit
from core.jobs import JobContext, job
from tests.kill.oracle import content_of

STEPS = 6


def _work(ctx: JobContext, starts: str, seconds: float) -> None:
    with Path(starts).open("a") as file:
        file.write(f"{ctx.row.pk}\n")
    for step in range(STEPS):
        ctx.progress(step, STEPS, "正在生成")
        time.sleep(seconds / STEPS)


@job("kill.file", title="生成文件")
def make_file(ctx: JobContext, *, text: str, seconds: float, starts: str):
    """Take a while, then hand back a file."""
    _work(ctx, starts, seconds)
    return ctx.store(f"{text}.csv", content_of(text))


@job("kill.effect", title="生成文件并登记")
def make_file_and_effect(ctx: JobContext, *, text: str, seconds: float, starts: str):
    """Take a while, keep a file, and write an effect in the transaction that ends the job."""
    _work(ctx, starts, seconds)
    ctx.store(f"{text}.csv", content_of(text))
    with ctx.finishing():
        audit.record(actor=ctx.actor, verb="kill.effect", target=ctx.row)


@job("kill.die", title="必死")
def die(ctx: JobContext, *, text: str, seconds: float, starts: str):
    """Take the whole process along, as the out-of-memory killer does."""
    _work(ctx, starts, seconds)
    os._exit(9)


@job("kill.stuck", title="卡住")
def stuck(ctx: JobContext, *, text: str, seconds: float, starts: str):
    """Never report and never end."""
    _work(ctx, starts, seconds)
    time.sleep(3600)


@job("kill.overtime", title="超时", time_limit=1)
def overtime(ctx: JobContext, *, text: str, seconds: float, starts: str):
    """Never report and never end, with a limit of one second."""
    stuck(ctx, text=text, seconds=seconds, starts=starts)
