"""The roof: settings, URLs, the desk of each role, and commands that span stages."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """The project package as an app, so that it may hold templates, commands and checks."""

    name = "inspection"
    verbose_name = "五字诀"

    def ready(self) -> None:
        """Register the numbered start-up checks."""
        from inspection import checks  # noqa: F401  (registration happens on import, after apps are loaded)
