"""Ballots of a rating: count sheets of two people, ballots typed one by one, workbooks of them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import demand, get_visible_or_404
from core.submissions import perform, revision_of, submit
from core.views.staging import confirm_import, discard_import
from surveys import services
from surveys.forms.rating import BallotImportForm, BallotsForm, CountForm
from surveys.models import BallotCount, BallotImport, Mark, Rating, group_names
from surveys.rules import rating as rules
from surveys.views.ratings import page_of, rating_frame, visible_rating
from surveys.workflow.rating import BALLOTS, COUNT
from villages.access import is_office

_SHOWN = 200


@require_http_methods(["GET", "POST"])
def count_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A first count of one occasion and group."""
    row = visible_rating(request, pk)
    demand(rules.can_collect(request.user, row))
    form = CountForm(request.POST or None, rating=row)

    def save(values: dict[str, Any]) -> BallotCount:
        place = {name: values[name] for name in ("channel", "group", "way")}
        return services.add_count(actor=request.user, rating=row, **place, **form.parts())

    return submit(
        request,
        form,
        save,
        scope=f"surveys.count:{row.pk}",
        template="surveys/count_form.html",
        success=lambda _: page_of(row),
        context=rating_frame(row) | {
            "heading": "填写计票单", "cancel_url": page_of(row), "marks": Mark.labels,
            "submit_label": "第一人签名",
        },
        message="已记下第一次清点，请另一名组员独立清点后复核签名。",
    )  # fmt: skip


def _visible_sheet(request: HttpRequest, pk: UUID) -> BallotCount:
    rows = BallotCount.objects.select_related(
        "counter", "second", "rating__inspection", "rating__round", "rating__team", "rating__village"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


def _sheet_of(sheet: BallotCount) -> str:
    return reverse("surveys:count_sheet", kwargs={"pk": sheet.pk})


def _may_see(request: HttpRequest, sheet: BallotCount) -> bool:
    """The second counter must not see the first figures before handing in the own ones."""
    signed = sheet.status == BallotCount.Status.SIGNED
    return signed or sheet.counter_id in (None, request.user.pk) or is_office(request.user)


@require_GET
def count_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One count sheet: its figures once they may be seen, its two counters, its steps."""
    sheet = _visible_sheet(request, pk)
    nothing = [0] * len(Mark.values)
    counted = sheet.way == BallotCount.Way.COUNTED
    lines = (
        [(s, sheet.marks.get(str(s.number), nothing)) for s in sheet.rating.subjects.all()] if counted else []
    )
    context = rating_frame(sheet.rating) | {
        "object": sheet,
        "offers": [
            offer for offer in COUNT.available(request.user, sheet) if offer.transition.name == "reopen"
        ],
        "figures": zip(
            BallotCount.FIGURE_LABELS, (getattr(sheet, n) for n in BallotCount.FIGURES), strict=True
        ),
        "lines": [(subject, list(zip(Mark.labels, counts, strict=True))) for subject, counts in lines],
        "marks": Mark.labels,
        "may_see": _may_see(request, sheet),
        "may_edit": rules.can_edit_count(request.user, sheet),
        "may_sign": COUNT.check(request.user, sheet, "sign"),
        "problems": rules.within(sheet, [s for s, _ in lines], group_names()),
    }
    return render(request, "surveys/count_sheet.html", context)


@require_http_methods(["GET", "POST"])
def count_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a first count; somebody else than its counter begins with an empty form and becomes the counter."""
    sheet = _visible_sheet(request, pk)
    demand(rules.can_edit_count(request.user, sheet))
    form = CountForm(
        request.POST or None, rating=sheet.rating, sheet=sheet, blind=not _may_see(request, sheet)
    )

    def save(values: dict[str, Any]) -> BallotCount:
        return services.correct_count(
            actor=request.user, sheet=sheet, revision=values["revision"] or 0, **form.parts()
        )

    return _submit_sheet(request, sheet, form, save, f"更正{sheet}计票单", "已更正。")


@require_http_methods(["GET", "POST"])
def count_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second count, on an empty form."""
    sheet = _visible_sheet(request, pk)
    demand(COUNT.check(request.user, sheet, "sign"))
    form = CountForm(request.POST or None, rating=sheet.rating, sheet=sheet, blind=True)

    def save(values: dict[str, Any]) -> BallotCount:
        return services.sign_count(
            actor=request.user, sheet=sheet, revision=values["revision"] or 0, **form.parts()
        )

    return _submit_sheet(request, sheet, form, save, f"复核{sheet}计票单", "两人计数一致，已签名。")


def _submit_sheet(
    request: HttpRequest, sheet: BallotCount, form: CountForm, save: Any, heading: str, message: str
) -> HttpResponse:
    return submit(
        request,
        form,
        save,
        scope=f"{heading[:2]}:{sheet.pk}",
        template="surveys/count_form.html",
        success=_sheet_of,
        context=rating_frame(sheet.rating) | {
            "heading": heading, "cancel_url": _sheet_of(sheet), "marks": Mark.labels,
            "submit_label": "监票人签名" if heading.startswith("复核") else "保存",
            "blind": heading.startswith("复核"),
        },
        message=message,
    )  # fmt: skip


@require_POST
def count_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Take a signed sheet back, or remove one made by mistake."""
    sheet, reason = _visible_sheet(request, pk), request.POST.get("reason", "")
    rating = sheet.rating
    if action == "remove":
        return perform(
            request,
            lambda: services.remove_count(actor=request.user, sheet=sheet, reason=reason),
            scope=f"surveys.uncount:{sheet.pk}",
            success=page_of(rating),
            message="计票单已删除。",
        )
    if action != "reopen":
        raise Http404
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.reopen_count(actor=request.user, sheet=sheet, reason=reason, revision=revision),
        scope=f"surveys.recount:{sheet.pk}",
        success=_sheet_of(sheet),
        message="已退回，请重新清点。",
    )


@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ballots typed one by one, by keyboard."""
    row = visible_rating(request, pk)
    demand(rules.can_collect(request.user, row))
    kept = {name: request.GET[name] for name in ("channel", "group") if name in request.GET}
    form = BallotsForm(request.POST or None, rating=row, initial={"revision": row.revision} | kept)

    def save(values: dict[str, Any]) -> Rating:
        return services.enter_ballots(
            actor=request.user, rating=row, channel=values["channel"], group=values["group"],
            ballots=values["ballots"], revision=values["revision"] or 0,
        )  # fmt: skip

    return submit(
        request,
        form,
        save,
        scope=f"surveys.ballots:{row.pk}",
        template="surveys/ballot_grid.html",
        success=lambda _: f"{request.path}?channel={form.cleaned_data['channel']}&group={form.cleaned_data['group']}",
        context=rating_frame(row) | {
            "heading": f"{row.village.name}逐票录入", "cancel_url": page_of(row), "submit_label": "存入这些票",
        },
        message=f"已存入{len(form.cleaned_data.get('ballots', [])) if form.is_bound and form.is_valid() else 0}张。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ballot_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Upload a workbook of ballots."""
    row = visible_rating(request, pk)
    demand(rules.can_collect(request.user, row))
    form = BallotImportForm(request.POST or None, request.FILES or None)

    def read(values: dict[str, Any]) -> BallotImport:
        file = values["file"]
        return services.preview_ballots(
            actor=request.user, rating=row, channel=values["channel"], filename=file.name, content=file.read()
        )

    return submit(
        request,
        form,
        read,
        scope=f"surveys.ballot_import:{row.pk}",
        template="surveys/rating_form.html",
        success=lambda staged: reverse("surveys:ballot_preview", kwargs={"pk": staged.pk}),
        context=rating_frame(row) | {
            "heading": f"导入{row.village.name}测评票", "cancel_url": page_of(row), "submit_label": "读取并预览",
        },
        message="",
    )  # fmt: skip


def _staged(request: HttpRequest, pk: UUID) -> BallotImport:
    rows = BallotImport.objects.select_related(
        "rating__inspection", "rating__round", "rating__team", "rating__village"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def ballot_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a workbook holds: what would count, cells that keep rows out, what is there twice."""
    staged = _staged(request, pk)
    payload, subjects = staged.payload, list(staged.rating.subjects.all())
    names = {subject.number: subject.name for subject in subjects}
    labels = dict(Mark.choices)
    context = rating_frame(staged.rating) | {
        "object": staged,
        "offers": BALLOTS.available(request.user, staged),
        "subjects": subjects,
        "marks": Mark.labels,
        "ballots": [
            b | {"words": [labels[mark] for mark in b["marks"]]} for b in payload.get("ballots", [])[:_SHOWN]
        ],
        "counts": [c | {"name": names.get(c["subject"], "")} for c in payload.get("counts", [])[:_SHOWN]],
        "defects": payload.get("defects", [])[:_SHOWN],
        "repeated": payload.get("repeated", [])[:_SHOWN],
        "warnings": payload.get("warnings", []),
        "shown": _SHOWN,
        "unit": "行" if staged.way == BallotCount.Way.COUNTED else "张",
    }
    return render(request, "surveys/ballot_preview.html", context)


@require_POST
def ballot_import_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Confirm a preview or give it up."""
    staged = _staged(request, pk)
    if action == "commit":
        return confirm_import(
            request,
            staged,
            services.commit_ballots,
            revision=revision_of(request),
            scope="surveys.ballots.commit",
            success=reverse("surveys:ballot_preview", kwargs={"pk": staged.pk}),
            message="已导入。",
            can_skip=False,
        )
    if action != "discard":
        raise Http404
    return discard_import(
        request,
        staged,
        services.discard_ballots,
        revision=revision_of(request),
        scope="surveys.ballots.discard",
        success=page_of(staged.rating),
        message="已放弃，内容没有保留。",
    )
