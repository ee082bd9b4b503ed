"""Early letters: what a town is told of a common problem, by whom, and that it signs for it."""

import pytest
from django.urls import reverse

from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from findings.models import CommonGroup
from reports import services
from reports.models import EarlyLetter
from reports.selectors.early import early_text
from tests.reports.papers import make_finding, more_villages, name_person

pytestmark = pytest.mark.django_db


def accepted(cast, **over):
    """An accepted group over three villages of the cast's town."""
    written = [
        make_finding(cast, place, title="支出以白条入账", commonality="common", **over)
        for place in (cast.inspection, *more_villages(cast, "石塘村", "东岭村"))
    ]
    return CommonGroup.objects.select_related("round__district").get(), written


def drafted(cast, group):
    return services.draft_early_letter(actor=cast.office_clerk, group=group, town=cast.town_place)


def sent(cast, group):
    return services.step_early_letter(actor=cast.office_head, letter=drafted(cast, group), step="send")


def test_a_letter_names_the_problem_its_villages_and_their_share_and_no_papers_words(cast):
    group, written = accepted(cast, summary="只有经手人知道的细节")
    letter = drafted(cast, group)
    assert sorted(letter.figures["villages"]) == sorted(row.village.name for row in written)
    assert "支出以白条入账" in letter.body and "有3个" in letter.body and "石塘村" in letter.body
    assert "细节" not in letter.body
    assert drafted(cast, group).pk == letter.pk


def test_what_is_not_signed_by_all_is_not_told(cast):
    group, written = accepted(cast)
    type(written[0]).objects.filter(pk=written[1].pk).update(status="draft")
    assert "石塘村" not in drafted(cast, group).figures["villages"]
    type(written[0]).objects.update(status="draft")
    EarlyLetter.objects.all().delete()
    with pytest.raises(ServiceError, match="已审签"):
        drafted(cast, group)


def test_only_accepted_problems_are_told_and_only_by_the_office(cast):
    group, _ = accepted(cast)
    with pytest.raises(NotAllowed):
        services.draft_early_letter(actor=cast.leader, group=group, town=cast.town_place)
    group.status = "proposed"
    with pytest.raises(NotAllowed, match="先认定"):
        drafted(cast, group)


def test_a_person_concerned_or_a_trace_of_who_spoke_keeps_a_letter_back(cast):
    group, written = accepted(cast)
    name_person(written[0], "褚有田")
    letter = drafted(cast, group)
    for word in ("褚有田", "举报人"):
        services.edit_early_letter(
            actor=cast.office_clerk, letter=letter, revision=letter.revision, values={"body": f"{word}所说"}
        )
        with pytest.raises(ServiceError, match=word):
            services.step_early_letter(actor=cast.office_head, letter=letter, step="send")


def test_sending_numbers_the_letter_and_the_town_signs_for_it(cast, client):
    group, _ = accepted(cast)
    client.force_login(cast.town)
    letter = drafted(cast, group)
    address = reverse("rectification:portal_early", kwargs={"pk": letter.pk})
    assert client.get(address).status_code == 404
    services.step_early_letter(actor=cast.office_head, letter=letter, step="send")
    assert letter.number == 1 and "巡提" in letter.doc_no
    told = client.get(reverse("rectification:portal")).content.decode()
    assert letter.title in told and "要做的 1 件事" in told and "没有要做的事" not in told
    assert "签收" in client.get(address).content.decode()
    client.post(f"{address}qianshou/", {"revision": letter.revision})
    letter.refresh_from_db()
    told = client.get(reverse("rectification:portal")).content.decode()
    assert letter.title in told and "没有要做的事" in told
    assert letter.status == "received" and letter.received_by_name == cast.town.display_name
    verbs = set(AuditEntry.objects.filter(target_id=str(letter.pk)).values_list("verb", flat=True))
    assert {"reports.early.draft", "reports.early.send", "reports.early.receive"} <= verbs


def test_only_the_head_sends_and_a_sent_letter_stands(cast):
    group, _ = accepted(cast)
    letter = drafted(cast, group)
    with pytest.raises(NotAllowed):
        services.step_early_letter(actor=cast.office_clerk, letter=letter, step="send")
    letter = sent(cast, group)
    with pytest.raises(NotAllowed):
        services.edit_early_letter(
            actor=cast.office_head, letter=letter, revision=letter.revision, values={"body": "改"}
        )


def test_changed_figures_keep_a_letter_back(cast):
    group, _ = accepted(cast)
    letter = drafted(cast, group)
    letter.figures = {"villages": ["别村"], "of": 1}
    with pytest.raises(NotAllowed, match="摘要不一致"):
        services.step_early_letter(actor=cast.office_head, letter=letter, step="send")


def test_the_paper_says_that_it_is_a_draft_until_it_is_sent(cast):
    group, _ = accepted(cast)
    letter = drafted(cast, group)
    assert early_text(letter, letter.created_at.date()).draft
    letter = sent(cast, group)
    assert not early_text(letter, letter.created_at.date()).draft
