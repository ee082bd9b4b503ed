"""Average-link clustering along the nearest neighbours: two groups join when their papers are alike on the average.

So a group does not run on from neighbour to neighbour. The average needs no look at every pair of papers: the sum of
two groups' weights times each other is the sum over all the pairs.
"""

from collections import Counter
from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from findings.rules.common.index import Paper
from findings.rules.common.structure import worth

Edge = tuple[float, int, int]
# Sums of rounded numbers differ by less than this.
_SLACK = 1e-4


class Cluster:
    """Numbers of papers, the sum of their weighed words, how many of them have each facet."""

    __slots__ = ("facets", "members", "words")

    def __init__(self, number: int, paper: Paper) -> None:
        self.members = [number]
        self.words = paper.vector()
        self.facets = Counter(paper.facets)

    def take(self, other: "Cluster") -> None:
        """Take all of another one in."""
        self.members += other.members
        for word, weight in other.words.items():
            self.words[word] = self.words.get(word, 0.0) + weight
        self.facets.update(other.facets)

    def link(self, other: "Cluster") -> float:
        """How alike the papers of two groups are on the average."""
        few, many = sorted((self.words, other.words), key=len)
        alike = sum(weight * many[word] for word, weight in few.items() if word in many)
        alike += sum(count * other.facets[facet] * worth(facet) for facet, count in self.facets.items())
        return alike / (len(self.members) * len(other.members))


class Clusters:
    """Every paper in a group of its own, until they are joined; ``apart`` never stand in one group."""

    def __init__(self, papers: list[Paper], apart: Iterable[tuple[int, int]] = ()) -> None:
        self._papers = papers
        self._parent = list(range(len(papers)))
        self._made: dict[int, Cluster] = {}
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def find(self, number: int) -> int:
        """The paper that stands for the group ``number`` is in."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def of(self, number: int) -> Cluster:
        """The group of a paper; one that is alone is made anew each time, which saves memory."""
        root = self.find(number)
        return self._made.get(root) or Cluster(root, self._papers[root])

    def grow(self) -> None:
        """A paper was added to the list: it stands alone."""
        self._parent.append(len(self._parent))

    def join(self, one: int, other: int) -> None:
        """Make one group of two, unless somebody said that two of their papers are not one problem."""
        one, other = self.find(one), self.find(other)
        mine, theirs = self.of(one), self.of(other)
        if one == other or self._forbidden(theirs, one):
            return
        if len(mine.members) < len(theirs.members):
            one, other, mine, theirs = other, one, theirs, mine
        mine.take(theirs)
        self._parent[other] = one
        self._made[one] = mine
        self._made.pop(other, None)

    def _forbidden(self, cluster: Cluster, root: int) -> bool:
        wary = (self._apart[member] for member in cluster.members if member in self._apart)
        return any(self.find(enemy) == root for enemies in wary for enemy in enemies)

    def agglomerate(self, edges: Iterable[Edge], enough: float) -> None:
        """Join along ``edges`` (likeness, paper, paper), the most alike first, as long as the average is enough.

        By joining an average only comes to lie between those it is made of; so what is on top after it was weighed
        again is the best there is.
        """
        heap = [(-alike, one, other) for alike, one, other in edges if alike >= enough]
        heapify(heap)
        while heap:
            promised, one, other = heappop(heap)
            one, other = self.find(one), self.find(other)
            if one == other:
                continue
            alike = self.of(one).link(self.of(other))
            if alike >= -promised - _SLACK:
                self.join(one, other)
            elif alike >= enough:
                heappush(heap, (-alike, one, other))

    def groups(self) -> list[Cluster]:
        """Every group, single papers as well, in the order of their first papers."""
        return [self.of(root) for root in dict.fromkeys(map(self.find, range(len(self._parent))))]
