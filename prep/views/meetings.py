"""Meetings of the teams: the list, one record, its villages, its files, signing."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.access import demand, get_visible_or_404
from core.files.responses import send
from core.listing import capped_count, keyset
from core.submissions import perform, revision_of, submit
from prep.forms.meetings import MeetingFileForm, MeetingForm, MeetingVillageForm
from prep.models import FocusMeeting, MeetingFile, MeetingVillage
from prep.rules import meetings as rules
from prep.selectors import meetings as selectors
from prep.services import meetings as services
from prep.views.rounds import working_round
from prep.workflow.meetings import MEETING
from villages.models import Team, TeamRole, User
from villages.selectors.rounds import my_membership


def _page(row: FocusMeeting) -> str:
    return reverse("prep:focusmeeting", kwargs={"pk": row.pk})


@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings of the round the viewer may see."""
    demand(rules.can_read_meetings(request.user))
    round_ = working_round(request)
    mine = my_membership(request.user, round_)
    rows = selectors.meetings(request.user, round_, request.GET.get("team", ""))
    context = {
        "round": round_,
        "page": keyset(rows, order=["-held_at"], cursor=request.GET.get("cursor", "")),
        "count": capped_count(rows),
        "teams": [
            {"value": "", "label": "全部"},
            *({"value": str(team.number), "label": team.name} for team in round_.teams.order_by("number")),
        ],
        "own": mine.team if mine and rules.can_record(request.user, mine.team) else None,
    }
    return render(request, "prep/meetings.html", context)


def _people(team: Team) -> Any:
    return User.objects.filter(memberships__team=team, is_active=True).order_by("display_name")


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the record of a meeting of the team ``pk``."""
    team = get_visible_or_404(Team.objects.select_related("round"), request.user, pk=pk)
    demand(rules.can_record(request.user, team))
    leader = _people(team).filter(memberships__team=team, memberships__role=TeamRole.LEADER).first()
    initial = {
        "attendance": selectors.attendance_sheet(team), "held_at": clock.now(), "name": f"{team.name}巡前研判会",
        "chair": leader, "recorder": request.user.pk if leader and leader.pk != request.user.pk else None,
    }  # fmt: skip
    form = MeetingForm(
        request.POST or None, initial=initial, people=_people(team),
        villages=selectors.candidates(request.user, team),
    )  # fmt: skip

    def save(_: dict[str, Any]) -> FocusMeeting:
        parts = form.parts()
        return services.open_meeting(
            actor=request.user, team=team, values=parts["values"], villages=parts["villages"]
        )

    return submit(
        request, form, save, scope=f"prep.meeting_new:{pk}", template="prep/meeting_form.html", success=_page,
        context={"title": "会议记录", "team": team, "cancel_url": reverse("prep:meetings")},
        message="已建立记录。接着逐村填写分析和议定的重点。",
    )  # fmt: skip


def _meeting(request: HttpRequest, pk: UUID) -> FocusMeeting:
    rows = FocusMeeting.objects.select_related("round__district", "team__round", "chair", "recorder")
    return get_visible_or_404(rows, request.user, pk=pk)


@require_GET
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One record: who was there, what was said of each village, the steps."""
    row = _meeting(request, pk)
    villages = selectors.discussed(request.user, row)
    taken = selectors.taken_over(villages)
    may_edit = rules.can_edit_meeting(request.user, row)
    context = {
        "object": row,
        "offers": MEETING.available(request.user, row),
        "may_edit": bool(may_edit),
        "present": [line for line in row.attendance if line["present"]],
        "away": [line for line in row.attendance if not line["present"]],
        "villages": [
            {
                "row": one, "may_seed": bool(one.focus) and bool(rules.can_take_over(request.user, one)),
                "left": [line for line in one.focus if selectors.source_of(one, line) not in taken],
            }
            for one in villages
        ],
        "files": [
            {"file": one.file, "url": reverse("prep:meeting_file", kwargs={"pk": one.pk})}
            for one in row.files.select_related("file")
        ],
    }  # fmt: skip
    return render(request, "prep/meeting.html", context)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an unsigned record."""
    row = _meeting(request, pk)
    demand(rules.can_edit_meeting(request.user, row))
    initial = {name: getattr(row, name) for name in services.MEETING_FIELDS} | {"revision": row.revision}
    initial["attendance"] = [
        line | {"present": "yes" if line["present"] else "no"} for line in row.attendance
    ]
    initial["villages"] = [one.inspection_id for one in selectors.discussed(request.user, row)]
    form = MeetingForm(
        request.POST or None, initial=initial, people=_people(row.team),
        villages=selectors.candidates(request.user, row.team),
    )  # fmt: skip

    def save(_: dict[str, Any]) -> FocusMeeting:
        return services.edit_meeting(actor=request.user, meeting=row, **form.parts())

    return submit(
        request, form, save, scope=f"prep.meeting_edit:{pk}", template="prep/meeting_form.html", success=_page,
        context={"title": "修改会议记录", "team": row.team, "cancel_url": _page(row)},
    )  # fmt: skip


@require_POST
def meeting_action(request: HttpRequest, pk: UUID, action: str) -> HttpResponse:
    """Sign, or give back."""
    row = _meeting(request, pk)
    if action not in MEETING.transitions:
        raise Http404
    revision, reason = revision_of(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.step_meeting(
            actor=request.user, meeting=row, step=action, revision=revision, reason=reason
        ),
        scope=f"prep.meeting.{action}:{pk}",
        success=_page(row),
        message="已签署。" if action.startswith("sign") else "已退回。",
    )


@require_http_methods(["GET", "POST"])
def meeting_attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep papers of the meeting."""
    row = _meeting(request, pk)
    demand(rules.can_edit_meeting(request.user, row))
    return submit(
        request, MeetingFileForm(request.POST or None, request.FILES or None),
        lambda values: services.attach_to_meeting(actor=request.user, meeting=row, uploads=values["uploads"]),
        scope=f"prep.meeting_attach:{pk}", template="prep/meeting_form.html", success=_page,
        context={"title": "添加附件", "team": row.team, "cancel_url": _page(row), "submit_label": "上传"},
    )  # fmt: skip


@require_GET
def meeting_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """A paper of the meeting, untouched."""
    return send(get_visible_or_404(MeetingFile.objects.select_related("file"), request.user, pk=pk).file)


@require_POST
def meeting_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the record as Word; the progress stands on the job's page."""
    return redirect(
        "core:job", pk=services.request_minutes(actor=request.user, meeting=_meeting(request, pk)).pk
    )


def _village(request: HttpRequest, pk: UUID) -> MeetingVillage:
    rows = MeetingVillage.objects.select_related(
        "meeting__team__round", "inspection__round", "inspection__village", "village", "team", "round"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


@require_http_methods(["GET", "POST"])
def meeting_village(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was said of one village."""
    row = _village(request, pk)
    demand(rules.can_edit_meeting(request.user, row.meeting))
    initial = {"analysis": row.analysis, "focus": row.focus, "revision": row.revision}
    back = _page(row.meeting)
    return submit(
        request, MeetingVillageForm(request.POST or None, initial=initial),
        lambda values: services.record_village(actor=request.user, row=row, **values),
        scope=f"prep.meeting_village:{pk}", template="prep/meeting_form.html", success=lambda _: back,
        context={"title": f"{row.village.name}研判", "team": row.meeting.team, "cancel_url": back},
    )  # fmt: skip


@require_POST
def meeting_seed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put what was agreed for a village on its watch list."""
    row = _village(request, pk)
    demand(rules.can_take_over(request.user, row))

    def do() -> MeetingVillage:
        services.seed_from_meeting(actor=request.user, row=row)
        return row

    return perform(
        request, do, scope=f"prep.meeting_seed:{pk}", success=_page(row.meeting),
        message=f"议定的重点已列入{row.village.name}待查问题清单，已在清单里的没有重复。",
    )  # fmt: skip
