"""The attacker: given the loot of an occasion, says which sheet is whose. He never sees the mixer's private key.

First he cuts the occasion into batches, from what came and went between two snapshots; inside of a batch he puts
people into one order and sheets into another and pairs them off. Which pair of orders is best he finds out on
rehearsals, where he is told the truth; there he also learns whether the order of chance repeats itself.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.surveys.attack.loot import Loot, Row, born, place

SLIP, WAITING, RECEIPT = "surveys_slip", "surveys_waiting", "surveys_receipt"
TARGETS = {"surveys_answersheet": "answers", "surveys_openanswer": "text"}
WORD = re.compile(r"[0-9a-fA-F-]{32,}|[0-9A-Z]{20,}|意见\d+")


@dataclass
class Batch:
    """People whose answers are among these rows, in the order of answering, each with the rows seen of them."""

    people: list[tuple[int, dict[str, Row]]]
    rows: list[Row]


@cache
def batches(loot: Loot, target: str) -> list[Batch]:
    """What came between two snapshots, and whose it can be: theirs whose waiting answer went in the same moment."""
    traces = _traces(loot)
    leaves: dict[Any, int] = {}
    for number, snapshot in enumerate(loot.snapshots):
        for row in snapshot.tables[WAITING]:
            leaves[row["id"]] = number + 1
    gone: dict[int, list[tuple[int, dict[str, Row]]]] = defaultdict(list)
    for person, rows in enumerate(traces):
        # Without a waiting answer it must have been put away at once.
        at = leaves[rows[WAITING]["id"]] if WAITING in rows else _interval(loot, person)
        gone[at].append((person, rows))
    found, seen = [], set[Any]()
    for number, snapshot in enumerate(loot.snapshots):
        new = [row for row in snapshot.tables[target] if row["id"] not in seen]
        seen.update(row["id"] for row in new)
        if new:
            found.append(Batch(gone[number], new))
    return found


def _interval(loot: Loot, person: int) -> int:
    return next(n for n, snapshot in enumerate(loot.snapshots) if snapshot.answered > person)


@cache
def _traces(loot: Loot) -> list[dict[str, Row]]:
    """What was ever seen of each person: slip and receipt by their digests, the waiting answer by when it came."""
    traces: list[dict[str, Row]] = [{} for _ in loot.people]
    slips = loot.snapshots[0].by(SLIP, "token_hmac")
    known, last = set[Any](), 0
    for snapshot in loot.snapshots:
        receipts = snapshot.by(RECEIPT, "submission_hmac")
        came = sorted((row for row in snapshot.tables[WAITING] if row["id"] not in known), key=born)
        known.update(row["id"] for row in came)
        for person in range(last, snapshot.answered):
            digests = loot.people[person]
            traces[person][SLIP] = slips[digests["token"]]
            traces[person][RECEIPT] = receipts[digests["submission"]]
            if len(came) == snapshot.answered - last:
                traces[person][WAITING] = came[person - last]
        last = snapshot.answered
    return traces


# --- orders --------------------------------------------------------------------------------------------------

PEOPLE: dict[str, Callable[[int, dict[str, Row]], Any]] = {
    "when they answered": lambda person, rows: person,
    "place of the slip": lambda person, rows: place(rows[SLIP]),
    "key of the slip": lambda person, rows: str(rows[SLIP]["id"]),
    "place of the receipt": lambda person, rows: born(rows[RECEIPT]),
    "key of the receipt": lambda person, rows: str(rows[RECEIPT]["id"]),
    "digest of the receipt": lambda person, rows: rows[RECEIPT]["submission_hmac"],
    "place of the waiting answer": lambda person, rows: (
        place(rows[WAITING]) if WAITING in rows else (person,)
    ),
    "key of the waiting answer": lambda person, rows: str(rows.get(WAITING, {}).get("id", person)),
    "sealed bytes": lambda person, rows: bytes(rows.get(WAITING, {}).get("sealed", b"")),
}
SHEETS: dict[str, Callable[[Row, Loot], Any]] = {
    "transaction and place": lambda row, loot: born(row),
    "place": lambda row, loot: place(row),
    "place, backwards": lambda row, loot: tuple(-part for part in place(row)),
    # A key of version 7 begins with its time.
    "key": lambda row, loot: str(row["id"]),
    "content": lambda row, loot: row.get("answers") or row.get("text"),
    "the database's log": lambda row, loot: (loot.log_order.get(str(row["#ctid"]), 0), place(row)),
}
STRATEGIES = [(people, sheets) for people in PEOPLE for sheets in SHEETS]
Guess = dict[int, str]


def by_orders(strategy: tuple[str, str], loot: Loot, target: str) -> Guess:
    """Pair people and sheets off by their ranks in the two orders."""
    people_key, sheet_key = PEOPLE[strategy[0]], SHEETS[strategy[1]]
    guess = {}
    for batch in batches(loot, target):
        people = sorted(batch.people, key=lambda each: people_key(*each))
        rows = sorted(batch.rows, key=lambda row: sheet_key(row, loot))
        guess |= {person: row[TARGETS[target]] for (person, _), row in zip(people, rows, strict=False)}
    return guess


def by_one_place(loot: Loot, target: str) -> Guess:
    """Pair off wherever one row, line or file names both: something of a slip, and a sheet or its key."""
    owners: dict[str, int] = {}
    for person, rows in enumerate(_traces(loot)):
        names = [*loot.people[person].values(), *(str(row["id"]) for row in rows.values())]
        owners |= {name.replace("-", "").lower(): person for name in names}
    contents = {}
    for row in loot.snapshots[-1].tables[target]:
        text = row[TARGETS[target]]
        contents |= {text: text, str(row["id"]).replace("-", "").lower(): text}
    guess = {}
    for words in _words(loot):
        named, said = words & owners.keys(), words & contents.keys()
        if len(named) == 1 and len(said) == 1:
            guess[owners[named.pop()]] = contents[said.pop()]
    return guess


@cache
def _words(loot: Loot) -> list[set[str]]:
    """What could be a key, a digest or an answer in each row, line and file; what is the same is read once."""
    rows = (row for snapshot in loot.snapshots for rows in snapshot.tables.values() for row in rows)
    units = dict.fromkeys([*map(str, rows), *loot.written])
    return [{_plain(word) for word in WORD.findall(unit)} for unit in units]


def _plain(word: str) -> str:
    """Keys and digests in one spelling, with or without hyphens."""
    return word.replace("-", "").lower() if "-" in word or len(word) >= 32 else word


class Learned:
    """Guesses the place a sheet went to from where sheets of the same rank went to in the rehearsals."""

    def __init__(self) -> None:
        self.went: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)

    def rehearse(self, loot: Loot, truth: Guess, target: str) -> None:
        """Look at one occasion of which everything is known."""
        for batch in batches(loot, target):
            ranks = {row[TARGETS[target]]: at for at, row in enumerate(sorted(batch.rows, key=born))}
            for at, (person, _) in enumerate(batch.people):
                if truth.get(person) in ranks:
                    self.went[len(batch.rows), at][ranks[truth[person]]] += 1

    def guess(self, loot: Loot, target: str) -> Guess:
        """For each person the sheet at the place that was most frequent for this rank."""
        found = {}
        for batch in batches(loot, target):
            rows = sorted(batch.rows, key=born)
            for at, (person, _) in enumerate(batch.people):
                seen = self.went[len(rows), at].most_common(1)
                if seen:
                    found[person] = rows[seen[0][0]][TARGETS[target]]
        return found


class Attacker:
    """Tries everything on rehearsals, then uses what was best."""

    def __init__(self, rehearsals: list[tuple[Loot, Guess]], target: str) -> None:
        self.target = target
        learned = Learned()
        # The last rehearsals are kept back from learning, to see what the learning is worth.
        half = (len(rehearsals) + 1) // 2
        for loot, truth in rehearsals[:half]:
            learned.rehearse(loot, truth, target)
        self.ways: dict[str, Callable[[Loot], Guess]] = {
            "one place that names both": lambda loot: by_one_place(loot, target),
            "what was learned": lambda loot: learned.guess(loot, target),
        }
        for strategy in STRATEGIES:
            self.ways[" / ".join(strategy)] = lambda loot, strategy=strategy: by_orders(
                strategy, loot, target
            )
        worth = {name: sum(self.hits(name, *each) for each in rehearsals[half:]) for name in self.ways}
        self.best = max(worth, key=worth.__getitem__) if rehearsals[half:] else ""

    def hits(self, way: str, loot: Loot, truth: Guess) -> int:
        """How many people's answers one way finds."""
        return sum(truth.get(person) == said for person, said in self.ways[way](loot).items())
