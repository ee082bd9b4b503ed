"""Experience the demo's teams wrote down for each other: some given out and tried, one still a draft."""

from typing import Any

from findings import services
from findings.models import Finding, Tip
from inspection.demo import cast
from inspection.demo.fieldwork import members
from prep.models import CheckPoint
from villages.models import Round

# What any team may find anywhere: no person, no place.
METHODS = (
    (
        "E1",
        "收据开了，钱没有进村账",
        "先把三年的收据存根收齐，按号排好看有没有缺号；再逐张对银行流水和收入明细账；对不上的只问经手人什么时候交、交给谁。",
        "收据存根、银行流水、收入明细账",
    ),
    (
        "D2",
        "公示的内容和账上的不是一回事",
        "把公示栏照片按日期排好，挑五项和凭证逐项比；再请两三名村民说说看没看到、看不看得懂，比问村里有没有公示管用。",
        "公示照片、记账凭证、入户记录",
    ),
    (
        "C2",
        "会议记录集中补写",
        "同一支笔、同一种口气、连着几次没有改动的要留意；拿当天的签到、照片和参会人说的内容对一对。",
        "会议记录原件、签到表、谈话记录",
    ),
    (
        "E4",
        "工程验收在前、完工在后",
        "把合同、变更、验收、付款四个日期列成一行；再到现场量一量，与结算工程量比。",
        "合同、验收单、付款凭证、现场丈量记录",
    ),
)


def exchange(number: int) -> Any:
    """Write down experience from confirmed papers of a round; the last one stays a draft."""
    round_ = cast.the_round(number)
    made = [_write(round_, code, words) for code, *words in METHODS]
    for tip in made[:-1]:
        plan = cast.plan_of(tip.team)
        services.share_tip(actor=cast.person(plan.leader), tip=tip, revision=tip.revision)
    services.rate_tip(actor=cast.office(), tip=Tip.objects.get(pk=made[0].pk), helped=True)
    return round_


def _write(round_: Round, code: str, words: list[str]) -> Tip:
    """From the first confirmed paper of the category that has none yet, by a member of its team."""
    rows = Finding.objects.confirmed().filter(round=round_, subcategory__code=code, tip=None)
    paper = rows.select_related("inspection__town", "team", "watch_item").order_by("id")[0]
    point = CheckPoint.objects.filter(library__status="current", category=code).order_by("order", "code")[0]
    values = dict(zip(services.TIP_FIELDS, words, strict=True))
    return services.write_tip(actor=members(paper.inspection)[0], finding=paper, point=point, values=values)
