"""Documents asked for, for tests, on their way through the product's own services."""

import datetime as dt

from core import clock
from findings import services
from findings.models import Loan


def a_loan(cast, actor=None, inspection=None, name="2024年记账凭证", **over):
    values = {"names": [name], "material": "accounts", "owner": "village", "copies": 3}
    made = services.ask_for(
        actor=actor or cast.member, inspection=inspection or cast.inspection, **values | over
    )
    return reload(made[0])


def asked(cast, **over):
    loan = a_loan(cast, **over)
    services.sign_loans(actor=cast.leader, loans=[loan])
    return reload(loan)


def lent(cast, days=2, **over):
    day = clock.today() - dt.timedelta(days=days)
    loan = asked(cast, **over)
    services.lend(actor=cast.member, loan=loan, revision=loan.revision, provider="村会计", lent_on=day)
    return reload(loan)


def returned(cast, **over):
    loan = lent(cast, **over)
    services.give_back(
        actor=cast.member, loan=loan, revision=loan.revision, receiver="村会计", returned_on=clock.today()
    )
    return reload(loan)


def cancelled(cast, **over):
    loan = a_loan(cast, **over)
    return reload(
        services.cancel_loan(actor=cast.member, loan=loan, revision=loan.revision, reason="已有电子件")
    )


def reload(loan):
    return Loan.objects.select_related("inspection", "team").get(pk=loan.pk)
