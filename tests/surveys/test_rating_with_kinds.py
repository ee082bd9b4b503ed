"""One slip for questions of every kind and a rating: sealed alike, stored apart; groups as the office calls them."""

import secrets

import pytest
from django.urls import reverse

from core.audit import SYSTEM
from surveys import services
from surveys.models import AnswerSheet, Ballot, OpenAnswer, RespondentGroup
from surveys.selectors import scoring
from surveys.selectors.paper import paper_of
from tests.surveys.ballots import PEOPLE, load, make_rating, open_rating, reload, sheet
from tests.surveys.kinds import open_survey_of_kinds
from tests.surveys.polls import issue
from villages.models import RoundParameter

pytestmark = pytest.mark.django_db
MANY = [(f"成员{number}", "委员") for number in range(1, 21)]


def send(survey, **given):
    answer = {"group": "villager", "answers": "1B10135", "comment": "", "words": {}} | given
    return services.submit_phone_answer(
        actor=SYSTEM, token=issue(survey, 1)[0].token, submission=secrets.token_hex(16), answer=answer
    )


def test_length_tells_neither_whether_somebody_rated_nor_how_much_was_written(cast):
    survey, _ = open_survey_of_kinds(cast), open_rating(cast, people=MANY)
    send(survey, answers="1000000", group="")
    send(survey, answers="1000000", marks="1" * 21)
    send(survey, marks="5" * 21, words={"5": "𠮷" * 500, "6": '"' * 500})
    assert len({len(bytes(sealed)) for sealed in survey.waiting.values_list("sealed", flat=True)}) == 1


def test_answers_words_and_marks_of_one_slip_are_stored_apart(cast):
    survey, rating = open_survey_of_kinds(cast), open_rating(cast)
    send(survey, marks="1254", words={"5": "路灯坏了"})
    send(survey, answers="5000000", group="party")
    assert services.mix_all(actor=SYSTEM, survey=survey) == 2
    assert sorted(AnswerSheet.objects.values_list("answers", flat=True)) == ["1B10135", "5000000"]
    assert list(OpenAnswer.objects.values_list("question", "text")) == [(5, "路灯坏了")]
    assert list(Ballot.objects.values_list("rating", "group", "channel", "marks")) == [
        (rating.pk, "villager", "phone", "1254")
    ]


def test_the_paper_of_a_slip_names_who_is_rated_only_while_the_rating_is_open(cast):
    survey = open_survey_of_kinds(cast)
    card = issue(survey, 1)[0]
    rating = make_rating(cast)
    assert paper_of(card.token)["rating"] is None
    services.open_rating(actor=SYSTEM, rating=reload(rating))
    paper = paper_of(card.token)
    assert paper["rating"]["subjects"][1:] == [list(person) for person in PEOPLE]
    assert len(paper["questions"]) == 6


# --- groups as the office calls them ----------------------------------------------------------------------


def call(code, name, **more):
    """The office gives a group another name."""
    services.load_groups(actor=SYSTEM)
    group = RespondentGroup.objects.get(code=code)
    values = {"name": name, "aliases": group.aliases, "order": group.order, "active": True} | more
    return services.save_group(actor=SYSTEM, group=group, values=values)


def test_pages_of_a_rating_show_the_names_of_the_office(client, cast):
    rating = open_rating(cast)
    sheet(rating, 12, "party", second=cast.member)
    call("party", "老党员")
    call("client", "办事群众", active=False)
    client.force_login(cast.member)
    page = client.get(reverse("surveys:rating", kwargs={"pk": rating.pk})).content.decode()
    assert "老党员" in page and "党员代表" not in page
    form = client.get(reverse("surveys:count_add", kwargs={"pk": rating.pk})).content.decode()
    assert "老党员" in form and "党员代表" not in form and "办事群众" not in form


def test_workbooks_may_use_every_name_of_a_group(cast):
    rating = open_rating(cast)
    call("party", "老党员", aliases=["党员代表", "党小组长"])
    rows = [[n, name, "好", "好", "好", "差"] for n, name in enumerate(["老党员", "党小组长", "党员代表"], 1)]
    reading = load(rating, rows, commit=False)
    assert [ballot["group"] for ballot in reading.ballots] == ["party"] * 3 and not reading.defects
    refused = load(rating, [[9, "外乡人", "好", "好", "好", "差"]], commit=False)
    assert "应为" in refused.defects[0].message and "老党员" in refused.defects[0].message


def test_a_weight_follows_its_group_when_the_office_renames_it(cast):
    RoundParameter.objects.create(
        round=cast.round, key="rating_group_weights", label="权重", value={"党员代表": 70, "普通群众": 30}
    )
    call("party", "老党员", aliases=[])
    basis = scoring.basis_of(open_rating(cast))
    assert basis.groups == {"party": 70, "villager": 30} and "老党员70" in basis.in_words


def test_a_page_of_many_count_sheets_reads_the_names_of_groups_once(
    client, cast, django_assert_max_num_queries
):
    rating = open_rating(cast)
    client.force_login(cast.member)

    def cost():
        with django_assert_max_num_queries(60) as captured:
            assert client.get(reverse("surveys:rating", kwargs={"pk": rating.pk})).status_code == 200
        return len(captured)

    sheet(rating, 12, "party", second=cast.member)
    cost()
    one = cost()
    for group in ("villager", "cadre", "representative"):
        sheet(rating, 9, group, second=cast.member, returned=8)
    assert cost() == one
