"""Rules taken from a table: what comes with the product, and workbooks staged, previewed and then written."""

from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.files import SPREADSHEET, store_upload
from prep.models import Regulation, RegulationEdition, RuleBookImport
from prep.rules import rulebook as rules
from prep.selectors.rulebook_plan import (
    CHANGE,
    CREATE,
    EDITION,
    UNCHANGED,
    BookLine,
    BookPlan,
    next_editions,
    plan_book_import,
)
from prep.services.rulebook import add_edition, add_regulation, edit_edition, edit_regulation
from prep.workflow.rulebook import RULE_BOOK_IMPORT

_SEED = Path(__file__).resolve().parent.parent / "data" / "rulebook_v1.csv"


@transaction.atomic
def load_rule_book(*, actor: Any) -> list[Regulation]:
    """Put in the well-known rules that come with the product and are not in the book; the others stay as they are."""
    demand(rules.can_keep_book(actor))
    known = set(Regulation.objects.values_list("key", flat=True))
    plan = plan_book_import(_SEED.read_bytes(), _SEED.name)
    if plan.errors:
        first = plan.errors[0]
        raise ServiceError(
            f"随系统提供的法规制度第{first['row']}行读不了：{first['message']}请先载入问题分类。"
        )
    fresh = [line for line in plan.lines if line.key not in known]
    regulations, editions = _built(fresh)
    records.bulk_create(regulations, actor=actor, verb="prep.add_regulation", summary="随系统提供的法规制度")
    records.bulk_create(editions, actor=actor, verb="prep.add_edition", summary="随系统提供的法规制度各版本")
    return regulations


def _built(lines: list[BookLine]) -> tuple[list[Regulation], list[RegulationEdition]]:
    """Rules and editions of new lines, linked to what follows them."""
    regulations: list[Regulation] = []
    own: dict[str, list[RegulationEdition]] = {}
    for key, group in groupby(sorted(lines, key=lambda line: line.key), lambda line: line.key):
        rows = list(group)
        first = next(line for line in rows if line.action == CREATE)
        regulation = Regulation(title=first.title, key=key, **first.rule)
        regulations.append(regulation)
        own[key] = [RegulationEdition(regulation=regulation, **line.edition) for line in rows]
    by_day = {(key, row.from_day): row for key, rows in own.items() for row in rows}
    editions = {row.pk: row for row in by_day.values()}
    for siblings in own.values():
        for pk, following in next_editions(siblings).items():
            editions[pk].replaced_by = editions[following]
    for line in lines:
        later = [row for row in own.get(line.successor, []) if row.from_day > line.from_day]
        if later:
            by_day[line.key, line.from_day].replaced_by = min(later, key=lambda row: row.from_day)
    return regulations, list(editions.values())


@transaction.atomic
def stage_book_import(*, actor: Any, upload: UploadedFile) -> RuleBookImport:
    """Read an uploaded workbook, keep its plan and the untouched file for the confirmation."""
    demand(rules.can_keep_book(actor))
    content = upload.read(SPREADSHEET.max_bytes + 1)
    upload.seek(0)
    plan = plan_book_import(content, upload.name or "")
    staged = RuleBookImport(
        owner=actor,
        file=store_upload(actor=actor, upload=upload, policy=SPREADSHEET),
        filename=(upload.name or "")[-200:],
        payload=plan.to_json(),
    )
    return records.create(staged, actor=actor, verb="prep.rulebook_import.stage")


@transaction.atomic
def commit_book_import(
    *, actor: Any, staged: RuleBookImport, skip_errors: bool = False, revision: int | None = None
) -> RuleBookImport:
    """Write a staged plan. With faulty rows only when ``skip_errors`` says the good ones suffice.

    Refused when a rule the file changes was changed by somebody since the preview.
    """
    demand(rules.can_keep_book(actor))
    plan = BookPlan.from_json(staged.payload)
    if plan.errors and not skip_errors:
        raise ServiceError(f"有{plan.faulty}行错误。改好后重新上传，或选择“只导入正确的行”。")
    figures = {name: plan.count(name) for name in (CREATE, EDITION, CHANGE)} | {"faulty": plan.faulty}
    # The state first: a second confirmation stops here and writes nothing.
    RULE_BOOK_IMPORT.apply(staged, "commit", actor=actor, revision=revision, changes={"result": figures})
    _demand_unchanged(plan)
    for line in plan.lines:
        if line.action != UNCHANGED:
            _write(actor, line)
    for line in plan.lines:
        if line.successor:
            _succeed(actor, line)
    return staged


@transaction.atomic
def discard_book_import(*, actor: Any, staged: RuleBookImport, revision: int | None = None) -> RuleBookImport:
    """Throw a preview away."""
    return RULE_BOOK_IMPORT.apply(staged, "discard", actor=actor, revision=revision)


def _demand_unchanged(plan: BookPlan) -> None:
    """The book must still be as the preview showed it, as far as the file touches it."""
    now = {rule.key: rule for rule in Regulation.objects.prefetch_related("editions")}
    for line in plan.lines:
        rule = now.get(line.key)
        own = rule and next((e for e in rule.editions.all() if e.from_day == line.from_day), None)
        if (rule.revision if rule else 0, own.revision if own else 0) != line.revisions:
            raise ServiceError(f"预览之后，《{line.title}》已被改动，本次没有导入。请重新上传预览。")


def _write(actor: Any, line: BookLine) -> None:
    if line.action == CREATE:
        add_regulation(actor=actor, values={"title": line.title} | line.rule, edition=line.edition)
        return
    rule = Regulation.objects.get(key=line.key)
    if line.rule:
        edit_regulation(actor=actor, regulation=rule, revision=rule.revision, values=line.rule)
    own = RegulationEdition.objects.filter(regulation=rule, from_day=line.from_day).first()
    if own is None:
        add_edition(actor=actor, regulation=rule, values=line.edition)
    else:
        edit_edition(actor=actor, edition=own, revision=own.revision, values=line.edition)


def _succeed(actor: Any, line: BookLine) -> None:
    """Point an edition to the first later edition of the rule that took its place."""
    own = RegulationEdition.objects.get(regulation__key=line.key, from_day=line.from_day)
    later = RegulationEdition.objects.filter(regulation__key=line.successor, from_day__gt=line.from_day)
    following = later.order_by("from_day").first()
    if following is not None and own.replaced_by_id != following.pk:
        changes = {"replaced_by": following}
        records.update(own, actor=actor, verb="prep.link_edition", revision=None, changes=changes)
