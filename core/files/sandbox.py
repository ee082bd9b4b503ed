"""Runs a parser of foreign files in a child process that cannot eat the server.

A parser that explodes, hangs or crashes takes down its child, never the web process. The child starts in some
30 ms (no site, no Django) and gets its limits before it imports anything that parses.
"""

import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 30
WALL_SECONDS = 60

_CHILD = Path(__file__).with_name("sandbox_child.py")


class WorkerFailed(Exception):
    """The child ended early: ``code`` is its exit code, negative when a signal (a limit) ended it."""

    def __init__(self, code: int) -> None:
        super().__init__(f"worker ended with {code}")
        self.code = code


@contextmanager
def running(worker: Path, *arguments: str, content: bytes = b"") -> Iterator[IO[bytes]]:
    """Run the script ``worker`` with ``arguments`` and yield its standard output.

    ``content`` is its standard input, which it must read before it prints. Raises ``WorkerFailed`` on leaving the
    block when the child did not end well; what was read before must then be thrown away.
    """
    libraries = sysconfig.get_paths()
    limits = [str(MEMORY_BYTES), str(CPU_SECONDS), str(WALL_SECONDS)]
    command = [sys.executable, "-I", "-S", str(_CHILD), *limits, libraries["purelib"], libraries["platlib"]]
    child = subprocess.Popen(
        [*command, str(worker), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
    )
    assert child.stdin is not None and child.stdout is not None  # noqa: S101  (asked for pipes above)
    try:
        with suppress(BrokenPipeError), child.stdin:
            child.stdin.write(content)
        yield child.stdout
    except EOFError:
        # The reader found the stream cut off: the child is gone, and why is in its exit code.
        raise WorkerFailed(child.wait()) from None
    except BaseException:
        child.kill()
        child.wait()
        raise
    finally:
        child.stdout.close()
    if child.wait() != 0:
        raise WorkerFailed(child.returncode)


def run(worker: Path, *arguments: str) -> bytes:
    """Run ``worker`` to its end and return what it printed; raise ``WorkerFailed`` otherwise."""
    with running(worker, *arguments) as output:
        return output.read()
