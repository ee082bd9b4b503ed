"""The desk of the system administrator: accounts and background jobs in figures, nothing of the content."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q

from core import clock
from core.models.jobs import Job, JobState
from villages.models import LoginAttempt, User


def keeper_figures(viewer: Any) -> dict[str, Any]:
    """How many accounts wait for their first password, are out of use, failed to sign in; how the jobs stand."""
    accounts = User.objects.visible_to(viewer).aggregate(
        total=Count("pk"),
        fresh=Count("pk", filter=Q(is_active=True, must_change_password=True)),
        inactive=Count("pk", filter=Q(is_active=False)),
    )
    since = clock.now() - dt.timedelta(days=1)
    jobs = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return {
        "accounts": accounts,
        "failures": LoginAttempt.objects.filter(at__gt=since).count(),
        "jobs": {label: jobs.get(value, 0) for value, label in JobState.choices},
    }
