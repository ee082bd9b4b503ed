"""Filing: catalogue, package, verification."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """Filing: catalogue, package, verification."""

    name = "archives"
    verbose_name = "归档"
