"""Two texts side by side with what differs marked, character by character, as safe HTML."""

from difflib import SequenceMatcher

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# Beyond that, comparing takes noticeably long, and nobody reads it by characters.
_LONGEST = 4000
# Texts with less in common than that are two texts, not two versions: stray marks would only confuse.
_ALIKE = 0.25


def marked(left: str, right: str) -> tuple[SafeString, SafeString]:
    """Both texts, escaped, with the pieces that the other does not have in ``<mark>``."""
    if left == right:
        return _joined([(left, False)]), _joined([(right, False)])
    if max(len(left), len(right)) > _LONGEST:
        return _joined([(left, True)]), _joined([(right, True)])
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _joined([(left, True)]), _joined([(right, True)])
    blocks = matcher.get_opcodes()
    return (
        _joined([(left[start:end], tag != "equal") for tag, start, end, _, _ in blocks]),
        _joined([(right[start:end], tag != "equal") for tag, _, _, start, end in blocks]),
    )


def _joined(pieces: list[tuple[str, bool]]) -> SafeString:
    return SafeString(
        "".join(
            format_html_join("", "<mark>{}</mark>" if changed else "{}", [(text,)])
            for text, changed in pieces
            if text
        )
    )
