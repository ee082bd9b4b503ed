"""Common problems of the demo rounds: compared across villages, most of them accepted, towns told early."""

from findings.models import CommonGroup, CommonMember, GroupStatus
from findings.selectors.common_proposal import compare_round
from findings.services import accept_group, write_proposal
from inspection.demo import cast
from reports.selectors.early import told_findings
from reports.services import draft_early_letter, step_early_letter
from villages.models import Role, Round, Town, User

_RUNNING = 5
# Of the groups of a running round every third waits to be judged.
_WAITING = 3
_LETTERS = 3


def compare(number: int) -> Round:
    """Propose for a round and accept: all of a round that is over, two thirds of one that goes on."""
    round_ = cast.the_round(number)
    write_proposal(actor=cast.office(), round=round_, compared=compare_round(round_))
    groups = CommonGroup.objects.select_related("round").filter(round=round_, villages__gte=2)
    for order, group in enumerate(groups.order_by("-villages", "id")):
        if number < _RUNNING or order % _WAITING != _WAITING - 1:
            accept_group(actor=cast.head(), group=group)
    return round_


def tell_early(number: int) -> Round:
    """Letters on the widest problem of the round: one signed for, one sent, one still being worded."""
    round_ = cast.the_round(number)
    groups = CommonGroup.objects.select_related("round__district").filter(
        round=round_, status=GroupStatus.ACCEPTED
    )
    letters = []
    for group in groups.order_by("-villages", "id"):
        towns = Town.objects.filter(pk__in=CommonMember.objects.filter(group=group).values("town"))
        fit = [town for town in towns.order_by("code") if told_findings(group, town).exists()]
        letters += [draft_early_letter(actor=cast.office(), group=group, town=town) for town in fit]
        if len(letters) >= _LETTERS:
            break
    for letter in letters[: _LETTERS - 1]:
        step_early_letter(actor=cast.head(), letter=letter, step="send")
    for letter in letters[:1]:
        clerk = User.objects.filter(role=Role.TOWN, office__town=letter.town_id, is_active=True).first()
        if clerk is not None:
            step_early_letter(actor=clerk, letter=letter, step="receive")
    return round_
