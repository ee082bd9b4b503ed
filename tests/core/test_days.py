"""Days nobody can have meant are refused in every form alike, with a sentence."""

import datetime as dt
import importlib
import pkgutil
from pathlib import Path

import pytest
from django import forms
from django.apps import apps

from core.days import plausible, read_day
from core.forms import RowColumn, RowsField, SheetForm


class Paper(SheetForm):
    day = forms.DateField(required=False)
    at = forms.DateTimeField(required=False)
    rows = RowsField([RowColumn("on", "时间", forms.DateField(required=False))], required=False)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"day": "9999-12-31"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "1899-12-31"}, "day"),
        ({"at": "9999-12-31T23:59"}, "at"),
        ({"at": "2101-01-01T00:00"}, "at"),
        ({"rows-0-on": "9999-12-31"}, "rows"),
    ],
)
def test_a_year_nobody_can_have_meant_is_refused_at_its_field(sent, field):
    form = Paper(sent)
    assert not form.is_valid() and "年份应在1900至2100年之间" in str(form.errors[field])


def test_the_first_and_the_last_year_are_taken():
    form = Paper({"day": "1900-01-01", "at": "2100-12-31T23:59", "rows-0-on": "2026-03-12"})
    assert form.is_valid(), form.errors


@pytest.mark.parametrize("text", ["", "x", "2026-02-30", "0001-01-01", "9999-12-31", "2026-03-12T09:00:00 x"])
def test_an_address_without_a_day_that_can_be_meant_has_none(text):
    assert read_day(text) is None


def test_a_day_in_an_address_is_read():
    assert read_day("2026-03-12") == dt.date(2026, 3, 12)


def forms_of(base):
    for form in base.__subclasses__():
        yield form
        yield from forms_of(form)


def test_every_form_of_the_product_asks_it_of_its_days():
    for app in apps.get_app_configs():
        if (Path(app.path) / "forms").is_dir():
            for module in pkgutil.iter_modules([str(Path(app.path) / "forms")]):
                importlib.import_module(f"{app.name}.forms.{module.name}")
    dated = {
        (form, name): field
        for form in forms_of(forms.Form)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField | forms.DateTimeField)
        and not form.__module__.startswith(("django.", "tests."))
    }
    assert len(dated) > 30
    unasked = [
        (form.__name__, name)
        for (form, name), field in dated.items()
        if not issubclass(form, SheetForm) and plausible not in field.validators
    ]
    assert unasked == []
