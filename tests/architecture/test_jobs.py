"""Every kind of background job says who may have its file when it is asked for again."""

import pytest

from core.jobs import registry
from tests.architecture.source import ORDER

# Kinds whose result is no file.
WITHOUT_FILE = {
    "archives.check": "its findings stand on the package",
    "ledgers.figures": "the figures stand on their own row",
    "ledgers.check": "what it finds stands as stories of the village",
}


def product_kinds():
    """Kinds of our own apps; tests register some more."""
    return [kind for kind in registry.kinds() if kind.function.__module__.split(".")[0] in ORDER]


@pytest.mark.parametrize("kind", product_kinds(), ids=lambda kind: kind.name)
def test_a_kind_that_makes_a_file_names_the_rule_for_having_it(kind):
    assert (kind.allowed is None) == (kind.name in WITHOUT_FILE)


@pytest.mark.parametrize("kind", product_kinds(), ids=lambda kind: kind.name)
def test_a_kind_is_named_after_its_app_and_titled_in_chinese(kind):
    assert kind.name.split(".")[0] == kind.function.__module__.split(".")[0]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in kind.title)


def test_every_kind_without_a_file_still_exists():
    assert set(WITHOUT_FILE) <= {kind.name for kind in product_kinds()}
