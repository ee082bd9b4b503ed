"""Survey tables: two people, signed in order, nothing secret kept whole, hints that lead on, the end of the stage."""

import hashlib
import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from findings import services
from findings.models import TABLES, Lead, SurveyTable
from findings.rules import missing_minutes
from findings.selectors import team_progress
from findings.selectors.filing import papers_to_file
from findings.selectors.table_hints import village_hints
from findings.selectors.tables import glance, open_tables
from findings.workflow import TABLE_FLOW
from tests.findings import papers, tables
from tests.findings.tables import ACCOUNT, IDENTITY
from villages.models import RoundParameter, VillageInspection

pytestmark = pytest.mark.django_db

KINDS = sorted(TABLES)
EXPECTED = {
    ("draft", "submit"): {"member"},
    ("checking", "sign"): {"deputy"},
    ("checking", "return"): {"deputy"},
    ("checking", "reopen"): {"member", "deputy"},
    ("signed", "reopen"): {"member", "deputy"},
}
ROLES = (
    "office_head",
    "office_clerk",
    "leader",
    "deputy",
    "member",
    "archivist",
    "outsider",
    "town",
    "village",
    "discipline",
    "organisation",
    "department",
    "sysadmin",
    "stranger",
)
STATES = {"draft": tables.table, "checking": tables.checking, "signed": tables.signed}


@pytest.mark.parametrize("state", sorted(STATES))
def test_each_role_may_take_exactly_the_steps_of_the_table(state, cast):
    made = STATES[state](cast)
    for step in TABLE_FLOW.transitions:
        may = {role for role in ROLES if TABLE_FLOW.check(getattr(cast, role), made, step)}
        assert may == EXPECTED.get((state, step), set()), step


def test_all_tables_are_numbered_on_one_count_at_their_first_signature(cast):
    assert tables.table(cast).no == ""
    numbers = [tables.checking(cast, kind).no[-7:] for kind in ("funds", "works")]
    assert numbers == ["SZ-0001", "SZ-0002"]


@pytest.mark.parametrize("kind", KINDS)
def test_both_sign_one_content_and_any_change_of_a_row_breaks_it(cast, kind):
    made = tables.signed(cast, kind)
    marks = list(made.signatures.order_by("at"))
    assert [(m.role, m.user) for m in marks] == [("recorder", cast.member), ("checker", cast.deputy)]
    assert marks[0].content_hash == marks[1].content_hash
    tables.edit(cast.member, made, rows=[*tables.ROWS[kind], tables.ROWS[kind][0]])
    made = papers.reload(made)
    assert made.status == "draft" and not made.signatures.filter(cleared_at=None).exists()


def test_saving_without_a_change_leaves_the_signatures(cast):
    made = tables.signed(cast)
    typed = [{"id": row["id"]} | cells for row, cells in zip(made.rows, tables.ROWS["funds"], strict=True)]
    typed[0]["account"] = "****0018"
    tables.edit(cast.member, made, rows=typed)
    assert papers.reload(made).status == "signed"


def test_what_was_signed_can_be_worked_out_from_the_rows_alone(cast):
    made = tables.signed(cast, "works")
    body = {
        "v": 1,
        "no": made.no,
        "kind": "works",
        "scope": "",
        "place": "村部会计室",
        "present": "报账员、监委会主任",
        "remarks": "",
        "rows": made.rows,
        "happened_at": made.happened_at.isoformat(),
        "ended_at": made.ended_at.isoformat(),
        "village": str(made.village_id),
        "people": [str(cast.deputy.pk), str(cast.member.pk)],
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert made.signatures.first().content_hash == hashlib.sha256(text.encode()).hexdigest()


def test_nobody_counts_alone_and_only_with_the_own_team(cast):
    with pytest.raises(ServiceError, match="核对人和记录人不能是同一人"):
        tables.table(cast, checker=cast.member)
    with pytest.raises(ServiceError, match="不是本巡察组成员"):
        tables.table(cast, checker=cast.outsider)
    made = tables.table(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyTable.objects.filter(pk=made.pk).update(checker=cast.member)


def test_only_the_own_team_opens_sheets_and_only_of_known_kinds(cast):
    for role in ("office_head", "outsider", "town", "sysadmin"):
        with pytest.raises(NotAllowed):
            tables.table(cast, recorder=getattr(cast, role))
    with pytest.raises(ServiceError, match="种类"):
        services.create_table(
            actor=cast.member, inspection=cast.inspection, kind="vouchers", values={}, rows=[]
        )


def test_a_sheet_with_gaps_is_kept_but_not_signed_and_says_what_is_missing(cast):
    rows = [{"sort": "库存现金", "booked": "5", "counted": "4"}, {"bank": "信用社", "booked": "1"}]
    made = tables.table(cast, rows=rows, present=" ", ended_at=None)
    assert missing_minutes(made) == ["结束时间", "村、镇在场人员", "第1行差异原因", "第2行资金类别、实存数"]
    with pytest.raises(NotAllowed, match="第1行差异原因"):
        services.submit_minutes(actor=cast.member, paper=made)
    assert missing_minutes(tables.table(cast, rows=[])) == ["清查内容（至少1行）"]


def test_of_many_rows_with_gaps_the_first_are_named(cast):
    made = tables.table(cast, rows=[{"bank": "信用社"}] * 11)
    assert missing_minutes(made)[-1] == "另有3行没有填全" and len(missing_minutes(made)) == 9


def test_faulty_cells_refuse_the_sheet_and_say_where(cast):
    with pytest.raises(ServiceError, match="第2行账面数：应为数字") as caught:
        tables.table(cast, rows=[{"booked": "1"}, {"booked": "约一千"}])
    assert caught.value.field == "rows" and not SurveyTable.objects.exists()


def test_the_second_of_two_editors_keeps_everything_typed(cast):
    first, second = tables.table(cast), None
    second = papers.reload(first)
    tables.edit(cast.member, first, rows=[{"sort": "其他", "booked": "1", "counted": "1"}])
    with pytest.raises(StaleRecord) as caught:
        tables.edit(
            cast.deputy, second, rows=[{"sort": "其他", "booked": "2", "counted": "2"}], remarks="后到"
        )
    assert (
        caught.value.attempted["rows"][0]["booked"] == "2.00" and caught.value.attempted["remarks"] == "后到"
    )
    assert caught.value.current.rows[0]["booked"] == "1.00"


# --- what must not be kept ---------------------------------------------------------------------------------


def test_neither_a_dump_nor_the_trail_holds_a_whole_number(cast, capsys):
    made = tables.signed(cast, "benefits")
    tables.edit(cast.member, made, rows=tables.ROWS["benefits"], remarks="改")
    call_command("dumpdata", "findings", "core", "villages.formnumber")
    dumped = capsys.readouterr().out
    assert "benefits" in dumped and "002X" in dumped
    for whole in (IDENTITY, IDENTITY.lower(), ACCOUNT):
        assert whole not in dumped


def test_the_trail_quotes_no_row_no_place_and_no_name(cast):
    tables.signed(
        cast,
        "benefits",
        rows=[tables.ROWS["benefits"][0] | {"person": "机密甲"}],
        place="机密乙",
        present="机密丙",
        scope="机密丁",
    )
    entries = str(list(AuditEntry.objects.values_list("target_label", "before", "after", "reason")))
    assert "机密" not in entries and "0018" not in entries and "002X" not in entries


# --- what a hint leads to ----------------------------------------------------------------------------------


def a_hint(made, rule):
    return next(hint.key for hint in village_hints(made) if hint.rule == rule)


def test_one_click_makes_one_lead_with_where_it_was_seen(cast):
    made = tables.checking(cast)
    key = a_hint(made, "A1")
    lead = services.lead_from_hint(actor=cast.member, table=made, key=key)
    again = services.lead_from_hint(actor=cast.deputy, table=made, key=key)
    assert lead == again and Lead.objects.count() == 1
    assert (lead.source, lead.category.code) == ("ledger", "E1")
    assert lead.title == "库存现金账实相差3,210.00元（账面多于实存）"
    assert lead.origin == f"表A 货币资金调查表第2行，{made.no}"


def test_a_hint_that_no_longer_holds_makes_no_lead(cast):
    made = tables.table(cast)
    key = a_hint(made, "A1")
    with pytest.raises(NotAllowed):
        services.lead_from_hint(actor=cast.outsider, table=made, key=key)
    made = tables.edit(cast.member, made, rows=[{"sort": "库存现金", "booked": "1", "counted": "1"}])
    with pytest.raises(ServiceError, match="不再成立"):
        services.lead_from_hint(actor=cast.member, table=made, key=key)


def test_a_row_of_a_signed_sheet_becomes_evidence_of_its_kind_and_holds_the_sheet(cast):
    finding, made = papers.draft(cast, evidence=[]), tables.signed(cast, "contracts")
    services.cite_row(
        actor=cast.member, table=made, finding=finding, row_id=made.rows[0]["id"], revision=finding.revision
    )
    finding = papers.reload(finding)
    item = finding.evidence.get()
    assert (item.kind, item.name, item.page_range) == ("document", "表E 经济合同调查表第1行", "第1行")
    services.sign_as_handler(actor=finding.handler, finding=finding)
    assert not TABLE_FLOW.check(cast.member, papers.reload(made), "reopen")


def test_only_signed_sheets_of_the_village_are_cited(cast):
    finding = papers.draft(cast, evidence=[])
    for made in (tables.table(cast), tables.checking(cast)):
        with pytest.raises(ServiceError, match="已签名"):
            services.cite_row(
                actor=cast.member,
                table=made,
                finding=finding,
                row_id=made.rows[0]["id"],
                revision=finding.revision,
            )
    foreign = SurveyTable(inspection=cast.other_inspection, kind="funds", status="signed", rows=[{"id": "a"}])
    with pytest.raises(ServiceError, match="只能引用本村"):
        services.cite_row(
            actor=cast.member, table=foreign, finding=finding, row_id="a", revision=finding.revision
        )


def test_a_sheet_reopened_after_it_was_cited_keeps_the_workpaper_from_being_signed(cast):
    finding, made = papers.draft(cast, evidence=[]), tables.signed(cast)
    services.cite_row(
        actor=cast.member, table=made, finding=finding, row_id=made.rows[0]["id"], revision=finding.revision
    )
    tables.edit(cast.member, made, remarks="补充")
    finding = papers.reload(finding)
    with pytest.raises(ServiceError, match="货币资金调查表.*的签名"):
        services.sign_as_handler(actor=finding.handler, finding=finding)


def test_two_rows_of_one_sheet_survive_a_merge(cast):
    kept, gone, made = papers.draft(cast), papers.draft(cast), tables.signed(cast)
    for finding, row in ((kept, 0), (gone, 1)):
        services.cite_row(
            actor=cast.member,
            table=made,
            finding=finding,
            row_id=made.rows[row]["id"],
            revision=finding.revision,
        )
    gone = services.sign_as_handler(actor=cast.member, finding=papers.reload(gone))
    services.merge_finding(
        actor=cast.deputy, finding=papers.reload(gone), into=papers.reload(kept), reason="同一件事"
    )
    rows = kept.evidence.filter(table=made).values_list("page_range", flat=True)
    assert sorted(rows) == ["第1行", "第2行"]


# --- the village -------------------------------------------------------------------------------------------


def test_a_village_at_a_glance(cast):
    for kind in ("funds", "contracts", "dealings", "works"):
        tables.table(cast, kind)
    tables.signed(cast, "funds", scope="一组")
    seen = glance(cast.member, cast.inspection)
    funds, contracts = seen.kinds[0], seen.kinds[4]
    assert (funds.rows, funds.state, contracts.state) == (4, ("1张未签", "warn"), ("1张未签", "warn"))
    assert dict(funds.sums)["差异"] == "6,420.00" and seen.missing == ["C 固定资产", "D 资源", "H 惠民"]
    assert {hint.rule for _, hint in contracts.hints} == {"E2", "E4", "E6"}
    assert len(seen.remarks) == 2 and "172,000.00" in seen.remarks[1]
    assert not glance(cast.outsider, cast.inspection).kinds[0].sheets


def test_the_rounds_own_limit_decides_what_must_be_tendered(cast):
    made = tables.table(cast, "works")
    assert "G2" in {hint.rule for hint in village_hints(made)}
    RoundParameter.objects.update_or_create(
        round=cast.round, key="tender_limit_yuan", defaults={"value": 4_000_000, "label": "招标标准"}
    )
    assert "G2" not in {hint.rule for hint in village_hints(made)}


def test_an_unsigned_sheet_keeps_the_stage_from_ending_until_it_is_signed_or_deleted(cast):
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status="finding")
    cast.inspection.refresh_from_db()
    papers.signed(cast)
    made = tables.table(cast)
    with pytest.raises(ServiceError, match="还有1张三资调查表没有二人签名"):
        services.finish_findings(actor=cast.leader, inspection=cast.inspection)
    row = team_progress(cast.leader, cast.round)[0]
    assert (row.tables, row.unsigned_tables) == (1, 1)
    services.delete_minutes(actor=cast.member, paper=made, revision=made.revision, reason="重复")
    tables.signed(cast, "works")
    assert open_tables(cast.inspection) == 0
    inspection = services.finish_findings(actor=cast.leader, inspection=cast.inspection)
    assert inspection.status == "report"


def test_signed_sheets_are_handed_to_the_archive_and_others_are_not(cast):
    tables.table(cast)
    made = tables.signed(cast, "benefits")
    filed = [paper for paper in papers_to_file(cast.office_clerk, cast.inspection) if "table" in paper.source]
    assert [(paper.doc_no, paper.name) for paper in filed] == [(made.no, f"三资调查表 {made.no}.xlsx")]
    assert filed[0].content()[:2] == b"PK" and filed[0].about == (made.pk,)
