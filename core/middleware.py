"""What stands around every request: whose address it is, what may be cached, how refusals are shown."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.context import client_address
from core.errors import ServiceError
from core.views import errors

Handler = Callable[[HttpRequest], HttpResponse]


class ClientAddressMiddleware:
    """Sets ``REMOTE_ADDR`` to the real client and keeps it for the audit trail.

    ``X-Real-IP`` is believed only from the one trusted proxy, which overwrites it; ``X-Forwarded-For`` never.
    A proxy that comes through a local socket has no address and is called ``unix``.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR") or "unix"
        if address == settings.TRUSTED_PROXY:
            address = request.META.get("HTTP_X_REAL_IP", address)
            request.META["REMOTE_ADDR"] = address
        token = client_address.set(address[:60])
        try:
            return self.get_response(request)
        finally:
            client_address.reset(token)


class ReadableAddressMiddleware:
    """Answers 400 to an address with a NUL in its query: no page links there, and PostgreSQL refuses the character."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in "".join(text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
            return errors.bad_request(request)
        return self.get_response(request)


class NoStoreMiddleware:
    """Pages of a signed-in person are never kept by a browser or a proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ServiceErrorMiddleware:
    """Turns a refusal that no view caught into its page: 400, 403, 409 or 422 with the sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a ``ServiceError``; everything else goes on to Django."""
        if isinstance(exception, ServiceError):
            return errors.refused(request, exception)
        return None
