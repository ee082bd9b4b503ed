"""One deployment for all tests of the lane: starting it takes longer than asking it."""

import os

import pytest

from tests.stack.deployment import Deployment, deployed


@pytest.fixture(scope="session")
def stack(tmp_path_factory) -> Deployment:
    """The running processes of the compose file."""
    with deployed(tmp_path_factory.mktemp("stack"), os.environ["DATABASE_URL"]) as deployment:
        yield deployment
