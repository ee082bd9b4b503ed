"""A list of problems as offices keep it, with everything such files carry, becomes drafts once."""

import io
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from core import audit
from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from findings import services
from findings.models import EvidenceItem, Finding, FindingImport

pytestmark = pytest.mark.django_db

HEAD = ["序号", "村（社区）", "问题类别", "二级类别", "主要特征", "问题表现", "发生时间", "涉及金额（元）",
        "政策依据", "问题来源", "支撑材料", "重点/一般", "共性/个性", "根源", "村反映意见"]  # fmt: skip


def row(**over):
    cells = {
        "序号": 1, "村（社区）": "云溪村", "问题类别": "纪律建设", "二级类别": "E3", "主要特征": "鱼塘租金未收",
        "问题表现": "合同到期后未收租金。", "发生时间": "2023年6月至2025年12月", "涉及金额（元）": 59300,
        "政策依据": "《集体资产管理办法》第十九条；《村级财务制度》", "问题来源": "账目、谈话",
        "支撑材料": "1.租赁合同\n2.与会计谈话记录",
        "重点/一般": "重点", "共性/个性": "个性", "根源": "合同管理缺失", "村反映意见": "属实",
    } | over  # fmt: skip
    return [cells[title] for title in HEAD]


def workbook(*rows, before=(), after=()):
    book = Workbook()
    sheet = book.active
    sheet.append(["第五轮对村巡察问题清单"])
    sheet.merge_cells("A1:O1")
    for line in before:
        sheet.append(line)
    sheet.append(HEAD)
    for line in rows:
        sheet.append(line)
    for line in after:
        sheet.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def plan(cast, content, actor=None, name="清单.xlsx"):
    actor = actor or cast.member
    return services.plan_finding_import(actor=actor, round=cast.round, content=content, filename=name)


def take_in(cast, content, actor=None):
    actor = actor or cast.member
    return services.commit_finding_import(actor=actor, plan=plan(cast, content, actor))


def test_a_row_becomes_a_draft_of_whoever_took_it_in(cast):
    (paper,) = take_in(cast, workbook(row()))
    paper = Finding.objects.get(pk=paper.pk)
    assert (paper.status, paper.no, paper.handler) == ("draft", "", cast.member)
    assert (paper.title, paper.category.code, paper.subcategory.code) == ("鱼塘租金未收", "E", "E3")
    assert (str(paper.period_from), str(paper.period_to)) == ("2023-06-01", "2025-12-31")
    assert (paper.years, str(paper.amount)) == ([2023, 2024, 2025], "59300.00")
    assert paper.basis == ["《集体资产管理办法》第十九条", "《村级财务制度》"]
    assert (paper.origins, paper.severity, paper.commonality) == (["ledger", "talk"], "key", "individual")
    evidence = list(EvidenceItem.objects.filter(finding=paper).values_list("seq", "name", "kind"))
    assert evidence == [(1, "租赁合同", "document"), (2, "与会计谈话记录", "talk")]
    assert (paper.evidence_count, paper.strength) == (2, 2)
    assert "清单.xlsx" in audit.history(paper).get(verb="findings.import").reason


def test_what_the_list_leaves_out_is_left_to_the_handler(cast):
    (paper,) = take_in(cast, workbook(row()))
    with pytest.raises(ServiceError, match="查证事实.*处置建议.*发现过程"):
        services.sign_as_handler(actor=cast.member, finding=paper)


def test_planning_writes_nothing(cast):
    counts = Finding.objects.count(), audit.AuditEntry.objects.count()
    assert plan(cast, workbook(row())).count("create") == 1
    assert (Finding.objects.count(), audit.AuditEntry.objects.count()) == counts


def test_the_same_list_again_makes_nothing_twice(cast):
    content = workbook(row(), row(主要特征="白条入账"))
    assert len(take_in(cast, content)) == 2
    again = plan(cast, content)
    assert (again.count("create"), again.count("unchanged")) == (0, 2)
    assert services.commit_finding_import(actor=cast.member, plan=again) == []
    assert Finding.objects.count() == 2


def test_two_people_with_the_same_preview_make_each_problem_once(cast):
    one, two = plan(cast, workbook(row())), plan(cast, workbook(row()), cast.deputy)
    services.commit_finding_import(actor=cast.member, plan=one)
    with pytest.raises(ServiceError, match="已被别人导入"):
        services.commit_finding_import(actor=cast.deputy, plan=two)
    assert Finding.objects.count() == 1


NASTY = [
    (row(**{"村（社区）": "无此村"}), "村（社区）", "无此村"),
    (row(**{"村（社区）": None}), "村（社区）", "必填"),
    (row(主要特征=None), "主要特征", "必填"),
    (row(二级类别="Z9"), "二级类别", "Z9"),
    (row(问题类别="思想建设"), "二级类别", "不属于"),
    (row(问题类别=None, 二级类别=None), "二级类别", "至少填一个"),
    (row(发生时间="前几年"), "发生时间", "看不出时间"),
    (row(发生时间="2024年2月31日"), "发生时间", "没有这一天"),
    (row(**{"涉及金额（元）": "五万多"}), "涉及金额（元）", "数字"),
    (row(**{"涉及金额（元）": -5}), "涉及金额（元）", ""),
    (row(问题来源="账目、听说"), "问题来源", "听说"),
    (row(**{"重点/一般": "很重"}), "重点/一般", "只能填"),
    (row(主要特征="长" * 121), "主要特征", "120"),
]


@pytest.mark.parametrize(("bad", "column", "said"), NASTY)
def test_a_faulty_row_says_row_column_and_why_and_the_good_ones_go_in(bad, column, said, cast):
    content = workbook(row(), bad, row(主要特征="白条入账"))
    found = plan(cast, content)
    assert [(e["row"], e["column"]) for e in found.errors] == [(4, column)]
    assert said in found.errors[0]["message"]
    assert len(services.commit_finding_import(actor=cast.member, plan=found)) == 2


def test_a_repeated_row_is_named_with_its_first(cast):
    found = plan(cast, workbook(row(), row()))
    assert [(e["row"], e["message"]) for e in found.errors] == [(4, "与第3行重复，请核对。")]


def test_titles_notes_blanks_full_width_and_empty_rows_are_understood(cast):
    nasty = row(**{
        "村（社区）": " 云 溪 村 ", "问题类别": "（五）纪律建设方面", "二级类别": "资源合同",
        "涉及金额（元）": "５．９３万元", "发生时间": "２０２３、２０２５年", "问题来源": "账目，个别谈话/现场查看",
        "支撑材料": "账目：2024年第3号凭证；①现场照片6张；无",
        "重点/一般": "一般问题", "政策依据": None, "村反映意见": None,
    })  # fmt: skip
    content = workbook(
        nasty,
        [None] * 15,
        before=[["单位：第二巡察组　　2026年3月"]],
        after=[["合计", None], ["注：本表未经批准不得外传。"], ["填表人：组员甲"]],
    )
    (paper,) = take_in(cast, content)
    paper = Finding.objects.get(pk=paper.pk)
    assert (str(paper.amount), paper.years, paper.subcategory.code) == ("59300.00", [2023, 2025], "E3")
    assert paper.origins == ["ledger", "talk", "site"]
    kinds = list(paper.evidence.order_by("seq").values_list("name", "kind"))
    assert kinds == [("2024年第3号凭证", "ledger"), ("现场照片6张", "site")]


@pytest.mark.parametrize(
    ("written", "start", "end", "years"),
    [
        ("2023—2025", "2023-01-01", "2025-12-31", [2023, 2024, 2025]),
        ("2024年", "2024-01-01", "2024-12-31", [2024]),
        ("2023.6-2025.12", "2023-06-01", "2025-12-31", [2023, 2024, 2025]),
        ("2022、2024年", "2022-01-01", "2024-12-31", [2022, 2024]),
        ("2024年2月", "2024-02-01", "2024-02-29", [2024]),
        ("2025年3月5日", "2025-03-05", "2025-03-05", [2025]),
        (2024, "2024-01-01", "2024-12-31", [2024]),
    ],
)
def test_when_is_read_in_any_usual_way(written, start, end, years, cast):
    values = plan(cast, workbook(row(发生时间=written))).lines[0].values
    assert (str(values["period_from"]), str(values["period_to"]), values["years"]) == (start, end, years)


def test_naughty_text_arrives_unchanged(cast):
    text = "甲 =1+1 <script>alert(1)</script> ' OR 1=1 -- 𠮷 👩‍🌾"
    (paper,) = take_in(cast, workbook(row(问题表现=text)))
    assert Finding.objects.get(pk=paper.pk).summary == text


def test_rows_of_other_teams_are_passed_over_and_counted(cast):
    found = plan(cast, workbook(row(), row(**{"村（社区）": "柳巷村"})))
    assert (len(found.lines), found.errors) == (1, [])
    assert any("1行属于其他巡察组" in w["message"] for w in found.warnings)


def test_the_office_takes_in_all_villages_as_drafts_of_their_teams(cast):
    content = workbook(row(), row(**{"村（社区）": "柳巷村"}))
    papers = take_in(cast, content, cast.office_clerk)
    assert {p.handler for p in papers} == {cast.member, cast.outsider}


def test_nobody_else_takes_in_a_list(cast):
    for person in (cast.town, cast.village, cast.discipline, cast.sysadmin, cast.stranger):
        with pytest.raises(NotAllowed):
            plan(cast, workbook(row()), person)


def test_a_file_that_cannot_be_read_is_refused_as_a_whole(cast):
    for content in (b"not a workbook", workbook()[:400]):
        with pytest.raises(ServiceError):
            plan(cast, content)


def test_a_staged_list_waits_for_its_owner_and_is_written_once(cast):
    upload = SimpleUploadedFile("清单.xlsx", workbook(row(), row(主要特征=None)))
    staged = services.stage_finding_import(actor=cast.member, round=cast.round, upload=upload)
    assert Finding.objects.count() == 0
    assert not FindingImport.objects.visible_to(cast.deputy).exists()
    with pytest.raises(ServiceError, match="1行错误"):
        services.commit_staged_import(actor=cast.member, staged=staged)
    staged = FindingImport.objects.get(pk=staged.pk)
    services.commit_staged_import(actor=cast.member, staged=staged, skip_errors=True)
    assert Finding.objects.count() == 1
    with pytest.raises(NotAllowed):
        services.commit_staged_import(actor=cast.member, staged=staged, skip_errors=True)


def command(cast, path, *options):
    out = io.StringIO()
    call_command("import_findings", str(path), "--round", str(cast.round.pk), *options, stdout=out)
    return out.getvalue()


def test_the_command_previews_writes_and_speaks_json(cast, tmp_path):
    path = tmp_path / "清单.xlsx"
    path.write_bytes(workbook(row(), row(发生时间="早年")))
    report = json.loads(command(cast, path, "--json"))
    assert (report["rows"], report["created"], report["unchanged"]) == (2, 1, 0)
    assert [(e["row"], e["column"]) for e in report["errors"]] == [(4, "发生时间")]
    assert Finding.objects.count() == 0
    with pytest.raises(CommandError) as refusal:
        command(cast, path, "--commit", "--strict", "--json")
    assert (refusal.value.returncode, Finding.objects.count()) == (1, 0)
    command(cast, path, "--commit")
    assert Finding.objects.get().handler == cast.member
    assert audit.history(Finding.objects.get()).last().actor_name == SYSTEM.display_name


def test_the_command_says_what_it_could_not_read(cast, tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("import_findings", str(tmp_path / "nothing.xlsx"), "--round", str(uuid.uuid4()))
    assert refusal.value.returncode == 2
