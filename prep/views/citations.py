"""Parts of pages on which a basis is written: rules to pick from, and what the book says of the lines as typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.access import demand
from core.text import clean
from prep import rules
from prep.forms.rulebook import act_typed, day_typed
from prep.selectors.citation_search import search_citations
from prep.selectors.citations import MOST_LINES, read_basis

_LONGEST = 500


@require_GET
def citation_pick(request: HttpRequest) -> HttpResponse:
    """Rules that fit what was typed, each edition ready to be put into the basis."""
    demand(rules.can_browse(request.user))
    typed = clean(request.GET.get("cite", ""))[:120].strip()
    found = search_citations(request.user, typed, act=act_typed(request.GET), today=clock.today())
    return render(request, "prep/citation_pick.html", {"typed": typed, "found": found})


@require_POST
def citation_check(request: HttpRequest) -> HttpResponse:
    """What the book says of a basis as it stands on the page; nothing is kept."""
    demand(rules.can_browse(request.user))
    typed = clean(request.POST.get("basis", ""))
    lines = [line.strip()[:_LONGEST] for line in typed.split("\n") if line.strip()][:MOST_LINES]
    as_of = day_typed(request.POST, "prepared_on") or clock.today()
    basis = read_basis(request.user, lines, act=act_typed(request.POST), as_of=as_of)
    return render(request, "prep/citation_check.html", {"basis": basis})
