"""Category schemes: the further ones that come with the product, new versions by copying, and their categories."""

import re
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from core.text import clean_deep
from villages import rules
from villages.models import Category, CategoryScheme
from villages.models.reference_data import SCHEME_CODE
from villages.models.scheme_data import SCHEMES, SchemeSeed
from villages.selectors.schemes import five_aspects

_CODE = re.compile(r"[A-Z]\d{0,2}")
Rows = list[dict[str, Any]]


@transaction.atomic
def seed_schemes(*, actor: Any) -> int:
    """Put the further schemes in where they are missing; what an office has made of them since stays."""
    known = set(CategoryScheme.objects.values_list("code", flat=True))
    return sum(_seed(actor, seed) for seed in SCHEMES if seed.code not in known)


def _seed(actor: Any, seed: SchemeSeed) -> int:
    scheme = CategoryScheme(code=seed.code, version=1, name=seed.name)
    records.create(scheme, actor=actor, verb="reference.add_scheme")
    rows = [
        {"code": c.code, "name": c.name, "short": c.short, "covers": list(c.covers)} for c in seed.categories
    ]
    return len(_write(scheme, rows))


@transaction.atomic
def copy_scheme(*, actor: Any, scheme: CategoryScheme) -> CategoryScheme:
    """Begin the next version of a scheme with the categories of this one."""
    demand(rules.can_keep_schemes(actor))
    newest = CategoryScheme.objects.filter(code=scheme.code).aggregate(last=Max("version"))["last"]
    made = CategoryScheme(code=scheme.code, version=newest + 1, name=scheme.name)
    records.create(made, actor=actor, verb="reference.copy_scheme")
    _write(made, scheme.tree_rows())
    return made


@transaction.atomic
def save_scheme(
    *, actor: Any, scheme: CategoryScheme, revision: int, name: str, rows: Rows
) -> CategoryScheme:
    """Name a scheme no round uses, and make its categories ``rows``, in their order.

    A row has ``code`` (``E`` first level, ``E1`` second), ``name``, ``short`` and ``covers``. Raises ``StaleRecord``
    with both versions when somebody saved first.
    """
    demand(rules.can_edit_scheme(actor, scheme))
    wanted = checked_rows(scheme, rows)
    title = str(clean_deep(name)).strip()
    if not title:
        raise ServiceError("请填写方案名称。", "name")
    if title == scheme.name and wanted == scheme.tree_rows() and revision == scheme.revision:
        return scheme
    before = {"name": scheme.name, "tree": scheme.tree}
    records.write_revision(
        scheme,
        revision,
        {"name": title},
        attempted={"name": title, "tree": CategoryScheme.tree_text(wanted)},
        actor=actor,
        verb="reference.edit_scheme",
        before=before,
    )
    _replace(actor, scheme, wanted, before["tree"])
    return scheme


def checked_rows(scheme: CategoryScheme, rows: Rows) -> Rows:
    """Rows as they are stored: cleaned, codes in capitals, each second level under its first one."""
    cleaned = [_row(row) for row in clean_deep(rows)]
    if not cleaned:
        raise ServiceError("方案里至少要有一个类别。", "tree")
    codes = [row["code"] for row in cleaned]
    doubled = next((code for code in codes if codes.count(code) > 1), None)
    if doubled:
        raise ServiceError(f"代码{doubled}写了两次，请改成不同的代码。", "tree")
    orphan = next((code for code in codes if code[:1] not in codes), None)
    if orphan:
        raise ServiceError(f"{orphan}没有一级类别{orphan[:1]}，请补上一级类别。", "tree")
    if scheme.code != SCHEME_CODE:
        _check_coverage(cleaned)
    tops = {row["code"]: place for place, row in enumerate(cleaned) if len(row["code"]) == 1}
    places = {row["code"]: place for place, row in enumerate(cleaned)}
    return sorted(
        cleaned,
        key=lambda row: (tops[row["code"][:1]], len(row["code"]) > 1, places[row["code"]]),
    )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    code = str(row["code"]).strip().upper()
    if not _CODE.fullmatch(code):
        raise ServiceError(
            f"代码“{code[:10]}”写得不对：一级类别一个字母，二级类别字母加数字，如 E、E1。", "tree"
        )
    name, short = str(row["name"]).strip(), str(row.get("short") or "").strip()
    if not name:
        raise ServiceError(f"{code}没有名称。", "tree")
    return {"code": code, "name": name, "short": short, "covers": list(row.get("covers") or [])}


def _check_coverage(rows: Rows) -> None:
    """Every code is one of the five aspects, and taken in once at each level."""
    known, seen = five_aspects(), {}
    for row in rows:
        for code in row["covers"]:
            if code not in known:
                raise ServiceError(
                    f"五个方面中没有代码“{code[:10]}”（{row['code']} {row['name']}）。", "tree"
                )
            level = len(row["code"]) > 1
            if (code, level) in seen:
                raise ServiceError(
                    f"{code}同时对应{seen[code, level]}和{row['code']}，只能对应一个。", "tree"
                )
            seen[code, level] = row["code"]


def _replace(actor: Any, scheme: CategoryScheme, rows: Rows, before: str) -> None:
    known = {row.code: row for row in scheme.categories.all()}
    gone = [row for code, row in known.items() if code not in {row["code"] for row in rows}]
    try:
        for row in sorted(gone, key=lambda row: -len(row.code)):
            row.delete()
    except ProtectedError:
        raise ServiceError("要删去的类别已有问题归入，不能删。请复制为新版后再改。", "tree") from None
    _write(scheme, rows)
    after = {"类别": scheme.tree}
    audit.record(
        actor=actor, verb="reference.edit_categories", target=scheme, before={"类别": before}, after=after
    )


def _write(scheme: CategoryScheme, rows: Rows) -> list[Category]:
    """Make the categories of ``scheme`` those of ``rows``; who calls leaves the trace."""
    known = {row.code: row for row in scheme.categories.all()}
    written = []
    for place, values in enumerate(rows):
        code = values["code"]
        row = known.get(code) or Category(scheme=scheme, code=code)
        row.name, row.short, row.covers, row.order = (
            values["name"],
            values["short"],
            values["covers"],
            place * 10,
        )
        row.parent = known[code[:1]] if len(code) > 1 else None
        row.save()
        known[code] = row
        written.append(row)
    return written
