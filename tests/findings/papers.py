"""Papers for tests: complete ones, and the way to each state through the product's own services."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from findings import services
from findings.models import Disposal, Finding, Minutes, Severity, SourceKind, TargetCategory
from tests.factories import make_member
from villages.models import Category, TeamRole

STEPS = [
    {
        "on": dt.date(2026, 3, 5),
        "method": SourceKind.LEDGER,
        "people": "组员、副组长",
        "text": "翻看2023年至2025年收入明细账，未见鱼塘租金入账。",
    }
]
EVIDENCE = [
    {"name": "租赁合同复印件", "kind": SourceKind.DOCUMENT, "page_range": "第1—2页"},
    {"name": "收入明细账比对", "kind": SourceKind.LEDGER, "page_range": "3行"},
]


def values(cast, **over):
    """Everything a paper needs before its first signature."""
    full = {
        "title": "集体鱼塘合同到期未收回",
        "category": category(cast, "E"),
        "subcategory": category(cast, "E3"),
        "severity": Severity.KEY,
        "period_from": dt.date(2023, 6, 1),
        "period_to": dt.date(2025, 12, 31),
        "amount": Decimal("59300.00"),
        "summary": "合同到期后未重新发包，原承包户继续使用。",
        "facts": "2023年7月至2025年12月未缴租金。",
        "basis": ["《农村集体资产管理办法》第十九条"],
        "origins": [SourceKind.LEDGER, SourceKind.DOCUMENT],
        "disposal": Disposal.REPORT,
        "response_of_target": "村党组织认可上述事实。",
    }
    return full | over


def category(cast, code):
    return Category.objects.get(scheme=cast.scheme, code=code)


def draft(cast, handler=None, evidence=EVIDENCE, steps=STEPS, inspection=None, **over):
    """A complete draft of ``handler`` (the member unless told)."""
    finding = services.create_finding(
        actor=handler or cast.member,
        inspection=inspection or cast.inspection,
        values=values(cast, **over),
        steps=steps,
    )
    if evidence:
        services.add_evidence(actor=handler or cast.member, finding=finding, items=evidence)
    return reload(finding)


def checking(cast, **over):
    finding = draft(cast, **over)
    return reload(services.sign_as_handler(actor=finding.handler, finding=finding))


def signing(cast, **over):
    return reload(services.sign_as_deputy(actor=cast.deputy, finding=checking(cast, **over)))


def signed(cast, **over):
    return reload(services.sign_as_leader(actor=cast.leader, finding=signing(cast, **over)))


def filed(cast, **over):
    return reload(services.file_finding(actor=cast.office_clerk, finding=signed(cast, **over)))


def returned(cast, **over):
    return reload(
        services.return_finding(actor=cast.deputy, finding=checking(cast, **over), reason="补充依据")
    )


def withdrawn(cast, **over):
    return reload(
        services.withdraw_finding(
            actor=cast.leader,
            finding=signed(cast, **over),
            reason="查证后不成立",
            group_decision="3月12日组务会研究，一致同意撤销。",
        )
    )


def merged(cast, **over):
    kept = draft(cast, title="鱼塘到期合同仍由原承包户使用")
    finding = checking(cast, **over)
    return reload(
        services.merge_finding(
            actor=cast.deputy, finding=finding, into=kept, reason="同一口鱼塘，两份底稿说的是一件事"
        )
    )


def numbered_draft(cast, **over):
    """A draft that carries a number because it was edited after its first signature."""
    finding = checking(cast, **over)
    return reload(
        services.edit_finding(
            actor=finding.handler, finding=finding, revision=finding.revision, values={"facts": "补充事实。"}
        )
    )


BY_STATE = {
    "draft": draft,
    "numbered_draft": numbered_draft,
    "checking": checking,
    "signing": signing,
    "signed": signed,
    "filed": filed,
    "returned": returned,
    "withdrawn": withdrawn,
    "merged": merged,
}


def talk(cast, talker=None, recorder=None, inspection=None, points=None, outline=None, **over):
    """A complete talk record of the cast's village, unless told."""
    full = {
        "target_name": "谈话对象甲",
        "target_post": "村会计",
        "target_category": TargetCategory.ACCOUNTANT,
        "purpose": "了解鱼塘租金收缴情况",
        "happened_at": dt.datetime(2026, 3, 6, 9, 0, tzinfo=dt.UTC),
        "ended_at": dt.datetime(2026, 3, 6, 10, 10, tzinfo=dt.UTC),
        "place": "村委会二楼会议室",
        "talker": talker or cast.deputy,
        "recorder": recorder or cast.member,
        "read_back": True,
    }
    said = [{"question": "租金由谁收取？", "answer": "合同到期后没有收过。", "key_point": "到期后未收租金"}]
    return services.create_talk(
        actor=recorder or cast.member,
        inspection=inspection or cast.inspection,
        values=full | over,
        points=points or said,
        outline=outline,
    )


def signed_talk(cast, **over):
    record = talk(cast, **over)
    services.submit_minutes(actor=record.recorder, paper=record)
    return reload(services.sign_minutes(actor=record.talker, paper=record))


DETAILS = {
    "visit": {
        "visit_kind": "入户", "visitee": "低保户", "households": 1, "household_no": "三组12号",
        "issues": [{"issue": "水塘租金没有公开", "about": "村民小组", "handling": "核实"}],
        "explained": True, "satisfaction": "基本满意",
    },
    "check": {
        "method": "账实核对", "population": "86户", "sample": "12户", "basis": "按组分层，每组抽两户",
        "items": [{"item": "机动地承包费", "expected": "12,000", "actual": "8,600", "note": "两户未缴"}],
    },
    "meeting": {
        "attendance": 6, "people": [{"name": "甲某", "post": "村民代表", "group": "三组"}],
        "remarks": [{"who": "村民代表", "said": "工程没有公示", "follow": "需核实"}],
    },
}  # fmt: skip


def field(cast, kind="visit", companion=None, recorder=None, inspection=None, details=None, **over):
    """A field paper the member writes down and the deputy was at."""
    start = timezone.make_aware(dt.datetime(2026, 3, 12, 9, 0))
    values = {
        "subject": "三组农户", "happened_at": start, "ended_at": start + dt.timedelta(minutes=40),
        "place": "云溪村三组", "companion": companion or cast.deputy, "content": "户主说水塘有人承包多年。",
    }  # fmt: skip
    recorder = recorder or cast.member
    paper = services.create_field_paper(
        actor=recorder, inspection=inspection or cast.inspection, kind=kind, values=values | over,
        details=DETAILS[kind] | (details or {}),
    )  # fmt: skip
    return reload(paper)


def checking_field(cast, kind="visit", **over):
    paper = field(cast, kind, **over)
    return reload(services.submit_minutes(actor=paper.recorder, paper=paper))


def signed_field(cast, kind="visit", **over):
    paper = checking_field(cast, kind, **over)
    return reload(services.sign_minutes(actor=paper.companion, paper=paper))


def second_deputy(cast):
    return make_member(cast.team, TeamRole.DEPUTY)


def reload(row):
    """The row as another request would load it."""
    if isinstance(row, Minutes):
        return type(row).objects.select_related("inspection", "team").get(pk=row.pk)
    return Finding.objects.select_related("inspection", "team", "handler", "category").get(pk=row.pk)
