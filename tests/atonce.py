"""Two people, or two windows of one, who do something in the same moment. Only PostgreSQL can show it."""

import threading
import time

from django.db import connection, transaction

# Locks are read as they are now; the list of connections would stay as it was first read in a transaction.
_WAITING = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def beside(first, second):
    """Do ``first`` and hold it open until ``second`` waits for it or is done; return what ``second`` raised."""
    raised = []

    def run():
        try:
            second()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic(), connection.cursor() as cursor:
        first()
        other.start()
        until, waiting = time.monotonic() + 10, 0
        while other.is_alive() and not waiting and time.monotonic() < until:
            time.sleep(0.02)
            cursor.execute(_WAITING)
            (waiting,) = cursor.fetchone()
    other.join()
    return raised[0] if raised else None
