"""Several papers at once: signed or returned where each allows it, with a summary of what was and was not done."""

import pytest
from django.urls import reverse

from core.errors import ServiceError
from findings import services
from findings.models import Comment
from findings.selectors.review import ReviewFilters, review_list
from findings.workflow import FINDING_FLOW
from tests.findings import papers

pytestmark = pytest.mark.django_db


def ticked(*findings):
    return [f"{row.pk}:{row.revision}" for row in findings]


def send_back(client, *findings, reason="补充佐证材料"):
    sent = {"paper": ticked(*findings), "reason": reason}
    return client.post(reverse("findings:bulk_return"), sent, follow=True).content.decode()


def statuses(*findings):
    return [papers.reload(row).status for row in findings]


def test_many_go_back_with_one_reason_and_their_signatures_fall(cast, client):
    one, two = papers.signing(cast, title="甲"), papers.checking(cast, title="乙")
    client.force_login(cast.leader)
    assert "已退回 2 份。" in send_back(client, one, two)
    assert statuses(one, two) == ["returned", "returned"]
    marks = [mark for row in (one, two) for mark in row.signatures.all()]
    assert marks and all("补充佐证材料" in mark.clear_reason for mark in marks)


def test_what_may_not_go_back_stays_and_the_summary_says_why(cast, client):
    mine, filed, draft = papers.signing(cast), papers.filed(cast), papers.draft(cast)
    old = papers.checking(cast)
    services.edit_finding(
        actor=cast.member, finding=papers.reload(old), revision=old.revision, values={"facts": "改。"}
    )
    client.force_login(cast.leader)
    text = send_back(client, mine, filed, draft, old)
    assert "已退回 1 份。" in text and "3 份未办理" in text
    assert "只有巡察办可以退回" in text and "不能退回" in text
    assert statuses(mine, filed, draft, old) == ["returned", "filed", "draft", "draft"]


def test_a_page_that_is_no_longer_true_returns_nothing(cast, client):
    paper = papers.signing(cast)
    stale = papers.reload(paper)
    stale.revision -= 1
    client.force_login(cast.leader)
    assert "刚被别人改过" in send_back(client, stale)
    assert statuses(paper) == ["signing"]


def test_without_a_reason_nothing_goes_back(cast, client):
    paper = papers.signing(cast)
    client.force_login(cast.leader)
    assert "请填写退回的理由" in send_back(client, paper, reason="  ")
    assert statuses(paper) == ["signing"]
    with pytest.raises(ServiceError):
        services.return_many(actor=cast.leader, findings=[(paper, paper.revision)], reason="")


def test_papers_of_others_are_passed_over(cast, client):
    foreign = papers.checking(cast)
    client.force_login(cast.outsider)
    assert "没有勾选底稿" in send_back(client, foreign)
    assert statuses(foreign) == ["checking"]


def test_more_than_ten_refused_are_counted(cast, client):
    drafts = [papers.draft(cast, evidence=[], steps=[]) for _ in range(12)]
    client.force_login(cast.leader)
    text = send_back(client, *drafts)
    assert "12 份未办理" in text and "另有2份" in text


def test_steps_are_offered_row_by_row_for_the_one_who_may(cast):
    for make in (papers.draft, papers.checking, papers.signing, papers.signed, papers.filed):
        make(cast, title=make.__name__)

    def offered(viewer):
        rows = review_list(viewer, cast.round, ReviewFilters()).page.rows
        return {row.title: row.steps_offered for row in rows if row.steps_offered}

    assert offered(cast.leader) == {"checking": "return", "signing": "sign return", "signed": "return"}
    assert offered(cast.deputy) == {"checking": "sign return", "signing": "return"}
    assert offered(cast.office_clerk) == {"signed": "sign return", "filed": "return"}
    assert offered(cast.member) == {}


def test_what_is_offered_is_what_the_rules_allow(cast):
    makers = (papers.draft, papers.checking, papers.signing, papers.signed, papers.filed, papers.returned)
    rows = [make(cast) for make in makers]
    for viewer in (cast.leader, cast.deputy, cast.member, cast.office_clerk):
        listed = review_list(viewer, cast.round, ReviewFilters()).page.rows
        offered = {row.pk: "return" in row.steps_offered for row in listed}
        allowed = {
            row.pk: any(
                o.transition.name == "return" and o.verdict
                for o in FINDING_FLOW.available(viewer, papers.reload(row))
            )
            for row in rows
        }
        assert offered == allowed, viewer


def test_a_remark_written_beside_the_list_leads_back_to_it(cast, client):
    paper = papers.signing(cast)
    client.force_login(cast.leader)
    response = client.post(
        reverse("findings:comment_add", kwargs={"pk": paper.pk}),
        {"text": "核对租金", "beside": "1"},
        headers={"referer": f"{reverse('findings:review')}?status=signing&cursor=x"},
    )
    assert response.url == f"{reverse('findings:review')}?status=signing&at={paper.pk}"
    assert Comment.objects.get().text == "核对租金"
