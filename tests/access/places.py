"""Decisions about places, people, rounds, teams and ties."""

import datetime as dt

from tests.access.entry import Entry
from tests.access.roles import EVERYONE, INSPECTING, OFFICE, TEAM
from tests.factories import make_user
from villages.models import (
    ImportStage,
    Membership,
    Recusal,
    RecusalException,
    Round,
    RoundParameter,
    User,
    WorkHistory,
)

KEEPERS = OFFICE | {"sysadmin"}
HEAD = {"office_head"}
PLACES = INSPECTING | {"sysadmin"}
INSPECTORS = TEAM | {"outsider"}


def place(cast, whose):
    return {"pk": (cast.village_place if whose == "own" else cast.other_village_place).pk}


def team(cast, whose):
    return {"pk": (cast.team if whose == "own" else cast.other_team).pk}


def round_(cast, whose):
    return {"pk": cast.round.pk}


def ended_round(cast, whose):
    """A round that could be taken up again, if somebody gave a reason: the button answers and changes nothing."""
    Round.objects.filter(pk=cast.round.pk).update(status="closed")
    return {"pk": cast.round.pk, "action": "reopen"}


def member(cast, whose):
    who = cast.member if whose == "own" else cast.outsider
    return {"pk": Membership.objects.get(user=who).pk}


def stay(cast, whose):
    return {"pk": (cast.inspection if whose == "own" else cast.other_inspection).pk}


def parameter(cast, whose):
    row, _ = RoundParameter.objects.get_or_create(round=cast.round, key="days", label="天数", value=5)
    return {"pk": row.pk}


def account(cast, whose):
    """Colleagues whose turn in the loop comes before the office's: a reset password would send them elsewhere."""
    User.objects.update(password="!", must_change_password=False)
    return {"pk": (cast.member if whose == "own" else cast.deputy).pk}


def declaration(cast, whose):
    who = cast.member if whose == "own" else cast.outsider
    far = cast.other_village_place if whose == "own" else cast.village_place
    row, _ = Recusal.objects.get_or_create(user=who, village=far, relation="kin")
    return {"pk": row.pk}


def exception(cast, whose):
    who = cast.member if whose == "own" else cast.outsider
    far = cast.other_village_place if whose == "own" else cast.village_place
    values = {"reason": "已查明", "approved_by": cast.office_head}
    row, _ = RecusalException.objects.get_or_create(round=cast.round, user=who, village=far, defaults=values)
    return {"pk": row.pk}


def work(cast, whose):
    who = cast.member if whose == "own" else cast.outsider
    values = {"post": "会计", "from_on": dt.date(2010, 1, 1), "to_on": dt.date(2011, 1, 1)}
    row, _ = WorkHistory.objects.get_or_create(user=who, town=cast.other_town_place, defaults=values)
    return {"pk": row.pk}


def staged(cast, whose):
    owner = cast.office_clerk if whose == "own" else cast.office_head
    payload = {"county": "990101", "new_district": False, "lines": []}
    row, _ = ImportStage.objects.get_or_create(
        kind="villages", owner=owner, filename="名册.xlsx", defaults={"payload": payload}
    )
    return {"pk": row.pk}


def at(objects, **more):
    """The same objects with further parts of the address."""
    return lambda cast, whose: objects(cast, whose) | more


def wish(cast, whose):
    who = make_user("inspector") if whose == "none" else cast.member
    return {"round_pk": cast.round.pk, "user_pk": who.pk, "village_pk": cast.village_place.pk}


def post(name, may, objects, **over):
    return Entry(name, may, objects, method="post", **over)


ENTRIES = [
    # signing in and out
    Entry("villages:login", EVERYONE),
    Entry("villages:logout", EVERYONE, method="post"),
    Entry("villages:password", EVERYONE),
    # the register
    Entry("villages:village_list", EVERYONE),
    Entry("villages:village_create", OFFICE),
    Entry("villages:district_edit", OFFICE),
    Entry("villages:village_import", OFFICE),
    Entry("villages:village", PLACES | {"town", "village"}, place, may_foreign=PLACES | {"other_town"}),
    Entry(
        "villages:village_edit", OFFICE, place, sees=(PLACES | {"town", "village"}) - OFFICE,
        may_foreign=OFFICE, sees_foreign=(PLACES | {"other_town"}) - OFFICE,
    ),
    Entry("villages:import_preview", {"office_clerk"}, staged, may_foreign=HEAD),
    post("villages:import_commit", {"office_clerk"}, staged, may_foreign=HEAD),
    post("villages:import_discard", {"office_clerk"}, staged, may_foreign=HEAD),
    # people and units
    Entry("villages:user_list", KEEPERS),
    Entry("villages:user_create", KEEPERS),
    Entry("villages:user_import", KEEPERS),
    Entry("villages:office_list", KEEPERS),
    Entry("villages:office_create", KEEPERS),
    Entry("villages:user", KEEPERS, account, sees={"member"}, may_foreign=KEEPERS, sees_foreign={"deputy"}),
    Entry("villages:user_edit", KEEPERS, account, sees={"member"}, may_foreign=KEEPERS, sees_foreign={"deputy"}),
    Entry(
        "villages:user_hand_over", KEEPERS, account, sees={"member"}, may_foreign=KEEPERS, sees_foreign={"deputy"}
    ),
    Entry(
        "villages:office_edit", KEEPERS, lambda cast, whose: {"pk": cast.discipline.office.pk},
        sees=EVERYONE - KEEPERS - {"stranger"}, may_foreign=KEEPERS, sees_foreign=EVERYONE - KEEPERS - {"stranger"},
    ),
    # rounds
    Entry("villages:round_list", EVERYONE),
    Entry("villages:round_create", OFFICE),
    Entry("villages:round", INSPECTING, round_, may_foreign=INSPECTING),
    Entry("villages:parameter_list", INSPECTING, round_, may_foreign=INSPECTING),
    Entry("villages:round_edit", OFFICE, round_, sees=INSPECTORS, may_foreign=OFFICE, sees_foreign=INSPECTORS),
    Entry("villages:parameter_edit", OFFICE, parameter, sees=INSPECTORS, may_foreign=OFFICE, sees_foreign=INSPECTORS),
    Entry("villages:team_create", OFFICE, round_, sees=INSPECTORS, may_foreign=OFFICE, sees_foreign=INSPECTORS),
    # teams
    Entry("villages:team", INSPECTING, team, may_foreign=INSPECTING),
    Entry("villages:team_edit", OFFICE, team, sees=INSPECTORS, may_foreign=OFFICE, sees_foreign=INSPECTORS),
    Entry("villages:member_add", OFFICE, team, sees=INSPECTORS, may_foreign=OFFICE, sees_foreign=INSPECTORS),
    Entry("villages:village_assign", OFFICE, team, sees=INSPECTORS, may_foreign=OFFICE, sees_foreign=INSPECTORS),
    Entry("villages:member_edit", OFFICE, member, sees=INSPECTORS, may_foreign=OFFICE, sees_foreign=INSPECTORS),
    post("villages:member_remove", OFFICE, member, sees=INSPECTORS, may_foreign=OFFICE, sees_foreign=INSPECTORS),
    Entry("villages:stay_edit", OFFICE, stay, sees=TEAM, may_foreign=OFFICE, sees_foreign={"outsider"}),
    post(
        "villages:inspection_action", OFFICE, at(stay, action="step_back"), sees=TEAM,
        may_foreign=OFFICE, sees_foreign={"outsider"},
    ),
    # pledge and declaration
    Entry("villages:pledge_texts", INSPECTING),
    Entry("villages:pledge_publish", OFFICE),
    Entry("villages:pledge", OFFICE | {"member"}, member, sees=INSPECTORS - {"member"},
          may_foreign=OFFICE | {"outsider"}, sees_foreign=TEAM),
    post("villages:pledge_remind", OFFICE | {"leader"}, member, sees=INSPECTORS - {"leader"},
         may_foreign=OFFICE, sees_foreign=INSPECTORS),
    post("villages:pledge_paper", OFFICE | {"member"}, at(member, paper="ties"), sees=INSPECTORS - {"member"},
         may_foreign=OFFICE | {"outsider"}, sees_foreign=TEAM),
    # ties
    Entry("villages:recusal_list", INSPECTING),
    Entry("villages:recusal_create", INSPECTING),
    post(
        "villages:recusal_withdraw", OFFICE, declaration, sees={"member"},
        may_foreign=OFFICE, sees_foreign={"outsider"},
    ),
    post("villages:exception_revoke", HEAD, exception, sees={"office_clerk", "member"}, may_foreign=HEAD,
         sees_foreign={"office_clerk", "outsider"}),
    post("villages:work_remove", OFFICE, work, sees={"member"}, may_foreign=OFFICE, sees_foreign={"outsider"}),
    Entry(
        "villages:work_create", OFFICE | {"member"}, account, sees={"sysadmin"},
        may_foreign=OFFICE | {"deputy"}, sees_foreign={"sysadmin"},
    ),
    Entry(
        "villages:exception_create", HEAD, wish, sees={"office_clerk", "member"},
        may_foreign=HEAD, sees_foreign={"office_clerk", "member"},
    ),
]  # fmt: skip

# Steps that change something for good stand apart: the loop over the roles must not run into its own effect.
ENTRIES += [
    post(
        "villages:village_action", OFFICE, at(place, action="restore"), sees=(PLACES | {"town", "village"}) - OFFICE,
        may_foreign=OFFICE, sees_foreign=(PLACES | {"other_town"}) - OFFICE,
    ),
    post(
        "villages:user_action", KEEPERS, at(account, action="reactivate"), sees={"member"},
        may_foreign=KEEPERS, sees_foreign={"deputy"},
    ),
    post("villages:user_reset", KEEPERS, account, sees={"member"}, may_foreign=KEEPERS, sees_foreign={"deputy"}),
    post(
        "villages:round_action", OFFICE, ended_round, sees=INSPECTORS,
        may_foreign=OFFICE, sees_foreign=INSPECTORS,
    ),
]  # fmt: skip
