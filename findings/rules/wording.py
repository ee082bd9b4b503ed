"""Chinese wording in pairs of characters: what two papers share, and which pairs say nothing about the matter."""

import re

# Letters of any script in a row; digits and the words of dates say nothing about the matter.
_RUN = re.compile(r"[^\W\d_年月日]+")
# What every paper says: pairs of characters that make no two of them alike.
COMMON = frozenset(
    ("问题", "情况", "规范", "不规", "到位", "不到", "不严", "不足", "存在", "没有",
     "村级", "村委", "委会", "本村", "有关", "相关", "工作", "至今")
)  # fmt: skip
# Particles that belong to no word when they stand at its end.
_PARTICLES = "的个了"


def runs(text: str) -> list[str]:
    """Letters in a row."""
    return _RUN.findall(text)


def pairs_of(run: str) -> list[str]:
    """Every two characters that stand side by side in ``run``, in order."""
    return [run[i : i + 2] for i in range(len(run) - 1)]


def pairs(text: str) -> set[str]:
    """The pairs of ``text`` that say something."""
    return {pair for run in runs(text) for pair in pairs_of(run)} - COMMON


def bare(word: str) -> str:
    """``word`` without the particles at its ends."""
    return word.strip(_PARTICLES)
