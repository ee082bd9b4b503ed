"""The server under measurement: the whole product, and beside it two views to compare with.

``/bench/bare/`` does one INSERT and nothing else; ``/bench/peer/`` does what most programs do: a form class with a
field for each question, and a row for each answer. All go through the same middleware, connections and worker threads.
"""

import json
import os
import uuid

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspection.settings")
settings.ROOT_URLCONF = "bench.survey.server"
django.setup()

from django import forms  # noqa: E402
from django.contrib.auth.decorators import login_not_required  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

from inspection import urls  # noqa: E402

QUESTIONS = 22
TABLES = (
    "CREATE TABLE bench_bare (id uuid PRIMARY KEY, grp varchar(20), answers varchar(200), comment varchar(500))",
    "CREATE TABLE bench_answer (id bigserial PRIMARY KEY, sheet uuid, question smallint, level smallint)",
    "CREATE INDEX bench_answer_sheet ON bench_answer (sheet)",
)


class Answer(models.Model):
    """One answer to one question, as a row."""

    sheet = models.UUIDField()
    question = models.SmallIntegerField()
    level = models.SmallIntegerField()

    class Meta:
        app_label = "bench"
        db_table = "bench_answer"
        managed = False


PeerForm = type(
    "PeerForm",
    (forms.Form,),
    {
        f"q{n}": forms.TypedChoiceField(choices=[(i, i) for i in range(6)], coerce=int)
        for n in range(QUESTIONS)
    }
    | {"comment": forms.CharField(required=False, max_length=500), "group": forms.CharField(max_length=20)},
)


@csrf_exempt
@login_not_required
def bare(request: HttpRequest) -> JsonResponse:
    """One INSERT."""
    body = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_bare (id, grp, answers, comment) VALUES (%s, %s, %s, %s)",
            (uuid.uuid4(), body["group"], body["answers"], body["comment"]),
        )
    return JsonResponse({"outcome": "received"})


@csrf_exempt
@login_not_required
def peer(request: HttpRequest) -> JsonResponse:
    """A form and a row for each answer."""
    body = json.loads(request.body)
    form = PeerForm({f"q{n}": mark for n, mark in enumerate(body["answers"])} | body)
    if not form.is_valid():
        return JsonResponse({"outcome": "invalid"}, status=422)
    sheet = uuid.uuid4()
    with transaction.atomic():
        Answer.objects.bulk_create(
            [Answer(sheet=sheet, question=n, level=form.cleaned_data[f"q{n}"]) for n in range(QUESTIONS)]
        )
    return JsonResponse({"outcome": "received"})


urlpatterns = [path("bench/bare/", bare), path("bench/peer/", peer), *urls.urlpatterns]
application = get_wsgi_application()
