"""Stage three: a village's books over the years, and what they make one ask."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Stage three: a village's books over the years, and what they make one ask."""

    name = "ledgers"
    verbose_name = "谋 账册比对"
