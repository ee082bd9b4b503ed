"""Plain containment: two Chinese characters are a word, and every word typed must stand somewhere."""

from django.db.models import Q

_MOST_WORDS = 5


def every_word(words: str, *fields: str) -> Q:
    """Rows in which each of the first five words of ``words`` stands in one of ``fields``; all rows for none."""
    found = Q()
    for word in words.split()[:_MOST_WORDS]:
        somewhere = Q()
        for field in fields:
            somewhere |= Q(**{f"{field}__icontains": word})
        found &= somewhere
    return found
