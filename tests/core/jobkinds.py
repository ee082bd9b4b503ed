"""Job kinds that exist only in tests; loaded by name through ``JOB_EXTRA_MODULES``."""

import time

from core import records
from core.audit import SYSTEM
from core.errors import ServiceError
from core.jobs import job
from core.models import StoredFile


@job("test.file", title="写文件", allowed=lambda user, **_: True)
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


@job("test.store_and_crash", title="写完出错")
def store_and_crash(ctx, text):
    """Keep a file and fail after that."""
    ctx.store(f"{text}.csv", text.encode())
    raise RuntimeError("after the file")


@job("test.stopped", title="被叫停")
def stopped(ctx):
    """What a signal does to a running job."""
    raise SystemExit(0)


@job("test.finish", title="连同结果一起提交")
def finish_together(ctx, number, refuse=False):
    """Write a row in the transaction that ends the job."""
    with ctx.finishing(number=number):
        row = StoredFile(
            name="标记.csv",
            path=f"mark/{number}",
            size=1,
            sha256="0" * 64,
            kind="csv",
            content_type="text/csv",
            origin="system",
            uploaded_by_name="x",
        )
        records.create(row, actor=SYSTEM, verb="t.mark")
        if refuse:
            raise ServiceError("不能提交。")


@job("test.guarded", title="有条件的结果", allowed=lambda user, open, **_: open)
def guarded(ctx, open):
    """Make a file that may only be had while ``open``."""
    return ctx.store("结果.csv", b"1")


@job("test.unruled", title="没有规则的结果")
def unruled(ctx):
    """Make a file without saying who may have it."""
    return ctx.store("结果.csv", b"1")
