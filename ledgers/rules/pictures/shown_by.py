"""Which picture shows best what a check found."""

from ledgers.rules.pictures.points import Picture

_MONTHS = ("L05", "L06", "L07", "L09", "L14", "L18")
_CONTRACTS = ("L25", "C12", *(f"K{number:02d}" for number in range(1, 13)))
_PAYEES = ("L02", "L11", "L12", "L17", "L19", "L20", "L24", "L30", "C09", "C10", "P01", "P02", "P04", "P06")
_DIGITS = ("L13",)
_PICTURES = {
    code: picture
    for picture, codes in (
        (Picture.MONTHS, _MONTHS),
        (Picture.CONTRACTS, _CONTRACTS),
        (Picture.PAYEES, _PAYEES),
        (Picture.DIGITS, _DIGITS),
    )
    for code in codes
}


def picture_of(rule: str) -> Picture:
    """The picture to open from a hit of the check ``rule``; the years by account where no other tells more."""
    return _PICTURES.get(rule, Picture.ACCOUNTS)
