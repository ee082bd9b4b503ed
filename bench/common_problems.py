"""Proposing common problems over all papers of a round: groups from scratch, as when the page is first opened."""

import csv
import json
import random
import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from heapq import nlargest
from math import log, sqrt
from pathlib import Path
from time import perf_counter

from findings.rules.common import Common, Text

TITLE = "Common problems"
# The limit grows with the square of it: 50,000 papers take it half an hour a run.
SIZE = 10_000
REACH = 2
PEER = "every pair by edit distance, a few scaled up"

_ROOT = Path(__file__).parents[1]
_NEIGHBOURS = 12
# Pairs the peer looks at; all of them would take days.
_LOOKED_AT = 2_000


def _rows(path: str) -> list[dict[str, str]]:
    with (_ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points() -> list[Text]:
    """The library of check points."""
    return [
        Text(row["编号"], "", row["要点"], f"{row['查法']}，{row['看什么材料']}") for row in _rows(_LIBRARY)
    ]


_LIBRARY = "prep/data/checkpoints_v1.csv"


def papers(size: int) -> list[dict]:
    """Made-up papers of 500 villages: a check point in part of its words, then what the office's papers say."""
    chance = random.Random(1)
    library = _rows(_LIBRARY)
    said = [re.sub(r"\{\w+\}", "3", row["text"]) for row in _rows("examples/patterns.csv")]
    said += [f"{row['查法']}，{row['看什么材料']}" for row in library]
    clauses = [clause for text in said for clause in re.split(r"[，；。、]", text) if len(clause) > 3]
    rows = []
    for number in range(size):
        # Some problems are found everywhere, others once.
        point = library[int(len(library) * chance.random() ** 2)]
        words = chance.sample(re.split(r"[、，]", point["要点"]), 1) + chance.sample(clauses, 3)
        rows.append({
            "key": str(number), "village": f"V{number % 500}", "title": words[0] + words[1][:6],
            "summary": "，".join(words[2:]) + f"{chance.randint(100, 90000)}元。",
            "second": point["类别"], "point": point["编号"] if chance.random() < 0.5 else "",
        })  # fmt: skip
    return rows


def prepare(size: int, folder: Path) -> None:
    """Write them down."""
    (folder / "papers.json").write_text(json.dumps(papers(size)), encoding="utf-8")


def _read(folder: Path) -> list[dict]:
    return json.loads((folder / "papers.json").read_text("utf-8"))


def limit(size: int, folder: Path) -> None:
    """Pairs of characters, TF-IDF, every paper's nearest ones by an inverted index: no structure, no groups."""
    counted = []
    for row in _read(folder):
        words = f"{row['title']} {row['summary']}"
        counted.append(Counter(words[i : i + 2] for i in range(len(words) - 1)))
    seen = Counter(pair for pairs in counted for pair in pairs)
    vectors, holders = [], defaultdict(list)
    for number, pairs in enumerate(counted):
        vector = {pair: count * log(size / seen[pair]) for pair, count in pairs.items()}
        length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({pair: weight / length for pair, weight in vector.items()})
        for pair, weight in vectors[-1].items():
            holders[pair].append((number, weight))
    for vector in vectors:
        likeness: dict[int, float] = defaultdict(float)
        for pair, weight in vector.items():
            for other, theirs in holders[pair]:
                likeness[other] += weight * theirs
        nlargest(_NEIGHBOURS, likeness.items(), key=lambda item: item[1])


def ours(size: int, folder: Path) -> None:
    """The product's proposal, with the library of check points."""
    proposed(_read(folder)).proposal()


def proposed(rows: list[dict]) -> Common:
    """The papers grouped."""
    towns = {f"V{number}": f"T{number % 20}" for number in range(500)}
    return Common([Text(**row) for row in rows], towns, (), points())


def peer(size: int, folder: Path) -> float:
    """The seconds it would take."""
    chance, rows = random.Random(2), _read(folder)
    start = perf_counter()
    for _ in range(_LOOKED_AT):
        one, other = chance.sample(rows, 2)
        SequenceMatcher(None, one["title"] + one["summary"], other["title"] + other["summary"]).ratio()
    return (perf_counter() - start) / _LOOKED_AT * size * (size - 1) / 2
