"""Saved views: a person names the present filters and sorting of a list and gets them back in one click.

Any list whose choices stand in its address can offer them: ``{% saved_views page %}`` shows the menu, ``opening_query``
gives the own default to a list that is opened without any choice.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from core import audit, records
from core.errors import ServiceError
from core.models import SavedView
from core.text import clean
from core.verbs import name_verbs

MOST = 20
# Where one stands in a list is not what one looks for.
_PASSING = {"cursor", "at", "view", "page", "all"}

name_verbs(
    {
        "core.view.save": "保存常用筛选",
        "core.view.rename": "常用筛选改名",
        "core.view.default": "设为打开清单时使用",
        "core.view.plain": "取消打开清单时使用",
        "core.view.delete": "删除常用筛选",
    }
)


def kept_query(query: str) -> str:
    """The choices of an address as they are saved: without the place in the list, without empty ones."""
    # Cleaned once it is decoded: what no database takes stands behind a percent sign before.
    read = [(clean(name), clean(value)) for name, value in parse_qsl(query[:5000])]
    return urlencode([(name, value) for name, value in read if name and value and name not in _PASSING])


@transaction.atomic
def save_view(*, actor: Any, page: str, name: str, query: str) -> SavedView:
    """Keep the choices of ``query`` for ``page`` under ``name``; a name that is there already takes the new choices."""
    kept, wanted = kept_query(query), _name(name)
    if not kept:
        raise ServiceError("现在没有任何筛选或排序，先选好条件再保存。")
    if len(kept) > 1000:
        raise ServiceError("筛选条件太长，无法保存。请减少查找的字数后再试。")
    records.take_turns(actor)
    mine = SavedView.objects.visible_to(actor).filter(page=page)
    known = mine.filter(name=wanted).first()
    if known is not None:
        changes = {"query": kept}
        return records.update(known, actor=actor, verb="core.view.save", revision=None, changes=changes)
    if mine.count() >= MOST:
        raise ServiceError(f"一个清单最多保存{MOST}个常用筛选，请先删除不用的。")
    view = SavedView(owner_id=actor.pk, page=page, name=wanted, query=kept)
    return records.create(view, actor=actor, verb="core.view.save")


@transaction.atomic
def rename_view(*, actor: Any, view: SavedView, name: str) -> SavedView:
    """Give ``view`` another name."""
    wanted = _name(name)
    records.take_turns(actor)
    others = SavedView.objects.visible_to(actor).filter(page=view.page, name=wanted).exclude(pk=view.pk)
    if others.exists():
        raise ServiceError("已有同名的常用筛选，请换一个名称。", "name")
    return records.update(view, actor=actor, verb="core.view.rename", revision=None, changes={"name": wanted})


@transaction.atomic
def choose_default(*, actor: Any, view: SavedView, chosen: bool = True) -> SavedView:
    """Open the list with ``view`` from now on, in place of any other; without ``chosen`` with none again."""
    if chosen:
        records.take_turns(actor)
        mine = SavedView.objects.visible_to(actor).filter(page=view.page)
        for other in mine.filter(is_default=True).exclude(pk=view.pk):
            _set_default(actor, other, False)
    return _set_default(actor, view, chosen)


def _set_default(actor: Any, view: SavedView, chosen: bool) -> SavedView:
    verb = "core.view.default" if chosen else "core.view.plain"
    return records.update(view, actor=actor, verb=verb, revision=None, changes={"is_default": chosen})


@transaction.atomic
def delete_view(*, actor: Any, view: SavedView) -> SavedView:
    """Forget ``view``; the list itself and its records are untouched."""
    audit.record(actor=actor, verb="core.view.delete", target=view)
    view.delete()
    return view


def views_of(user: Any, page: str) -> list[SavedView]:
    """The person's saved views of one list, by name."""
    return list(SavedView.objects.visible_to(user).filter(page=page).order_by("name", "id"))


def opening_query(user: Any, page: str) -> str:
    """The choices a list opens with for ``user``; empty for a list as it is."""
    view = SavedView.objects.visible_to(user).filter(page=page, is_default=True).first()
    return f"{kept_query(view.query)}&view={view.pk}" if view else ""


def _name(text: str) -> str:
    name = " ".join(clean(text).split())
    if not name:
        raise ServiceError("请填写名称。", "name")
    if len(name) > 30:
        raise ServiceError("名称最多30个字。", "name")
    return name
