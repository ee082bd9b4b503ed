"""Finds and tidies what the service lanes use: services.py free POSTGRES REDIS | clean DATABASE_URL REDIS_URL."""

import sys
from contextlib import closing
from urllib.parse import urlsplit

import psycopg2
import psycopg2.extensions
import redis
from psycopg2 import sql

NUMBERS = range(9, 16)


def connect(address: str) -> psycopg2.extensions.connection:
    """Connection to the server's own database, outside of a transaction, because databases are dropped in it."""
    parts = urlsplit(address)
    connection = psycopg2.connect(
        host=parts.hostname,
        port=parts.port or 5432,
        user=parts.username,
        password=parts.password,
        dbname="postgres",
        connect_timeout=5,
    )
    connection.autocommit = True
    return connection


def free(postgres: str, broker: str) -> int:
    """Print a Redis number that holds nothing; 1 when one of the servers does not answer."""
    try:
        connect(postgres).close()
        for number in NUMBERS:
            if redis.Redis.from_url(f"{broker}/{number}", socket_connect_timeout=5).dbsize() == 0:
                print(number)
                return 0
    except (psycopg2.Error, redis.RedisError) as error:
        print(f"Left out: {str(error).strip()}", file=sys.stderr)
        return 1
    print(f"Left out: no empty Redis number among {NUMBERS.start} to {NUMBERS.stop - 1}", file=sys.stderr)
    return 1


def clean(database: str, broker: str) -> int:
    """Drop every database whose name begins with ours, and empty our Redis number."""
    name = urlsplit(database).path.lstrip("/")
    # Closed, not entered: to enter a connection begins a transaction, in which nothing can be dropped.
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", (f"^(test_)?{name}(_|$)",))
        for (left,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(left)))
    redis.Redis.from_url(broker).flushdb()
    return 0


if __name__ == "__main__":
    sys.exit({"free": free, "clean": clean}[sys.argv[1]](*sys.argv[2:]))
