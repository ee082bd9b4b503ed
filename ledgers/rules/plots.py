"""Which place is meant: plot names as written by different hands made comparable, with the part of the plot named."""

import re
import unicodedata
from dataclasses import dataclass

from core.text import says

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_NUMBER = re.compile(r"第?([一二三四五六七八九十]+|\d+)(?=[号组片块段间层,])")
_BRACKETS = re.compile(r"(?P<whole>[^()]+)\((?P<part>[^()]+)\)")
_SIDE = "(东|南|西|北|上|下|前|后|左|右|中|内|外|里)+(片|部|侧|边|半|段|块|区|头|面|半部|半边|部分)"
_NUMBERED = re.compile(r"\d+(,\d+)*[号片块段层]")
_TAIL = re.compile(rf"(?P<whole>.+?)(?P<part>{_SIDE}|\d+([-,]\d+)*[号片块段层])")
# Words for a kind of thing of which a village has many: they name no place.
_ANY = re.compile(
    r"(本村|全村|村里|村集体|集体|村)?的?((鱼塘|水塘|水面|门面|店面|门店|商铺|铺面|房屋|摊位)"
    r"|(\d+组)?(山林|林地|山场|耕地|水田|旱地|机动地|土地|荒山|荒地|四荒))?(\d+|[一二两三四五六七八九十]+)?(亩|间|口|处)?"
)
_SORTS = {
    "building": ("门面", "店", "铺", "房", "厂", "仓库", "摊位", "市场", "校舍", "办公"),
    "water": ("塘", "水面", "水库", "湖", "堰"),
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A place: the whole plot, empty when none is named, and the part of it where one is named."""

    whole: str
    part: str = ""

    def overlaps(self, other: "Plot") -> bool:
        """Whether the two can cover the same ground: two named parts do so only if they share something."""
        if not self.whole or self.whole != other.whole:
            return False
        return (
            not (self.part and other.part)
            or self.part == other.part
            or _share_a_number(self.part, other.part)
        )


def plot(text: str) -> Plot:
    """The place meant by ``text``; brackets, a side (北片) or a number at the end (2号) name a part."""
    plain = re.sub(r"[\s。·．.]", "", unicodedata.normalize("NFKC", text)).replace("、", ",")
    plain = _NUMBER.sub(_arabic, plain)
    found = _BRACKETS.fullmatch(plain) or _TAIL.fullmatch(plain)
    if found:
        return Plot(found["whole"], found["part"])
    return Plot("" if _ANY.fullmatch(plain) else plain)


def sort_of(kind: str) -> str:
    """Whether what is let is a building, water or land; empty when nothing is said."""
    found = (sort for sort, words in _SORTS.items() if says(kind, words))
    return next(found, "land") if kind else ""


def same_sort(one: str, other: str) -> bool:
    """Whether two kinds may be one thing; a kind not said may be any."""
    return len({sort_of(one), sort_of(other)} - {""}) < 2


def _share_a_number(one: str, other: str) -> bool:
    """Numbered parts listed together: 1,2号 shares 2号."""
    if not (_NUMBERED.fullmatch(one) and _NUMBERED.fullmatch(other) and one[-1] == other[-1]):
        return False
    return bool(set(one[:-1].split(",")) & set(other[:-1].split(",")))


def _arabic(found: re.Match[str]) -> str:
    text = found[1]
    if text.isdecimal():
        return text
    tens, ten, ones = text.rpartition("十")
    return str((_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0))
