"""The inbox of open answers: what may be read of them, persons masked, in an order of chance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from core.listing import Page, keyset
from core.text import clean
from prep.models import CommitteeMember
from surveys.models import AnswerMark, Item, OpenAnswer, RatingSubject, Survey
from surveys.rules.masking import pieces
from surveys.rules.opinions import can_read_opinions
from villages.access import team_role
from villages.models import Round
from villages.selectors import parameter

_STATES = AnswerMark.Status
_UNREAD = Q(mark=None) | Q(mark__status=_STATES.UNREAD)


@dataclass(frozen=True)
class OpinionFilters:
    """The choices in the address of the inbox."""

    village: str = ""
    question: str = ""
    state: str = ""
    text: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "OpinionFilters":
        """Take what the address says; what is unknown restricts nothing."""
        state = given.get("state", "")
        return cls(
            clean(str(given.get("village", "")))[:12],
            clean(str(given.get("question", "")))[:50],
            state if state in _STATES.values else "",
            clean(str(given.get("q", ""))).strip()[:50],
        )

    def condition(self, without: str = "") -> Q:
        """The restriction, one choice left out where its alternatives are counted."""
        found = Q(text__contains=self.text) if self.text else Q()
        if self.village and without != "village":
            found &= Q(village__code=self.village)
        if self.question and without != "question":
            found &= _asked(self.question)
        if self.state and without != "state":
            found &= _UNREAD if self.state == _STATES.UNREAD else Q(mark__status=self.state)
        return found


@dataclass(frozen=True)
class Opinion:
    """One answer as it is shown: cut into what may stay and what stands for a person."""

    answer: OpenAnswer
    question: str
    pieces: list[tuple[str, str]]
    may_mark: bool

    @property
    def village(self) -> Any:
        """Where it was written."""
        return self.answer.village

    @property
    def state(self) -> AnswerMark:
        """What became of it."""
        return getattr(self.answer, "mark", None) or AnswerMark(status=_STATES.UNREAD)

    @property
    def is_unread(self) -> bool:
        """Has nobody read it yet?"""
        return self.state.status == _STATES.UNREAD

    @property
    def is_lead(self) -> bool:
        """Has it become a lead?"""
        return self.state.status == _STATES.LEAD


@dataclass(frozen=True)
class Inbox:
    """One page of opinions with the counts behind the filters."""

    page: Page
    lines: list[Opinion]
    count: int
    villages: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    states: list[dict[str, Any]]

    @property
    def unread(self) -> list[Opinion]:
        """Those of this page the reader could mark."""
        return [line for line in self.lines if line.may_mark and line.is_unread]


def readable_surveys(viewer: Any, round_: Round | None) -> list[Survey]:
    """Locked surveys of a round the viewer may see, with as many sheets as anything shown of them needs."""
    if round_ is None:
        return []
    rows = Survey.objects.visible_to(viewer).filter(round=round_, status=Survey.Status.LOCKED)
    counted = rows.annotate(sheet_count=Count("sheets")).select_related("village", "questionnaire", "team")
    least = int(parameter(round_, "small_group_min"))
    return list(counted.filter(sheet_count__gte=least).order_by("village__code"))


def inbox(viewer: Any, round_: Round | None, filters: OpinionFilters, *, cursor: str = "") -> Inbox:
    """Open answers of a round, village by village; within a village by their random keys, which tell no order."""
    surveys = {survey.pk: survey for survey in readable_surveys(viewer, round_)}
    answers = OpenAnswer.objects.filter(survey__in=surveys)
    page = keyset(
        answers.filter(filters.condition()).select_related("mark", "village"), order=["village", "id"],
        cursor=cursor, size=30,
    )  # fmt: skip
    for row in page.rows:
        row.survey = surveys[row.survey_id]
    asked = questions_of(surveys.values())
    names = people_of({row.village_id for row in page.rows})
    states = _counted(answers.filter(filters.condition("state")), "mark__status")
    states[_STATES.UNREAD] = states.pop(None, 0) + states[_STATES.UNREAD]
    return Inbox(
        page=page,
        lines=[
            Opinion(
                row, asked[row.survey.questionnaire_id, row.question], pieces(row.text, names[row.village_id]),
                bool(team_role(viewer, row.survey.team)),
            )
            for row in page.rows
        ],
        count=states[filters.state] if filters.state else sum(states.values()),
        villages=_village_options(answers, filters, surveys.values()),
        questions=_question_options(answers, filters, asked),
        states=[{"value": "", "label": "全部", "count": sum(states.values())}]
        + [{"value": s.value, "label": s.label, "count": states[s]} for s in _STATES],
    )  # fmt: skip


def unread_count(viewer: Any, round_: Round | None) -> int:
    """How many answers that the viewer may read nobody has read yet."""
    surveys = [survey.pk for survey in readable_surveys(viewer, round_)]
    return OpenAnswer.objects.filter(_UNREAD, survey__in=surveys).count() if surveys else 0


def _counted(answers: QuerySet[OpenAnswer], *by: str) -> Counter[Any]:
    rows = answers.order_by().values_list(*by).annotate(n=Count("pk"))
    return Counter({(key[0] if len(key) == 1 else tuple(key)): n for *key, n in rows})


def _village_options(
    answers: QuerySet[OpenAnswer], filters: OpinionFilters, surveys: Iterable[Survey]
) -> list[dict[str, Any]]:
    found = _counted(answers.filter(filters.condition("village")), "village__code")
    places = {survey.village.code: survey.village.name for survey in surveys}
    return [{"value": code, "label": name, "count": found[code]} for code, name in places.items()]


Asked = dict[tuple[Any, int], str]


def _question_options(
    answers: QuerySet[OpenAnswer], filters: OpinionFilters, asked: Asked
) -> list[dict[str, Any]]:
    found = _counted(answers.filter(filters.condition("question")), "survey__questionnaire", "question")
    return [
        {"value": f"{key[0]}.{key[1]}", "label": text, "count": found[key]} for key, text in asked.items() if found[key]
    ]  # fmt: skip


def _asked(value: str) -> Q:
    """Answers to one question; what names none finds none."""
    questionnaire, _, number = value.partition(".")
    try:
        return Q(survey__questionnaire=UUID(questionnaire), question=int(number))
    except ValueError:
        return Q(pk=None)


def questions_of(surveys: Iterable[Survey]) -> Asked:
    """The open questions of the surveys' questionnaires by questionnaire and number; one query."""
    known = {survey.questionnaire_id: survey.questionnaire for survey in surveys}
    found = {(pk, 0): row.open_question or "意见建议" for pk, row in known.items()}
    items = Item.objects.filter(questionnaire__in=known, kind=Item.Kind.TEXT).order_by("number")
    rows = items.values_list("questionnaire", "number", "text")
    return found | {(questionnaire, number): text for questionnaire, number, text in rows}


def people_of(villages: Iterable[Any]) -> dict[Any, set[str]]:
    """Names to be masked, by village: members of its committees, and who was rated there. Two queries."""
    names: dict[Any, set[str]] = defaultdict(set)
    keys = list(villages)
    members = CommitteeMember.objects.filter(village__in=keys).values_list("village", "name")
    rated = RatingSubject.objects.filter(rating__village__in=keys, kind=RatingSubject.Kind.MEMBER)
    for village, name in [*members, *rated.values_list("rating__village", "name")]:
        names[village].add(name)
    return names


def readable_answer(viewer: Any, key: Any) -> OpenAnswer | None:
    """One open answer of a survey whose words the viewer may read."""
    surveys = Survey.objects.visible_to(viewer)
    rows = OpenAnswer.objects.filter(survey__in=surveys, pk=key).select_related(
        "survey__inspection",
        "survey__round",
        "survey__team",
        "survey__village",
        "survey__questionnaire",
        "mark",
    )
    found = rows.first()
    return found if found is not None and can_read_opinions(viewer, found.survey) else None


def readable_answers(viewer: Any, keys: Iterable[Any]) -> list[OpenAnswer]:
    """Of ``keys`` those of surveys the viewer may see; whether their words may be read the service asks."""
    rows = OpenAnswer.objects.filter(survey__in=Survey.objects.visible_to(viewer), pk__in=list(keys))
    return list(rows.select_related("survey__round", "survey__team", "survey__village", "mark"))
