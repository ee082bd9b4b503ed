"""Pages of the floor: drafts, jobs, files."""

from django.urls import path

from core.views.drafts import draft

app_name = "core"
urlpatterns = [
    path("caogao/", draft, name="draft"),
]
