"""Pledges and declarations of the demo's members; one new colleague has not signed yet."""

import datetime as dt

from core import clock
from inspection.demo import cast
from villages import services
from villages.models import Membership, Office, Role, Round, Team, Ties
from villages.selectors.pledges import declared_ties, pledge_in_force

NEWCOMER = "lujianwei"


def sign_all(number: int) -> Round:
    """Every member of a round signs before it begins."""
    day = cast.days_of(number).first - dt.timedelta(days=4)
    for order, member in enumerate(
        Membership.objects.filter(round=cast.the_round(number)).select_related("user")
    ):
        ties = Ties.NAMED if declared_ties(member.user) else Ties.NONE
        with clock.held(day, 9 + order % 8):
            services.sign_pledge(
                actor=member.user, member=member, pledge=pledge_in_force(), password=cast.PASSWORD, ties=ties
            )
    return cast.the_round(number)


def newcomer() -> Membership:
    """Lent to the first team while it is at work: sees no village before signing, and was reminded once."""
    clerk, team = cast.office(), Team.objects.get(round=cast.the_round(5), number=1)
    unit = Office.objects.filter(kind=Office.Kind.DEPARTMENT).order_by("name").first()
    user = services.create_user(
        actor=clerk, username=NEWCOMER, display_name="陆见微", role=Role.INSPECTOR, office=unit
    )
    services.change_own_password(actor=user, password=cast.PASSWORD)
    member = services.add_member(
        actor=clerk, team=team, user=user, role="member", authorised_on=clock.today() - dt.timedelta(days=2),
        authorisation_no=f"青巡领〔{clock.today().year}〕6号",
    )  # fmt: skip
    with clock.held(clock.today() - dt.timedelta(days=1)):
        return services.remind_to_sign(actor=cast.person(cast.FIRST[0]), member=member)
