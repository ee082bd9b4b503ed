"""One search box over what a person may see. Plain containment: two Chinese characters are a word."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.urls import reverse

from core.text import clean
from findings.models import Talk
from findings.selectors.desk import search as find_papers
from findings.selectors.desk import search_field_papers as find_field_papers
from findings.selectors.desk import search_leads as find_leads
from findings.selectors.petitions import search as find_petitions
from prep.selectors.desk import search as find_watched
from rectification.models import RectifyItem
from rectification.selectors.order_desk import search_orders as find_orders
from surveys.selectors.desk import search as find_surveys
from villages.access import is_inspected
from villages.models import Membership, Role, User
from villages.models.roles import OFFICE_ROLES
from villages.selectors import places

LIMIT = 8
LONGEST = 50

Hit = dict[str, str]


def find(viewer: Any, text: str) -> list[dict[str, Any]]:
    """Groups of hits, each with a title and at most ``LIMIT`` rows; groups without a hit are left out."""
    text = clean(text).strip()[:LONGEST]
    if not text:
        return []
    groups: list[tuple[str, Callable[[Any, str], list[Hit]]]] = [
        ("村（社区）", _villages),
        ("待查问题", lambda user, q: find_watched(user, q, LIMIT)),
        ("问卷", lambda user, q: find_surveys(user, q, LIMIT)),
        ("问题底稿", lambda user, q: find_papers(user, q, LIMIT)),
        ("疑点", lambda user, q: find_leads(user, q, LIMIT)),
        ("谈话记录", _talks),
        ("信访件", lambda user, q: find_petitions(user, q, LIMIT)),
        ("现场记录", lambda user, q: find_field_papers(user, q, LIMIT)),
        ("整改事项", _items),
        ("交办单", lambda user, q: find_orders(user, q, LIMIT)),
        ("人员", _people),
    ]
    found = [{"title": title, "hits": search(viewer, text)} for title, search in groups]
    return [group for group in found if group["hits"]]


def _villages(viewer: Any, text: str) -> list[Hit]:
    rows = places.villages(viewer, text=text).order_by("code")[:LIMIT]
    return [
        {
            "title": row.name,
            "detail": f"{row.town.name} · {row.code}",
            "url": reverse("villages:village", kwargs={"pk": row.pk}),
        }
        for row in rows
    ]


def _talks(viewer: Any, text: str) -> list[Hit]:
    """Talks by whom one talked to, where, and about what."""
    named = (
        Q(target_name__contains=text)
        | Q(place__contains=text)
        | Q(purpose__contains=text)
        | Q(no__contains=text)
    )
    rows = (
        Talk.objects.visible_to(viewer)
        .alive()
        .filter(named)
        .select_related("village", "round")
        .order_by("-id")
    )
    return [
        {
            "title": f"{row.village.name} · 与{row.target_name}谈话",
            "detail": f"{row.get_target_category_display()} · {row.round.name}",
            "url": reverse("findings:talk", kwargs={"pk": row.pk}),
        }
        for row in rows[:LIMIT]
    ]


def _items(viewer: Any, text: str) -> list[Hit]:
    page = "rectification:portal_item" if is_inspected(viewer) else "rectification:item"
    rows = (
        RectifyItem.objects.visible_to(viewer).filter(title__contains=text).select_related("village", "town")
    )
    return [
        {
            "title": row.title,
            "detail": f"{row.village.name if row.village else row.town.name} · {row.get_status_display()}",
            "url": reverse(page, args=[row.pk]),
        }
        for row in rows.order_by("-id")[:LIMIT]
    ]


def _people(viewer: Any, text: str) -> list[Hit]:
    """Accounts for those who manage them; for an inspector the colleagues of the own rounds."""
    if viewer.role in OFFICE_ROLES or viewer.role == Role.SYSADMIN:
        rows = User.objects.visible_to(viewer).filter(
            Q(display_name__contains=text) | Q(username__contains=text)
        )
        return [
            {
                "title": row.display_name,
                "detail": f"{row.get_role_display()} · {row.office or ''}",
                "url": reverse("villages:user", kwargs={"pk": row.pk}),
            }
            for row in rows.select_related("office").order_by("username")[:LIMIT]
        ]
    posts = Membership.objects.visible_to(viewer).filter(user__display_name__contains=text)
    return [
        {
            "title": post.user.display_name,
            "detail": f"{post.round.name} · {post.team.name} · {post.get_role_display()}",
            "url": reverse("villages:team", kwargs={"pk": post.team_id}),
        }
        for post in posts.select_related("user", "team", "round").order_by("-id")[:LIMIT]
    ]
