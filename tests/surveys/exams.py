"""Knowledge tests and papers for tests."""

from core.audit import SYSTEM
from surveys import services
from surveys.models import KnowledgeTest, Question
from tests.surveys.polls import at_stage

PLAN = [
    {"topic": "party", "kind": "single", "difficulty": 0, "count": 3, "points": 5},
    {"topic": "assets", "kind": "multiple", "difficulty": 0, "count": 2, "points": 10},
    {"topic": "", "kind": "judge", "difficulty": 1, "count": 2, "points": 5},
    {"topic": "discipline", "kind": "short", "difficulty": 0, "count": 1, "points": 20},
]
# Without a short answer everything is marked at once.
CHOICES = PLAN[:3]


def the_bank():
    if not Question.objects.exists():
        services.load_bank(actor=SYSTEM)


def make_test(cast, inspection=None, mode="written", plan=PLAN):
    the_bank()
    return services.create_test(
        actor=SYSTEM,
        inspection=at_stage(inspection or cast.inspection),
        title="应知应会测试",
        mode=mode,
        plan=plan,
    )


def open_test(cast, inspection=None, mode="written", plan=PLAN):
    return services.open_test(actor=SYSTEM, test=reload(make_test(cast, inspection, mode, plan)))


def issue(test, *names):
    people = [{"name": name, "post": "委员"} for name in names or ("江予安",)]
    return services.issue_papers(actor=SYSTEM, test=reload(test), people=people)


def reload(test):
    rows = KnowledgeTest.objects.select_related("inspection", "round__district", "team", "village", "town")
    return rows.get(pk=test.pk)


def right(paper):
    """The answers that get every point of the choices."""
    return {item.number: "" if item.kind == "short" else item.key for item in paper.items.all()}
