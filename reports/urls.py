"""Pages of this stage."""

from django.urls import URLPattern

app_name = "reports"
urlpatterns: list[URLPattern] = []
