"""Outlines of talks: drawn, written, supplemented, made final, followed by the next version."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from core import clock, records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.jobs import enqueue
from core.models import Job
from core.text import clean
from prep.models import Outline, OutlineLine, OutlineStatus, Section, TargetKind
from prep.rules import outline as rules
from prep.selectors.drawing import Candidate, candidates, rest_of_bank, sources_of
from prep.workflow.outline import OUTLINE
from villages.models import VillageInspection, spine

MOST_LINES, LONGEST = 120, 300
# Out of the way of every real number while lines change places.
_ASIDE = 10_000


@transaction.atomic
def draw_outline(*, actor: Any, inspection: VillageInspection, kind: TargetKind, person: str = "") -> Outline:
    """Make the first draft for a kind of person, or for one named ``person`` of it, with everything that is drawn."""
    demand(rules.can_draw(actor, inspection))
    name = clean(person).strip()
    if name:
        allowed = rules.may_name(kind)
        if not allowed:
            raise ServiceError(allowed.why, "person")
    if not kind.active:
        raise ServiceError("这个谈话对象类别已停用。", "kind")
    chain = Outline.objects.filter(inspection=inspection, kind=kind, person=name)
    if chain.exclude(status=OutlineStatus.DROPPED).exists():
        raise ServiceError(f"{name or kind.name}的提纲已经有了，请在原有提纲上修改或补充。", "kind")
    outline = records.create(
        Outline(**spine(inspection), kind=kind, person=name), actor=actor, verb="prep.draw_outline"
    )
    _insert(actor, outline, candidates(actor, inspection, kind), [])
    return outline


@transaction.atomic
def save_outline(*, actor: Any, outline: Outline, revision: int, rows: list[dict[str, Any]]) -> Outline:
    """Make the questions those given, in their order. Raises ``StaleRecord`` when somebody else saved first.

    ``rows``: ``{"id": key of a known question or "", "text", "must"}``. What is not listed is taken out; it is
    remembered, so that drawing again does not press it on people.
    """
    demand(rules.can_write(actor, outline))
    wanted = [_checked(outline, number, row) for number, row in enumerate(rows, 1)]
    if len(wanted) > MOST_LINES:
        raise ServiceError(f"一份提纲最多{MOST_LINES}问，请分给几次谈话。", "questions")
    known = {str(line.pk): line for line in _lines(outline)}
    _know_all(outline, known, wanted)
    said = _difference(known, wanted)
    if not said and revision == outline.revision:
        return outline
    gone = [line for key, line in known.items() if key not in {row["id"] for row in wanted}]
    declined = sorted(set(outline.declined) | sources_of(gone))
    _write(actor, outline, revision, wanted, declined, "prep.edit_outline", said)
    _arrange(actor, outline, known, wanted, gone)
    return outline


@transaction.atomic
def supplement_outline(*, actor: Any, outline: Outline, revision: int, sources: Iterable[str]) -> Outline:
    """Add the chosen ones of what would be drawn now or stands in the bank; nothing that is there is touched."""
    demand(rules.can_write(actor, outline))
    wanted = set(sources)
    lines = _lines(outline)
    covered = sources_of(lines)
    drawn = candidates(actor, outline.inspection, outline.kind, covered)
    rest = rest_of_bank(actor, outline.inspection, outline.kind, covered | {c.source for c in drawn})
    chosen = [candidate for candidate in [*drawn, *rest] if candidate.source in wanted]
    if not chosen:
        raise ServiceError("请先勾选要补充的题目。")
    if len(lines) + len(chosen) > MOST_LINES:
        raise ServiceError(f"一份提纲最多{MOST_LINES}问，请少选几题。")
    left = sorted(set(outline.declined) - {source for c in chosen for source in c.sources})
    _write(actor, outline, revision, [], left, "prep.supplement_outline", f"补充{len(chosen)}题")
    _insert(actor, outline, chosen, lines)
    return outline


@transaction.atomic
def finalise_outline(*, actor: Any, outline: Outline, revision: int | None = None) -> Outline:
    """Give the draft its number and freeze it; the version in force so far is replaced by it."""
    chain = Outline.objects.filter(inspection=outline.inspection, kind=outline.kind, person=outline.person)
    number = (chain.aggregate(last=Max("version"))["last"] or 0) + 1
    for old in chain.filter(status=OutlineStatus.FINAL).select_related("kind", "village"):
        OUTLINE.apply(old, "replace", actor=actor, reason=f"第{number}版定稿")
    changes = {"version": number, "finalised_at": clock.now(), "finalised_by": actor}
    return OUTLINE.apply(outline, "finalise", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def drop_outline(*, actor: Any, outline: Outline, reason: str, revision: int | None = None) -> Outline:
    """Put a draft aside with a reason; the version in force stays."""
    return OUTLINE.apply(outline, "drop", actor=actor, revision=revision, reason=clean(reason))


@transaction.atomic
def follow_outline(*, actor: Any, outline: Outline) -> Outline:
    """Begin the next draft with the questions of the version in force."""
    demand(rules.can_follow(actor, outline))
    chain = Outline.objects.filter(inspection=outline.inspection, kind=outline.kind, person=outline.person)
    if chain.filter(status=OutlineStatus.DRAFT).exists():
        raise ServiceError("已经有一份新版草稿，请接着改那一份。")
    draft = records.create(
        Outline(
            **spine(outline.inspection), kind=outline.kind, person=outline.person, declined=outline.declined
        ),
        actor=actor,
        verb="prep.follow_outline",
    )
    lines = _lines(outline)
    copies = [_copy(draft, line) for line in lines]
    records.bulk_create(copies, actor=actor, verb="prep.outline_lines", summary=f"{draft}题目")
    for line, copy in zip(lines, copies, strict=True):
        copy.items.set(line.items.all())
    return draft


@transaction.atomic
def request_outlines(*, actor: Any, inspection: VillageInspection, outline: Outline | None = None) -> Job:
    """Ask for one outline, or for all of a village in one file, as Word."""
    subject = outline or inspection
    args = {"inspection": inspection.pk} | ({"outline": outline.pk} if outline else {})
    title = f"{inspection.village.name}谈话提纲（{outline.target if outline else '全部'}）"
    if outline is not None and outline.person:
        title = f"{inspection.village.name}谈话提纲（{outline.kind.name}）"
    # Without one outline's revision no key says which versions are wanted: each request makes its own file.
    dedupe = f"prep.outlines:{outline.pk}:{outline.revision}" if outline else ""
    return enqueue("prep.outlines", args=args, actor=actor, title=title, dedupe=dedupe, subject=subject)


def _lines(outline: Outline) -> list[OutlineLine]:
    return list(outline.lines.order_by("seq").select_related("category").prefetch_related("items"))


def _checked(outline: Outline, number: int, row: dict[str, Any]) -> dict[str, Any]:
    text = " ".join(clean(str(row.get("text", ""))).split())
    if not text:
        raise ServiceError(f"第{number}问是空的，请写上问题或删去这一行。", "questions")
    if len(text) > LONGEST:
        raise ServiceError(f"第{number}问有{len(text)}个字，最多{LONGEST}个，请拆成两问。", "questions")
    found = rules.traces(text, shielded=outline.kind.shielded)
    if found:
        raise ServiceError(
            f"第{number}问里有{'、'.join(found)}，念出来会暴露反映情况的人，请改写。", "questions"
        )
    return {"id": str(row.get("id") or ""), "text": text, "must": bool(row.get("must"))}


def _know_all(outline: Outline, known: dict[str, OutlineLine], wanted: list[dict[str, Any]]) -> None:
    """A question that is gone was taken out by somebody else: a stale page, told as such."""
    keys = [row["id"] for row in wanted if row["id"]]
    if len(keys) != len(set(keys)):
        raise ServiceError("同一题出现了两次，请刷新页面后再改。", "questions")
    if set(keys) - known.keys():
        current = Outline.objects.filter(pk=outline.pk).first()
        raise StaleRecord(current, {"questions": Outline.questions_text(wanted)})


def _difference(known: dict[str, OutlineLine], wanted: list[dict[str, Any]]) -> str:
    """What changes, in words; empty when nothing does."""
    kept = [row for row in wanted if row["id"]]
    added, dropped = len(wanted) - len(kept), len(known) - len(kept)
    changed = sum(
        (known[row["id"]].text, known[row["id"]].must) != (row["text"], row["must"]) for row in kept
    )
    before = [key for key in known if key in {row["id"] for row in kept}]
    parts = [f"新增{added}题"] * bool(added) + [f"删去{dropped}题"] * bool(dropped)
    parts += [f"改写{changed}题"] * bool(changed) + ["调整次序"] * (before != [row["id"] for row in kept])
    return "，".join(parts)


def _write(
    actor: Any, outline: Outline, revision: int, wanted: list[dict[str, Any]], declined: list[str], verb: str,
    said: str,
) -> None:  # fmt: skip
    changed = {"declined": declined} if declined != outline.declined else {}
    attempted = {"questions": Outline.questions_text(wanted)} if wanted else {}
    before = records.field_values(outline, list(changed))
    records.write_revision(
        outline, revision, changed, attempted=attempted, actor=actor, verb=verb, before=before, reason=said
    )


def _arrange(
    actor: Any, outline: Outline, known: dict[str, OutlineLine], wanted: list[dict[str, Any]],
    gone: list[OutlineLine],
) -> None:  # fmt: skip
    """Write the lines anew in their order; an own question stands in the part of the talk it was put into."""
    OutlineLine.objects.filter(pk__in=[line.pk for line in gone]).delete()
    outline.lines.update(seq=F("seq") + _ASIDE)
    section, category, fresh, kept = Section.OPENING, None, [], []
    for seq, row in enumerate(wanted, 1):
        line = known.get(row["id"])
        if line is None:
            line = OutlineLine(outline=outline, section=section, category=category)
            fresh.append(line)
        else:
            kept.append(line)
        section, category = Section(line.section), line.category
        line.seq, line.text, line.must = seq, row["text"], row["must"]
    OutlineLine.objects.bulk_update(kept, ["seq", "text", "must"])
    records.bulk_create(fresh, actor=actor, verb="prep.outline_lines", summary=f"{outline}题目")


def _insert(actor: Any, outline: Outline, drawn: list[Candidate], lines: list[OutlineLine]) -> None:
    """Put drawn questions in: before the closing ones when the outline has some, otherwise in their own order."""
    fresh = [_line(outline, candidate) for candidate in drawn]
    closing = next((at for at, line in enumerate(lines) if line.section == Section.CLOSING), len(lines))
    before = [line for line in fresh if line.section != Section.CLOSING]
    after = [line for line in fresh if line.section == Section.CLOSING]
    ordered = [*lines[:closing], *before, *lines[closing:], *after]
    outline.lines.update(seq=F("seq") + _ASIDE)
    for seq, line in enumerate(ordered, 1):
        line.seq = seq
    OutlineLine.objects.bulk_update(lines, ["seq"])
    records.bulk_create(fresh, actor=actor, verb="prep.outline_lines", summary=f"{outline}题目")
    for line, candidate in zip(fresh, drawn, strict=True):
        if candidate.items:
            line.items.set(candidate.items)


def _line(outline: Outline, candidate: Candidate) -> OutlineLine:
    return OutlineLine(
        outline=outline, section=candidate.section, category=candidate.category, text=candidate.text[:LONGEST],
        must=candidate.must, origin=candidate.origin, source=candidate.source, fact=candidate.fact[:300],
        why=candidate.why[:200], drawn=candidate.text[:LONGEST],
    )  # fmt: skip


def _copy(draft: Outline, line: OutlineLine) -> OutlineLine:
    names = (
        "thread",
        "seq",
        "section",
        "category",
        "text",
        "must",
        "origin",
        "source",
        "fact",
        "why",
        "drawn",
    )
    return OutlineLine(outline=draft, **{name: getattr(line, name) for name in names})
