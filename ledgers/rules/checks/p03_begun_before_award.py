"""P03 先开工后招标: works begun before they were tendered or agreed."""

import re
from collections.abc import Iterator

from core.display import cn_date
from ledgers.rules.projects import told, year_of
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity

# Works against floods and other emergencies may begin at once.
_EMERGENCY = re.compile("抢险|抢修|应急|救灾|防汛")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a project; only a hint where it was begun after the tender and before the signing."""
    for project in books.projects:
        start = project.starts_on
        if start is None or _EMERGENCY.search(project.name + project.method):
            continue
        if project.tendered_on and start < project.tendered_on:
            step, day, severity = "招标（定标）", project.tendered_on, Severity.DOUBT
        elif project.signed_on and start < project.signed_on:
            step, day, severity = "签订合同", project.signed_on, Severity.HINT
        else:
            continue
        yield Hit(
            rule="P03",
            years=(year_of(project, books),),
            rows=(project.key,),
            amount=project.price,
            severity=severity,
            reason=f"工程{told(project)}于{cn_date(start)}开工，{cn_date(day)}才{step}，"
            f"早{(day - start).days}天，请核对招标和开工的先后。",
        )


RULE = Rule(
    code="P03",
    name="先开工后招标",
    looks_for="开工日早于招标（定标）日的工程；早于合同签订日的作提示。抢险救灾等应急工程不在此列。",
    basis="《招标投标法》：必须招标的项目应当先招标；第六十六条：抢险救灾可以不招标",
    check=check,
)
