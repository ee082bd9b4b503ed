"""Instant-fix orders of the demo's running round, in every state, with photographs of before and after."""

import datetime as dt
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from findings.models import Finding
from inspection.demo import cast
from inspection.demo.repairs import photograph_of
from inspection.demo.watching import writer_of
from rectification import services
from rectification.models import FixOrder, OrderVerdict
from rectification.selectors.order_drafting import first_words, offices_of
from villages.models import Round, User, VillageInspection


class Plan(NamedTuple):
    """One order: its village, its words, the scene of its pictures, how far it has come and how many days ago it
    went out. ``to_town``: to the town's account; ``days``: its limit, the round's own when ``None``. Without
    words of its own it comes from a workpaper.
    """

    village: str
    title: str
    problem: str
    requirement: str
    basis: str
    scene: str
    goal: str
    ago: int = 0
    days: int | None = None
    to_town: bool = False
    kind: str = "fix"


_OPENNESS = "《村务公开目录》和区里关于村务公开按季更新的规定"
_MONEY = "《农村集体经济组织财务制度》关于票据管理的规定"
_ROAD = "《农村公路养护管理办法》关于村道日常养护的规定"
_CLEAN = "区人居环境整治长效管护办法"

PLANS = (
    Plan("云溪村", "村务公开栏两个季度没有更新", "现场查看，公开栏停留在半年前，收支、低保、合同三项空白。",
         "补齐两个季度的内容，明确专人按季更新，公开前由村务监督委员会签字。", _OPENNESS, "board", "closed", 16),
    Plan("云溪村", "村道破损路段没有设警示、没有修补", "村部至小学的水泥路有三处裂缝和坑洼，雨天积水，没有警示标志。",
         "当天设置警示标志，期限内修补完毕，建立每月巡查记录。", _ROAD, "road", "returned", 9),
    Plan("云溪村", "集体仓库门窗损坏、堆放杂物", "集体旧仓库门窗破损，堆放私人杂物，存在火灾隐患。",
         "清走杂物，修好门窗，落实专人看管，登记资产台账。", "村集体资产管理制度", "store", "extended", 6),
    Plan("云溪村", "鱼塘边没有安全护栏和警示牌", "集体鱼塘临路一侧没有护栏，附近有学生经过。",
         "先拉警戒线、竖警示牌，期限内装好护栏。", "区预防溺水工作要求", "pond", "reported", 5),
    Plan("东岭社区", "便民服务窗口工作日无人值守",
         "两次到访，工作时间都没有人，也没有公示去向。",
         "落实值班和去向公示，公开值班电话，一周内由社区党委检查一次。",
         "区便民服务中心管理办法", "board", "overdue", 11),
    Plan("东岭社区", "慰问品发放没有签收表", "节日慰问品发放只有总数，没有逐户签收。",
         "逐户补签，核对数量，公示名单；今后发放当场签收。", _MONEY, "board", "received", 3, 6),
    Plan("柳巷村", "村口垃圾中转点长期没有清运", "村口垃圾满溢，气味大，附近农户反映强烈。",
         "当天清运，明确清运频次和责任人；全镇排查同类点位。", _CLEAN, "road", "issued", 1, None, True),
    Plan("柳巷村", "公章由一人保管、用印没有登记", "抽查近半年用印，没有登记簿，无审批记录。",
         "当日建立用印登记簿，实行审批和登记，由镇党委核对近半年用印。",
         "村级印章使用管理规定", "board",
         "signing", 0, None, True, "handle"),
    Plan("云溪村", "", "", "逐笔核对、限期纠正，结果在公开栏公示；相关手续和资料补齐后附在报告里。",
         "", "board", "issued", 2),
    Plan("云溪村", "低保名单公示没有公布监督电话", "公示栏上的低保名单没有监督电话，群众有意见无处说。",
         "当天补上监督电话，由村务监督委员会检查。", _OPENNESS, "board", "draft"),
    Plan("枫桥湾村", "文化活动室长期上锁", "活动室挂牌开放，三次到访都锁着，桌椅积灰。",
         "公布开放时间并按时开放，落实管理员。", "区村级阵地管理办法", "store", "withdrawn", 4, None, True),
)  # fmt: skip
_MEASURE = "党组织当天开会明确责任人，组织人员到现场处理，并把今后的做法写进制度。"
_RESULT = "已按整改要求逐条办完，结果在公开栏公示三天，没有群众提出异议。"


def issue_orders() -> Round:
    """Every planned order of the fifth round, as far as it has come by today."""
    for plan in PLANS:
        _carry(plan)
    return cast.the_round(5)


def _carry(plan: Plan) -> None:
    inspection = VillageInspection.objects.select_related("village", "team", "town", "round__district").get(
        round=cast.the_round(5), village__name=plan.village
    )
    today = clock.today()
    # Never before the team came, nor after today.
    day = max(today - dt.timedelta(days=plan.ago), min(inspection.entry_on or today, today))
    leader, writer = cast.person(cast.plan_of(inspection.team).leader), writer_of(inspection)
    with clock.held(day, 9):
        order = _draft(plan, inspection, writer, day)
        if plan.goal == "draft":
            return
        services.submit_order(actor=writer, order=order)
        if plan.goal == "signing":
            return
        services.issue_order(actor=leader, order=order)
    _afterwards(plan, order, day, leader)


def _draft(plan: Plan, inspection: VillageInspection, writer: User, day: dt.date) -> FixOrder:
    offices = offices_of(inspection)
    to, cc = (offices[-1], None) if plan.to_town or len(offices) == 1 else (offices[0], offices[-1])
    words = {"title": plan.title, "problem_brief": plan.problem, "basis": plan.basis}
    finding = None if plan.title else _finding(inspection)
    if finding is not None:
        words = first_words(writer, finding)
    values = words | {
        "to_office": to, "cc_office": cc, "kind": plan.kind, "requirement": plan.requirement,
        "also_common": plan.to_town, "due_on": day + dt.timedelta(days=plan.days) if plan.days else None,
    }  # fmt: skip
    return services.draft_order(actor=writer, inspection=inspection, values=values, origin=finding)


def _finding(inspection: VillageInspection) -> Finding | None:
    """A workpaper of the village that is to be put right at once."""
    rows = Finding.objects.alive().filter(inspection=inspection, disposal="fix_now")
    return rows.exclude(status__in=Finding.PUT_ASIDE).order_by("id").first()


def _afterwards(plan: Plan, order: FixOrder, day: dt.date, leader: User) -> None:
    if plan.goal == "withdrawn":
        with clock.held(day, 15):
            services.withdraw_order(
                actor=leader, order=order, reason="到场复核，活动室当天已经开放，不需交办。"
            )
        return
    if plan.goal == "issued":
        return
    owner = User.objects.filter(office=order.to_office, is_active=True).get()
    with clock.held(day, 14):
        services.receive_order(actor=owner, order=order, name=f"{owner.display_name}（书记）")
        _show(owner, order, "before", plan.scene)
    if plan.goal == "extended":
        _extend(order, owner, leader, day)
    if plan.goal in ("closed", "returned", "reported"):
        _report(plan, order, owner, day)


def _report(plan: Plan, order: FixOrder, owner: User, day: dt.date) -> None:
    checker = cast.person(cast.plan_of(order.team).deputy)
    with clock.held(day + dt.timedelta(days=3), 10):
        half = plan.goal != "reported"
        _show(owner, order, "half" if half else "after", plan.scene)
        services.report_order(
            actor=owner, order=order, measure=_MEASURE, result=_RESULT, principal=owner.display_name
        )
    if plan.goal == "reported":
        return
    with clock.held(day + dt.timedelta(days=4), 10):
        note = "到现场看，只做了一半，照片上没做的部分仍是老样子，请做完再报。"
        services.verify_order(actor=checker, order=order, verdict=OrderVerdict.PARTLY, note=note)
    if plan.goal == "returned":
        return
    with clock.held(day + dt.timedelta(days=6), 10):
        _show(owner, order, "after", plan.scene)
        services.report_order(
            actor=owner, order=order, measure=_MEASURE, result=_RESULT, principal=owner.display_name
        )
    with clock.held(day + dt.timedelta(days=7), 10):
        note = "到现场查看，与照片一致；翻看登记簿，责任人已经签字。"
        services.verify_order(actor=checker, order=order, verdict=OrderVerdict.DONE, note=note)


def _extend(order: FixOrder, owner: User, leader: User, day: dt.date) -> None:
    with clock.held(day + dt.timedelta(days=3), 10):
        row = services.ask_extension(
            actor=owner, order=order, reason="门窗已经订做，厂家下周送货安装，其余各项已经做完。",
            wanted_on=(order.due_on or day) + dt.timedelta(days=7),
        )  # fmt: skip
    with clock.held(day + dt.timedelta(days=4), 10):
        answer = "同意延期一次，到期必须装好，期间杂物不得再堆。"
        services.decide_extension(actor=leader, extension=row, grant=True, answer=answer)
    order.refresh_from_db()


def _show(owner: User, order: FixOrder, state: str, scene: str) -> None:
    caption, content = photograph_of(scene, state)
    upload = SimpleUploadedFile(f"{caption}.jpg", content, content_type="image/jpeg")
    side = "before" if state == "before" else "after"
    services.add_order_files(actor=owner, order=order, side=side, uploads=[upload], caption=caption)
