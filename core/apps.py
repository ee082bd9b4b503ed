"""The floor every stage stands on: audit, workflow, jobs, files, documents, page parts."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Finds every app's background jobs and blank forms once all apps are loaded."""

    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        """Import ``<app>.jobs`` and ``<app>.documents.blanks`` of every app so that the registries are complete."""
        autodiscover_modules("jobs", "documents.blanks")
        for module in settings.JOB_EXTRA_MODULES:
            __import__(module)
