"""From the papers of a round to groups of common problems, and where one more paper would stand."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from statistics import fmean

from findings.rules.common.clusters import Cluster, Clusters, Edge
from findings.rules.common.index import Index
from findings.rules.common.keywords import keywords
from findings.rules.common.shelf import profile
from findings.rules.common.texts import Decisions, Group, Pair, Proposal, Share, Text
from findings.rules.wording import runs

# Papers are proposed together when they are so alike on the average; found with a set of papers judged by hand.
ENOUGH = 0.77
_VILLAGES = 2
# A new paper is compared with so many of a group.
_COMPARED = 40
# A title without names is looked for among so many of the most typical papers.
_TYPICAL = 10
_UNDECIDED = Decisions()


class Common:
    """The papers of a round and what people decided: proposes groups, and places papers that come later.

    ``towns``: the town of every village of the round, also of those without a paper; ``names``: more words that stand
    for places and persons and must not decide; ``points``: the library of check points, with the code as key.
    """

    def __init__(
        self,
        texts: Iterable[Text],
        towns: Mapping[str, str],
        names: Iterable[str] = (),
        points: Iterable[Text] = (),
        decisions: Decisions = _UNDECIDED,
        told: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._towns, self._named = towns, decisions.named
        self._index = Index(texts, {*names, *towns, *towns.values()}, points, decisions)
        self._number = {paper.text.key: number for number, paper in enumerate(self._index.papers)}
        self._clusters = Clusters(self._index.papers, self._numbers(decisions.apart))
        for one, other in self._numbers(decisions.together):
            self._clusters.join(one, other)
        self._clusters.agglomerate(self._edges(told), ENOUGH)

    def _numbers(self, pairs: Iterable[Pair]) -> list[tuple[int, int]]:
        """Pairs of papers that are still there."""
        known = self._number
        return sorted((known[one], known[other]) for one, other in pairs if one in known and other in known)

    def _edges(self, told: Callable[[int, int], None]) -> Iterator[Edge]:
        total = len(self._index.papers)
        for number, paper in enumerate(self._index.papers):
            told(number, total)
            for alike, other in self._index.nearest(paper):
                yield alike, number, other

    # --- one more paper -------------------------------------------------------------------------------------

    def place(self, text: Text) -> tuple[str, ...]:
        """The papers ``text`` would stand with, as they are grouped now; empty when it stays single. Keeps nothing."""
        return tuple(self._index.papers[number].text.key for number in self._beside(text))

    def add(self, text: Text) -> tuple[str, ...]:
        """Take a new paper in; the papers it now stands with."""
        beside = self._beside(text)
        number = self._number[text.key] = self._index.add(self._index.paper(text))
        self._clusters.grow()
        if beside:
            self._clusters.join(beside[0], number)
        return tuple(self._index.papers[other].text.key for other in beside)

    def _beside(self, text: Text) -> list[int]:
        paper = self._index.paper(text)
        near = (other for alike, other in self._index.nearest(paper) if alike >= ENOUGH)
        best, found = ENOUGH, []
        for root in dict.fromkeys(map(self._clusters.find, near)):
            members = self._clusters.of(root).members
            others = [other for other in members if self._index.papers[other].text.key != text.key]
            if (alike := fmean(self._index.alike(paper, others[:_COMPARED]))) >= best:
                best, found = alike, others
        return found

    # --- the whole ------------------------------------------------------------------------------------------

    def proposal(self) -> Proposal:
        """Groups over at least two villages, the widest first, and everything else."""
        wide, singles = [], []
        for cluster in self._clusters.groups():
            if len(self._villages(cluster)) < _VILLAGES:
                singles += cluster.members
            else:
                wide.append(cluster)
        names = self._names(wide)
        groups = [self._group(cluster, names.get(position, "")) for position, cluster in enumerate(wide)]
        groups.sort(key=lambda group: (-group.villages, -len(group.members), group.label))
        words = {word for group in groups for word in group.profile["words"]}
        words.update(*self._index.library.values())
        left = tuple(self._index.papers[number].text.key for number in singles)
        return Proposal(tuple(groups), left, self._index.scale.part(words))

    def _villages(self, cluster: Cluster) -> set[str]:
        return {self._index.papers[number].text.village for number in cluster.members}

    def _names(self, clusters: list[Cluster]) -> dict[int, str]:
        """By position the name people gave: it stays with the group that has the most of its papers."""
        place = {number: position for position, cluster in enumerate(clusters) for number in cluster.members}
        claims = []
        for name, keys in self._named.items():
            numbers = (self._number[key] for key in keys if key in self._number)
            counts = Counter(place[number] for number in numbers if number in place)
            claims += [(count, name, position) for position, count in counts.most_common(1)]
        return {position: name for _, name, position in sorted(claims)}

    def _group(self, cluster: Cluster, name: str) -> Group:
        middle = cluster.words
        typical = sorted(
            (self._index.papers[number] for number in cluster.members),
            key=lambda paper: -sum(weight * middle[word] for word, weight in paper.vector().items()),
        )
        texts = [paper.text for paper in typical]
        return Group(
            name or self._label(texts),
            tuple(text.key for text in texts),
            self._keywords(texts),
            self._shares(self._villages(cluster)),
            len(self._villages(cluster)),
            profile(cluster),
        )

    def _label(self, texts: list[Text]) -> str:
        """The title of the most typical paper that names no place, person or sum."""
        read = self._index.reader.rows
        plain = (text.title for text in texts[:_TYPICAL] if read(text.title) == runs(text.title))
        return next(plain, "") or "，".join(read(texts[0].title)) or texts[0].title

    def _keywords(self, texts: list[Text]) -> tuple[str, ...]:
        read = self._index.reader.rows
        return keywords([read(f"{text.title}\n{text.summary}") for text in texts], self._index.telling)

    def _shares(self, villages: set[str]) -> tuple[Share, ...]:
        """Of every town that has it: how many villages, of how many in the round."""
        inspected = Counter(self._towns.values())
        found = Counter(self._towns[village] for village in villages if village in self._towns)
        shares = [Share(town, count, inspected[town]) for town, count in found.items()]
        return tuple(sorted(shares, key=lambda share: (-share.villages, share.town)))
