"""What every test may use."""

from tests.lanes import (  # noqa: F401  (hooks that pytest finds by name)
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_terminal_summary,
)
