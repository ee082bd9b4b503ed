"""Signing in, and the own password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.audit import SYSTEM
from core.errors import ServiceError
from villages import services
from villages.forms.people import PasswordForm, SignInForm
from villages.models import User


class SignIn(LoginView):
    """Name and password. Wrong ones are counted; who guesses too often waits, nobody is locked out."""

    form_class = SignInForm
    template_name = "villages/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Sign in and leave a trace."""
        response = super().form_valid(form)
        services.note_sign_in(actor=form.get_user())
        return response

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Count the failure, unless the password was not even looked at."""
        name = form.cleaned_data.get("username", "")
        if name and form.cleaned_data.get("password") and not form.refused:
            address = self.request.META.get("REMOTE_ADDR", "")
            services.note_failed_sign_in(actor=SYSTEM, username=name, address=address)
        return self.render_to_response(self.get_context_data(form=form), status=429 if form.refused else 422)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page, never stored by the browser."""
        response = super().render_to_response(context, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response


def password_change(request: HttpRequest) -> HttpResponse:
    """Choose an own password; all other sessions of the account end."""
    # The request holds a stand-in for the account; what is written must be the row itself.
    user = User.objects.get(pk=request.user.pk)
    form = PasswordForm(user, request.POST or None)
    first = user.must_change_password
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.change_own_password(actor=user, password=form.cleaned_data["new_password1"])
            except ServiceError as error:
                form.add_error(error.field, error.message)
            else:
                update_session_auth_hash(request, user)
                messages.success(request, "密码已修改，其他设备上的登录已全部退出。")
                return redirect("inspection:desk")
    return render(request, "villages/password.html", {"form": form, "first": first}, status=status)
