"""Stage one: village profile, watch list, interview outline."""

from django.apps import AppConfig


class PrepConfig(AppConfig):
    """Stage one: village profile, watch list, interview outline."""

    name = "prep"
    verbose_name = "细 准备"
