"""Clues about persons of both demo rounds, all invented: one in each state that waits for somebody, two from before."""

import datetime as dt
from typing import Any, NamedTuple

from core import clock
from findings import services
from findings.models import Clue, ClueMode
from inspection.demo import cast
from villages.models import Round, User, VillageInspection

SIGNED, APPROVED, HANDED, RECEIVED, HANDLING, ANSWERED, CLOSED = range(1, 8)


class Told(NamedTuple):
    """One clue: where, about whom, what, how far it came, and how many days ago its team wrote it."""

    village: str
    person: tuple[str, str, str]
    title: str
    facts: str
    disciplines: tuple[str, ...]
    category: str
    sources: str
    far: int
    ago: int


EARLIER = (
    Told(
        "白沙洲村", ("瞿怀远", "村委会原副主任", "中共党员"), "虚报机耕道工程量",
        "2022年机耕道硬化工程验收单记长1200米，现场丈量860米，多结算的4.1万元由施工方分两次转回其个人账户。",
        ("integrity",), "E", "工程验收单、现场丈量记录、银行流水", CLOSED, 330,
    ),
    Told(
        "竹坞村", ("宗明德", "村民小组长", "群众"), "冒领已故人员补贴",
        "2021年至2023年以两名已故老人名义领取种粮补贴共5260元，存折由其保管。整改回访时比对部门名单发现。",
        ("integrity", "masses"), "E", "死亡注销名单比对、存折复印件、谈话摘录", HANDLING, 76,
    ),
)  # fmt: skip
RUNNING = (
    Told(
        "石塘村", ("石长庚", "村委会委员、原报账员", "中共党员"), "收取承包费不入账",
        "2024年至2025年以白条收取山塘承包费共2.8万元，未交村账，其中1.5万元转入个人银行卡。",
        ("integrity", "work"), "E", "收据存根、承包合同、与承包人谈话摘录", RECEIVED, 9,
    ),
    Told(
        "云溪村", ("梁伯言", "村务监督委员会主任", "中共党员"), "以亲属名义承揽村级工程",
        "2025年文化广场铺装工程由其妻弟登记的施工队承揽，未经比价，合同签订日期晚于开工日期。",
        ("integrity", "organisational"), "E", "合同、会议记录、工商登记信息、问题底稿", SIGNED, 4,
    ),
    Told(
        "新港社区", ("岑立舟", "社区党委委员", "中共党员"), "收受服务对象礼金",
        "2025年春节前后两次收受物业公司负责人礼金共6000元，事后为其续签保洁合同提供便利。",
        ("integrity",), "D", "谈话摘录、转账截图", HANDED, 12,
    ),
    Told(
        "东岭社区", ("鲍思齐", "居民小组长", "群众"), "优亲厚友安排公益岗位",
        "2024年三个公益性岗位中有两个安排给其直系亲属，考勤表由其一人代签。",
        ("masses",), "D", "考勤表、岗位审批表", 0, 2,
    ),
)  # fmt: skip


def told(number: int) -> Round:
    """The clues of one round, each as far as it has come."""
    villages = {row.village.name: row for row in cast.inspections(number)}
    for row in EARLIER if number == 4 else RUNNING:
        _carry(_opened(villages[row.village], row), row)
    return cast.the_round(number)


def _people(row: VillageInspection | Clue) -> tuple[User, User]:
    plan = cast.plan_of(row.team)
    return cast.person(plan.leader), cast.person(plan.deputy)


def _opened(inspection: VillageInspection, row: Told) -> Clue:
    """By the deputy where nobody has signed yet, else by the leader, who then names the deputy."""
    leader, deputy = _people(inspection)
    category = inspection.round.scheme.categories.filter(code=row.category).first()
    name, post, politics = row.person
    values = {
        "title": row.title,
        "persons": [
            {"name": name, "unit": row.village, "post": post, "rank": "", "politics": politics}
        ],
        "facts": row.facts, "disciplines": list(row.disciplines), "sources": row.sources,
        "category": {"id": str(category.pk), "name": category.name} if category else "",
        "note": "上列材料复印件各1份，原件由巡察组保管",
    }  # fmt: skip
    with clock.held(_day(row.ago)):
        clue = services.open_clue(actor=leader if row.far else deputy, inspection=inspection, values=values)
        if row.far == SIGNED:
            reason = "由其核对合同和会议记录"
            services.add_clue_reader(actor=leader, clue=clue, user=deputy, reason=reason)
    return clue


def _carry(clue: Clue, row: Told) -> None:
    leader, _ = _people(clue)
    head, receiver = cast.head(), cast.person("jiwei")
    double = row.village == "新港社区"
    given: dict[str, Any] = {"clue": clue}
    ways = [
        (0, lambda: services.sign_clue(actor=leader, **given)),
        (
            1,
            lambda: services.approve_clue(
                actor=head, receiver=receiver, mode=ClueMode.DOUBLE if double else ClueMode.SINGLE,
                second_unit="青岚区委组织部" if double else "", text="同意移交。", **given,
            ),
        ),
        (1, lambda: services.hand_over_clue(actor=head, **given)),
        (2, lambda: services.receive_clue(actor=receiver, **given)),
        (
            4,
            lambda: services.dispose_clue(
                actor=receiver, disposal="verify", opinion="由审查调查室初步核实。", **given
            ),
        ),
        (
            60,
            lambda: services.answer_clue(
                actor=receiver, handling="成立核查组，调取账目、银行流水，与本人和相关人员谈话。",
                result="给予党内警告处分，违纪所得已收缴。", **given,
            ),
        ),
        (62, lambda: services.step_clue(actor=head, step="close", text="结果已登记。", **given)),
    ]  # fmt: skip
    for after, way in ways[: row.far]:
        with clock.held(_day(row.ago - after)):
            way()


def _day(ago: int) -> dt.date:
    return clock.today() - dt.timedelta(days=ago)
