"""From a hit one click opens the picture that shows it."""

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.pictures import shown_by
from ledgers.rules.pictures.points import Picture
from ledgers.rules.pictures.shown_by import picture_of


@pytest.mark.parametrize(
    ("rule", "picture"),
    [
        ("K05", Picture.CONTRACTS), ("L18", Picture.MONTHS), ("L30", Picture.PAYEES), ("L13", Picture.DIGITS),
        ("L15", Picture.ACCOUNTS), ("C01", Picture.ACCOUNTS), ("", Picture.ACCOUNTS),
    ],
)  # fmt: skip
def test_each_kind_of_check_has_its_picture(rule, picture):
    assert picture_of(rule) is picture


def test_only_checks_there_are_are_named():
    assert set(shown_by._PICTURES) <= set(all_rules())
