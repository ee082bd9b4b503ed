"""All pictures of one village together, for the workbook."""

import datetime as dt

from ledgers.documents.pictures import Portrait
from ledgers.rules.pictures.accounts import accounts
from ledgers.rules.pictures.contracts import contracts
from ledgers.rules.pictures.digits import digits
from ledgers.rules.pictures.months import months
from ledgers.rules.pictures.payees import payees
from ledgers.selectors.books import books_of
from ledgers.selectors.medians import beside
from villages.models import Village


def portrait_of(village: Village, day: dt.date) -> Portrait:
    """The pictures as of ``day``; the caller has asked whether the village may be seen."""
    books, medians = books_of(village, today=day), beside(village)
    return Portrait(
        title=f"{village.name}账册画像",
        heading=f"{village.town.name}{village.name}",
        office=village.town.district.name,
        day=day,
        households=village.households,
        accounts=accounts(books),
        months=months(books),
        contracts=contracts(books),
        payees=payees(books),
        digits=digits(books),
        town=medians.town,
        district=medians.district,
        told=medians.told,
    )
