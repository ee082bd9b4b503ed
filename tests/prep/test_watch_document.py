"""The watch list as Word, read back by another reader, and who may have it."""

import datetime as dt
import io

import docx
import pytest
from docx.enum.section import WD_ORIENT

from core.blanks import filled_papers
from core.jobs import may_have
from core.jobs.runner import run_due
from core.models import Job
from prep import services
from prep.documents.watch import WatchLine, WatchListData, watch_list_docx
from tests.prep.lists import make_item

LINE = WatchLine(
    seq=7, title="鱼塘租金去向", origin="部门来函", basis="发包有关规定", method="对流水", evidence_hint="合同、收据",
    holder="组员", due_on=dt.date(2026, 3, 20), result="", note="",
)  # fmt: skip
DONE = WatchLine(
    seq=8, title="公示缺季度", origin="要点库", basis="", method="", evidence_hint="", holder="", due_on=None,
    result="属实", note="缺2024年三、四季度",
)  # fmt: skip
DATA = WatchListData(
    village="云溪村",
    round="第五轮对村巡察",
    team="第一巡察组",
    office="青岚区委巡察办",
    day=dt.date(2026, 3, 5),
    groups=(("纪律建设", (LINE,)), ("作风建设", (DONE,))),
)


def opened(data=DATA):
    return docx.Document(io.BytesIO(watch_list_docx(data)))


def test_the_list_lies_across_the_page_under_its_categories():
    document = opened()
    section = document.sections[-1]
    assert section.orientation == WD_ORIENT.LANDSCAPE and section.page_width > section.page_height
    text = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert text[0] == "云溪村待查问题清单"
    assert "纪律建设（1条）" in text and "作风建设（1条）" in text
    assert any("第五轮对村巡察" in line and "共2条" in line for line in text)
    assert any("2026年3月5日" in line for line in text)


def test_an_open_item_has_boxes_to_tick_and_a_concluded_one_its_result():
    first, second = opened().tables
    assert [cell.text for cell in first.rows[0].cells][:3] == ["序号", "待查问题", "来源"]
    cells = [cell.text for cell in first.rows[1].cells]
    assert cells[:4] == ["7", "鱼塘租金去向", "部门来函", "发包有关规定"]
    assert cells[7] == "2026年\n3月20日" and cells[8].split() == ["□未发现", "□疑点", "□属实", "□已交办"]
    assert [cell.text for cell in second.rows[1].cells][7:] == ["", "属实", "缺2024年三、四季度"]


def test_equal_data_give_equal_bytes():
    assert watch_list_docx(DATA) == watch_list_docx(DATA)


@pytest.mark.django_db
def test_the_job_makes_the_file_for_those_who_see_the_village(cast):
    make_item(cast.inspection, title="看票据", category=cast.scheme.categories.get(code="E1"))
    services.request_watch_sheet(actor=cast.member, inspection=cast.inspection)
    run_due()
    job = Job.objects.get()
    assert job.result_file.name == "待查问题清单 云溪村.docx"
    arguments = {"inspection": str(cast.inspection.pk)}
    for role, allowed in (("member", True), ("office_head", True), ("outsider", False), ("town", False)):
        assert may_have("prep.watch_sheet", getattr(cast, role), arguments) is allowed, role


@pytest.mark.django_db
def test_the_list_joins_the_villages_set_of_papers_once_there_is_one(cast):
    paper = next(row for row in filled_papers() if row.name == "prep.watch_list")
    assert paper.make(cast.member, cast.inspection) is None
    make_item(cast.inspection)
    name, content = paper.make(cast.member, cast.inspection)
    assert name == "待查问题清单 云溪村.docx" and content.startswith(b"PK")
    assert paper.make(cast.outsider, cast.inspection) is None
