"""The one shape of a form in the portal: a heading, the record it belongs to, the way back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.forms import SheetForm
from core.submissions import submit


def portal_form(
    request: HttpRequest,
    row: Any,
    form: SheetForm,
    do: Callable[[dict[str, Any]], Any],
    *,
    scope: str,
    back: str,
    heading: str,
    message: str,
    button: str = "",
) -> HttpResponse:
    """Show and take ``form`` about ``row``; afterwards, and on cancelling, the page at ``back`` follows."""
    return submit(
        request,
        form,
        do,
        scope=f"{scope}:{row.pk}",
        template="rectification/portal_form.html",
        success=lambda _: back,
        message=message,
        context={"heading": heading, "object": row, "cancel_url": back, "submit_label": button or heading},
    )
