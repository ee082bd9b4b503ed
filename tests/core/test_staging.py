"""Staged imports: one row, one way, whichever app stages them; and papers with files."""

import pytest

from core.models import KeptImport, PaperFile, StagedImport
from findings.models import FindingImport
from findings.workflow import IMPORT_FLOW
from prep.models import LibraryImport, MeetingFile, ReplyFile
from prep.workflow.library import LIBRARY_IMPORT
from surveys.models import AnswerImport, BallotImport, QuestionImport
from surveys.workflow import IMPORT as ANSWERS
from surveys.workflow.knowledge import QUESTIONS
from surveys.workflow.rating import BALLOTS
from villages.models import ImportStage, Role, User
from villages.workflow import IMPORT

KINDS = {
    IMPORT: ImportStage, LIBRARY_IMPORT: LibraryImport, IMPORT_FLOW: FindingImport, BALLOTS: BallotImport,
    ANSWERS: AnswerImport, QUESTIONS: QuestionImport,
}  # fmt: skip


@pytest.mark.parametrize("model", KINDS.values())
def test_all_uploads_are_one_kind_of_row(model):
    assert issubclass(model, StagedImport)


@pytest.mark.parametrize("model", [ReplyFile, MeetingFile])
def test_files_of_papers_are_one_kind_of_row(model):
    assert issubclass(model, PaperFile)


@pytest.mark.parametrize("flow", KINDS)
def test_only_who_uploaded_may_confirm_or_give_up(flow):
    """The office's own head stands in for a stranger, who would pass every other rule."""
    owner, stranger = User(username="a", role=Role.OFFICE_HEAD), User(username="b", role=Role.OFFICE_HEAD)
    staged = KINDS[flow](owner=owner)
    for step in ("commit", "discard"):
        verdict = flow.check(stranger, staged, step)
        assert not verdict
        assert "上传人" in verdict.why


@pytest.mark.parametrize("flow", KINDS)
@pytest.mark.parametrize("state", ["committed", "discarded"])
def test_what_is_decided_stays_decided(flow, state):
    staged = ImportStage(owner=User(username="a"), state=state)
    assert not flow.check(staged.owner, staged, "commit")
    assert not flow.check(staged.owner, staged, "discard")


@pytest.mark.parametrize("model", [AnswerImport, BallotImport])
def test_an_import_of_what_people_answered_keeps_no_file(model):
    """A readable workbook beside the numbers of sheets would pair answers with people."""
    assert not issubclass(model, KeptImport)
    assert "file" not in {field.name for field in model._meta.fields}
