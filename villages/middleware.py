"""Somebody who has just been given an account chooses an own password before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

_OPEN = ("villages:password", "villages:logout")


class FirstPasswordMiddleware:
    """Sends a signed-in person with an initial password to the password page, wherever they want to go."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password:
            allowed = {reverse(name) for name in _OPEN}
            if request.path not in allowed and not request.path.startswith("/static/"):
                # A part of a page gets nothing: the whole password page would be drawn into its place.
                if "HX-Request" in request.headers:
                    return HttpResponse(status=204)
                return redirect("villages:password")
        return self.get_response(request)
