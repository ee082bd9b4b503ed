"""The hints of survey tables by kind: what each is called, and which are looked at first."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

# By the rule's code, worst first: money that is gone or doubtful, then kin and procedure, then things without papers
# or use, last what was only written down wrongly.
KINDS = {
    "A1": "账实不符",
    "G3": "多付工程款",
    "H1": "同一人重复登记",
    "H2": "一个账号几个人用",
    "G1": "结算超合同价",
    "G4": "没有验收就付清",
    "E4": "欠收租金",
    "G2": "应招标没有招标",
    "E9": "承租方与村干部有关系",
    "H3": "受益人与村干部有关系",
    "E7": "先签合同后开会",
    "D2": "资源被占用",
    "C2": "出租、出借没有合同",
    "D3": "使用资源没有合同",
    "C3": "资产没有入账",
    "D1": "面积与账面不符",
    "B1": "往来长期挂账",
    "E3": "合同到期",
    "E2": "合同期限过长",
    "E6": "发包缺程序",
    "H4": "没有公示",
    "E8": "口头约定",
    "C1": "资产闲置",
    "D4": "资源闲置",
    "E1": "合同起止日期写错",
    "G5": "工程日期写错",
    "B2": "往来日期写错",
    "E5": "递增没有写成比例",
}
_RANK = {rule: place for place, rule in enumerate(KINDS)}


class HintKind(NamedTuple):
    """Hints of one kind with what belongs to each, in the order they came."""

    label: str
    found: list[Any]


def by_kind(found: Iterable[Any], rule: Callable[[Any], str]) -> list[HintKind]:
    """``found`` in kinds, the worst kind first; ``rule`` tells the code of one of them."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for one in found:
        groups[rule(one)].append(one)
    return [HintKind(KINDS[code], groups[code]) for code in sorted(groups, key=_RANK.__getitem__)]
