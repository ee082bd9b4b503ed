"""The page of one problem workpaper, its form, and the steps it takes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.access import demand
from core.errors import NotAllowed
from core.ids import key_of
from core.submissions import perform, revision_of, submit
from findings import rules, services
from findings.forms.finding import FindingForm
from findings.forms.parts import MaterialEntryForm, MergeForm, PersonForm, UploadForm, WithdrawForm
from findings.models import Disposal, Finding, Lead
from findings.selectors.basis import basis_of
from findings.selectors.clues import clues_of_finding
from findings.selectors.leads import lead_named, leads_checked_by, words_of_lead
from findings.selectors.paper import (
    alike,
    chain,
    evidence_of,
    merge_candidates,
    merged_papers,
    persons_of,
    qualifications,
    seal_broken,
    signatures_of,
)
from findings.selectors.topics import open_topics, topics_of_paper
from findings.selectors.watch import first_words, watch_item_named
from findings.views.shared import (
    NOWHERE,
    lacks_of,
    village_named,
    visible_finding,
    working_round,
    writable_villages,
)
from findings.workflow import FINDING_FLOW
from prep.models import WatchItem
from villages.models import VillageInspection

# Steps with a page of their own, not a plain button.
_OWN_PAGE = {"reopen", "withdraw", "merge"}
_DONE = {
    "sign_handler": "已提交复核。",
    "sign_deputy": "已复核，转组长审签。",
    "sign_leader": "已审签。",
    "file": "已备案，底稿转为只读。",
    "return": "已退回经办人，原签名失效。",
}


def finding(request: HttpRequest, pk: Any) -> HttpResponse:
    """The whole paper; with ``?pane=1`` only what the review list shows beside itself."""
    paper = visible_finding(request, pk)
    if request.GET.get("pane"):
        return render(request, "findings/pane.html", pane_context(request, paper) | {"alone": True})
    context = pane_context(request, paper) | {
        "persons": persons_of(request.user, paper),
        "signatures": signatures_of(paper),
        "comments": paper.comments.select_related("author"),
        "can_edit": rules.can_edit(request.user, paper),
        "can_delete": rules.can_delete(request.user, paper),
        "can_restore": rules.can_restore(request.user, paper),
        "can_merge": FINDING_FLOW.check(request.user, paper, "merge"),
        "merged_papers": merged_papers(request.user, paper),
        "leads": leads_checked_by(request.user, finding=paper),
        "can_tip": rules.can_write_tip(request.user, paper) and not hasattr(paper, "tip"),
        "topics": topics_of_paper(request.user, paper),
        "open_topics": open_topics(request.user, paper),
        "can_put": rules.can_put_to_topic(request.user, paper),
        # By post and paper alone: whether a clue exists changes nothing for who does not know of it.
        "can_open_clue": paper.disposal == Disposal.TRANSFER and rules.can_open_clue(request.user, paper),
        **_clues(request, paper),
        "can_withdraw": FINDING_FLOW.check(request.user, paper, "withdraw"),
    }
    if context["can_edit"]:
        context |= {
            "upload_form": UploadForm(),
            "entry_form": MaterialEntryForm(finding=paper),
            "person_form": PersonForm(),
        }
    return render(request, "findings/finding.html", context)


def _clues(request: HttpRequest, paper: Finding) -> dict[str, Any]:
    """Nothing of what they say: this page is no page of theirs, and leaves no trace of reading."""
    found, sealed = clues_of_finding(request.user, paper)
    return {"clues": found, "sealed_clues": sealed}


def pane_context(request: HttpRequest, paper: Finding) -> dict[str, Any]:
    """The paper, its evidence, its chain of signatures, the steps possible now; it counts as looked at."""
    signatures = signatures_of(paper)
    look, changed = services.note_look(actor=request.user, finding=paper)
    offers = [o for o in FINDING_FLOW.available(request.user, paper) if o.transition.name not in _OWN_PAGE]
    return {
        "object": paper,
        "finding": paper,
        "offers": [] if paper.deleted_at else offers,
        "evidence": evidence_of(paper),
        "chain": chain(paper, signatures),
        "seal_broken": seal_broken(paper, signatures),
        "lacks": lacks_of(request.user, paper),
        "alike": alike(request.user, paper),
        "steps": paper.steps.order_by("seq"),
        "qualifications": qualifications(paper),
        "can_comment": rules.can_comment(request.user, paper),
        "look": look,
        "changed": changed,
        "basis": basis_of(request.user, paper),
        # Whoever may take a step reads the warnings beside its button, everybody else beside the line.
        "deciding": any(offer.verdict for offer in offers) and not paper.deleted_at,
    }


def finding_new(request: HttpRequest) -> HttpResponse:
    """A new paper; the address may name the village, or the item of its watch list or the lead it comes from."""
    round_ = working_round(request)
    villages = writable_villages(request.user, round_)
    if not villages.exists():
        raise NotAllowed(NOWHERE)
    item = watch_item_named(request.user, round_, request.GET.get("watch", ""))
    lead = None if item else lead_named(request.user, round_, request.GET.get("lead", ""))
    begun = item or lead
    start = first_words(item) if item else words_of_lead(lead) if lead else {}
    start |= {
        "village": villages.filter(pk=begun.inspection_id).first()
        if begun
        else village_named(villages, request.GET.get("village", ""))
    }
    form = FindingForm(request.POST or None, initial=start, round_=round_, villages=villages)

    def save(values: dict[str, Any]) -> Finding:
        inspection: VillageInspection = values["village"]
        chosen, steps = form.split()
        return services.create_finding(
            actor=request.user,
            inspection=inspection,
            values=chosen,
            steps=steps,
            watch_item=item,
            lead=lead,
        )

    return submit(
        request,
        form,
        save,
        scope=f"findings.new:{begun.pk}" if begun else "findings.new",
        template="findings/finding_form.html",
        context={
            "cancel_url": _begun_at(begun),
            "submit_label": "保存草稿",
            "villages": villages,
            "watch_item": item,
            "lead": lead,
        },
        success=address,
        message="已保存草稿。接着添加支撑材料，要素齐全后提交复核。",
    )


def _begun_at(begun: WatchItem | Lead | None) -> str:
    """Where one was when one began to write: the item, the lead, or the list."""
    if begun is None:
        return reverse("findings:review")
    name = "findings:lead" if isinstance(begun, Lead) else "prep:watchitem"
    return reverse(name, kwargs={"pk": begun.pk})


def finding_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change a paper; says beforehand and afterwards what that does to its signatures."""
    paper = visible_finding(request, pk)
    demand(rules.can_edit(request.user, paper))
    form = FindingForm(request.POST or None, initial=_stored(paper), round_=paper.round)
    signed = paper.status in Finding.UNDER_SIGNATURE

    def save(values: dict[str, Any]) -> Finding:
        chosen, steps = form.split()
        return services.edit_finding(
            actor=request.user, finding=paper, revision=values["revision"], values=chosen, steps=steps
        )

    return submit(
        request,
        form,
        save,
        scope=f"findings.edit:{paper.pk}",
        template="findings/finding_form.html",
        context={"cancel_url": address(paper), "object": paper, "finding": paper, "signed": signed},
        success=address,
        message="已保存。内容有改动的，原签名已全部失效，须重新提交复核。" if signed else "已保存。",
        stored=_stored,
    )


def _stored(paper: Finding) -> dict[str, Any]:
    values = {name: getattr(paper, name) for name in rules.EDITABLE}
    return values | {"discovery": paper.step_rows(), "revision": paper.revision}


def address(paper: Finding) -> str:
    """The page of a paper."""
    return reverse("findings:finding", kwargs={"pk": paper.pk})


@require_POST
def finding_action(request: HttpRequest, pk: Any, action: str) -> HttpResponse:
    """A step taken on the paper's own page."""
    paper = visible_finding(request, pk)
    return take_step(request, paper, action, success=address(paper))


def take_step(request: HttpRequest, paper: Finding, action: str, *, success: str) -> HttpResponse:
    """Take the step named ``action`` as the button asked, once."""
    steps = {
        "sign_handler": services.sign_as_handler,
        "sign_deputy": services.sign_as_deputy,
        "sign_leader": services.sign_as_leader,
        "file": services.file_finding,
    }
    revision = revision_of(request)

    def do() -> Finding:
        if action == "return":
            reason = request.POST.get("reason", "")
            services.return_finding(actor=request.user, finding=paper, reason=reason, revision=revision)
        else:
            steps[action](actor=request.user, finding=paper, revision=revision)
        services.note_own_step(actor=request.user, findings=[paper])
        return paper

    if action not in _DONE:
        raise Http404
    return perform(request, do, scope=f"findings.{action}:{paper.pk}", success=success, message=_DONE[action])


def finding_withdraw(request: HttpRequest, pk: Any) -> HttpResponse:
    """Withdraw a numbered paper: reason and decision of the team meeting."""
    paper = visible_finding(request, pk)
    demand(FINDING_FLOW.check(request.user, paper, "withdraw"))
    form = WithdrawForm(request.POST or None, initial={"revision": paper.revision})

    def save(values: dict[str, Any]) -> Finding:
        return services.withdraw_finding(actor=request.user, finding=paper, **values)

    return submit(
        request,
        form,
        save,
        scope=f"findings.withdraw:{paper.pk}",
        template="findings/withdraw.html",
        context={"cancel_url": address(paper), "submit_label": "撤销这份底稿", "finding": paper},
        success=address,
        message="已撤销。编号和内容保留，不再列入清单和报告。",
    )


def finding_merge(request: HttpRequest, pk: Any) -> HttpResponse:
    """Let this paper go into another of the village."""
    paper = visible_finding(request, pk)
    demand(FINDING_FLOW.check(request.user, paper, "merge"))
    form = MergeForm(
        request.POST or None,
        initial={"revision": paper.revision, "into": key_of(request.GET.get("into", ""))},
        candidates=merge_candidates(request.user, paper),
    )

    def save(values: dict[str, Any]) -> Finding:
        return services.merge_finding(actor=request.user, finding=paper, **values)

    return submit(
        request,
        form,
        save,
        scope=f"findings.merge:{paper.pk}",
        template="findings/merge.html",
        context={"cancel_url": address(paper), "submit_label": "合并", "finding": paper},
        success=lambda merged: address(merged.merged_into),
        message="已合并。两份底稿都保留，材料已转到这一份；这一份有改动的，原签名已失效，须重新提交复核。",
    )


@require_POST
def finding_delete(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put an unsigned draft aside."""
    paper = visible_finding(request, pk)
    revision, reason = revision_of(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.delete_finding(actor=request.user, finding=paper, revision=revision, reason=reason),
        scope=f"findings.delete:{paper.pk}",
        success=address(paper),
        message="草稿已删除，可以恢复。",
    )


@require_POST
def finding_restore(request: HttpRequest, pk: Any) -> HttpResponse:
    """Bring a deleted draft back."""
    paper = visible_finding(request, pk)
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.restore_finding(actor=request.user, finding=paper, revision=revision),
        scope=f"findings.restore:{paper.pk}",
        success=address(paper),
        message="草稿已恢复。",
    )


@require_POST
def finding_word(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask for the paper as Word or PDF; the progress stands on the job's page."""
    paper = visible_finding(request, pk)
    job = services.request_paper(actor=request.user, finding=paper, pdf=request.POST.get("as") == "pdf")
    return redirect("core:job", pk=job.pk)
