"""Stage four: the living draft, issue lists, feedback."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Stage four: the living draft, issue lists, feedback."""

    name = "reports"
    verbose_name = "准 撰写报告"
