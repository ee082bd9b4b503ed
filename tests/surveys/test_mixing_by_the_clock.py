"""The mixer comes by the clock, nobody calls it, and nothing anywhere says at what moment somebody answered."""

import datetime as dt
import io
import logging

import pytest
from django.apps import apps
from django.conf import settings as project
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from core import clock
from core.audit import SYSTEM
from core.jobs import periodic
from core.models import AuditEntry, Job
from inspection.celery import app as celery
from surveys import services, tasks
from surveys.models import AnswerSheet, InvalidTry, Receipt, Survey, Waiting
from surveys.services import sealing
from tests.surveys.polls import issue, open_survey, reload, send

pytestmark = pytest.mark.django_db


def written_since(moment):
    """Every value finer than a day, in any table of the product, that was written at or after ``moment``."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.DateTimeField):
                rows = model._base_manager.filter(**{f"{field.name}__gte": moment})
                found += [f"{model._meta.label}.{field.name}"] * rows.count()
    return found


def later(monkeypatch, days):
    day = clock.today() + dt.timedelta(days=days)
    monkeypatch.setattr(clock, "today", lambda: day)


def test_no_table_log_or_job_tells_a_moment_of_an_answer_or_of_its_mixing(cast, caplog):
    survey = open_survey(cast)
    cards = issue(survey, 65)
    tasks.mix()
    moment = timezone.now()
    with caplog.at_level(logging.DEBUG):
        for card in cards[:40]:
            send(card.token)
        tasks.mix()
        for card in cards[40:]:
            send(card.token)
        tasks.mix()
    assert AnswerSheet.objects.count() == 45 and Waiting.objects.count() == 20
    assert written_since(moment) == []
    assert [line for line in caplog.records if not line.name.startswith("django.db")] == []
    # The scan itself would have found something: ending the survey is a step of a person and is dated.
    services.close_survey(actor=cast.leader, survey=reload(survey))
    assert "core.AuditEntry.at" in written_since(moment)


def test_the_trail_hears_of_a_day_of_mixing_when_that_day_is_over_and_hears_the_day_only(cast, monkeypatch):
    survey, day = open_survey(cast), clock.today()
    for card in issue(survey, 40):
        send(card.token)
    tasks.mix()
    assert not AuditEntry.objects.filter(verb="surveys.mix").exists()
    later(monkeypatch, 1)
    tasks.mix()
    tasks.mix()
    entry = AuditEntry.objects.get(verb="surveys.mix")
    assert entry.after == {"mixed_on": day.isoformat()} and entry.target_id == str(survey.pk)


def test_ending_a_survey_writes_its_last_day_down_at_once(cast):
    survey = open_survey(cast)
    send(issue(survey, 1)[0].token)
    services.close_survey(actor=cast.leader, survey=reload(survey))
    assert AuditEntry.objects.filter(verb="surveys.mix").count() == 1
    assert Survey.objects.get(pk=survey.pk).mixed_on == clock.today()


def test_too_few_wait_for_the_next_time(cast):
    survey = open_survey(cast)
    cards = issue(survey, 40)
    for card in cards[:39]:
        send(card.token)
    tasks.mix()
    assert Waiting.objects.count() == 39
    send(cards[39].token)
    tasks.mix()
    assert AnswerSheet.objects.count() == Waiting.objects.count() == 20


def test_whoever_answers_last_is_mixed_among_at_least_twenty_when_the_survey_ends(cast):
    survey = open_survey(cast)
    for card in issue(survey, 41):
        send(card.token)
        tasks.mix()
    assert AnswerSheet.objects.count() == 20
    services.close_survey(actor=cast.leader, survey=reload(survey))
    assert AnswerSheet.objects.count() == 41


def test_a_survey_whose_key_is_away_does_not_hold_up_another(cast, settings, caplog):
    broken, good = open_survey(cast), open_survey(cast, cast.other_inspection)
    for survey in (broken, good):
        for card in issue(survey, 40):
            send(card.token)
    sealing.destroy_key(broken.pk)
    tasks.mix()
    assert set(AnswerSheet.objects.values_list("survey", flat=True)) == {good.pk}
    assert Waiting.objects.filter(survey=broken).count() == 40
    assert str(broken.pk) in caplog.text


def test_keys_receipts_and_counters_go_by_the_clock(
    cast, settings, monkeypatch, django_capture_on_commit_callbacks
):
    survey = open_survey(cast)
    send(issue(survey, 1)[0].token)
    services.count_invalid(actor=SYSTEM, address="203.0.113.9")
    services.close_survey(actor=cast.leader, survey=reload(survey))
    later(monkeypatch, 7)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget()
    assert not Receipt.objects.exists() and not InvalidTry.objects.exists()
    assert list(settings.SURVEY_KEYS_DIR.iterdir()) == []


# --- who comes --------------------------------------------------------------------------------------------


def test_beat_rings_every_piece_of_periodic_work_by_a_name_the_worker_knows():
    celery.loader.import_default_modules()
    rung = {entry["task"]: entry["schedule"] for entry in project.CELERY_BEAT_SCHEDULE.values()}
    assert rung["surveys.tasks.mix"] == 600.0 and rung["surveys.tasks.forget"] <= 86400
    assert set(rung) <= set(celery.tasks)


def test_without_a_broker_the_runner_does_the_same_work_at_once_and_then_in_its_time(cast, monkeypatch):
    survey, now = open_survey(cast), [1000.0]
    monkeypatch.setattr(periodic.time, "monotonic", lambda: now[0])
    schedule = periodic.Schedule()
    schedule.run_due()
    for card in issue(survey, 40):
        send(card.token)
    now[0] += 599
    schedule.run_due()
    assert Waiting.objects.count() == 40
    now[0] += 1
    schedule.run_due()
    assert AnswerSheet.objects.count() == 20 and not Job.objects.exists()


def test_a_piece_of_work_that_fails_leaves_the_others_their_turn(settings, caplog):
    settings.PERIODIC = {"surveys.tasks.nothing_of_that_name": 60.0, "surveys.tasks.mix": 60.0}
    periodic.Schedule().run_due()
    assert "surveys.tasks.nothing_of_that_name" in caplog.text


def test_the_operators_command_mixes_the_same_way(cast):
    survey = open_survey(cast)
    for card in issue(survey, 3):
        send(card.token)
    call_command("survey_mix", "--all", stdout=io.StringIO())
    assert AnswerSheet.objects.count() == 3
    assert not AuditEntry.objects.filter(verb="surveys.mix").exists()
