"""The living draft: confirmed findings flow in, people's words stay."""

import pytest

from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from findings.models import Finding
from reports import services
from reports.models import Report, Section, Statement
from tests.reports.papers import category, make_finding, more_villages
from villages.models import Recusal


def open_report(cast, actor=None):
    return services.open_report(
        actor=actor or cast.member, round=cast.round, team=cast.team, town=cast.town_place
    )


def texts(report, section):
    return list(report.statements.filter(section=section).in_order().values_list("text", flat=True))


def test_opening_fills_each_category_from_confirmed_findings_only(cast):
    make_finding(cast, code="E", amount="23100.00")
    make_finding(cast, code="A", title="民生实事未按期完成", summary="承诺的4项中2项未完工")
    make_finding(cast, code="A", title="未签完的", status="signing")
    make_finding(cast, code="A", title="线索不进报告", disposal="transfer")
    make_finding(cast, code="A", title="留存不进报告", disposal="keep")
    report = open_report(cast)
    assert report.title == f"关于巡察{cast.town_place.name}1个村（社区）党组织情况的报告"
    problems = report.statements.filter(section=Section.PROBLEMS).in_order()
    assert [(row.category.code, row.text) for row in problems] == [
        ("A", "民生实事未按期完成。云溪村承诺的4项中2项未完工。"),
        ("E", "白条入账。云溪村2023年至2025年白条入账12笔，涉及金额2.31万元。"),
    ]
    assert [row.sources.count() for row in problems] == [1, 1]


def test_unsigned_findings_wait_in_the_working_section_and_move_when_signed(cast):
    finding = make_finding(cast, title="鱼塘合同到期未收回", status="signing")
    report = open_report(cast)
    assert len(texts(report, Section.PENDING)) == 1
    assert "鱼塘合同到期未收回" in texts(report, Section.PENDING)[0]
    assert texts(report, Section.PROBLEMS) == []
    Finding.objects.filter(pk=finding.pk).update(status="signed")
    services.refresh_report(actor=cast.member, report=report)
    assert texts(report, Section.PENDING) == []
    assert texts(report, Section.PROBLEMS)[0].startswith("鱼塘合同到期未收回。")


def test_a_problem_of_two_villages_becomes_one_common_sentence_with_share_and_sum(cast):
    second, third = more_villages(cast, "石塘村", "上田村")
    for inspection, amount in ((cast.inspection, "38000.00"), (second, "42600.50")):
        make_finding(
            cast, inspection, code="E", title="工程拆分规避招标", commonality="common", amount=amount
        )
    report = open_report(cast)
    common, example = texts(report, Section.PROBLEMS)
    # 38000 + 42600.50 = 80600.50 元 = 8.06 万元; 2 of 3 villages = 66.7 %
    assert common == (
        "工程拆分规避招标。3个村（社区）中有2个存在此类问题，占66.7%，涉及金额8.06万元，涉及云溪村、石塘村。"
    )
    assert example.startswith("如：石塘村")
    assert report.statements.get(text=common).sources.count() == 2


def test_an_edited_sentence_survives_a_refresh_and_is_flagged_when_its_facts_move(cast):
    finding = make_finding(cast, amount="21300.00")
    report = open_report(cast)
    statement = report.statements.get(section=Section.PROBLEMS)
    mine = "票据管理不严。云溪村三年白条入账12笔，金额2.13万元。"
    services.edit_statement(actor=cast.deputy, statement=statement, revision=1, text=mine)
    services.refresh_report(actor=cast.member, report=report)
    statement.refresh_from_db()
    assert (statement.text, statement.origin, statement.stale) == (mine, "edited", False)

    Finding.objects.filter(pk=finding.pk).update(amount="23100.00", revision=2)
    services.refresh_report(actor=cast.member, report=report)
    statement.refresh_from_db()
    assert (statement.text, statement.stale) == (mine, True)
    assert "2.31万元" in statement.generated


def test_an_automatic_sentence_follows_its_facts(cast):
    finding = make_finding(cast, amount="21300.00")
    report = open_report(cast)
    Finding.objects.filter(pk=finding.pk).update(amount="23100.00", revision=2)
    services.refresh_report(actor=cast.member, report=report)
    assert "2.31万元" in texts(report, Section.PROBLEMS)[0]


def test_the_new_wording_can_be_taken_or_the_old_one_kept(cast):
    findings = [make_finding(cast, amount="100.00"), make_finding(cast, title="超标准接待", amount="200.00")]
    report = open_report(cast)
    first, second = report.statements.filter(section=Section.PROBLEMS).in_order()
    for statement in (first, second):
        services.edit_statement(actor=cast.member, statement=statement, revision=None, text="改过的话。")
    Finding.objects.filter(pk__in=[f.pk for f in findings]).update(amount="30000.00", revision=2)
    services.refresh_report(actor=cast.member, report=report)
    first, second = report.statements.filter(section=Section.PROBLEMS).in_order()
    services.accept_generated(actor=cast.member, statement=first)
    services.keep_wording(actor=cast.member, statement=second)
    services.refresh_report(actor=cast.member, report=report)
    first, second = report.statements.filter(section=Section.PROBLEMS).in_order()
    assert "3.00万元" in first.text
    assert (first.origin, first.stale) == ("auto", False)
    assert (second.text, second.origin, second.stale) == ("改过的话。", "edited", False)


def test_a_withdrawn_finding_takes_its_automatic_sentence_along_but_never_a_persons(cast):
    gone, kept = make_finding(cast, title="甲问题"), make_finding(cast, title="乙问题")
    report = open_report(cast)
    mine = report.statements.get(text__startswith="乙问题")
    services.edit_statement(actor=cast.member, statement=mine, revision=None, text="我写的乙问题。")
    withdrawn = {"status": "withdrawn", "group_decision": "组务会决定撤销"}
    Finding.objects.filter(pk__in=[gone.pk, kept.pk]).update(**withdrawn)
    services.refresh_report(actor=cast.member, report=report)
    assert texts(report, Section.PROBLEMS) == ["我写的乙问题。"]
    assert report.statements.get(text="我写的乙问题。").stale


def test_refreshing_twice_changes_nothing_the_second_time(cast):
    make_finding(cast, amount="1.00")
    report = open_report(cast)
    before = list(report.statements.in_order().values_list("pk", "revision", "text"))
    services.refresh_report(actor=cast.member, report=report)
    assert list(report.statements.in_order().values_list("pk", "revision", "text")) == before


def test_the_order_people_chose_survives_a_refresh(cast):
    make_finding(cast, title="甲问题", amount="9.00"), make_finding(cast, title="乙问题", amount="5.00")
    report = open_report(cast)
    second = report.statements.get(text__startswith="乙问题")
    services.move_statement(actor=cast.member, statement=second, up=True)
    make_finding(cast, title="丙问题", amount="99.00")
    services.refresh_report(actor=cast.member, report=report)
    assert [text[:3] for text in texts(report, Section.PROBLEMS)] == ["乙问题", "甲问题", "丙问题"]


def test_opening_again_gives_the_same_report(cast):
    assert open_report(cast).pk == open_report(cast, cast.leader).pk
    assert Report.objects.count() == 1


@pytest.mark.parametrize("who", ["office_clerk", "outsider", "archivist", "town", "sysadmin", "stranger"])
def test_only_the_own_team_opens_a_report(cast, who):
    with pytest.raises(NotAllowed):
        open_report(cast, getattr(cast, who))


def test_a_town_without_villages_of_the_team_has_no_report(cast):
    with pytest.raises(ServiceError, match="没有巡察任务"):
        services.open_report(actor=cast.member, round=cast.round, team=cast.team, town=cast.other_town_place)


def test_an_added_sentence_can_cite_only_signed_findings_of_this_report(cast):
    own, foreign = make_finding(cast), make_finding(cast, cast.other_inspection)
    unsigned = make_finding(cast, status="checking")
    report = open_report(cast)
    for finding in (foreign, unsigned):
        with pytest.raises(ServiceError, match="已审签"):
            services.add_statement(
                actor=cast.member, report=report, section="problems", category=category(cast, "E"),
                kind=Statement.Kind.FACT, text="有事。", findings=[finding],
            )  # fmt: skip
    added = services.add_statement(
        actor=cast.member, report=report, section="problems", category=category(cast, "E"),
        kind=Statement.Kind.FACT, text="有事。", findings=[own],
    )  # fmt: skip
    assert [source.finding_id for source in added.sources.all()] == [own.pk]


def test_rewriting_is_traced_with_both_wordings(cast):
    make_finding(cast)
    report = open_report(cast)
    statement = report.statements.get(section=Section.PROBLEMS)
    old = statement.text
    services.edit_statement(actor=cast.deputy, statement=statement, revision=1, text="新话。")
    entry = AuditEntry.objects.get(verb="reports.edit_statement")
    assert (entry.before["text"], entry.after["text"], entry.actor_name) == (old, "新话。", "副组长")


def test_a_member_recused_from_one_village_does_not_see_the_towns_report(cast):
    (second,) = more_villages(cast, "石塘村")
    report = open_report(cast)
    assert Report.objects.visible_to(cast.member).filter(pk=report.pk).exists()
    Recusal.objects.create(user=cast.member, village=second.village, relation="kin")
    assert not Report.objects.visible_to(cast.member).filter(pk=report.pk).exists()
    assert not Statement.objects.visible_to(cast.member).exists()
    assert Report.objects.visible_to(cast.deputy).filter(pk=report.pk).exists()
