"""What every test may use: the cast, and a database whose audit trail can be emptied between tests."""

import importlib

import pytest
from django.apps import apps
from django.test import TransactionTestCase

from tests.browser import browser  # noqa: F401  (a fixture)
from tests.factories import make_cast, number_anew
from tests.lanes import (  # noqa: F401  (hooks that pytest finds by name)
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_terminal_summary,
)
from tests.trail import guard_lifted

_traits = importlib.import_module("prep.migrations.0001_tables")


@pytest.fixture(autouse=True, scope="session")
def _emptying_leaves_what_migrations_made():
    """Tests that commit are cleaned up by emptying all tables, which the trail's triggers rightly refuse.

    What a migration wrote is written again, so that the order of the tests does not matter.
    """
    plain_teardown = TransactionTestCase._fixture_teardown

    def teardown(self):
        with guard_lifted():
            plain_teardown(self)
        _traits.seed_traits(apps, None)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = plain_teardown


@pytest.fixture(autouse=True)
def _numbers_begin_at_one():
    number_anew()


@pytest.fixture
def cast(db):
    """The named people of every test; see ``make_cast``."""
    return make_cast()
