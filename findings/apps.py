"""Stage three: workpapers, evidence and the three signatures."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Stage three: workpapers, evidence and the three signatures."""

    name = "findings"
    verbose_name = "谋 发现问题"
