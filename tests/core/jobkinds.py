"""Job kinds that exist only in tests; loaded by name through ``JOB_EXTRA_MODULES``."""

import os
import time

from core.errors import ServiceError
from core.jobs import job


@job("test.file", title="写文件")
def write_file(ctx, text, seconds=0.0):
    """Write a file after a while, reporting progress."""
    steps = 5
    for step in range(steps):
        time.sleep(seconds / steps)
        ctx.progress(step + 1, steps, "写")
    return ctx.store(f"{text}.csv", text.encode())


@job("test.dict", title="算一下")
def give_dict(ctx, value):
    """Return a plain result."""
    return {"value": value}


@job("test.refuse", title="被拒绝")
def refuse(ctx):
    """Fail with a sentence for the person."""
    raise ServiceError("没有可以生成的内容。")


@job("test.crash", title="出错")
def crash(ctx):
    """Fail unexpectedly."""
    raise RuntimeError("secret detail")


@job("test.die", title="必死")
def die(ctx):
    """Take the whole process along, as the out-of-memory killer does."""
    os._exit(9)
