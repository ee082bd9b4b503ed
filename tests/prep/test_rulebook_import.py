"""A workbook of rules: out, worked on, and back into the book after a look at what would happen."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models.jobs import Job
from prep import services
from prep.documents.rulebook import rule_book_xlsx
from prep.models import Regulation, RegulationEdition, RuleBookImport
from prep.selectors.rulebook_plan import CHANGE, CREATE, EDITION, UNCHANGED, BookPlan
from prep.selectors.rulebook_sheet import rule_sheet
from tests.core.ooxml import assert_valid
from tests.prep.rulebook import DISCIPLINE, accounting, day, discipline, edition, make_rule
from villages.services import seed_reference

pytestmark = pytest.mark.django_db
HEAD = ["名称", "简称", "层级", "类别代码", "版本", "文号", "施行日期", "最后施行日", "被何替代", "常用条款"]


def row(title, first, **over):
    named = {"名称": title, "施行日期": first} | over
    return [named.get(column, "") for column in HEAD]


def workbook(*rows):
    book = openpyxl.Workbook()
    for line in (HEAD, *rows):
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def stage(cast, content, actor=None, name="法规.xlsx"):
    upload = SimpleUploadedFile(name, content)
    return services.stage_book_import(actor=actor or cast.office_clerk, upload=upload)


def plan_of(staged):
    return BookPlan.from_json(staged.payload)


def commit(cast, *rows, **how):
    staged = stage(cast, workbook(*rows))
    services.commit_book_import(actor=cast.office_clerk, staged=staged, **how)
    return plan_of(staged)


def test_what_was_exported_comes_back_without_a_change(cast):
    seed_reference(actor=SYSTEM)
    services.load_rule_book(actor=SYSTEM)
    accounting_rows = rule_sheet(cast.office_clerk, day("2026-03-05"))
    plan = plan_of(stage(cast, rule_book_xlsx(accounting_rows)))
    assert plan.errors == []
    assert plan.count(UNCHANGED) == len(plan.lines) == RegulationEdition.objects.count()


def test_equal_books_give_equal_bytes_and_the_blank_has_the_same_columns(cast):
    discipline()
    data = rule_sheet(cast.office_clerk, day("2026-03-05"))
    assert rule_book_xlsx(data) == rule_book_xlsx(data)
    blank = rule_sheet(cast.office_clerk, day("2026-03-05"), blank=True)
    sheet = openpyxl.load_workbook(io.BytesIO(rule_book_xlsx(blank))).active
    heads = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert any(line[0] == "名称" and "最后施行日" in line for line in heads)


def test_the_office_asks_for_the_book_and_for_a_blank_and_gets_files(cast, client, tmp_path):
    discipline()
    client.force_login(cast.office_clerk)
    for sent, name in (({}, "法规制度库.xlsx"), ({"blank": "1"}, "法规制度空白表.xlsx")):
        answer = client.post(reverse("prep:rule_sheet"), sent | {"_key": name})
        job = Job.objects.latest("created_at")
        assert answer.url == reverse("core:job", args=[job.pk])
        run_due(job.pk)
        file = Job.objects.get(pk=job.pk).result_file
        content = read_bytes(file)
        assert_valid(content, tmp_path)
        assert file.name == name and (DISCIPLINE.encode() in unzipped(content)) is (not sent)


def unzipped(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return b"".join(archive.read(name) for name in archive.namelist())


def test_new_rules_editions_and_changes_are_previewed_and_then_written(cast):
    discipline()
    accounting()
    rows = [
        row("《村级财务办法》", "2020-01-01", 层级="区级制度", 简称="村财办法"),
        row("村级财务办法", "2023-07-01", 版本="2023年修订", 常用条款="第3条 公开"),
        row(DISCIPLINE, "2018年10月1日", 文号="某号"),
        row(DISCIPLINE, "2027-01-01"),
        row("农村集体经济组织会计制度", "2024-01-01"),
    ]
    staged = stage(cast, workbook(*rows))
    plan = plan_of(staged)
    assert [line.action for line in plan.lines] == [CREATE, EDITION, CHANGE, EDITION, UNCHANGED]
    assert plan.lines[2].changed == ["文号"] and not plan.errors
    assert not Regulation.objects.filter(title="村级财务办法").exists()
    services.commit_book_import(actor=cast.office_clerk, staged=staged)
    made = RegulationEdition.objects.filter(regulation__title="村级财务办法").order_by("from_day")
    assert [(str(e.from_day), str(e.until_day or "")) for e in made] == [
        ("2020-01-01", "2023-06-30"), ("2023-07-01", ""),
    ]  # fmt: skip
    assert made[1].articles == "第三条 公开" and made[0].replaced_by == made[1]
    assert edition(DISCIPLINE, "2018-10-01").doc_no == "某号"
    assert str(edition(DISCIPLINE, "2024-01-01").until_day) == "2026-12-31"


def test_a_rule_that_took_the_place_of_another_is_linked_wherever_it_stands_in_the_file(cast):
    commit(
        cast,
        row("旧办法", "2005-01-01", 层级="规范性文件", 最后施行日="2023-12-31", 被何替代="新办法"),
        row("新办法", "2024-01-01", 层级="规范性文件"),
    )
    assert edition("旧办法", "2005-01-01").replaced_by == edition("新办法", "2024-01-01")


def test_blank_cells_change_nothing(cast):
    made = make_rule("村级财务办法", ("2020-01-01", "2022-12-31"), issuer="区委", aliases="村财办法")
    plan = commit(cast, row("村级财务办法", "2020-01-01"))
    assert plan.count(UNCHANGED) == 1
    made.refresh_from_db()
    assert (made.issuer, str(edition("村级财务办法", "2020-01-01").until_day)) == ("区委", "2022-12-31")


@pytest.mark.parametrize(
    ("bad", "column", "words"),
    [
        (row("", "2020-01-01", 层级="法律"), "名称", "必填"),
        (row("《》", "2020-01-01", 层级="法律"), "名称", "看不出"),
        (row("甲办法", "", 层级="法律"), "施行日期", "必填"),
        (row("甲办法", "2020年", 层级="法律"), "施行日期", "应为日期"),
        (row("甲办法", "2020-02-30", 层级="法律"), "施行日期", "没有这一天"),
        (row("甲办法", "2020-01-01"), "层级", "请填层级"),
        (row("甲办法", "2020-01-01", 层级="圣旨"), "层级", "只能填"),
        (row("甲办法", "2020-01-01", 层级="法律", 类别代码="Z9"), "类别代码", "没有类别"),
        (row("甲办法", "2020-01-01", 层级="法律", 最后施行日="2019-12-31"), "最后施行日", "早于"),
        (row("甲办法", "2020-01-01", 层级="法律", 被何替代="谁也不知道"), "被何替代", "都没有"),
        (row("甲办法", "2020-01-01", 层级="法律", 常用条款="公开"), "常用条款", "看不出是第几条"),
        (row("甲办法", "2020-01-01", 层级="法律", 简称="纪律处分条例"), "简称", "已指另一件"),
        (row("甲" * 121, "2020-01-01", 层级="法律"), "名称", "请"),
        (row(DISCIPLINE, "2020-01-01", 最后施行日="2020-12-31"), "施行日期", "重叠"),
        (row(DISCIPLINE, "2015-01-01", 最后施行日="2016-01-01"), "最后施行日", "重叠"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(cast, bad, column, words):
    discipline()
    plan = plan_of(stage(cast, workbook(row("好办法", "2020-01-01", 层级="法律"), bad)))
    [error] = plan.errors
    assert (error["row"], error["column"]) == (3, column)
    assert words in error["message"]
    assert [line.title for line in plan.lines] == ["好办法"]


def test_one_edition_twice_in_a_file_is_refused(cast):
    same = row("甲办法", "2020-01-01", 层级="法律")
    [error] = plan_of(stage(cast, workbook(same, same))).errors
    assert error["row"] == 3 and "同一版" in error["message"]


def test_the_first_good_row_speaks_for_a_new_rule(cast):
    bad = row("甲办法", "2020-01-01", 层级="法律", 常用条款="公开")
    plan = plan_of(stage(cast, workbook(bad, row("甲办法", "2022-01-01"))))
    assert [error["column"] for error in plan.errors] == ["常用条款", "层级"] and not plan.lines


@pytest.mark.parametrize("content", [b"", b"not a workbook", "甲,乙\n1,2\n".encode()])
def test_a_file_that_is_no_table_of_rules_is_refused_with_a_sentence(cast, content):
    with pytest.raises(ServiceError):
        stage(cast, content, name="法规.csv" if b"," in content else "法规.xlsx")
    assert not RuleBookImport.objects.exists()


def test_faulty_rows_stop_the_import_unless_the_good_ones_suffice(cast):
    rows = [row("好办法", "2020-01-01", 层级="法律"), row("坏办法", "2020-01-01")]
    staged = stage(cast, workbook(*rows))
    with pytest.raises(ServiceError, match="有1行错误"):
        services.commit_book_import(actor=cast.office_clerk, staged=staged)
    services.commit_book_import(actor=cast.office_clerk, staged=staged, skip_errors=True)
    with pytest.raises(ServiceError):
        services.commit_book_import(actor=cast.office_clerk, staged=staged, skip_errors=True)
    assert [rule.title for rule in Regulation.objects.all()] == ["好办法"]


def test_a_rule_changed_since_the_preview_stops_the_whole_import(cast):
    discipline()
    rows = [row("好办法", "2020-01-01", 层级="法律"), row(DISCIPLINE, "2018-10-01", 文号="某号")]
    staged = stage(cast, workbook(*rows))
    own = edition(DISCIPLINE, "2018-10-01")
    services.edit_edition(
        actor=cast.office_head, edition=own, revision=own.revision, values={"doc_no": "主任核过"}
    )
    with pytest.raises(ServiceError, match="已被改动"):
        services.commit_book_import(actor=cast.office_clerk, staged=staged)
    assert not Regulation.objects.filter(title="好办法").exists()


def test_only_the_office_imports_and_only_the_uploader_decides(cast):
    content = workbook(row("好办法", "2020-01-01", 层级="法律"))
    with pytest.raises(NotAllowed):
        stage(cast, content, actor=cast.leader)
    staged = stage(cast, content)
    with pytest.raises(NotAllowed):
        services.commit_book_import(actor=cast.office_head, staged=staged)
    services.discard_book_import(actor=cast.office_clerk, staged=staged)
    assert not Regulation.objects.exists()


def test_the_three_steps_through_the_pages(client, cast):
    client.force_login(cast.office_clerk)
    content = workbook(row("页面上传的办法", "2020-01-01", 层级="区级制度"))
    address = reverse("prep:book_import")
    assert "最后施行日" in client.get(address).content.decode()
    preview = client.post(address, {"file": SimpleUploadedFile("法规.xlsx", content)}).url
    assert "页面上传的办法" in client.get(preview).content.decode()
    staged = RuleBookImport.objects.get()
    client.post(reverse("prep:book_commit", args=[staged.pk]), {"revision": staged.revision})
    assert Regulation.objects.filter(title="页面上传的办法").exists()
    assert "已登记 1 件" in client.get(preview).content.decode()
