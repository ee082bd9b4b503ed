"""What leaves the office: copied words, no names, once, numbered."""

import datetime as dt
from dataclasses import replace

import pytest

from core.errors import NotAllowed, ServiceError
from reports import services
from reports.models import Feedback, FeedbackItem
from reports.selectors.outgoing import feedback_drafts
from tests.reports.papers import make_finding, more_villages, name_person
from tests.reports.stages import fed_back, issued, open_report
from villages.models import Stage, VillageInspection


def test_a_common_problem_is_told_once_and_an_individual_one_with_its_village(cast):
    (second,) = more_villages(cast, "石塘村")
    for inspection in (cast.inspection, second):
        make_finding(cast, inspection, title="公开不及时", code="D", commonality="common", summary="未公开")
    make_finding(cast, second, title="鱼塘未收回", code="E", summary="到期未收回", disposal="fix_now")
    items = list(fed_back(cast).items.order_by("seq"))
    assert [(i.seq, i.title, i.scope, i.village and i.village.name, i.immediate) for i in items] == [
        (1, "公开不及时", "common", None, False),
        (2, "鱼塘未收回", "individual", "石塘村", True),
    ]
    assert items[0].detail == "云溪村：未公开\n石塘村：未公开"
    assert items[0].findings.count() == 2


def test_names_and_hints_at_reporters_are_taken_out_of_the_proposals(cast):
    finding = make_finding(
        cast, title="钟某某虚报误工", summary="报账员钟怀瑾虚报误工补贴，信访人反映属实，钟怀瑾已退款"
    )
    name_person(finding, "钟怀瑾")
    (draft,) = feedback_drafts(open_report(cast))
    assert draft.detail == "报账员有关人员虚报误工补贴，群众反映属实，有关人员已退款"


@pytest.mark.parametrize("field", ["title", "detail", "requirement"])
@pytest.mark.parametrize("word", ["钟怀瑾", "举报人"])
def test_a_text_that_names_somebody_is_refused(cast, field, word):
    name_person(make_finding(cast), "钟怀瑾")
    report = issued(cast)
    (draft,) = feedback_drafts(report)
    spoilt = replace(draft, **{field: f"据{word}称"})
    with pytest.raises(ServiceError, match=f"第1项.*{word}"):
        services.issue_feedback(
            actor=cast.office_clerk, report=report, doc_no="青巡办〔2026〕6号",
            issued_on=dt.date(2026, 4, 25), items=[spoilt],
        )  # fmt: skip
    assert not Feedback.objects.exists()


def test_the_words_are_a_copy_that_later_changes_do_not_reach(cast):
    finding = make_finding(cast, summary="原来的话")
    item = fed_back(cast).items.get()
    type(finding).objects.filter(pk=finding.pk).update(summary="后来的话", title="后来的题")
    item.refresh_from_db()
    assert (item.title, item.detail) == ("白条入账", "原来的话")


def test_feedback_follows_the_report_and_goes_out_once(cast):
    make_finding(cast)
    report = open_report(cast)
    day = {"issued_on": dt.date(2026, 4, 25)}
    with pytest.raises(NotAllowed, match="报告印发后"):
        services.issue_feedback(actor=cast.office_clerk, report=report, doc_no="青巡办〔2026〕6号", **day)
    feedback = fed_back(cast)
    with pytest.raises(ServiceError, match="已经印发"):
        services.issue_feedback(
            actor=cast.office_clerk, report=feedback.report, doc_no="青巡办〔2026〕7号", **day
        )


def test_feedback_is_not_dated_before_its_report(cast):
    make_finding(cast)
    with pytest.raises(ServiceError, match="不能早于"):
        fed_back(cast, day=dt.date(2026, 4, 19))


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("office_head", True), ("office_clerk", True), ("leader", False), ("deputy", False), ("member", False),
        ("archivist", False), ("outsider", False), ("town", False), ("village", False), ("discipline", False),
        ("organisation", False), ("department", False), ("sysadmin", False), ("stranger", False),
    ],
)  # fmt: skip
def test_only_the_office_sends_feedback(cast, who, allowed):
    make_finding(cast)
    report = issued(cast)
    order = {"report": report, "doc_no": "青巡办〔2026〕6号", "issued_on": dt.date(2026, 4, 25)}
    if allowed:
        assert services.issue_feedback(actor=getattr(cast, who), **order)
    else:
        with pytest.raises(NotAllowed):
            services.issue_feedback(actor=getattr(cast, who), **order)


def test_a_town_sees_its_own_letter_but_never_the_items_that_know_their_findings(cast):
    make_finding(cast)
    fed_back(cast)
    seers = {
        name
        for name in vars(cast)
        if hasattr(getattr(cast, name), "role") and Feedback.objects.visible_to(getattr(cast, name)).exists()
    }
    assert seers == {"office_head", "office_clerk", "leader", "deputy", "member", "archivist", "town"}
    assert not FeedbackItem.objects.visible_to(cast.town).exists()


def test_a_village_moves_on_only_after_report_and_feedback(cast):
    make_finding(cast)
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status=Stage.REPORT)
    inspection = VillageInspection.objects.get(pk=cast.inspection.pk)

    def finish():
        return services.finish_reporting(actor=cast.office_clerk, inspection=inspection)

    with pytest.raises(ServiceError, match="报告印发后"):
        finish()
    report = issued(cast)
    with pytest.raises(ServiceError, match="反馈意见印发后"):
        finish()
    services.issue_feedback(
        actor=cast.office_clerk, report=report, doc_no="青巡办〔2026〕6号", issued_on=dt.date(2026, 4, 25)
    )
    assert finish().status == Stage.RECTIFY
