"""The contestants of every comparison of the review list, on one server or one database filled once for all of them."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import cluster
from bench.cluster import Cluster
from bench.survey.submit import environment_of, python

PEER = "joins, ILIKE, exact count, OFFSET"


@contextmanager
def _running(folder: Path, embedded: bool) -> Any:
    """The settings of a database that answers."""
    if embedded:
        yield environment_of(None, folder)
        return
    server = Cluster(folder)
    server.start()
    try:
        yield environment_of(server, folder)
    finally:
        server.stop()


def contestants(case: str, *, embedded: bool = False) -> tuple[Callable[..., Any], ...]:
    """``obstacle``, ``prepare``, ``limit``, ``ours``, ``peer`` of one case."""

    def obstacle() -> str:
        return "" if embedded else cluster.obstacle()

    def prepare(size: int, folder: Path) -> None:
        folder.chmod(0o711)
        if not embedded:
            Cluster(folder).make()
        with _running(folder, embedded) as environment:
            python(environment, "manage.py", "migrate", "--verbosity", "0")
            python(environment, "-m", "bench.review.papers", "fill", str(size))

    def measured(contestant: str) -> Callable[[int, Path], float]:
        def measure(size: int, folder: Path) -> float:
            with _running(folder, embedded) as environment:
                return float(python(environment, "-m", "bench.review.papers", case, contestant))

        return measure

    return obstacle, prepare, measured("limit"), measured("ours"), measured("peer")
