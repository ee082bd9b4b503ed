"""The shared model: people and offices, towns and villages, rounds, teams, and who may see what."""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """The shared model: people and offices, towns and villages, rounds, teams, and who may see what."""

    name = "villages"
    verbose_name = "村（社区）与巡察组"
