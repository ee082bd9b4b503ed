"""The product's own settings, with a data directory that is thrown away and a cheap password hash."""

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="wuzijue-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["WUZIJUE_DATA"] = _DATA

from inspection.settings import *  # noqa: E402, F403

# One Argon2 hash takes as long as a whole view test; the real hasher has tests of its own.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]

# Job kinds that only tests use; they are run by the tests themselves, never by a child process.
JOB_EXTRA_MODULES = ["tests.core.jobkinds"]
JOB_EMBEDDED = False
VAULT_EMBEDDED = False

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, because threads that share a database in memory refuse each other's locks instead of waiting.
    DATABASES["default"]["TEST"] = {"NAME": f"{_DATA}/tests.sqlite3"}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
