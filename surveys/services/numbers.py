"""Numbers of papers that go out."""

import datetime as dt
from typing import Any

from django.db.models import Max

from villages.models import District


def next_of_year(paper: Any, sign: str, day: dt.date, **within: Any) -> dict[str, Any]:
    """The year, the number and the official number ``paper`` goes out under on ``day``.

    They follow one another within the year, or within the year and ``within`` (field lookups), where several series
    run side by side; what has gone out is never deleted, so that no gap is left.
    """
    district = District.objects.select_for_update().get(pk=paper.round.district_id)
    last = type(paper).objects.filter(year=day.year, **within).aggregate(last=Max("number"))["last"] or 0
    return {
        "year": day.year, "number": last + 1, "doc_no": f"{district.short}{sign}〔{day.year}〕{last + 1}号",
    }  # fmt: skip
