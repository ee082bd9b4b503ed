"""The roof: project package of 五字诀."""

from inspection.celery import app as celery_app

__all__ = ["celery_app"]
