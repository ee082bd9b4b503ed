"""Staged imports: one row, one way, whichever app stages them; and papers with files."""

import pytest

from core.models import KeptImport, PaperFile, StagedImport
from findings.models import FindingImport
from findings.workflow import IMPORT_FLOW
from prep.models import LibraryImport, MeetingFile, ReplyFile
from prep.workflow.library import LIBRARY_IMPORT
from surveys.models import BallotImport
from surveys.workflow.rating import BALLOTS
from villages.models import ImportStage, Role, User
from villages.workflow import IMPORT

FOUR = [ImportStage, LibraryImport, FindingImport, BallotImport]


@pytest.mark.parametrize("model", FOUR)
def test_the_four_uploads_are_one_kind_of_row(model):
    assert issubclass(model, StagedImport)


@pytest.mark.parametrize("model", [ReplyFile, MeetingFile])
def test_files_of_papers_are_one_kind_of_row(model):
    assert issubclass(model, PaperFile)


@pytest.mark.parametrize("flow", [IMPORT, LIBRARY_IMPORT, IMPORT_FLOW, BALLOTS])
def test_only_who_uploaded_may_confirm_or_give_up(flow):
    """The office's own head stands in for a stranger, who would pass every other rule."""
    model = {IMPORT: ImportStage, LIBRARY_IMPORT: LibraryImport, IMPORT_FLOW: FindingImport}.get(
        flow, BallotImport
    )
    owner, stranger = User(username="a", role=Role.OFFICE_HEAD), User(username="b", role=Role.OFFICE_HEAD)
    staged = model(owner=owner)
    for step in ("commit", "discard"):
        verdict = flow.check(stranger, staged, step)
        assert not verdict
        assert "上传人" in verdict.why


@pytest.mark.parametrize("flow", [IMPORT, LIBRARY_IMPORT, IMPORT_FLOW, BALLOTS])
@pytest.mark.parametrize("state", ["committed", "discarded"])
def test_what_is_decided_stays_decided(flow, state):
    staged = ImportStage(owner=User(username="a"), state=state)
    assert not flow.check(staged.owner, staged, "commit")
    assert not flow.check(staged.owner, staged, "discard")


def test_a_ballot_import_keeps_no_file():
    """A readable workbook beside the ballot numbers would pair ballots with people."""
    assert not issubclass(BallotImport, KeptImport)
    assert "file" not in {field.name for field in BallotImport._meta.fields}
