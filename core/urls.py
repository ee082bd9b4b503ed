"""Pages of the floor: drafts, jobs and saved views."""

from django.urls import path

from core.views import drafts, jobs, saved_views

app_name = "core"
urlpatterns = [
    path("caogao/", drafts.draft, name="draft"),
    path("changyong/", saved_views.view_save, name="view_save"),
    path("changyong/<uuid:pk>/<slug:action>/", saved_views.view_step, name="view_step"),
    path("renwu/", jobs.jobs, name="jobs"),
    path("renwu/lan/", jobs.jobs_bar, name="jobs_bar"),
    path("renwu/<uuid:pk>/", jobs.job, name="job"),
    path("renwu/<uuid:pk>/quxiao/", jobs.job_cancel, name="job_cancel"),
    path("renwu/<uuid:pk>/chongshi/", jobs.job_retry, name="job_retry"),
    path("renwu/<uuid:pk>/wenjian/", jobs.job_file, name="job_file"),
]
