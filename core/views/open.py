"""Pages for people without an account who must leave no trace: villagers with a phone."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from core.context import client_address

View = Callable[..., HttpResponse]
After = Callable[[HttpRequest, HttpResponse], HttpResponse]


def traceless(view: View, after: After | None = None) -> View:
    """An open page: no sign-in, no address for the audit trail, nothing kept by the browser, nothing logged.

    ``after`` may put another answer in place of the view's, still without a trace.
    """

    @login_not_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        mark = client_address.set("")
        try:
            response = view(request, *args, **kwargs)
            if after is not None:
                response = after(request, response)
        finally:
            client_address.reset(mark)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        # Django would write a line with the moment for every refused request.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return wrapped
