"""Sites for the kill lane: the tables are made once, every test gets a copy of its own."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis

from tests.kill.site import Site, copied, migrated


@pytest.fixture(scope="session")
def tables(tmp_path_factory) -> Iterator[tuple[Path, str]]:
    """Empty tables on the database under test."""
    folder = tmp_path_factory.mktemp("kill") / "tables"
    with migrated(folder, os.environ.get("DATABASE_URL", "")) as template:
        yield template


@pytest.fixture
def open_site(tables, tmp_path_factory) -> Iterator[Callable[..., Site]]:
    """``open_site(JOB_LEASE_SECONDS="3600")``: an installation with these settings, closed after the test."""
    with ExitStack() as stack:

        def open_one(**environment: str) -> Site:
            return stack.enter_context(
                copied(tables, tmp_path_factory.mktemp("site") / "data", **environment)
            )

        yield open_one


@pytest.fixture
def chance() -> random.Random:
    """Random moments that a failed test can be run with again: KILL_SEED in the environment."""
    seed = int(os.environ.get("KILL_SEED") or random.randrange(10**6))
    print(f"KILL_SEED={seed}")
    return random.Random(seed)


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """The Redis number under test, empty before and after; nothing of others is ever thrown away."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as connection:
        assert connection.dbsize() == 0, "this Redis number is in use: give an empty one in REDIS_URL"
        yield connection
        connection.flushdb()


@pytest.fixture
def site(broker, open_site) -> Site:
    """An installation with a broker; nothing runs on it yet."""
    return open_site(REDIS_URL=os.environ["REDIS_URL"], WORKER_CONCURRENCY="2")
