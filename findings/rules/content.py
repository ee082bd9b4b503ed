"""What a paper must hold: fields that fit together, and the required parts before the first signature."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from core.errors import ServiceError
from core.text import clean_deep
from findings.models import Finding, Minutes, SurveyTable, Talk, TalkStatus
from findings.models.field_kinds import HOUSEHOLD
from findings.rules.table_figures import completed
from villages.models import VillageInspection

EDITABLE = (
    "prepared_on", "title", "villager_groups", "category", "subcategory", "commonality", "severity", "period_from",
    "period_to", "years", "amount", "quantity", "unit", "summary", "facts", "basis", "origins", "root_cause",
    "responsibility", "disciplines", "response_of_target", "no_response_reason", "disposal", "open_question",
)  # fmt: skip


def checked_values(
    inspection: VillageInspection, values: dict[str, Any], current: Finding | None = None
) -> dict[str, Any]:
    """The editable part of ``values``, cleaned; refuses categories of another scheme and an empty title."""
    chosen = {name: _clean(values[name]) for name in EDITABLE if name in values}
    category = chosen.get("category", getattr(current, "category", None))
    subcategory = chosen.get("subcategory", getattr(current, "subcategory", None))
    if category is None or category.scheme_id != inspection.round.scheme_id or category.parent_id:
        raise ServiceError("请选择本轮次分类方案中的一级类别。", "category")
    if subcategory is not None and subcategory.parent_id != category.pk:
        raise ServiceError(f"二级类别“{subcategory.name}”不属于“{category.name}”。", "subcategory")
    if not str(chosen.get("title", getattr(current, "title", ""))).strip():
        raise ServiceError("请填写主要特征。", "title")
    return _with_period(chosen, current)


def _with_period(chosen: dict[str, Any], current: Finding | None) -> dict[str, Any]:
    """An end alone is a day; years not named are those of the period."""
    start = chosen.get("period_from", getattr(current, "period_from", None))
    end = chosen.get("period_to", getattr(current, "period_to", None))
    if start and end and end < start:
        raise ServiceError("发生时间的终止日期早于起始日期。", "period_to")
    if start and not chosen.get("years", getattr(current, "years", None)):
        chosen["years"] = list(range(start.year, (end or start).year + 1))
    return chosen


def _clean(value: Any) -> Any:
    return clean_deep(value) if isinstance(value, str | list | tuple) else value


# Beside a button whose page lists what is missing.
FILL_FIRST = "先补齐列出的缺项。"


class Lack(NamedTuple):
    """Something a workpaper lacks, as a short noun, and where it is mended: a field of its form, the evidence
    (``EVIDENCE``), or minutes of their own.
    """

    name: str
    field: str = ""
    minutes: Minutes | None = None


EVIDENCE = "evidence"


def missing_parts(finding: Finding) -> list[Lack]:
    """What must be filled before the first signature (要素齐全); empty when complete."""
    answered = finding.response_of_target.strip() or finding.no_response_reason.strip()
    required = [
        (finding.title, "主要特征", "title"),
        (finding.category_id, "一级类别", "category"),
        (finding.subcategory_id, "二级类别", "subcategory"),
        (finding.period_from, "发生时间", "period_from"),
        (finding.summary.strip(), "问题表现", "summary"),
        (finding.facts.strip(), "查证事实", "facts"),
        (finding.origins, "问题来源", "origins"),
        (finding.basis, "政策依据", "basis"),
        (finding.disposal, "处置建议", "disposal"),
        (finding.evidence_count, "支撑材料（至少1件）", EVIDENCE),
        (answered, "当事人或村反映意见（或未取得的原因）", "response_of_target"),
    ]
    missing = [Lack(name, field) for value, name, field in required if not value]
    if not finding.steps.exists():
        missing.append(Lack("发现过程（至少1步）", "discovery"))
    return missing + unsigned_minutes(finding)


def unsigned_minutes(finding: Finding) -> list[Lack]:
    """Talks, field papers and survey sheets cited as evidence that are not signed themselves yet."""
    signed = TalkStatus.SIGNED
    open_talk = Q(talk__isnull=False) & ~Q(talk__status=signed)
    open_field = Q(paper__isnull=False) & ~Q(paper__status=signed)
    open_table = Q(table__isnull=False) & ~Q(table__status=signed)
    cited = finding.evidence.filter(open_talk | open_field | open_table)
    cited = cited.select_related("talk", "paper", "table")
    return [
        Lack(f"{item.minutes.noun}“{item.name}”的签名", minutes=item.minutes)
        for item in cited
        if item.minutes
    ]


def missing_sentence(missing: list[Lack]) -> str:
    """The missing parts as the sentence a person reads."""
    return f"底稿还不能提交，缺少：{'、'.join(lack.name for lack in missing)}。"


def missing_minutes(paper: Minutes) -> list[str]:
    """What a talk, field paper or survey sheet lacks before it may be signed, as short nouns."""
    if isinstance(paper, SurveyTable):
        own = _missing_of_table(paper)
    else:
        own = _missing_of_talk(paper) if isinstance(paper, Talk) else _missing_of_field(paper)
    shared = [(paper.place.strip(), "地点"), (paper.ended_at, "结束时间")]
    return [name for value, name in [*shared, *own] if not value]


def _missing_of_talk(talk: Talk) -> list[tuple[Any, str]]:
    return [
        (talk.target_name.strip(), "谈话对象"),
        (talk.points.exclude(answer="").exists(), "谈话内容（至少1项有回答）"),
        (talk.read_back, "宣读核对"),
    ]


def _missing_of_field(paper: Any) -> list[tuple[Any, str]]:
    spec, details = paper.spec, paper.details
    wanted = [(details.get(part.name), part.label) for part in spec.parts if part.required]
    if details.get("visit_kind") == HOUSEHOLD:
        wanted.append((details.get("households"), spec.part("households").label))
    return [(paper.subject.strip(), spec.subject), (paper.content.strip(), spec.content), *wanted]


# A list of gaps is read, not counted: the first rows are named.
_NAMED_ROWS = 8


def _missing_of_table(table: SurveyTable) -> list[tuple[Any, str]]:
    """People of the village, at least one row, and what each row must say; a difference needs its reason."""
    lacking = []
    on = timezone.localdate(table.happened_at)
    for number, row in enumerate(completed(table.kind, table.rows, on), 1):
        gaps = [column.label for column in table.spec.typed if column.needed and not row.get(column.name)]
        if Decimal(row.get("gap") or 0) and not row.get("reason"):
            gaps.append(table.spec.column("reason").label)
        if gaps:
            lacking.append((False, f"第{number}行{'、'.join(gaps)}"))
    more = [(False, f"另有{len(lacking) - _NAMED_ROWS}行没有填全")] if len(lacking) > _NAMED_ROWS else []
    head = [(table.present.strip(), "村、镇在场人员"), (table.rows, "清查内容（至少1行）")]
    return [*head, *lacking[:_NAMED_ROWS], *more]
