"""Judgements on threads: one at a time in a village, and under names that tell nobody another team's drafts."""

import pytest

from core.errors import ServiceError, StaleRecord
from core.models import AuditEntry
from findings import services
from findings.models import Finding, FindingStatus, ProblemThread, ThreadRefusal
from tests.findings import papers, threads, tips
from tests.locks import locks
from tests.prep.lists import make_item
from villages.models import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(cast):
    return threads.earlier_round(cast)


# --- one judgement at a time ------------------------------------------------------------------------------


def now(row):
    return type(row).objects.get(pk=row.pk)


def test_every_judgement_holds_the_village_while_it_is_made(cast, old, monkeypatch):
    first, second = threads.two_threads(cast, old)
    place = second.papers.first()
    mine, before = threads.paper(cast), threads.earlier_paper(cast, old)
    held = locks(monkeypatch)

    def refuse():
        return services.refuse_proposal(actor=cast.member, finding=mine, other=before, reason="两口塘")

    steps = [
        refuse,
        lambda: services.recall_refusal(actor=cast.member, refusal=ThreadRefusal.objects.get(), revision=1),
        lambda: services.put_together(actor=cast.member, finding=mine, other=before),
        lambda: services.join_threads(actor=cast.office_clerk, thread=first, other=second, reason="同"),
        lambda: services.take_out(
            actor=cast.member, place=place, revision=now(place).revision, reason="不同"
        ),
    ]
    for number, step in enumerate(steps):
        held.clear()
        step()
        assert Village in held, number


def test_what_somebody_else_has_judged_meanwhile_is_not_judged_again(cast, old):
    first, second = threads.two_threads(cast, old)
    third = services.put_together(actor=cast.member, finding=threads.paper(cast), other=threads.paper(cast))
    services.join_threads(actor=cast.office_clerk, thread=third, other=first, reason="同")
    with pytest.raises(ServiceError, match="刚被合并或撤销"):
        services.join_threads(actor=cast.office_clerk, thread=first, other=second, reason="同")
    place = second.papers.first()
    services.take_out(actor=cast.member, place=now(place), revision=place.revision, reason="不同")
    with pytest.raises(StaleRecord):
        services.take_out(actor=cast.member, place=place, revision=place.revision, reason="不同")
    refusal = services.refuse_proposal(
        actor=cast.member, finding=threads.paper(cast), other=threads.paper(cast), reason="两口塘"
    )
    services.recall_refusal(actor=cast.member, refusal=now(refusal), revision=refusal.revision)
    with pytest.raises(StaleRecord):
        services.recall_refusal(actor=cast.member, refusal=refusal, revision=refusal.revision)
    for verb in ("findings.thread.join", "findings.thread.take_out", "findings.thread.recall"):
        assert AuditEntry.objects.filter(verb=verb).count() == 1, verb


# --- the name of a thread ---------------------------------------------------------------------------------


def test_a_thread_is_named_by_its_first_confirmed_paper(cast, old):
    thread = services.put_together(
        actor=cast.member,
        finding=threads.paper(cast, title="鱼塘合同到期未收回"),
        other=threads.earlier_paper(cast, old, title="集体鱼塘到期没有收回"),
    )
    assert thread.title == "集体鱼塘到期没有收回"


def test_a_later_team_reads_no_word_of_an_earlier_draft_in_the_name_of_a_thread(cast, old):
    secret = "鱼塘被书记的弟弟占着"
    kept, draft = (
        threads.earlier_paper(cast, old, state, title=secret)
        for state in (FindingStatus.CHECKING, FindingStatus.DRAFT)
    )
    services.put_together(actor=cast.office_clerk, finding=kept, other=draft)
    Finding.objects.filter(pk=kept.pk).update(status=FindingStatus.FILED, title=threads.POND["title"])
    services.put_together(
        actor=cast.member, finding=threads.paper(cast), other=threads.loaded(kept), note="同一口塘"
    )
    thread = ProblemThread.objects.visible_to(cast.member).get()
    assert thread.round == cast.round and secret not in thread.title
    assert thread.title == threads.POND["title"]


def test_until_a_paper_is_confirmed_its_thread_is_named_by_what_was_checked(cast):
    first, second, third, fourth = (threads.paper(cast) for _ in range(4))
    thread = services.put_together(actor=cast.member, finding=first, other=second)
    assert thread.title == (first.subcategory or first.category).name
    item = make_item(cast.inspection, check_point=tips.a_point())
    Finding.objects.filter(pk=fourth.pk).update(watch_item=item)
    thread = services.put_together(actor=cast.member, finding=third, other=threads.loaded(fourth))
    assert thread.title == tips.a_point().title


def confirm(cast, finding):
    services.sign_as_handler(actor=cast.member, finding=papers.reload(finding))
    services.sign_as_deputy(actor=cast.deputy, finding=papers.reload(finding))
    services.sign_as_leader(actor=cast.leader, finding=papers.reload(finding))


def test_a_confirmed_paper_gives_its_name_to_a_thread_without_one_and_to_no_other(cast):
    first, second = threads.paper(cast), threads.paper(cast)
    thread = services.put_together(actor=cast.member, finding=first, other=second)
    confirm(cast, first)
    thread.refresh_from_db()
    assert thread.title == threads.POND["title"]
    services.rename_thread(actor=cast.member, thread=thread, revision=thread.revision, title="一口塘")
    confirm(cast, second)
    thread.refresh_from_db()
    assert thread.title == "一口塘"
