"""A version as a workbook: out, worked on, and back into a draft after a look at what would happen."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from prep import services
from prep.documents.library import library_xlsx
from prep.models import CheckPoint, LibraryImport
from prep.selectors.library_plan import CHANGE, CREATE, UNCHANGED, LibraryPlan
from prep.selectors.library_sheet import library_sheet
from villages.services import seed_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    seed_reference(actor=SYSTEM)
    library = services.load_library(actor=cast.office_clerk)
    return services.copy_library(actor=cast.office_clerk, library=library)


def exported(cast, library):
    return library_xlsx(library_sheet(cast.office_clerk, library))


def rows_of(content):
    """The sheet as lists, and the place of its head row, read by another reader."""
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    return rows, next(n for n, row in enumerate(rows) if row[0] == "编号")


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def stage(cast, library, content, actor=None):
    upload = SimpleUploadedFile("要点.xlsx", content)
    return services.stage_library_import(actor=actor or cast.office_clerk, library=library, upload=upload)


def plan_of(staged):
    return LibraryPlan.from_json(staged.payload)


def test_the_workbook_holds_every_point_in_words(cast, draft):
    rows, head = rows_of(exported(cast, draft))
    assert rows[head][:9] == [
        "编号",
        "类别代码",
        "要点",
        "依据",
        "查法",
        "看什么材料",
        "适用类型",
        "关注类别",
        "启用",
    ]
    body = {row[0]: row for row in rows[head + 1 :] if row[1]}
    assert len(body) == draft.points.count()
    point = draft.points.get(code="E3-06")
    assert body["E3-06"][2:7] == [point.title, point.basis, point.method, point.evidence_hint, "集镇所在村"]
    assert body["A1-01"][6:9] == ["所有", "所有", "是"]


def test_what_was_exported_comes_back_without_a_change(cast, draft):
    plan = plan_of(stage(cast, draft, exported(cast, draft)))
    assert plan.errors == [] and plan.untouched == 0
    assert plan.count(UNCHANGED) == draft.points.count()


def test_changes_and_new_points_are_previewed_and_then_written(cast, draft):
    rows, head = rows_of(exported(cast, draft))
    body = [row for row in rows[head + 1 :] if row[1]]
    body[0][2] = "改过的要点"
    body[1][8] = "否"
    new = [
        "",
        "e1",
        "扫码收款进入个人账户",
        "财务制度",
        "看户名",
        "照片",
        "集镇所在村，城市社区",
        "重点关注",
        "",
    ]
    staged = stage(cast, draft, workbook([rows[head][:9], *(row[:9] for row in body[:2]), new]))
    plan = plan_of(staged)
    assert (plan.count(CHANGE), plan.count(CREATE), plan.untouched) == (2, 1, draft.points.count() - 2)
    assert [line.changed for line in plan.lines][:2] == [["要点"], ["启用"]]
    assert not CheckPoint.objects.filter(title="改过的要点").exists()
    services.commit_library_import(actor=cast.office_clerk, staged=staged)
    assert draft.points.get(code=body[0][0]).title == "改过的要点"
    assert draft.points.get(code=body[1][0]).active is False
    made = draft.points.get(title=new[2])
    assert (made.category, made.traits, made.attention) == ("E1", ["market_town", "community"], ["key"])


HEAD = ["编号", "类别代码", "要点", "依据", "查法", "看什么材料", "适用类型", "关注类别", "启用"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["", "Z9", "甲", "乙", "丙", "丁"], "类别代码", "没有类别“Z9”"),
        (["", "E1", "甲", "乙", "丙", "丁", "海边村"], "适用类型", "没有“海边村”"),
        (["", "E1", "甲" * 121, "乙", "丙", "丁"], "要点", "超过 120 字"),
        (["", "E1", "甲", "乙", "", "丁"], "查法", ""),
        (["", "E1", "甲", "乙", "丙", "丁", "", "", "大概"], "启用", "只能填"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(cast, draft, row, column, words):
    plan = plan_of(stage(cast, draft, workbook([HEAD, [*row, *[""] * (9 - len(row))]])))
    [error] = plan.errors
    assert (error["row"], error["column"]) == (2, column)
    assert words in error["message"]


def test_faulty_rows_stop_the_import_unless_the_good_ones_suffice(cast, draft):
    good = ["", "E1", "好的一条", "乙", "丙", "丁", "", "", ""]
    staged = stage(cast, draft, workbook([HEAD, good, ["", "Z9", "坏的一条", "乙", "丙", "丁", "", "", ""]]))
    with pytest.raises(ServiceError, match="有1行错误"):
        services.commit_library_import(actor=cast.office_clerk, staged=staged)
    services.commit_library_import(actor=cast.office_clerk, staged=staged, skip_errors=True)
    assert draft.points.filter(title="好的一条").count() == 1
    with pytest.raises(ServiceError):
        services.commit_library_import(actor=cast.office_clerk, staged=staged, skip_errors=True)
    assert draft.points.filter(title="好的一条").count() == 1


def test_a_point_changed_since_the_preview_stops_the_whole_import(cast, draft):
    rows, head = rows_of(exported(cast, draft))
    body = [row[:9] for row in rows[head + 1 :] if row[1]][:2]
    body[0][2], body[1][2] = "表里的写法一", "表里的写法二"
    staged = stage(cast, draft, workbook([rows[head][:9], *body]))
    point = CheckPoint.objects.select_related("library").get(library=draft, code=body[1][0])
    services.edit_point(actor=cast.office_head, point=point, revision=1, values={"title": "主任的写法"})
    with pytest.raises(ServiceError, match="已被改动"):
        services.commit_library_import(actor=cast.office_clerk, staged=staged)
    assert not CheckPoint.objects.filter(title__startswith="表里的写法").exists()
    assert LibraryImport.objects.get().state == LibraryImport.State.STAGED


def test_only_a_draft_takes_a_workbook_and_only_from_the_office(cast, draft):
    with pytest.raises(NotAllowed):
        stage(cast, draft.based_on, exported(cast, draft))
    with pytest.raises(NotAllowed):
        stage(cast, draft, exported(cast, draft), actor=cast.leader)


def test_the_three_steps_through_the_pages(client, cast, draft):
    client.force_login(cast.office_clerk)
    content = workbook([HEAD, ["", "E1", "页面上传的一条", "乙", "丙", "丁", "", "", ""]])
    address = reverse("prep:library_import", kwargs={"pk": draft.pk})
    assert "类别代码" in client.get(address).content.decode()
    preview = client.post(address, {"file": SimpleUploadedFile("要点.xlsx", content)}).url
    assert "页面上传的一条" in client.get(preview).content.decode()
    staged = LibraryImport.objects.get()
    client.post(reverse("prep:library_commit", kwargs={"pk": staged.pk}), {"revision": staged.revision})
    assert draft.points.filter(title="页面上传的一条").exists()
    assert "已新增 1 条" in client.get(preview).content.decode()


def test_another_office_clerk_does_not_see_the_preview(client, cast, draft):
    staged = stage(cast, draft, exported(cast, draft))
    client.force_login(cast.office_head)
    assert client.get(reverse("prep:library_preview", kwargs={"pk": staged.pk})).status_code == 404
