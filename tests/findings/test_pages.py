"""Pages of evidence: shown beside the file, and a quoted page must be there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import ServiceError
from core.models import StoredFile
from findings import services
from findings.rules import demand_pages
from tests.core.test_files_pages import pdf, tree
from tests.findings import papers

pytestmark = pytest.mark.django_db


def three_pages(kind="pdf", pages=3):
    return StoredFile(name="租赁合同.pdf", kind=kind, pages=pages)


@pytest.mark.parametrize("said", ["第4页", "4", "1—4", "第1、4页", "第2至5页", "第3-9页", "3-2", "第0页"])
def test_a_page_the_file_has_not_is_refused_in_a_clear_sentence(said):
    with pytest.raises(ServiceError) as refusal:
        demand_pages(three_pages(), said)
    assert refusal.value.field == "page_range"


@pytest.mark.parametrize("said", ["", "第3页", "1—3", "第1、3页", "3行", "凭证第12号", "附件2第9页"])
def test_pages_that_are_there_and_words_about_other_things_pass(said):
    demand_pages(three_pages(), said)


def test_only_a_counted_number_forbids_anything():
    demand_pages(three_pages(kind="docx"), "第9页")
    demand_pages(three_pages(pages=None), "第9页")
    demand_pages(None, "第9页")


def test_pages_are_counted_at_the_upload_shown_and_held_against_what_is_typed(cast, client):
    finding = papers.draft(cast, evidence=[])
    client.force_login(cast.member)
    url = reverse("findings:evidence_upload", kwargs={"pk": finding.pk})
    fields = {"kind": "document", "origin": "copy", "revision": finding.revision}
    upload = SimpleUploadedFile("租赁合同.pdf", pdf(tree([3, 4, 5])))
    shown = client.post(url, fields | {"files": upload, "page_range": "第9页", "_key": "k"}, follow=True)
    assert "“租赁合同.pdf”共3页，页码写到了第9页" in shown.content.decode()
    upload = SimpleUploadedFile("租赁合同.pdf", pdf(tree([3, 4, 5])))
    shown = client.post(url, fields | {"files": upload, "page_range": "第1—2页", "_key": "k2"}, follow=True)
    assert "3页" in shown.content.decode()
    item = finding.evidence.get()
    assert (item.file.pages, item.page_range) == (3, "第1—2页")
    finding.refresh_from_db()
    with pytest.raises(ServiceError, match="共3页，页码写到了第4页"):
        services.edit_evidence(
            actor=cast.member, item=item, revision=finding.revision, values={"page_range": "第4页"}
        )
