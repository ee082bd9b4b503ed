"""Runs the demo's steps in order, each once: its mark is committed with its effect, so a killed run simply goes on."""

import time
from collections.abc import Callable
from typing import Any

from core.errors import ServiceError
from core.idempotency import once
from inspection.demo import cast
from inspection.demo.steps import Steps
from villages.models import District

Say = Callable[[str], None]


def refuse_foreign_data() -> None:
    """The demo is never mixed into a real office's data."""
    if District.objects.exclude(code=cast.COUNTY).exists():
        raise ServiceError(
            "数据库中已有其他区的数据，演示区不会写入。请另设一个数据目录（WUZIJUE_DATA）再试。"
        )


def build(steps: Steps, say: Say) -> None:
    """Bring the demo district on by ``steps``, saying what is done."""
    refuse_foreign_data()
    for number, (key, title, action) in enumerate(steps, 1):
        started, ran = time.monotonic(), False

        def run(action: Callable[[], Any] = action) -> Any:
            nonlocal ran
            ran = True
            return action()

        once(scope="demo", key=key, payload={}, action=run)
        note = f"{time.monotonic() - started:5.1f} 秒" if ran else "已有"
        say(f"  [{number:2}/{len(steps)}] {title} …… {note}")
