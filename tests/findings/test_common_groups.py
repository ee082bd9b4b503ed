"""Common problems as rows: proposed, decided by people, remembered, and one paper more placed at once."""

import json

import pytest
from django.core.management import CommandError, call_command

from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from findings import services
from findings.models import CommonGroup, CommonMember, FindingPerson
from findings.rules.common import Saying, standing
from findings.selectors.common_proposal import compare_round
from findings.selectors.common_texts import texts_of
from tests.findings import leads, papers
from tests.findings.commons import IDLE, WHITE, members, paper, propose, villages, white_slips
from tests.prep.lists import make_item

pytestmark = pytest.mark.django_db


def keys(*written):
    return {str(one.pk) for one in written}


def fresh(group):
    return CommonGroup.objects.select_related("round").get(pk=group.pk)


# --- proposing --------------------------------------------------------------------------------------------


def test_alike_papers_of_several_villages_are_proposed_and_the_rest_stays_single(cast):
    group, written = white_slips(cast)
    other = paper(cast, cast.inspection, IDLE)
    assert members(propose(cast).get()) == keys(*written)
    assert (group.villages, group.papers, group.status) == (3, 3, "proposed")
    assert not CommonMember.objects.filter(finding=other).exists()
    assert group.keywords and all(word in "".join(WHITE.values()) for word in group.keywords)


def test_proposing_again_keeps_the_address_of_a_group(cast):
    group, _ = white_slips(cast)
    paper(cast, villages(cast, 1)[0])
    again = propose(cast).get()
    assert again.pk == group.pk and again.papers == 4


def test_a_paper_written_while_the_round_was_compared_is_placed_as_well(cast):
    white_slips(cast)
    compared = compare_round(cast.round)
    late = paper(cast, villages(cast, 1)[0])
    services.write_proposal(actor=cast.office_head, round=cast.round, compared=compared)
    group = CommonGroup.objects.get()
    assert str(late.pk) in members(group) and group.papers == 4


def test_a_group_of_people_keeps_its_figures_when_nothing_new_is_like_it(cast):
    group, written = white_slips(cast, 2)
    services.accept_group(actor=cast.office_head, group=group)
    new = paper(cast, villages(cast, 1)[0])
    services.take_from_group(actor=cast.member, paper=new)
    propose(cast)
    assert members(group) == keys(*written) and (fresh(group).papers, fresh(group).villages) == (2, 2)


def test_names_of_persons_never_stand_among_the_words_of_a_group(cast):
    words = {"title": "褚有田经手支出以白条入账", "summary": "褚有田仅凭手写收条报账。"}
    for place in villages(cast, 3):
        one = paper(cast, place, words)
        services.add_person(actor=cast.member, finding=one, revision=one.revision, name="褚有田")
    assert FindingPerson.objects.count() == 3
    group = propose(cast).get()
    shown = "".join([group.name, *group.keywords])
    assert "褚" not in shown and "有田" not in shown


def test_only_title_what_shows_category_point_and_basis_are_read(cast):
    paper(cast, cast.inspection, facts="查证机密", response_of_target="反映机密", root_cause="剖析机密")
    assert "机密" not in repr(list(texts_of(cast.round)))


def test_leads_somebody_told_of_are_not_compared(cast):
    leads.a_lead(cast, actor=cast.member, source="ledger", source_key="1", title="账目疑点")
    leads.a_lead(cast, actor=cast.member, source="petition", source_key="2", title="信访疑点")
    assert [text.title for text in texts_of(cast.round)] == ["账目疑点"]


def test_members_may_not_propose_but_leaders_and_office_may(cast):
    with pytest.raises(NotAllowed):
        services.request_proposal(actor=cast.member, round=cast.round)
    assert services.request_proposal(actor=cast.leader, round=cast.round).kind == "findings.common"


# --- decisions --------------------------------------------------------------------------------------------


def test_an_accepted_group_stays_as_it_is_and_newcomers_are_only_proposed(cast):
    group, written = white_slips(cast)
    services.accept_group(actor=cast.office_head, group=group)
    new = paper(cast, villages(cast, 1)[0])
    again = propose(cast).get()
    assert again.pk == group.pk and again.status == "accepted" and again.accepted_by_name
    assert members(again) == keys(*written, new)
    assert set(CommonMember.objects.filter(sure=True).values_list("finding", flat=True)) == {
        p.pk for p in written
    }


def test_what_was_split_off_is_not_proposed_together_again(cast):
    group, written = white_slips(cast)
    row = CommonMember.objects.get(finding=written[0])
    services.split_group(
        actor=cast.office_head, group=group, revision=group.revision, members=[row.pk], apart=True
    )
    assert members(propose(cast).get()) == keys(*written[1:])


def test_several_split_off_make_a_group_of_their_own(cast):
    group, written = white_slips(cast, 4)
    rows = CommonMember.objects.filter(finding__in=written[:2]).values_list("pk", flat=True)
    made = services.split_group(
        actor=cast.office_head, group=group, revision=group.revision, members=list(rows)
    )
    assert (members(made), members(group)) == (keys(*written[:2]), keys(*written[2:]))
    propose(cast)
    assert members(made) == keys(*written[:2])


def test_the_last_paper_cannot_be_split_off(cast):
    group, _ = white_slips(cast)
    every = list(CommonMember.objects.filter(group=group).values_list("pk", flat=True))
    with pytest.raises(ServiceError, match="至少留一个"):
        services.split_group(actor=cast.office_head, group=group, revision=group.revision, members=every)


def test_merged_groups_stay_one(cast):
    white = [paper(cast, place) for place in villages(cast, 2)]
    idle = [paper(cast, place, IDLE) for place in villages(cast, 2)]
    one, other = propose(cast)
    services.merge_groups(actor=cast.office_head, group=other, revision=other.revision, into=one)
    assert members(propose(cast).get(pk=one.pk)) == keys(*white, *idle)
    assert fresh(other).status == "dissolved"


def test_a_dissolved_group_needs_a_reason_and_is_not_proposed_again(cast):
    group, _ = white_slips(cast)
    with pytest.raises(ServiceError):
        services.dissolve_group(actor=cast.office_head, group=group, reason=" ")
    services.dissolve_group(actor=cast.office_head, group=fresh(group), reason="说的不是一件事")
    assert not propose(cast).exists()


def test_a_name_given_by_people_stays(cast):
    group, _ = white_slips(cast)
    services.name_group(actor=cast.office_head, group=group, revision=group.revision, name="票据管理不严")
    assert propose(cast).get().name == "票据管理不严"


def test_a_team_decides_only_where_it_sees_every_paper(cast):
    group, _ = white_slips(cast)
    services.accept_group(actor=cast.leader, group=group)
    foreign = papers.draft(
        cast, handler=cast.outsider, inspection=cast.other_inspection, evidence=[], steps=[], **WHITE
    )
    assert str(foreign.pk) in members(group)
    with pytest.raises(NotAllowed, match="其他巡察组"):
        services.name_group(
            actor=cast.leader, group=fresh(group), revision=fresh(group).revision, name="票据"
        )


def test_later_decisions_stand_over_earlier_ones():
    said = [Saying(True, ("a", "b", "c")), Saying(False, ("a",), ("b", "c")), Saying(True, ("b", "c"))]
    together, apart = standing(said)
    assert ("b", "c") in together and apart == {("a", "b"), ("a", "c")}
    together, apart = standing([*said, Saying(True, ("a", "b"))])
    assert apart == {("a", "c")} and ("a", "b") in together


def test_the_trail_says_who_decided_and_never_what_papers_say(cast):
    group, _ = white_slips(cast)
    services.accept_group(actor=cast.office_head, group=group)
    entries = AuditEntry.objects.filter(verb__startswith="findings.common")
    assert entries.filter(verb="findings.common.accept", actor_name=cast.office_head.display_name).exists()
    assert "白条" not in "".join(f"{e.target_label}{e.before}{e.after}{e.reason}" for e in entries)


# --- one paper more ---------------------------------------------------------------------------------------


def test_a_new_paper_joins_its_group_when_saved_and_leaves_it_when_reworded_or_deleted(cast):
    group, _ = white_slips(cast)
    new = paper(cast, villages(cast, 1)[0])
    assert str(new.pk) in members(group) and fresh(group).papers == 4
    edited = services.edit_finding(actor=cast.member, finding=new, revision=new.revision, values=dict(IDLE))
    assert str(new.pk) not in members(group) and fresh(group).papers == 3
    back = services.edit_finding(
        actor=cast.member, finding=edited, revision=edited.revision, values=dict(WHITE)
    )
    assert str(new.pk) in members(group)
    services.delete_finding(actor=cast.member, finding=back, revision=back.revision, reason="重复")
    assert str(new.pk) not in members(group)


def test_a_paper_people_took_out_is_not_put_back_by_the_machine(cast):
    group, written = white_slips(cast)
    services.take_from_group(actor=cast.member, paper=written[0])
    again = papers.reload(written[0])
    services.edit_finding(actor=cast.member, finding=again, revision=again.revision, values={"amount": "5"})
    assert members(group) == keys(*written[1:])
    services.put_to_group(actor=cast.member, paper=papers.reload(written[0]), group=fresh(group))
    assert members(group) == keys(*written)


def _a_lead_in_a_group(cast, wanted=3):
    for place in villages(cast, wanted - 1):
        paper(cast, place)
    lead = leads.a_lead(
        cast, actor=cast.member, source="ledger", source_key="1", title=WHITE["title"], text=WHITE["summary"]
    )
    group = propose(cast).get()
    assert str(lead.pk) in members(group) and fresh(group).papers == wanted
    return lead, group


def _paper_from(cast, lead):
    return services.create_finding(
        actor=cast.member, inspection=lead.inspection, values=papers.values(cast, **WHITE), lead=lead
    )


def test_a_paper_stands_where_the_lead_stood_that_it_was_written_from(cast):
    lead, group = _a_lead_in_a_group(cast)
    written = _paper_from(cast, lead)
    for _ in range(2):
        assert str(written.pk) in members(group) and str(lead.pk) not in members(group)
        assert (fresh(group).papers, fresh(group).villages) == (3, 3)
        propose(cast)


def test_a_lead_counts_again_when_the_paper_written_from_it_is_gone(cast):
    lead, group = _a_lead_in_a_group(cast)
    written = papers.reload(_paper_from(cast, lead))
    services.delete_finding(actor=cast.member, finding=written, revision=written.revision, reason="重复")
    propose(cast)
    assert str(lead.pk) in members(group) and fresh(group).papers == 3


def test_a_lead_leaves_its_group_when_a_paper_of_the_group_checks_it_or_it_is_concluded(cast):
    lead, group = _a_lead_in_a_group(cast)
    written = paper(cast, lead.inspection)
    assert fresh(group).papers == 4
    services.link_lead(actor=cast.member, lead=lead, finding=written)
    assert members(group) >= keys(written) and (fresh(group).papers, fresh(group).villages) == (3, 3)
    other = leads.a_lead(
        cast, actor=cast.member, source="ledger", source_key="2", title=WHITE["title"], text=WHITE["summary"]
    )
    propose(cast)
    assert str(other.pk) in members(group)
    services.link_lead(actor=cast.member, lead=other, watch_item=make_item(other.inspection))
    leads.conclude(cast, leads.reload(other), "explain", "票据已补")
    assert str(other.pk) not in members(group) and fresh(group).papers == 3


# --- the command ------------------------------------------------------------------------------------------


def test_the_command_prints_groups_and_singles_and_writes_only_when_told(cast, capsys):
    written = [paper(cast, place) for place in villages(cast, 2)]
    single = paper(cast, cast.inspection, IDLE)
    call_command("common_problems", round=str(cast.round.pk), json=True)
    told = json.loads(capsys.readouterr().out)
    assert [set(group["findings"]) for group in told["groups"]] == [keys(*written)]
    assert told["singles"] == [str(single.pk)] and told["groups"][0]["keywords"]
    assert not CommonGroup.objects.exists()
    call_command("common_problems", round=str(cast.round.pk), commit=True)
    assert CommonGroup.objects.get().papers == 2


def test_the_command_refuses_an_unknown_round():
    with pytest.raises(CommandError, match="没有这个轮次"):
        call_command("common_problems", round="x", json=True)
