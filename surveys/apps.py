"""Stage two: anonymous questionnaires and their tallies."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Stage two: anonymous questionnaires and their tallies."""

    name = "surveys"
    verbose_name = "广 调查测评"
