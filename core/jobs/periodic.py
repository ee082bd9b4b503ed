"""What is done by the clock where no beat runs: the job runner looks at the same schedule as beat does."""

import logging
import time

from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


class Schedule:
    """The periodic work of this installation, each piece at once and then every so many seconds."""

    def __init__(self) -> None:
        self._next = dict.fromkeys(settings.PERIODIC, 0.0)

    def run_due(self) -> None:
        """Do what is due. A piece that fails is tried again at its next time; others are not held up."""
        now = time.monotonic()
        for name, moment in self._next.items():
            if moment > now:
                continue
            self._next[name] = now + settings.PERIODIC[name]
            try:
                import_string(name)()
            except Exception as error:
                log.error("periodic %s failed: %s", name, type(error).__name__)
