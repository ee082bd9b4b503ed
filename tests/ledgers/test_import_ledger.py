"""The command reads a file, writes when asked, and refuses what does not agree unless a reason is given."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from ledgers.models import LedgerRow, LedgerSheet, LedgerSource
from tests.ledgers.sheets import STRANGE, workbook
from tests.ledgers.test_taking_in import ACCOUNTS, WRONG

pytestmark = pytest.mark.django_db


def run(cast, tmp_path, rows, *options, name="账.xlsx"):
    path, out = tmp_path / name, io.StringIO()
    path.write_bytes(workbook(rows))
    call_command("import_ledger", str(path), "--village", cast.village_place.code, *options, stdout=out)
    return out.getvalue()


def test_without_commit_nothing_is_written(cast, tmp_path):
    found = json.loads(run(cast, tmp_path, ACCOUNTS, "--json"))
    assert found == {
        "rows": 2,
        "created": 0,
        "sheets": [
            {
                "name": "Sheet1",
                "kind": "entries",
                "kind_name": "收支明细",
                "title": "云溪村2023年明细账",
                "years": {"2023": 2},
                "rows": 2,
            }
        ],
        "errors": [],
        "warnings": [],
    }
    assert not LedgerSource.objects.exists()


def test_with_commit_the_rows_are_the_books(cast, tmp_path):
    found = json.loads(run(cast, tmp_path, ACCOUNTS, "--commit", "--json"))
    assert (found["created"], found["errors"]) == (2, [])
    sheet = LedgerSheet.objects.get()
    assert (sheet.status, sheet.village, LedgerRow.objects.count()) == ("confirmed", cast.village_place, 2)
    assert LedgerSource.objects.get().owner is None


def test_a_wrong_total_refuses_without_a_reason_and_writes_nothing(cast, tmp_path, capsys):
    with pytest.raises(CommandError, match="1处数对不上") as refusal:
        run(cast, tmp_path, WRONG, "--commit", "--json")
    assert refusal.value.returncode == 1
    assert not LedgerSource.objects.exists() and not LedgerRow.objects.exists()
    run(cast, tmp_path, WRONG, "--commit", "--reason", "原账合计写错")
    assert LedgerSheet.objects.get().accepted == "原账合计写错"


def test_the_same_sheet_again_needs_to_be_told_to_replace(cast, tmp_path):
    run(cast, tmp_path, WRONG, "--commit", "--reason", "先用着")
    with pytest.raises(CommandError, match="已有同一张表"):
        run(cast, tmp_path, ACCOUNTS, "--commit")
    run(cast, tmp_path, ACCOUNTS, "--commit", "--replace")
    assert sorted(LedgerSheet.objects.values_list("status", flat=True)) == ["confirmed", "withdrawn"]


@pytest.mark.parametrize("options", [[], ["--json"], ["--commit"]])
def test_what_cannot_be_read_ends_with_two(cast, tmp_path, options):
    with pytest.raises(CommandError, match="没有找到认得的表头") as refusal:
        run(cast, tmp_path, STRANGE, *options)
    assert refusal.value.returncode == 2
    with pytest.raises(CommandError, match="没有这个村") as refusal:
        call_command("import_ledger", "x.xlsx", "--village", "000000000000")
    assert refusal.value.returncode == 2
    with pytest.raises(CommandError, match="打不开文件") as refusal:
        call_command("import_ledger", str(tmp_path / "no.xlsx"), "--village", cast.village_place.code)
    assert refusal.value.returncode == 2
