"""Resident identity numbers of eighteen signs (GB 11643): the check digit. What may be kept of one, callers decide."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10X98765432"


def check_digit(number: str) -> str:
    """The eighteenth sign that belongs to the first seventeen digits of ``number``."""
    return _SIGNS[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11]
