"""Every domain row has the same bones: a UUID, a revision, a gate, Chinese names, arrows to the left only."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from core.models.base import VisibleQuerySet
from tests.architecture.source import ORDER

# Rows of the machinery, not of the office: their own key or their missing revision is what makes them work,
# and they are reached through the floor's functions, never through a list of rows.
MACHINERY = {
    "core.AuditEntry": "numbered without gaps, never changed, shown through the history of a visible row",
    "core.AuditHead": "one row that holds the end of the chain",
    "core.FormKey": "its key is the form's own",
    "core.StoredFile": "reached through the visible row it is attached to",
    "core.Draft": "one per person and form, overwritten, found by its owner only",
    "findings.Look": "one per person and paper, overwritten, found by its reader only",
}
# Rows of the anonymous survey: a time-ordered key, a revision or a time would order the answers.
ORDERLESS = {
    "surveys.Slip": "a time-ordered key would tell the order of the slips",
    "surveys.Waiting": "a time-ordered key would tell the order of the answers",
    "surveys.Receipt": "a time-ordered key would pair receipts with answers",
    "surveys.AnswerSheet": "a time-ordered key would tell the order of the answers",
    "surveys.InvalidTry": "a time-ordered key or a time would tell when slips were tried",
    "surveys.Ballot": "a time-ordered key would pair ballots with sheets and tell the order of voting",
    "surveys.OpenAnswer": "a time-ordered key would pair what was written with the sheet it came with",
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def model_violations(model: type[models.Model]) -> list[str]:
    """Sentences on what a model lacks."""
    label = model._meta.label
    found = [] if label in MACHINERY or label in ORDERLESS else _bones(model)
    if label not in MACHINERY and not _is_gated(model):
        found.append("rows are not behind a VisibleQuerySet")
    if not CHINESE.search(str(model._meta.verbose_name)):
        found.append("has no Chinese verbose_name")
    for field in (*model._meta.fields, *model._meta.many_to_many):
        found += _field(model, field)
    return [f"{label}: {what}" for what in found]


def _bones(model: type[models.Model]) -> list[str]:
    found = []
    if not isinstance(model._meta.pk, models.UUIDField):
        found.append("primary key is not a UUID")
    if "revision" not in {field.name for field in model._meta.fields}:
        found.append("has no revision")
    return found


def _is_gated(model: type[models.Model]) -> bool:
    return isinstance(model._default_manager.all(), VisibleQuerySet)


def _field(model: type[models.Model], field: models.Field) -> list[str]:
    found = []
    if not CHINESE.search(str(field.verbose_name)) and not _is_automatic(field):
        found.append(f"{field.name} has no Chinese verbose_name")
    if field.remote_field and field.related_model:
        if not field.remote_field.related_name and not _is_automatic(field):
            found.append(f"{field.name} has no explicit related_name")
        found += _arrow(model, field)
    return found


def _is_automatic(field: models.Field) -> bool:
    """A key or a link to a parent table that Django adds by itself, or a field of Django's own user base."""
    return field.auto_created or field.name in ("password", "last_login")


def _arrow(model: type[models.Model], field: models.Field) -> list[str]:
    target = field.related_model._meta.app_label
    own = model._meta.app_label
    if target in ORDER and own in ORDER and ORDER.index(target) > ORDER.index(own):
        return [f"{field.name} points to {target}, which stands to the right"]
    return []


def domain_models() -> list[type[models.Model]]:
    """Concrete models of our own apps."""
    return [model for app in ORDER for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", domain_models(), ids=lambda model: model._meta.label)
def test_a_model_has_the_agreed_bones(model):
    assert model_violations(model) == []


def test_every_exception_names_a_model_of_a_built_app():
    labels = {model._meta.label for model in domain_models()}
    built = {label.split(".")[0] for label in labels}
    named = {label for label in (MACHINERY | ORDERLESS) if label.split(".")[0] in built}
    assert named - labels == set()


@isolate_apps("prep", "findings")
def test_a_model_without_bones_is_found():
    class Finding(models.Model):
        class Meta:
            app_label = "findings"

    class Bare(models.Model):
        title = models.CharField(max_length=10)
        finding = models.ForeignKey(Finding, models.PROTECT)

        class Meta:
            app_label = "prep"

    text = " ".join(model_violations(Bare))
    for expected in (
        "primary key is not a UUID",
        "has no revision",
        "VisibleQuerySet",
        "has no Chinese verbose_name",
        "title has no Chinese",
        "no explicit related_name",
        "stands to the right",
    ):
        assert expected in text
