"""What talks and field papers do alike when a button on their page is pressed."""

from django.http import Http404, HttpRequest, HttpResponse

from core.submissions import perform, revision_of
from findings import services
from findings.models import Minutes


def take_minutes_step(request: HttpRequest, row: Minutes, action: str, success: str) -> HttpResponse:
    """Submit, sign or return a paper."""
    revision, reason = revision_of(request), request.POST.get("reason", "")
    acts = {
        "submit": lambda: services.submit_minutes(actor=request.user, paper=row, revision=revision),
        "sign": lambda: services.sign_minutes(actor=request.user, paper=row, revision=revision),
        "return": lambda: services.return_minutes(
            actor=request.user, paper=row, revision=revision, reason=reason
        ),
    }
    if action not in acts:
        raise Http404
    done = {"submit": f"已提交{row.other_label}复核。", "sign": "已签名。", "return": "已退回记录人。"}
    return perform(
        request, acts[action], scope=f"{row.VERB}.{action}:{row.pk}", success=success, message=done[action]
    )


def put_minutes_aside(request: HttpRequest, row: Minutes, success: str) -> HttpResponse:
    """Put an unsigned paper aside, with the reason given."""
    revision, reason = revision_of(request), request.POST.get("reason", "")
    return perform(
        request,
        lambda: services.delete_minutes(actor=request.user, paper=row, revision=revision, reason=reason),
        scope=f"{row.VERB}.delete:{row.pk}",
        success=success,
        message=f"{row.noun}已删除，可以恢复。",
    )


def bring_minutes_back(request: HttpRequest, row: Minutes, success: str) -> HttpResponse:
    """Bring a deleted paper back."""
    revision = revision_of(request)
    return perform(
        request,
        lambda: services.restore_minutes(actor=request.user, paper=row, revision=revision),
        scope=f"{row.VERB}.restore:{row.pk}",
        success=success,
        message=f"{row.noun}已恢复。",
    )
