"""The workpaper as Word: valid, complete, the same bytes twice, without names of persons."""

import io

import pytest
from docx import Document

from core.office.check import check_ooxml
from findings import services
from findings.documents import paper_docx
from findings.models import Finding
from findings.selectors.paper import paper_data, with_relations
from tests.core.ooxml import assert_valid
from tests.findings import papers

pytestmark = pytest.mark.django_db


def loaded(finding):
    return with_relations(Finding.objects.all()).get(pk=finding.pk)


def text_of(content):
    document = Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_paper_opens_and_holds_every_part(cast, tmp_path):
    finding = papers.signed(cast, root_cause="合同管理缺失", responsibility=["main"], disciplines=["work"])
    content = paper_docx(paper_data(loaded(finding)))
    assert_valid(content, tmp_path)
    text = text_of(content)
    for part in (
        finding.no, "云溪村", "集体鱼塘合同到期未收回", "纪律建设 · 资源合同", "重点问题、个性问题", "2023—2025",
        "59,300.00",
        "合同到期后未重新发包", "翻看2023年至2025年收入明细账", "租赁合同复印件", "《农村集体资产管理办法》第十九条",
        "主体责任、工作纪律", "写入报告", "村党组织认可上述事实", "经办人：组员", "副组长：副组长", "组长：组长",
        "已审签",
    ):  # fmt: skip
        assert part in text, part


def test_the_same_paper_gives_the_same_bytes(cast):
    data = paper_data(loaded(papers.signed(cast)))
    assert paper_docx(data) == paper_docx(data)


def test_a_bare_draft_has_its_paper_too(cast):
    finding = papers.draft(
        cast, evidence=[], steps=[], summary="", facts="", basis=[], origins=[], amount=None, period_from=None,
        period_to=None, response_of_target="", disposal="",
    )  # fmt: skip
    content = paper_docx(paper_data(loaded(finding)))
    assert check_ooxml(content) == []
    assert "预编号" in text_of(content)


def test_naughty_text_and_evidence_survive_into_word(cast, tmp_path):
    naughty = "<w:t>&amp; 𠮷 ]]> =1+1 \u202e"
    finding = papers.draft(cast, facts=naughty, evidence=[{"name": naughty}])
    content = paper_docx(paper_data(loaded(finding)))
    assert_valid(content, tmp_path)
    assert "<w:t>&amp; 𠮷 ]]> =1+1" in text_of(content)


def test_names_of_persons_are_not_printed(cast):
    finding = papers.draft(cast)
    services.add_person(
        actor=cast.member, finding=finding, revision=finding.revision, name="金丝雀甲", post="会计"
    )
    assert "金丝雀" not in text_of(paper_docx(paper_data(loaded(finding))))
