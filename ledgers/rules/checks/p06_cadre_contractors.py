"""P06 承包人为村干部或近亲属: cadres or their near kin as contractors or behind them."""

from collections.abc import Iterator

from ledgers.rules.parties import Close, close
from ledgers.rules.persons import Persons
from ledgers.rules.projects import begun, told, year_of
from ledgers.rules.rows import Books, Project
from ledgers.rules.rule import Hit, Limits, Rule


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a project; a hint where only the name agrees or the cadre was not in office then."""
    persons = Persons(books)
    for project in books.projects:
        found = _close(project, persons)
        if found is None:
            continue
        behind = f"承包人{project.contractor}" + (f"（负责人{project.owner}）" if project.owner else "")
        yield Hit(
            rule="P06",
            years=(year_of(project, books),),
            rows=(project.key, found.match.key),
            amount=project.price,
            severity=found.severity,
            reason=f"工程{told(project)}的{behind}{found.told}，请核对有无回避、如何确定承包人。",
        )


def _close(project: Project, persons: Persons) -> Close | None:
    """The contractor in person, else whoever stands behind the company."""
    day = begun(project)
    return close(persons, project.contractor, project.contractor_mark, day) or close(
        persons, project.owner, "", day
    )


RULE = Rule(
    code="P06",
    name="承包人为村干部或近亲属",
    looks_for="承包人或其负责人与村干部、近亲属名单相符的工程；只有姓名相同的作提示。",
    basis="《农村基层干部廉洁履行职责若干规定（试行）》关于不得以权谋私的规定",
    check=check,
)
