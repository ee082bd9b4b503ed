"""The roof: settings, URLs, the desk of each role, and commands that span stages."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class InspectionConfig(AppConfig):
    """The project package as an app, so that it may hold templates, commands and checks."""

    name = "inspection"
    verbose_name = "五字诀"

    def ready(self) -> None:
        """Register the numbered start-up checks."""
        autodiscover_modules("checks")
