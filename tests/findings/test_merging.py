"""Two papers about one problem become one, and neither is lost."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from findings import services
from findings.models import Finding, SourceKind
from findings.selectors.progress import counts_for
from tests.factories import make_inspection, make_village
from tests.findings import papers

pytestmark = pytest.mark.django_db

WHY = "同一口鱼塘，说的是一件事"


def merge(cast, finding, into, **over):
    given = {"actor": cast.deputy, "finding": finding, "into": into, "reason": WHY} | over
    services.merge_finding(**given)
    return papers.reload(finding), papers.reload(into)


def test_both_are_kept_and_the_kept_one_takes_over_what_it_lacks(cast):
    lone = {"name": "承包户陈述", "kind": SourceKind.TALK, "page_range": "第1页"}
    finding = papers.signed(
        cast,
        evidence=[*papers.EVIDENCE, lone],
        origins=[SourceKind.TALK, SourceKind.LEDGER],
        years=[2022, 2024],
    )
    into = papers.draft(cast, title="另一份", years=[2023, 2024])
    gone, kept = merge(cast, finding, into)
    assert (gone.status, gone.merged_into_id, gone.no, gone.facts) == (
        "merged",
        into.pk,
        finding.no,
        finding.facts,
    )
    assert gone.signatures.filter(cleared_at=None).count() == 3
    assert [item.name for item in kept.evidence.order_by("seq")] == [
        "租赁合同复印件",
        "收入明细账比对",
        "承包户陈述",
    ]
    assert [item.name for item in gone.evidence.order_by("seq")] == [
        "租赁合同复印件",
        "收入明细账比对",
        "承包户陈述",
    ]
    assert kept.origins == [SourceKind.LEDGER, SourceKind.DOCUMENT, SourceKind.TALK]
    assert (kept.years, kept.amount, kept.strength) == ([2022, 2023, 2024], into.amount, 3)
    entry = AuditEntry.objects.filter(verb="findings.merge").get()
    assert (entry.actor_id, entry.reason) == (str(cast.deputy.pk), WHY)


def test_signatures_under_the_kept_paper_fall_only_when_it_changed(cast):
    same = merge(cast, papers.draft(cast), papers.signed(cast))[1]
    assert (same.status, same.signatures.filter(cleared_at=None).count()) == ("signed", 3)
    lone = [{"name": "新的照片", "kind": SourceKind.SITE}]
    changed = merge(cast, papers.draft(cast, evidence=lone), papers.signed(cast))[1]
    assert (changed.status, changed.signatures.filter(cleared_at=None).count()) == ("draft", 0)


def test_a_merged_paper_stands_in_no_list_and_takes_no_further_step(cast):
    gone, kept = merge(cast, papers.signed(cast), papers.signed(cast))
    assert list(Finding.objects.confirmed()) == [kept]
    assert counts_for(cast.leader, cast.inspection)["total"] == 1
    for step in (
        lambda: services.edit_finding(
            actor=cast.member, finding=gone, revision=gone.revision, values={"facts": "改"}
        ),
        lambda: services.merge_finding(actor=cast.deputy, finding=gone, into=kept, reason=WHY),
        lambda: services.file_finding(actor=cast.office_clerk, finding=gone),
    ):
        with pytest.raises(NotAllowed):
            step()


@pytest.mark.parametrize("other", ["itself", "elsewhere", "filed", "withdrawn", "merged"])
def test_only_an_open_paper_of_the_same_village_takes_another_in(other, cast):
    finding = papers.draft(cast)
    targets = {
        "itself": lambda: finding,
        "elsewhere": lambda: papers.draft(
            cast, inspection=make_inspection(cast.team, make_village(cast.town_place))
        ),
        "filed": lambda: papers.filed(cast),
        "withdrawn": lambda: papers.withdrawn(cast),
        "merged": lambda: papers.merged(cast),
    }
    with pytest.raises(NotAllowed):
        services.merge_finding(actor=cast.leader, finding=finding, into=targets[other](), reason=WHY)
    assert papers.reload(finding).status == "draft"


def test_a_reason_is_wanted_and_an_older_look_is_refused(cast):
    finding, into = papers.draft(cast), papers.draft(cast)
    with pytest.raises(ServiceError, match="理由"):
        services.merge_finding(actor=cast.deputy, finding=finding, into=into, reason=" ")
    with pytest.raises(StaleRecord):
        services.merge_finding(
            actor=cast.deputy, finding=finding, into=into, reason=WHY, revision=finding.revision - 1
        )


def test_the_database_refuses_a_merged_paper_without_the_other(cast):
    finding = papers.draft(cast)
    for values in (
        {"status": "merged"},
        {"merged_into": papers.draft(cast)},
        {"merged_into": finding, "status": "merged"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(**values)


def test_on_the_page_the_likest_paper_is_offered_first_and_both_name_each_other(cast, client):
    finding = papers.draft(cast)
    far = papers.draft(cast, title="党费未按时收缴", category=papers.category(cast, "A"), subcategory=None)
    near = papers.draft(cast, title="鱼塘合同未公示")
    client.force_login(cast.deputy)
    address = reverse("findings:finding_merge", args=[finding.pk])
    page = client.get(address)
    offered = [str(value) for value, _ in page.context["form"].fields["into"].choices if value]
    assert offered == [str(near.pk), str(far.pk)]
    sent = {"into": near.pk, "reason": WHY, "revision": finding.revision}
    answer = client.post(address, sent, follow=True)
    assert "由2份合并：" in answer.content.decode()
    assert near.title in client.get(reverse("findings:finding", args=[finding.pk])).content.decode()


def test_what_was_typed_stays_when_no_paper_is_chosen(cast, client):
    finding = papers.draft(cast)
    client.force_login(cast.deputy)
    address = reverse("findings:finding_merge", args=[finding.pk])
    answer = client.post(address, {"reason": "写了理由", "revision": 1})
    assert answer.status_code == 422
    assert "写了理由" in answer.content.decode()
