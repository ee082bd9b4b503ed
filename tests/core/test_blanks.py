"""The two registries of papers made in advance: names once, nothing half registered, the village's number in front."""

import datetime as dt

import pytest

from core.blanks import Medium, Place, blank_form, blank_forms, filled, filled_paper, filled_papers, registry

DAY = dt.date(2026, 1, 1)
PLACE = Place(
    "青岚区", "青岚区委巡察办", "第五轮", "第一巡察组", "东风镇", "云溪村", "青巡2026-5-1-203", "甲", "乙"
)


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(registry, "_FORMS", {})
    monkeypatch.setattr(filled, "_PAPERS", {})


def made_elsewhere(context):
    return b""


made_elsewhere.__module__ = "another.app"


def test_a_form_carries_the_number_of_its_village_up_to_the_code(empty):
    @blank_form("TH-1", "谈话记录", stage="finding", medium=Medium.WORD, version=DAY)
    def talk(context):
        return "\n".join([context.number, context.edition, context.target, context.care]).encode()

    (form,) = blank_forms()
    assert form.file_name == "TH-1 谈话记录.docx"
    number, edition, target, care = form.render(PLACE, 12).decode().splitlines()
    assert number == "编号：青巡2026-5-1-203-TH-____"
    assert edition == "表TH-1（2026年1月版）"
    assert target == "东风镇云溪村"
    assert care.startswith("印制12份，由甲统一保管")


def test_a_sealed_form_names_the_keeper_of_the_sealed_papers(empty):
    blank_form("XF-1", "信访登记", stage="finding", medium=Medium.EXCEL, version=DAY, sealed=True)(
        made_elsewhere
    )
    assert blank_forms()[0].context(PLACE, 1).keeper == "乙"


@pytest.mark.parametrize("designation", ["TH", "th-1", "TH-0", "TH-10", "T-1", ""])
def test_a_designation_of_another_shape_is_refused(empty, designation):
    with pytest.raises(ValueError, match="no form designation"):
        blank_form(designation, "谈话记录", stage="finding", medium=Medium.WORD, version=DAY)


def test_two_apps_cannot_register_one_form(empty):
    register = blank_form("TH-1", "谈话记录", stage="finding", medium=Medium.WORD, version=DAY)
    register(made_elsewhere)
    register(made_elsewhere)
    with pytest.raises(ValueError, match="registered twice"):
        register(lambda context: b"")


def test_filled_papers_come_in_the_order_of_their_names_and_once(empty):
    later = filled_paper("prep.watch_list", title="待查问题清单", stage="prep")
    later(made_elsewhere)
    filled_paper("prep.outline", title="谈话提纲", stage="prep")(made_elsewhere)
    assert [paper.name for paper in filled_papers()] == ["prep.outline", "prep.watch_list"]
    with pytest.raises(ValueError, match="registered twice"):
        later(lambda viewer, inspection: None)
