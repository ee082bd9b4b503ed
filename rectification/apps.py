"""Stage five: items assigned, acknowledged, fixed, verified, closed."""

from django.apps import AppConfig


class RectificationConfig(AppConfig):
    """Stage five: items assigned, acknowledged, fixed, verified, closed."""

    name = "rectification"
    verbose_name = "实 巡察整改"
