"""Files that background jobs made for a row: listed on its page, downloaded through it."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import Http404

from core.models import StoredFile
from core.models.jobs import Job, JobState


def produced_for(row: models.Model) -> QuerySet[Job]:
    """Jobs about ``row``, newest first; who may see the row may see what was made of it."""
    rows = Job.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))
    return rows.select_related("result_file").order_by("-id")


def latest_files(viewer: Any, row: models.Model, limit: int = 20) -> list[Job]:
    """The newest job of each kind and title: anybody's finished files, and one's own that are not finished."""
    seen: set[tuple[str, str]] = set()
    found = []
    for job in produced_for(row)[: limit * 3]:
        name = (job.kind, job.title)
        shown = job.state == JobState.DONE or job.requested_by_id == str(viewer.pk)
        if shown and name not in seen and job.state != JobState.CANCELLED:
            found.append(job)
            seen.add(name)
    return found[:limit]


def produced_file(row: models.Model, job: Any) -> StoredFile:
    """The file of one job about ``row``; ``Http404`` for a job of another row or one without a file."""
    found = produced_for(row).filter(pk=job, result_file__isnull=False).first()
    if found is None or found.result_file is None:
        raise Http404
    return found.result_file
