import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import COUNTY
from tests.villages.books import RIVER, good_rows, row, xlsx
from villages.models import District, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, capsys):
    def call(content, *options, county=COUNTY):
        path = tmp_path / "名册.xlsx"
        path.write_bytes(content)
        code = 0
        try:
            call_command("import_villages", str(path), "--county", county, "--json", *options)
        except CommandError as error:
            code = error.returncode
        return code, json.loads(capsys.readouterr().out)

    return call


def test_without_commit_the_plan_is_printed_and_nothing_changes(run):
    code, report = run(xlsx(*good_rows()))
    assert code == 0
    assert {name: report[name] for name in ("rows", "created", "updated", "unchanged", "errors")} == {
        "rows": 4, "created": 4, "updated": 0, "unchanged": 0, "errors": [],
    }  # fmt: skip
    assert not Village.objects.exists() and not District.objects.exists()


def test_with_commit_the_good_rows_are_written_and_the_bad_ones_named(run):
    code, report = run(xlsx(*good_rows(), row("12", "坏代码村")), "--commit")
    assert code == 0 and Village.objects.count() == 4
    assert (report["rows"], report["created"]) == (5, 4)
    assert [(e["row"], e["column"]) for e in report["errors"]] == [(6, "区划代码")]
    assert set(report["errors"][0]) == {"row", "column", "message"}


def test_strict_writes_nothing_and_exits_with_one(run):
    code, report = run(xlsx(*good_rows(), row("12", "坏代码村")), "--commit", "--strict")
    assert code == 1 and len(report["errors"]) == 1
    assert not Village.objects.exists()


def test_an_unreadable_file_exits_with_two_and_still_prints_json(run):
    code, report = run(b"nothing of the kind")
    assert code == 2 and report["rows"] == 0 and report["errors"][0]["message"]


def test_a_wrong_county_exits_with_two(run):
    assert run(xlsx(*good_rows()), county="99")[0] == 2


def test_a_missing_file_exits_with_two(capsys):
    with pytest.raises(CommandError) as caught:
        call_command("import_villages", "/nowhere/名册.xlsx", "--county", COUNTY)
    assert caught.value.returncode == 2


def test_a_second_run_reports_updates(run):
    run(xlsx(*good_rows()), "--commit")
    code, report = run(xlsx(row(f"{RIVER}201", "云溪村", 户数=500), *good_rows()[1:]), "--commit")
    assert code == 0
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 1, 3)
