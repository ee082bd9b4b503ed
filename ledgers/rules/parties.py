"""Whether the other side of a contract was close to the village's leaders when it was agreed."""

import datetime as dt
from dataclasses import dataclass

from ledgers.rules.persons import Match, Persons
from ledgers.rules.rule import Severity


@dataclass(frozen=True, slots=True)
class Close:
    """A party that is a cadre or near kin; ``then`` whether that cadre was in office on the day, as far as known."""

    match: Match
    then: bool

    @property
    def severity(self) -> Severity:
        """A name alone, or a cadre of another time, is only a hint."""
        return Severity.DOUBT if self.then and self.match.sure else Severity.HINT

    @property
    def told(self) -> str:
        """Who the party is, in words that follow its name."""
        told = self.match.told if not self.match.sure else f"是{self.match.told}"
        return told if self.then else f"{told}（签订时不在任）"


def close(persons: Persons, name: str, mark: str, day: dt.date | None) -> Close | None:
    """The cadre or kin meant, those in office on ``day`` first."""
    if then := persons.who(name, mark, day):
        return Close(then, True)
    ever = persons.who(name, mark)
    return Close(ever, False) if ever else None
