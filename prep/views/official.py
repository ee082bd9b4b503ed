"""Official papers: the register, drafting, editing, issuing; and how a team is reached."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.listing import capped_count, keyset
from core.submissions import perform, revision_of, submit
from core.text import clean
from prep.forms.official import ContactForm, PaperForm, PaperNewForm
from prep.models import OfficialPaper, PaperStatus, TeamContact
from prep.rules import official as rules
from prep.selectors import official as selectors
from prep.services import official as services
from prep.views.rounds import working_round
from prep.workflow.official import PAPER
from villages.models import Round, Team, Town


def _page(row: OfficialPaper) -> str:
    return reverse("prep:officialpaper", kwargs={"pk": row.pk})


@require_GET
def paper_list(request: HttpRequest) -> HttpResponse:
    """The register of the round's official papers, with search."""
    demand(rules.can_read_papers(request.user))
    round_ = working_round(request)
    chosen = {name: request.GET.get(name, "") for name in ("kind", "status")}
    text = clean(request.GET.get("q", "")).strip()
    rows = selectors.papers(request.user, round_, text=text, **chosen)
    may_draft = bool(rules.can_draft(request.user, round_))
    context = {
        "round": round_,
        "page": keyset(rows, order=["-created_at"], cursor=request.GET.get("cursor", "")),
        "count": capped_count(rows),
        "kinds": selectors.kind_options(request.user, round_),
        "states": [{"value": value, "label": label} for value, label in PaperStatus.choices],
        "q": text,
        "may_draft": may_draft,
        "lacking": len(selectors.lacking(round_)) if may_draft else 0,
        "teams": [
            {
                "team": team, "lacking": rules.missing_contact(contact),
                "may": bool(rules.can_keep_contact(request.user, team)),
            }
            for team, contact in selectors.contacts(request.user, round_)
        ],
    }  # fmt: skip
    return render(request, "prep/papers.html", context)


@require_http_methods(["GET", "POST"])
def paper_new(request: HttpRequest) -> HttpResponse:
    """Draft one paper of the round."""
    demand(rules.can_write_papers(request.user))
    round_ = working_round(request)
    demand(rules.can_draft(request.user, round_))
    teams = Team.objects.filter(round=round_)
    form = PaperNewForm(
        request.POST or None,
        teams=teams,
        towns=Town.objects.filter(villages__inspections__round=round_).distinct(),
    )
    return submit(
        request, form, lambda values: services.draft_paper(actor=request.user, round=round_, **values),
        scope=f"prep.paper_new:{round_.pk}", template="prep/paper_form.html", success=_page,
        context={"title": "起草公文", "cancel_url": reverse("prep:papers"), "submit_label": "起草"},
        message="已按本轮数据起草，请核对。",
    )  # fmt: skip


@require_POST
def paper_draft_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft everything the round needs and does not have."""
    round_ = get_visible_or_404(Round.objects.select_related("district"), request.user, pk=pk)
    demand(rules.can_draft(request.user, round_))
    return perform(
        request, lambda: services.draft_round_papers(actor=request.user, round=round_),
        scope=f"prep.paper_draft_all:{pk}", success=reverse("prep:papers"),
        message="本轮需要的公文已起草，请逐份核对、印发。",
    )  # fmt: skip


def _paper(request: HttpRequest, pk: UUID) -> OfficialPaper:
    rows = OfficialPaper.objects.select_related("round__district", "team__round", "town")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One paper: its words, what is missing, the steps."""
    row = _paper(request, pk)
    draft = row.status == PaperStatus.DRAFT
    context = {
        "object": row,
        "offers": PAPER.available(request.user, row),
        "missing": rules.missing_in(row) if draft else [],
        "may_edit": bool(rules.can_edit_paper(request.user, row)),
        "send_by": selectors.send_by(row) if draft else None,
        "today": clock.today(),
    }
    return render(request, "prep/paper.html", context)


@require_http_methods(["GET", "POST"])
def paper_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The parts of a draft that people change."""
    row = _paper(request, pk)
    demand(rules.can_edit_paper(request.user, row))
    initial = {name: getattr(row, name) for name in services.PAPER_FIELDS} | {"revision": row.revision}
    initial["dated_on"] = row.dated_on or clock.today()
    form = PaperForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> OfficialPaper:
        revision = values.pop("revision")
        return services.edit_paper(actor=request.user, paper=row, revision=revision, values=values)

    return submit(
        request, form, save, scope=f"prep.paper_edit:{pk}", template="prep/paper_form.html", success=_page,
        context={"title": f"修改{row.get_kind_display()}", "cancel_url": _page(row), "object": row},
    )  # fmt: skip


@require_POST
def paper_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Issue, void, or write anew from the data."""
    row = _paper(request, pk)
    demand(rules.can_write_papers(request.user))
    revision, reason = revision_of(request), request.POST.get("reason", "")
    steps: dict[str, Any] = {
        "issue": lambda: services.issue_paper(actor=request.user, paper=row, revision=revision),
        "void": lambda: services.void_paper(actor=request.user, paper=row, reason=reason, revision=revision),
        "recompose": lambda: services.recompose_paper(actor=request.user, paper=row, revision=revision),
    }
    if action not in steps:
        raise Http404
    return perform(
        request, steps[action], scope=f"prep.paper.{action}:{pk}", success=_page(row), message="已办理。"
    )


@require_POST
def paper_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the paper as Word; the progress stands on the job's page."""
    return redirect(
        "core:job", pk=services.request_official_paper(actor=request.user, paper=_paper(request, pk)).pk
    )


@require_http_methods(["GET", "POST"])
def contact_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How a team is reached."""
    team = get_visible_or_404(Team.objects.select_related("round"), request.user, pk=pk)
    demand(rules.can_keep_contact(request.user, team))
    known = selectors.contact_of(team)
    names = [name for name in ContactForm.base_fields if name != "revision"]
    initial = {name: getattr(known, name) for name in names} | {"revision": known.revision}
    form = ContactForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> TeamContact:
        revision = values.pop("revision")
        return services.save_contact(actor=request.user, team=team, revision=revision, values=values)

    back = reverse("prep:papers")
    return submit(
        request, form, save, scope=f"prep.contact:{pk}", template="prep/paper_form.html", success=lambda _: back,
        context={"title": f"{team.name}联系方式", "cancel_url": back},
    )  # fmt: skip
