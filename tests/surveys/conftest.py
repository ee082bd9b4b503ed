"""Keys of test surveys lie in a directory that is thrown away."""

import pytest


@pytest.fixture(autouse=True)
def _keys_of_their_own(settings, tmp_path):
    settings.SURVEY_KEYS_DIR = tmp_path / "keys"
