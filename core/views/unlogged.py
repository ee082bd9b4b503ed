"""Pages whose mere address tells too much: nothing of them is kept by a browser, a proxy or the application's log."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from core.errors import ServiceError
from core.views import errors

View = Callable[..., HttpResponseBase]


def unlogged(*methods: str) -> Callable[[View], View]:
    """A page for signed-in people that answers to ``methods`` alone; every refusal is answered here, without a line.

    The bytes of a refusal are those of any other page: what is not there and what is not theirs look the same.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            response: HttpResponseBase
            try:
                allowed = request.method in methods
                response = view(request, *args, **kwargs) if allowed else HttpResponseNotAllowed(methods)
            except Http404:
                response = errors.not_found(request)
            except ServiceError as error:
                response = errors.refused(request, error)
            response.headers["Cache-Control"] = "no-store"
            response.headers["Referrer-Policy"] = "same-origin"
            # Django would write a line with the address for every refused request.
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response

        return wrapped

    return decorate
