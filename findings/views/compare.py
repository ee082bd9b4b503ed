"""Two papers side by side, and the way from there to merging them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.ids import key_of
from core.verdict import Verdict
from findings import rules
from findings.models import Finding
from findings.selectors.compare import compare_papers
from findings.selectors.paper import alike, merge_candidates
from findings.views.shared import visible_finding
from findings.workflow import FINDING_FLOW

_MOST = 30


def compare(request: HttpRequest, pk: Any) -> HttpResponse:
    """The paper beside the one named ``b``; without a name, the papers that may be meant. 404 for a foreign one."""
    left = visible_finding(request, pk)
    if not request.GET.get("b"):
        return render(request, "findings/compare_choose.html", _choice(request.user, left))
    right = visible_finding(request, key_of(request.GET["b"]))
    if left.pk == right.pk:
        messages.warning(request, "这是同一份底稿，请选另一份来对比。")
        return redirect("findings:compare", pk=left.pk)
    rows = compare_papers(left, right)
    context = {
        "left": left,
        "right": right,
        "rows": rows,
        "different": sum(not row.same for row in rows),
        "merges": [_merge(request.user, left, right), _merge(request.user, right, left)],
    }
    return render(request, "findings/compare.html", context)


def _choice(user: Any, paper: Finding) -> dict[str, Any]:
    """Papers one may want to lay beside ``paper``: of the same kind anywhere, then the others of the village."""
    near = alike(user, paper)
    kind = [*near.papers, *near.earlier]
    village = merge_candidates(user, paper).select_related("village").exclude(pk__in=[row.pk for row in kind])
    return {"paper": paper, "kind": kind, "others": village[:_MOST]}


def _merge(user: Any, paper: Finding, into: Finding) -> dict[str, Any]:
    """May ``paper`` go into the other, why not, and where that begins."""
    verdict: Verdict = FINDING_FLOW.check(user, paper, "merge")
    verdict = verdict and rules.can_take_in(user, paper, into)
    url = reverse("findings:finding_merge", kwargs={"pk": paper.pk})
    return {"paper": paper, "into": into, "verdict": verdict, "url": f"{url}?{urlencode({'into': into.pk})}"}
