"""The village's profile as a form, as a Word paper, and beside the neighbours' figures."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.access import demand
from core.models.jobs import Job
from core.submissions import perform, submit
from prep import rules, services
from prep.forms import ProfileForm
from prep.models import CommitteeMember, VillageProfile, VillageProject, YearFigure
from prep.selectors.attention import proposals
from prep.selectors.attention.overview import newest_decisions
from prep.selectors.dossier import BASICS, WELFARE, counts
from prep.selectors.profile import VillageKnowledge, village_knowledge
from prep.selectors.traits import named_traits
from prep.selectors.years import SPAN, last_year, years_view
from prep.views.shared import crumbs, visible_inspection
from villages.models import VillageInspection


def profile_parts(request: HttpRequest, inspection: VillageInspection) -> dict[str, Any]:
    """What the village's page shows of its profile: facts, years, people in office, projects, attention class."""
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    known = village_knowledge(request.user, inspection.village)
    people = profile.population if profile else None
    return {
        "profile": profile,
        "basics": counts(profile, BASICS) if profile else (),
        "welfare": counts(profile, WELFARE) if profile else (),
        "trait_names": named_traits(profile.traits if profile else []),
        "known": known,
        "years": years_view(known.years, inspection.village, last_year(inspection), people),
        "proposal": proposals(inspection.round, [inspection])[inspection.pk][0],
        "decision": newest_decisions([inspection]).get(inspection.pk),
        "may_decide": rules.can_decide_attention(request.user, inspection),
        "may_receive": rules.can_receive_portrait(request.user, inspection),
    }


@require_http_methods(["GET", "POST"])
def profile_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The profile as a form: counts, people in office, years, projects."""
    inspection = visible_inspection(request, pk)
    demand(rules.can_edit(request.user, inspection))
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    form = ProfileForm(request.POST or None, initial=_initial(request, inspection, profile))

    def save(_: dict[str, Any]) -> VillageProfile:
        return services.save_profile(actor=request.user, inspection=inspection, **form.parts())

    back = reverse("prep:village", kwargs={"pk": inspection.pk})

    def saved(_: VillageProfile) -> str:
        for doubt in village_knowledge(request.user, inspection.village).doubts[:3]:
            messages.warning(request, doubt)
        return back

    return submit(
        request,
        form,
        save,
        scope=f"prep.profile:{inspection.pk}",
        template="prep/profile_form.html",
        success=saved,
        context=crumbs(inspection) | {"cancel_url": back},
        message="村情档案已保存。",
    )


def _initial(
    request: HttpRequest, inspection: VillageInspection, profile: VillageProfile | None
) -> dict[str, Any]:
    """The stored sheet; a new one begins with what the register says, so that nothing is typed twice."""
    known: VillageKnowledge = village_knowledge(request.user, inspection.village)
    lists = (
        ("year_figures", YearFigure, known.years),
        ("committee", CommitteeMember, known.members),
        ("projects", VillageProject, known.projects),
    )
    rows: dict[str, Any] = {
        field: [{name: getattr(row, name) for name in kind.SHOWN} for row in listed]
        for field, kind, listed in lists
    }
    rows["year_figures"] = rows["year_figures"] or _five_years(inspection)
    if profile is not None:
        names = [name for name in ProfileForm.base_fields if name not in rows]
        return rows | {name: getattr(profile, name) for name in names}
    register = inspection.village
    return rows | {
        "revision": 0,
        "households": register.households,
        "population": register.population,
        "member_count": register.members,
    }


def _five_years(inspection: VillageInspection) -> list[dict[str, int]]:
    newest = last_year(inspection)
    return [{"year": year} for year in range(newest - SPAN + 1, newest + 1)]


@require_POST
def dossier_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the profile made as a Word paper."""
    inspection = visible_inspection(request, pk)

    def do() -> Job:
        return services.request_dossier(actor=request.user, inspection=inspection)

    return perform(
        request,
        do,
        scope=f"prep.dossier:{inspection.pk}",
        success=reverse("prep:portraits", kwargs={"pk": inspection.pk}),
        message="正在生成村情档案，做好后在本页和“任务”里取。",
    )
