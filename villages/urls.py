"""Pages of the shared model: sign-in, places, people, rounds, teams."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

app_name = "villages"
urlpatterns = [
    path(
        "denglu/",
        login_not_required(auth_views.LoginView.as_view(template_name="villages/login.html")),
        name="login",
    ),
    path("tuichu/", auth_views.LogoutView.as_view(), name="logout"),
    path(
        "mima/",
        auth_views.PasswordChangeView.as_view(template_name="villages/password.html", success_url="/"),
        name="password",
    ),
]
