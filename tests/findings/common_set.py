"""The judging set of common problems: 60 problems as up to sixteen people word them, and others that look alike.

Judged by reading alone. On ``TUNED_ON`` words of the field were collected and weights were chosen. Of ``HELD_OUT``
only the figures were seen while weights were chosen, never its wordings. ``LAST_LOOK``, other clerks and half of it
problems that stand in neither, was written before words and weights were last changed and measured once afterwards.

``filled`` puts towns, villages, persons, sums and years into the wordings, so that these stand everywhere and decide
nothing; the structure is as people leave it: not everybody names check point and basis, and some file a paper under
a neighbour's category.
"""

import random
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

TUNED_ON, HELD_OUT, LAST_LOOK = "common_problems.txt", "common_held_out.txt", "common_last_look.txt"

TOWNS = {
    town: tuple(f"{name}村" for name in names.split())
    for town, names in {
        "青石镇": "云溪 石塘 东岭 柳湾 上坪 枫林 古井 梅岭 双桥 沙洲",
        "白鹭镇": "南浦 北塘 竹园 河西 新屋 大樟 长垄 茶亭 下洋 高桥",
        "平川乡": "桐木 金坑 罗家 黄泥 水口 杨梅 西山 龙门 月塘 牛角",
        "临江街道": "江背 渡口 花桥 老街 杉树 田心 荷塘 桂花 马鞍 石桥",
    }.items()
}
_PERSONS = "赵长顺、钱有根、孙满仓、李水旺、周秋生、吴桂莲、郑某某、王某、冯某、陈某甲、褚老三、卫大田"
_SUMS = "3.2万元、12,000元、8650.50元、叁万元、45万余元、6万多元、1200元、九千八百元、128,400.00元"


@dataclass(frozen=True)
class Wording:
    """One paper of the set: the problem it tells of, empty for one that stands alone."""

    problem: str
    title: str
    summary: str
    second: str
    point: str
    basis: tuple[str, ...]
    village: str
    town: str


@dataclass(frozen=True)
class _Line:
    title: str
    summary: str
    second: str
    point: str
    problem: str = ""


@dataclass(frozen=True)
class Problem:
    """What stands below one heading of the file."""

    key: str
    second: str
    point: str
    basis: tuple[str, ...]
    wordings: tuple[_Line, ...]
    others: tuple[_Line, ...]


def problems(part: str) -> list[Problem]:
    """A part of the set as written."""
    lines = (Path(__file__).parent / part).read_text("utf-8").splitlines()
    blocks: list[list[str]] = []
    for line in lines:
        if line.startswith("["):
            blocks.append([line])
        elif line and not line.startswith("#"):
            blocks[-1].append(line)
    return [_problem(*block) for block in blocks]


def _problem(heading: str, *lines: str) -> Problem:
    key, second, point, *basis = heading.split()
    wordings = [
        _Line(*line.split("｜"), second, point, key.strip("[]")) for line in lines if not line.startswith("!")
    ]
    others = [_other(line) for line in lines if line.startswith("!")]
    return Problem(key.strip("[]"), second, point, tuple(basis), tuple(wordings), tuple(others))


def _other(line: str) -> _Line:
    _, second, point, words = line.split(maxsplit=3)
    problem, words = words[1:].split(maxsplit=1) if words.startswith("=") else ("", words)
    return _Line(*words.split("｜"), second, point.strip("-"), problem)


def filled(*parts: str, seed: int = 1) -> list[Wording]:
    """The wordings of ``parts``; those below one heading come from different villages."""
    chance, found = random.Random(seed), []
    everywhere = [(town, village) for town, villages in TOWNS.items() for village in villages]
    for problem in chain.from_iterable(map(problems, parts)):
        rows = (*problem.wordings, *problem.others)
        places = chance.sample(everywhere, len(rows))
        found += [_fill(chance, problem, line, *place) for line, place in zip(rows, places, strict=True)]
    chance.shuffle(found)
    return found


def _fill(chance: random.Random, problem: Problem, line: _Line, town: str, village: str) -> Wording:
    slots = {
        "村": village, "镇": town, "人": chance.choice(_PERSONS.split("、")), "钱": chance.choice(_SUMS.split("、")),
        "年": str(chance.randint(2019, 2025)), "月": str(chance.randint(1, 12)), "数": str(chance.randint(2, 15)),
        "组": f"第{chance.choice('一二三四五六七八')}村民小组",
    }  # fmt: skip
    second = line.second if chance.random() < 0.9 else f"{line.second[0]}{chance.randint(1, 3)}"
    point = line.point if chance.random() < 0.5 else ""
    basis = problem.basis if chance.random() < 0.6 else ()
    title, summary = line.title.format(**slots), line.summary.format(**slots)
    return Wording(line.problem, title, summary, second, point, basis, village, town)
