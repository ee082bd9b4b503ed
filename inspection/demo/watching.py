"""Watch lists and their library in the demo: items of every origin, a draft of the next version in work."""

import datetime as dt
from typing import Any

from core import clock
from findings.selectors.watch import earlier_problems, first_words
from findings.services import create_finding, take_over_earlier
from inspection.demo import cast
from prep import services
from prep.models import CheckPoint, CheckPointLibrary, Origin, WatchItem, WatchStatus
from prep.services import WatchSeed
from villages.access import is_recused
from villages.models import User, VillageInspection

LETTERS = (
    WatchSeed(
        title="村集体两笔征地补偿款到账后去向不明",
        source="letter-finance-1",
        category="E2",
        basis="农村集体资产管理有关规定",
        method="拨款日期与村账入账逐笔对照，看会议决议",
        evidence_hint="拨款凭证、银行流水、会议记录",
        note="区财政局来函：近两年拨付该村补偿资金两笔，未见村级上报使用情况。",
    ),
    WatchSeed(
        title="补贴名单中有已注销户籍人员",
        source="letter-civil-2",
        category="E5",
        basis="惠民惠农财政补贴资金管理有关规定",
        method="领取名册与户籍注销、火化名单比对，入户核实",
        evidence_hint="领取名册、比对结果、银行流水",
        note="区民政局来函：比对发现领取名册中有2人户籍已注销，请核实停发时间。",
    ),
)
CLUE = WatchSeed(
    title="群众反映沿街店面出租没有公开竞价",
    source="survey-open-1",
    category="E3",
    basis="农村集体资产管理有关规定",
    method="逐间核对承租人、租金和公示，走访承租户",
    evidence_hint="租赁合同、公示照片、缴费记录",
    note="问卷开放题有多份提到同一情况，整理后列入核查。",
)
ON_SITE = (
    ("村部仓库堆放的救灾物资没有登记", "现场清点，对照发放名册", "A1"),
    ("便民服务点公示电话长期无人接听", "分时段拨打三天，问来办事的群众", "D1"),
)
ADDED = {
    "category": "E1",
    "title": "村级微信、扫码收款进入个人账户",
    "basis": "农村集体经济组织财务制度",
    "method": "看各收费点收款码户名，核对到账与入账",
    "evidence_hint": "收款码照片、银行流水、收据存根",
    "traits": ["market_town"],
    "attention": [],
}


def writer_of(inspection: VillageInspection) -> User:
    """The first member of the team who need not stand aside."""
    names = cast.plan_of(inspection.team).members
    return next(user for user in map(cast.person, names) if not is_recused(user, inspection))


def _share_out(inspection: VillageInspection, items: list[WatchItem]) -> None:
    services.assign_watch_items(
        actor=cast.person(cast.plan_of(inspection.team).leader),
        inspection=inspection,
        items=items,
        assignee=writer_of(inspection),
        due_on=inspection.exit_on - dt.timedelta(days=2),
    )


def seed_letters(inspection: VillageInspection) -> None:
    """What departments wrote about this village, in every second one."""
    rows = LETTERS if int(inspection.village.code[-2:]) % 2 else LETTERS[:1]
    made = services.seed_watch_items(
        actor=writer_of(inspection), inspection=inspection, origin=Origin.LETTER, rows=rows
    )
    _share_out(inspection, made)


def seed_clue(inspection: VillageInspection) -> None:
    """What the survey brought up."""
    made = services.seed_watch_items(
        actor=writer_of(inspection), inspection=inspection, origin=Origin.CLUE, rows=[CLUE]
    )
    _share_out(inspection, made)


def born_on_site(inspection: VillageInspection) -> None:
    """What the team came upon in the village."""
    person = writer_of(inspection)
    categories = {row.code: row for row in inspection.round.scheme.categories.all()}
    for title, method, code in ON_SITE:
        services.add_watch_item(
            actor=person,
            inspection=inspection,
            title=title,
            method=method,
            category=categories[code],
            assignee=person,
            due_on=inspection.exit_on - dt.timedelta(days=1),
        )


def write_from_item(inspection: VillageInspection) -> Any:
    """A draft paper that names the confirmed item it comes from."""
    items = WatchItem.objects.filter(inspection=inspection, status=WatchStatus.CONFIRMED)
    item = items.select_related("category__parent", "assignee").order_by("seq").first()
    return item and create_finding(
        actor=item.assignee, inspection=inspection, values=first_words(item), watch_item=item
    )


def take_earlier(inspection: VillageInspection) -> None:
    """Two of the problems the last round found here go on the list; the others wait to be chosen."""
    found = earlier_problems(inspection)[:2]
    if found:
        take_over_earlier(
            actor=writer_of(inspection), inspection=inspection, papers=[str(row.finding.pk) for row in found]
        )


def next_version() -> CheckPointLibrary:
    """The office works on the next version: one point added, one reworded, one left out."""
    clerk = cast.office()
    with clock.held(clock.today() - dt.timedelta(days=1)):
        current = CheckPointLibrary.objects.get(status=CheckPointLibrary.Status.CURRENT)
        draft = services.copy_library(actor=clerk, library=current)
        note = "根据第四、五轮情况修订：增加扫码收款检查，细化村务公开查法，粮食生产要点并入乡村振兴任务。"
        draft = services.edit_library(
            actor=clerk, library=draft, revision=draft.revision, name=draft.name, note=note
        )
        services.add_point(actor=clerk, library=draft, values=ADDED)
        reworded = CheckPoint.objects.select_related("library").get(library=draft, code="D2-01")
        services.edit_point(
            actor=clerk, point=reworded, revision=reworded.revision,
            values={"method": "抽十项公开内容与账目、合同逐项比，请三名村民代表说出没看到的内容"},
        )  # fmt: skip
        dropped = CheckPoint.objects.select_related("library").get(library=draft, code="A1-07")
        services.set_point_active(actor=clerk, point=dropped, active=False, revision=dropped.revision)
    return draft
