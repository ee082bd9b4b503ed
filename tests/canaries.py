"""Words that must not be found: their disguises, the places where to look, and every page of every role."""

import base64
import hashlib
import json
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from tests.access.matrix import MATRIX


def disguises(text):
    """The word plain, backwards, in an address, in JSON, by its digests, and in the middle of something in base64."""
    raw = text.encode()
    yield raw
    yield text[::-1].encode()
    yield quote(text).encode()
    yield json.dumps(text).strip('"').encode()
    for digest in ("sha256", "sha1", "md5"):
        yield hashlib.new(digest, raw).hexdigest().encode()
    for shift in range(3):  # base64 of it in the middle of something: what does not depend on the neighbours
        yield base64.b64encode(b"\0" * shift + raw)[4:-4]


class Hunt:
    """What is looked for, by name: ``texts`` in every disguise, ``names`` of files as they are."""

    def __init__(self, texts, names=()):
        self.needles = {needle: name for name, text in texts.items() for needle in disguises(text)}
        self.needles |= {name.encode(): "file name" for name in names}

    def found_in(self, content):
        """Names of the canaries in ``content`` (bytes)."""
        return {name for needle, name in self.needles.items() if needle in content}

    def leaks(self, places):
        """Where any of them stands; ``places`` are pairs of a name and bytes."""
        return {where for where, content in places if self.found_in(content)}


def tables():
    """Every cell of every table as bytes, as whoever stole the database has them."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                cells = (bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in row)
                yield f"table {table}", b"\0".join(cells)


def files():
    """Every file of the data directory, temporary ones too."""
    for path in Path(settings.DATA_DIR).rglob("*"):
        if path.is_file() and "sqlite3" not in path.name:
            yield f"file {path.name}", path.read_bytes()


def pages_as(roles, cast, client, addresses):
    """Each address as each role."""
    for role in sorted(roles):
        client.force_login(getattr(cast, role))
        for address in addresses:
            yield f"page {address.split('?')[0]} as {role}", client.get(address).getvalue()


def matrix_pages(cast, client, also=frozenset()):
    """Every page of the matrix as every role that is let in or told why not, and as the roles ``also``."""
    for entry in MATRIX.values():
        if entry.method != "get" or entry.as_json:
            continue
        with transaction.atomic():  # what one page needs must not stand in the way of the next one
            kwargs = entry.objects(cast, "own") if entry.objects else {}
            # The others get the one page that says no; two of them stand for all.
            roles = entry.may | entry.sees | {"town", "stranger"} | also
            yield from pages_as(roles, cast, client, [reverse(entry.name, kwargs=kwargs)])
            transaction.set_rollback(True)
