"""Everyday words for what rules call otherwise (三资, 低保): who types one finds the rules it is about."""

import csv
from functools import cache
from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from prep.models import RegulationEdition

_TABLE = Path(__file__).resolve().parent.parent / "data" / "rule_words.csv"


@cache
def everyday_words() -> dict[str, list[str]]:
    """By everyday word: the words that stand in titles, short names and articles instead."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["说法"]: row["查找"].split("、") for row in csv.DictReader(file)}


def about(word: str) -> Q:
    """Rules in whose title, short names or kept articles ``word`` stands, or what an everyday word in it means."""
    meant = [text for said, texts in everyday_words().items() if said in word for text in texts]
    found = Q()
    for text in dict.fromkeys([word, *meant]):
        editions = RegulationEdition.objects.filter(regulation=OuterRef("pk"), articles__icontains=text)
        found |= Q(title__icontains=text) | Q(aliases__icontains=text) | Q(Exists(editions))
    return found
