"""What this stage puts on a person's desk, and what the search box finds in it."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.desk import DeskItem
from core.display import cn_date
from findings.models import (
    FieldPaper,
    Finding,
    FindingStatus,
    Lead,
    LeadStatus,
    Signature,
    SignRole,
    SurveyTable,
    Talk,
    TalkStatus,
)
from findings.selectors.bulk import post_in, waiting_in
from findings.selectors.field import FieldFilters
from findings.selectors.leads import leads_of, my_open_leads
from findings.selectors.leads import matches as lead_matches
from findings.selectors.ledger import waiting_stories
from findings.selectors.petition_desk import openings_waiting, petitions_waiting
from findings.selectors.review import with_words
from ledgers.models import Weight
from prep.rules import LEADING
from villages.access import is_inspecting, is_office
from villages.models import Round, Town, Village

# One desk line for each of the first papers, one line for all the rest.
_SHOWN = 5
_KINDS = {
    FindingStatus.CHECKING: ("底稿待复核", "info", "复核"),
    FindingStatus.SIGNING: ("底稿待审签", "warn", "审签"),
}


def desk_items(viewer: Any, round: Round | None) -> list[DeskItem]:
    """Papers that wait for ``viewer``: to check, to sign, to file, to correct; talks to sign; petitions."""
    if round is None or not is_inspecting(viewer):
        return []
    if is_office(viewer):
        return [*_to_file(viewer, round), *openings_waiting(viewer, round)]
    post = post_in(viewer, round)
    return [
        *_to_sign(viewer, round, waiting_in(post)),
        *_returned(viewer, round),
        *_drafts(viewer, round),
        *_leads(viewer, round, post),
        *_stories(viewer, round),
        *_talks(viewer, round),
        *petitions_waiting(viewer, round, post),
        *openings_waiting(viewer, round),
        *_field_papers(viewer, round),
        *_tables(viewer, round),
    ]


def _papers(viewer: Any, round_: Round) -> QuerySet[Finding]:
    rows = Finding.objects.visible_to(viewer).alive().filter(round=round_)
    return rows.select_related("village", "handler", "deputy").order_by("id")


def _to_sign(viewer: Any, round_: Round, state: str) -> list[DeskItem]:
    if not state:
        return []
    rows = list(_papers(viewer, round_).filter(status=state).exclude(handler=viewer)[: _SHOWN + 1])
    kind, tone, action = _KINDS[FindingStatus(state)]
    submitted = _submitted(rows[:_SHOWN])
    items = [
        DeskItem(
            kind=kind,
            title=f"{row.village.name} · {row.title}",
            detail=_signed_so_far(row, submitted.get(row.pk)),
            url=f"{reverse('findings:review')}?status={state}&at={row.pk}",
            tone=tone,
            action=action,
            primary=True,
        )
        for row in rows[:_SHOWN]
    ]
    if len(rows) > _SHOWN:
        more = _papers(viewer, round_).filter(status=state).exclude(handler=viewer).count() - _SHOWN
        url = f"{reverse('findings:review')}?status={state}"
        items.append(
            DeskItem(
                kind=kind, title=f"其余{more}份底稿", url=url, tone=tone, detail="可逐条阅看，也可批量办理"
            )
        )
    return items


def _submitted(rows: list[Finding]) -> dict[Any, Any]:
    marks = Signature.objects.filter(finding__in=rows, role=SignRole.HANDLER, cleared_at__isnull=True)
    return dict(marks.values_list("finding_id", "at"))


def _signed_so_far(row: Finding, at: dt.datetime | None) -> str:
    day = timezone.localtime(at) if at else None
    parts = [f"{row.handler.display_name} {f'{day.month}月{day.day}日提交' if day else '经办'}"]
    if row.deputy:
        parts.append(f"{row.deputy.display_name} 已复核")
    parts.append(f"佐证 {row.strength} 类")
    return " · ".join(parts)


def _returned(viewer: Any, round_: Round) -> list[DeskItem]:
    rows = _papers(viewer, round_).filter(status=FindingStatus.RETURNED, handler=viewer)[:20]
    return [
        DeskItem(
            kind="底稿退回",
            title=f"{row.village.name} · {row.title}",
            detail="按退回理由修改后重新提交",
            url=reverse("findings:finding", kwargs={"pk": row.pk}),
            tone="bad",
            action="修改",
            primary=True,
            returned=True,
        )
        for row in rows
    ]


def _drafts(viewer: Any, round_: Round) -> list[DeskItem]:
    count = _papers(viewer, round_).filter(status=FindingStatus.DRAFT, handler=viewer).count()
    if not count:
        return []
    url = f"{reverse('findings:review')}?status={FindingStatus.DRAFT}"
    return [DeskItem(kind="草稿", title=f"{count}份问题底稿还没有提交复核", url=url, action="继续填写")]


def _to_file(viewer: Any, round_: Round) -> list[DeskItem]:
    count = _papers(viewer, round_).filter(status=FindingStatus.SIGNED).count()
    if not count:
        return []
    url = f"{reverse('findings:review')}?status={FindingStatus.SIGNED}"
    return [
        DeskItem(kind="待备案", title=f"{count}份问题底稿已审签，待备案", url=url, tone="info", action="备案")
    ]


def _talks(viewer: Any, round_: Round) -> list[DeskItem]:
    rows = _living(Talk, viewer, round_)
    return [
        *(
            _to_check(row, "谈话待签", f"与{row.get_target_category_display()}谈话记录", "谈话")
            for row in rows.filter(talker=viewer, status=TalkStatus.CHECKING)[:_SHOWN]
        ),
        *_unsent(rows, viewer, "谈话未补签", "份谈话记录还没有提交", "补签"),
    ]


def _field_papers(viewer: Any, round_: Round) -> list[DeskItem]:
    rows = _living(FieldPaper, viewer, round_)
    return [
        *(
            _to_check(row, "记录待签", f"{row.get_kind_display()}：{row.subject}")
            for row in rows.filter(companion=viewer, status=TalkStatus.CHECKING)[:_SHOWN]
        ),
        *_unsent(rows, viewer, "记录未提交", "份走访、核查记录还没有提交", "继续填写"),
    ]


def _tables(viewer: Any, round_: Round) -> list[DeskItem]:
    rows = _living(SurveyTable, viewer, round_)
    return [
        *(
            _to_check(row, "三资表待签", row.heading)
            for row in rows.filter(checker=viewer, status=TalkStatus.CHECKING)[:_SHOWN]
        ),
        *_unsent(rows, viewer, "三资表未提交", "张三资调查表还没有提交", "继续填写"),
    ]


# The pages of a paper by two people: its own, and the list of its kind.
_PAGES = {
    Talk: ("findings:talk", "findings:talks"),
    FieldPaper: ("findings:field_paper", "findings:field_papers"),
    SurveyTable: ("findings:table", "findings:tables"),
}


def _living(model: type[Any], viewer: Any, round_: Round) -> Any:
    return model.objects.visible_to(viewer).alive().filter(round=round_).select_related("village")


def _to_check(row: Any, kind: str, what: str, held: str = "") -> DeskItem:
    """A paper whose second signature is the viewer's; ``held`` is put behind its day."""
    return DeskItem(
        kind=kind,
        title=f"{row.village.name} · {what}",
        detail=f"{cn_date(row.happened_at)}{held}",
        url=reverse(_PAGES[type(row)][0], kwargs={"pk": row.pk}),
        tone="info",
        action="复核签名",
        primary=True,
    )


def _unsent(rows: Any, viewer: Any, kind: str, said: str, action: str) -> list[DeskItem]:
    """The viewer's own drafts in one line."""
    count = rows.filter(recorder=viewer, status=TalkStatus.DRAFT).count()
    if not count:
        return []
    url = f"{reverse(_PAGES[rows.model][1])}?status={TalkStatus.DRAFT}"
    return [DeskItem(kind=kind, title=f"{count}{said}", url=url, action=action)]


def _leads(viewer: Any, round_: Round, post: str) -> list[DeskItem]:
    """Leads the viewer holds, and for who leads the team those nobody holds."""
    rows = list(my_open_leads(viewer, round_)[: _SHOWN + 1])
    today = clock.today()
    items = [
        DeskItem(
            kind="疑点待核",
            title=f"{row.village.name} · {row.title}",
            detail=f"来源：{row.get_source_display()}"
            + (f" · {cn_date(row.due_on)}前" if row.due_on else ""),
            url=reverse("findings:lead", kwargs={"pk": row.pk}),
            tone="bad" if row.due_on and row.due_on < today else "warn",
            action="核查",
        )
        for row in rows[:_SHOWN]
    ]
    inbox = reverse("findings:lead_inbox")
    if len(rows) > _SHOWN:
        url = f"{inbox}?status={LeadStatus.OPEN}&holder=me"
        items.append(DeskItem(kind="疑点待核", title="其余由我承办的疑点", url=url, tone="warn", detail=""))
    unassigned = leads_of(viewer, round_).filter(status=LeadStatus.OPEN, handler=None)
    free = unassigned.count() if post in LEADING else 0
    if free:
        url = f"{inbox}?status={LeadStatus.OPEN}&holder=-"
        items.append(
            DeskItem(
                kind="疑点待分派", title=f"{free}条疑点还没有承办人", url=url, tone="warn", action="分派"
            )
        )
    return items


def _stories(viewer: Any, round_: Round) -> list[DeskItem]:
    """What the books make one ask and nobody has decided about; grave ones are told first."""
    waiting = waiting_stories(viewer, round_)
    counts = waiting.aggregate(all=Count("pk"), grave=Count("pk", filter=Q(severity=Weight.GRAVE)))
    if not counts["all"]:
        return []
    grave = f"，其中重点{counts['grave']}条" if counts["grave"] else ""
    return [
        DeskItem(
            kind="账册疑点",
            title=f"{counts['all']}条账册疑点待处理{grave}",
            detail="列为疑点，或写明合理解释",
            url=reverse("findings:ledger_overview"),
            tone="warn",
        )
    ]


def search_leads(viewer: Any, q: str, limit: int = 8) -> list[dict[str, str]]:
    """Leads that hold every word of ``q``, newest first."""
    rows = Lead.objects.visible_to(viewer).filter(lead_matches(q)).select_related("village", "round")
    return [
        {
            "title": row.title,
            "detail": f"{row.village.name} · {row.round.name} · {row.get_status_display()}",
            "url": reverse("findings:lead", kwargs={"pk": row.pk}),
        }
        for row in rows.order_by("-id")[:limit]
    ]


def search_field_papers(viewer: Any, q: str, limit: int = 8) -> list[dict[str, str]]:
    """Visits, checks and meetings that hold every word of ``q``, newest first."""
    rows = (
        FieldPaper.objects.visible_to(viewer)
        .alive()
        .filter(FieldFilters.matches(q))
        .select_related("village", "round")
    )
    return [
        {
            "title": f"{row.get_kind_display()}：{row.subject}",
            "detail": f"{row.no or '未编号'} · {row.village.name} · {row.round.name}",
            "url": reverse("findings:field_paper", kwargs={"pk": row.pk}),
        }
        for row in rows.order_by("-id")[:limit]
    ]


def search(viewer: Any, q: str, limit: int = 8) -> list[dict[str, str]]:
    """Papers that hold every word of ``q``: ``{"kind", "title", "detail", "url"}``. Persons are not searched."""
    if not q.strip():
        return []
    found = with_words(Finding.objects.visible_to(viewer).alive(), q)
    rows = found.select_related("village", "round", "team")
    return [
        {
            "kind": "问题底稿",
            "title": row.title,
            "detail": f"{row.short_no} · {row.village.name} · {row.round.name} · {row.get_status_display()}",
            "url": reverse("findings:finding", kwargs={"pk": row.pk}),
        }
        for row in rows.order_by("-id")[:limit]
    ]


def confirmed_findings(
    viewer: Any, round_: Round, *, town: Town | None = None, village: Village | None = None
) -> QuerySet[Finding]:
    """Signed papers of a round that ``viewer`` may see, by category, key ones first."""
    rows = Finding.objects.visible_to(viewer).confirmed().filter(round=round_)
    if town is not None:
        rows = rows.filter(town=town)
    if village is not None:
        rows = rows.filter(village=village)
    return rows.select_related("village", "town", "team", "category", "subcategory").order_by(
        "category__order", "severity", "no"
    )
