"""Pages of the floor: drafts and jobs."""

from django.urls import path

from core.views import drafts, jobs

app_name = "core"
urlpatterns = [
    path("caogao/", drafts.draft, name="draft"),
    path("renwu/", jobs.jobs, name="jobs"),
    path("renwu/lan/", jobs.jobs_bar, name="jobs_bar"),
    path("renwu/<uuid:pk>/", jobs.job, name="job"),
    path("renwu/<uuid:pk>/quxiao/", jobs.job_cancel, name="job_cancel"),
    path("renwu/<uuid:pk>/chongshi/", jobs.job_retry, name="job_retry"),
    path("renwu/<uuid:pk>/wenjian/", jobs.job_file, name="job_file"),
]
