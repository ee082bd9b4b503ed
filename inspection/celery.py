"""Celery of the product: it delivers ids of job rows and rings the periodic jobs; it keeps nothing that matters."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspection.settings")

app = Celery("wuzijue")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
