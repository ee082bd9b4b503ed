"""A job that neither ends nor reports."""

import time
from pathlib import Path

from core.jobs import job


@job("kill.stuck", title="停不下来", time_limit=1)
def stuck(ctx, *, text, seconds, starts):
    """Sleep far beyond the limit of one second."""
    with Path(starts).open("a") as file:
        file.write(f"{ctx.row.pk}\n")
    time.sleep(600)
