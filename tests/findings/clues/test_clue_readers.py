"""Who knows of a clue: by post, by name, nobody who stands aside; what is written opens only where it was written."""

import pytest

from core.errors import NotAllowed, ServiceError
from findings import services
from findings.models import Clue, ClueReader, ClueStep, Disposal, ciphertext
from findings.selectors.clues import clues_of_finding, first_words_of_finding, nameable
from tests.access.roles import EVERYONE
from tests.factories import make_member, make_user
from tests.findings import papers
from tests.findings.clues import clues
from villages.models import Membership, Recusal, TeamRole
from villages.selectors.assignments import with_papers

pytestmark = pytest.mark.django_db

# Who knows by post, as far as the clue has come.
BY_POST = {
    "draft": {"leader"},
    "signed": {"leader", "office_head"},
    "approved": {"leader", "office_head"},
    "handed": {"leader", "office_head", "discipline"},
    "received": {"leader", "office_head", "discipline"},
    "handling": {"leader", "office_head", "discipline"},
    "answered": {"leader", "office_head", "discipline"},
    "closed": {"leader", "office_head", "discipline"},
    "returned": {"leader", "office_head"},
    "withdrawn": {"leader"},
}


def who_know(cast, clue):
    return {role for role in EVERYONE if clues.knows(getattr(cast, role), clue)}


@pytest.mark.parametrize("state", sorted(BY_POST))
def test_by_post_only_those_whose_turn_has_come_know(state, cast):
    assert who_know(cast, clues.BY_STATE[state](cast)) == BY_POST[state]


def test_parts_are_known_to_those_who_know_the_clue(cast):
    clue = clues.handed(cast, files=[clues.picture()])
    clues.name(cast, clue, cast.deputy)
    for model in (ClueReader, ClueStep, type(clue.files.get())):
        for role in EVERYONE:
            user = clues.fresh(getattr(cast, role))
            seen = model.objects.visible_to(user).exists()
            assert seen == (role in {"leader", "deputy", "office_head", "discipline"}), (model, role)


def test_who_is_named_knows_until_the_name_is_taken_off(cast):
    clue = clues.draft(cast)
    clues.name(cast, clue, cast.deputy)
    assert who_know(cast, clue) == {"leader", "deputy"}
    services.edit_clue(actor=cast.deputy, clue=clue, values=clues.values(note="补充清单"))
    clues.unname(cast, clue, cast.deputy)
    assert who_know(cast, clue) == {"leader"}
    assert [step.text for step in clue.steps.order_by("id")][-1] == "副组长：不再参与"


def test_the_deputy_who_writes_it_knows_it_and_the_leader_by_post(cast):
    assert who_know(cast, clues.draft(cast, actor=cast.deputy)) == {"leader", "deputy"}


def test_who_must_stand_aside_does_not_know_whatever_the_list_says(cast):
    clue = clues.handed(cast)
    for user in (cast.deputy, cast.office_clerk):
        clues.name(cast, clue, user)
    for user in (cast.deputy, cast.office_clerk, cast.leader):
        Recusal.objects.create(user=user, village=cast.village_place, relation="kin")
    assert who_know(cast, clue) == {"office_head", "discipline"}
    Recusal.objects.create(user=cast.office_head, town=cast.town_place, relation="kin")
    assert who_know(cast, clue) == {"discipline"}


def test_who_leaves_the_team_or_has_not_sworn_does_not_know(cast):
    clue = clues.draft(cast)
    clues.name(cast, clue, cast.member)
    clues.name(cast, clue, cast.deputy)
    Membership.objects.filter(user=cast.member).delete()
    Membership.objects.filter(user=cast.deputy).update(pledge=None, sworn_at=None, ties="")
    assert who_know(cast, clue) == {"leader"}


def test_a_new_leader_knows_by_post_and_the_old_one_no_more(cast):
    clue = clues.draft(cast)
    Membership.objects.filter(user=cast.leader).update(role=TeamRole.MEMBER)
    new = make_member(cast.team, TeamRole.LEADER)
    assert clues.knows(new, clue)
    assert not clues.knows(cast.leader, clue)


def test_each_side_names_its_own_people(cast):
    clue = clues.handed(cast)
    colleague = make_user("discipline", "纪委同事", office=cast.discipline.office)
    fresh_leader, fresh_head = clues.fresh(cast.leader), clues.fresh(cast.office_head)
    assert set(nameable(fresh_leader, clue)) == {cast.deputy, cast.member, cast.archivist}
    assert set(nameable(fresh_head, clue)) == {cast.office_clerk, colleague}
    for actor, user in (
        (cast.leader, cast.office_clerk),
        (cast.office_head, cast.member),
        (cast.leader, cast.outsider),
    ):
        with pytest.raises(ServiceError, match="不能列为知悉人"):
            clues.name(cast, clue, user, by=actor)
    clues.name(cast, clue, colleague)
    for actor in (cast.deputy, cast.discipline, colleague):
        with pytest.raises(NotAllowed):
            clues.name(cast, clue, cast.member, by=actor)
    with pytest.raises(NotAllowed):
        clues.unname(cast, clue, colleague, by=cast.leader)


def test_before_it_is_handed_over_nobody_of_the_commission_can_be_named(cast):
    assert set(nameable(clues.fresh(cast.office_head), clues.approved(cast))) == {cast.office_clerk}


def test_naming_wants_a_reason(cast):
    with pytest.raises(ServiceError, match="理由"):
        services.add_clue_reader(actor=cast.leader, clue=clues.draft(cast), user=cast.deputy, reason=" ")


# --- at rest ------------------------------------------------------------------------------------------------


def test_a_ciphertext_opens_only_in_its_row_and_column(cast):
    one, two = clues.draft(cast), clues.draft(cast, title="另一件", facts="另一件事")
    one.sealed_title, one.sealed_facts = two.sealed_title, one.sealed_note
    for name in ("title", "facts"):
        with pytest.raises(ciphertext.NotReadable):
            one.read(name)


def test_a_changed_ciphertext_or_another_key_does_not_open(cast, settings):
    clue = clues.draft(cast)
    broken = bytearray(clue.sealed_note)
    broken[-1] ^= 1
    clue.sealed_note = bytes(broken)
    with pytest.raises(ciphertext.NotReadable):
        clue.read("note")
    settings.CLUE_KEY = "another-key"
    with pytest.raises(ciphertext.NotReadable):
        clue.read("title")


def test_lengths_do_not_tell_what_was_written(cast):
    short, long = clues.draft(cast, title="短", note=""), clues.draft(cast, title="长" * 100, note="有")
    for name in ("title", "note"):
        assert len({len(bytes(getattr(clue, f"sealed_{name}"))) for clue in (short, long)}) == 1


def test_every_column_of_a_clue_is_kept_out_of_the_trail():
    told = {field.name for field in Clue._meta.concrete_fields} - Clue.AUDIT_SECRET
    assert told == {"id", "revision", "created_at", "updated_at"}


# --- hanging on nothing -------------------------------------------------------------------------------------


def test_no_table_but_its_own_parts_has_a_key_to_a_clue():
    related = {
        relation.related_model.__name__
        for relation in Clue._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation
    }
    assert related == {"ClueReader", "ClueStep", "ClueFile"}


def test_a_village_with_nothing_but_a_clue_counts_as_one_without_papers(cast):
    clues.draft(cast)
    assert with_papers([cast.inspection]) == set()


def test_from_a_paper_its_words_begin_the_clue_and_the_paper_keeps_nothing(cast):
    paper = papers.draft(cast, disposal=Disposal.TRANSFER)
    services.add_person(
        actor=cast.member, finding=paper, name="魏长河", post="村主任", revision=paper.revision
    )
    before = type(paper).objects.filter(pk=paper.pk).values().get()
    words = first_words_of_finding(cast.leader, paper)
    assert words["persons"][0]["name"] == "魏长河"
    clue = clues.draft(cast, **words)
    assert clues_of_finding(cast.leader, paper) == ([clue], 0)
    assert clues_of_finding(clues.fresh(cast.deputy), paper) == ([], 0)
    assert type(paper).objects.filter(pk=paper.pk).values().get() == before
