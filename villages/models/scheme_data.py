"""Further category schemes as data: 三个聚焦 and 四个落实, each category with what it takes in of the five aspects."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CategorySeed:
    """One category; ``covers`` are codes of the five aspects."""

    code: str
    name: str
    short: str = ""
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class SchemeSeed:
    """A scheme with its categories, each first level before its second ones."""

    code: str
    name: str
    categories: tuple[CategorySeed, ...]


_C = CategorySeed

SCHEMES: tuple[SchemeSeed, ...] = (
    SchemeSeed(
        "focus",
        "三个聚焦",
        (
            _C("F", "聚焦党的路线方针政策和决策部署在基层落实", "落实", ("A", "B")),
            _C("F1", "决策部署落实", covers=("A1",)),
            _C("F2", "党组织领导作用", covers=("A2",)),
            _C("F3", "政治敏锐性和意识形态", covers=("A3", "B1")),
            _C("F4", "教育引导群众", covers=("B2",)),
            _C("G", "聚焦群众身边腐败问题和不正之风", "腐败作风", ("D", "E")),
            _C("G1", "资金资产管理", covers=("E1", "E2")),
            _C("G2", "资源合同管理", covers=("E3",)),
            _C("G3", "工程项目", covers=("E4",)),
            _C("G4", "惠民资金", covers=("E5",)),
            _C("G5", "干部廉洁", covers=("E6",)),
            _C("G6", "为民服务和公开监督", covers=("D1", "D2")),
            _C("G7", "形式主义和违反八项规定精神", covers=("D3", "D4")),
            _C("H", "聚焦基层党组织软弱涣散和干部队伍建设", "组织队伍", ("C",)),
            _C("H1", "组织生活", covers=("C1",)),
            _C("H2", "党员队伍", covers=("C2",)),
            _C("H3", "班子和干部队伍", covers=("C3",)),
            _C("R", "整改落实", "整改", ("R",)),
            _C("R1", "上轮问题整改", covers=("R1",)),
        ),
    ),
    SchemeSeed(
        "four",
        "四个落实",
        (
            _C("S", "落实党的理论和路线方针政策及重大决策部署", "决策部署", ("A", "B")),
            _C("S1", "决策部署落实", covers=("A1",)),
            _C("S2", "领导作用和政治敏锐性", covers=("A2", "A3")),
            _C("S3", "意识形态责任", covers=("B1",)),
            _C("S4", "教育引导群众", covers=("B2",)),
            _C("T", "落实全面从严治党战略部署", "从严治党", ("D", "E")),
            _C("T1", "作风和为民服务", covers=("D1", "D3")),
            _C("T2", "公开和监督", covers=("D2",)),
            _C("T3", "中央八项规定精神", covers=("D4",)),
            _C("T4", "资金资产资源管理", covers=("E1", "E2", "E3")),
            _C("T5", "工程项目", covers=("E4",)),
            _C("T6", "惠民资金", covers=("E5",)),
            _C("T7", "干部廉洁", covers=("E6",)),
            _C("U", "落实新时代党的组织路线", "组织路线", ("C",)),
            _C("U1", "组织生活", covers=("C1",)),
            _C("U2", "党员队伍", covers=("C2",)),
            _C("U3", "班子队伍", covers=("C3",)),
            _C("V", "落实巡视审计等监督发现问题整改", "整改", ("R",)),
            _C("V1", "上轮问题整改", covers=("R1",)),
        ),
    ),
)
