"""The letter to a town's party secretary: figures frozen and suppressed, nobody named, signed by the head, numbered."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from core import clock
from core.digests import digest
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models import AuditEntry
from core.models.jobs import Job
from surveys import services
from surveys.models import RatingTally, Tally, TownLetter
from surveys.selectors import results
from tests.core.ooxml import assert_valid
from tests.factories import make_inspection, make_town, make_village
from tests.surveys import ballots
from tests.surveys.polls import locked, sheet_row

pytestmark = pytest.mark.django_db


def survey_rows(number, bad=()):
    """So many sheets; ``bad``: items everybody calls 差."""
    return [sheet_row(n, cells=dict.fromkeys(bad, 4)) for n in range(1, number + 1)]


def rated(cast, inspection=None, marks="好", number=12):
    rows = [[n, "党员代表", *[marks] * 4] for n in range(1, number + 1)]
    return ballots.locked(cast, rows, inspection)


def town_of_two(cast):
    """Two villages of the cast's town: one far worse in the first aspect than every other; one in another town."""
    locked(cast, survey_rows(30, bad=(1, 2, 3)))
    second = make_inspection(cast.team, make_village(cast.town_place, name="石塘村"))
    locked(cast, survey_rows(30), second)
    locked(cast, survey_rows(30), cast.other_inspection)
    rated(cast)


def draft(cast, **over):
    given = {"actor": cast.office_clerk, "round": cast.round, "town": cast.town_place}
    return services.draft_town_letter(**given | over)


def signed(cast, letter):
    letter = services.step_town_letter(actor=cast.office_clerk, letter=letter, step="submit")
    return services.step_town_letter(actor=cast.office_head, letter=letter, step="approve")


# --- figures ----------------------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_towns_villages_and_say_what_is_more_than_chance(cast):
    town_of_two(cast)
    letter = draft(cast)
    villages = {row["name"]: row for row in letter.figures["villages"]}
    assert set(villages) == {"云溪村", "石塘村"}
    rates = [cell["rate"] for cell in villages["云溪村"]["cells"]]
    assert rates == ["0.0%", *["100.0%"] * 6]
    assert [cell["verdict"] for cell in villages["云溪村"]["cells"]] == [-1, 0, 0, 0, 0, 0, 0]
    assert (
        "云溪村：有效答卷30份；低于本轮次其他村（社区）的有政治意识（0.0%）；其他方面差别在误差范围内。"
        in letter.body
    )
    assert letter.addressee == f"{cast.town_place.name}党委书记"
    # The other town's village is compared with, and not told of.
    assert "柳巷村" not in letter.body + str(letter.figures)
    (committee,) = letter.figures["committees"]
    assert (committee["name"], committee["score"], committee["good_rate"]) == ("云溪村", "100.00", "100.00")
    assert "石塘村还没有锁定结果，或者测评票太少不公布，没有列入。" in letter.body


def test_nobody_who_was_rated_is_named(cast):
    town_of_two(cast)
    letter = draft(cast)
    words = letter.title + letter.body + str(letter.figures)
    assert not any(name in words for name, _ in ballots.PEOPLE)
    assert "成员个人的测评结果送区委组织部，不在本函列出" in letter.body


def test_what_is_hidden_in_the_results_is_hidden_in_the_letter(cast):
    # Two of twelve call item 1 bad: the exact rate would tell.
    rows = [sheet_row(n, cells={1: 4} if n < 3 else {}) for n in range(1, 13)]
    survey = locked(cast, rows)
    letter = draft(cast)
    # The page's own selector is what the letter must not exceed; exactly it would be 34 of 36.
    shown = results(cast.office_clerk, survey).aspects[0][1].text
    assert letter.figures["villages"][0]["cells"][0]["rate"] == shown and "—" in shown


def test_villages_with_too_few_sheets_are_left_out_and_named(cast):
    locked(cast, survey_rows(30))
    locked(cast, survey_rows(4), make_inspection(cast.team, make_village(cast.town_place, name="小村")))
    letter = draft(cast)
    assert [row["name"] for row in letter.figures["villages"]] == ["云溪村"]
    assert "小村还没有锁定结果，或者答卷太少不公布，没有列入。" in letter.body


def test_later_changes_of_data_do_not_reach_a_drafted_letter(cast):
    town_of_two(cast)
    letter = draft(cast)
    before = letter.figures
    locked(cast, survey_rows(30), make_inspection(cast.team, make_village(cast.town_place, name="后来村")))
    Tally.objects.update(count=1)
    assert TownLetter.objects.get(pk=letter.pk).figures == before


def test_results_that_are_not_what_was_locked_give_no_letter(cast):
    town_of_two(cast)
    RatingTally.objects.filter(mark="1").update(count=11)
    with pytest.raises(ServiceError, match="摘要不一致"):
        draft(cast)
    RatingTally.objects.filter(mark="1").update(count=12)
    Tally.objects.filter(item__number=1, level="4").update(count=29)
    with pytest.raises(ServiceError, match="云溪村的结果与锁定时的摘要不一致"):
        draft(cast)


def test_without_locked_results_there_is_nothing_to_tell(cast):
    with pytest.raises(ServiceError, match="还没有可以反馈的结果"):
        draft(cast)


# --- words ------------------------------------------------------------------------------------------------


def test_words_change_until_submitted_and_figures_never(cast):
    town_of_two(cast)
    letter = draft(cast)
    edited = services.edit_town_letter(
        actor=cast.office_clerk,
        letter=letter,
        revision=1,
        values={"body": "一、新的写法\n正文。", "figures": {}},
    )
    assert edited.body == "一、新的写法\n正文。" and edited.figures
    with pytest.raises(StaleRecord):
        services.edit_town_letter(actor=cast.office_head, letter=letter, revision=1, values={"body": "别的"})
    with pytest.raises(ServiceError, match="请填写正文"):
        services.edit_town_letter(actor=cast.office_clerk, letter=letter, revision=2, values={"body": " "})
    services.step_town_letter(actor=cast.office_clerk, letter=letter, step="submit")
    with pytest.raises(NotAllowed, match="不再修改"):
        services.edit_town_letter(actor=cast.office_clerk, letter=letter, revision=3, values={"body": "别的"})


def test_a_letter_that_names_a_member_does_not_leave(cast):
    town_of_two(cast)
    letter = draft(cast)
    name = ballots.PEOPLE[0][0]
    letter = services.edit_town_letter(
        actor=cast.office_clerk,
        letter=letter,
        revision=1,
        values={"body": f"{letter.body}\n{name}得分最低。"},
    )
    with pytest.raises(NotAllowed, match=f"不写个人姓名，请把{name}"):
        services.step_town_letter(actor=cast.office_clerk, letter=letter, step="submit")


def test_figures_changed_behind_the_back_are_not_signed(cast):
    town_of_two(cast)
    letter = services.step_town_letter(actor=cast.office_clerk, letter=draft(cast), step="submit")
    TownLetter.objects.filter(pk=letter.pk).update(figures=letter.figures | {"committees": []})
    with pytest.raises(NotAllowed, match="与起草时的摘要不一致"):
        services.step_town_letter(
            actor=cast.office_head, letter=TownLetter.objects.get(pk=letter.pk), step="approve"
        )
    assert digest(letter.figures) == letter.figures_hash


# --- signing ----------------------------------------------------------------------------------------------


def test_only_the_head_signs_and_returns(cast):
    town_of_two(cast)
    letter = services.step_town_letter(actor=cast.office_clerk, letter=draft(cast), step="submit")
    for step in ("approve", "return"):
        with pytest.raises(NotAllowed, match="巡察办主任"):
            services.step_town_letter(actor=cast.office_clerk, letter=letter, step=step, reason="再改")
    with pytest.raises(ServiceError, match="理由"):
        services.step_town_letter(actor=cast.office_head, letter=letter, step="return")
    back = services.step_town_letter(actor=cast.office_head, letter=letter, step="return", reason="再核")
    assert back.status == "draft" and back.doc_no == ""


@pytest.mark.parametrize("who", ["leader", "member", "town", "organisation"])
def test_nobody_outside_of_the_office_drafts(cast, who):
    town_of_two(cast)
    with pytest.raises(NotAllowed):
        draft(cast, actor=getattr(cast, who))


def test_numbers_leave_no_gap_whatever_is_voided_returned_or_fails(cast):
    numbers = []
    for order in range(4):
        town = make_town(cast.district)
        locked(cast, survey_rows(6), make_inspection(cast.team, make_village(town)))
        letter = draft(cast, town=town)
        if order == 1:
            services.step_town_letter(actor=cast.office_clerk, letter=letter, step="void", reason="有误")
            continue
        if order == 2:
            letter = services.step_town_letter(actor=cast.office_clerk, letter=letter, step="submit")
            with pytest.raises(StaleRecord):
                services.step_town_letter(actor=cast.office_head, letter=letter, step="approve", revision=99)
            letter = services.step_town_letter(actor=cast.office_head, letter=letter, step="approve")
        else:
            letter = signed(cast, letter)
        numbers.append(letter.doc_no)
    year = clock.today().year
    assert numbers == [f"青巡测〔{year}〕{n}号" for n in (1, 2, 3)]
    with clock.held(dt.date(year + 1, 1, 4)):
        locked(cast, survey_rows(6))
        assert signed(cast, draft(cast)).doc_no == f"青巡测〔{year + 1}〕1号"


def test_a_town_has_one_letter_that_stands(cast):
    town_of_two(cast)
    letter = draft(cast)
    with pytest.raises(ServiceError, match="已经起草"):
        draft(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        TownLetter.objects.create(round=cast.round, town=cast.town_place, title="又一份", body="x")
    services.step_town_letter(actor=cast.office_clerk, letter=letter, step="void", reason="数据要更新")
    assert draft(cast).pk != letter.pk


def test_a_signed_letter_is_neither_changed_nor_voided(cast):
    town_of_two(cast)
    letter = signed(cast, draft(cast))
    assert (letter.status, letter.approved_by_name, letter.dated_on) == (
        "approved",
        "巡察办主任",
        clock.today(),
    )
    for step in ("void", "return", "submit", "approve"):
        with pytest.raises(NotAllowed, match="已签发"):
            services.step_town_letter(actor=cast.office_head, letter=letter, step=step, reason="x")
    verbs = list(
        AuditEntry.objects.filter(verb__startswith="surveys.town_letter").values_list("verb", flat=True)
    )
    assert verbs[::-1] == [f"surveys.town_letter{step}" for step in ("_draft", ".submit", ".approve")]


# --- paper and pages --------------------------------------------------------------------------------------


def test_the_word_file_holds_number_words_and_tables(cast, tmp_path):
    town_of_two(cast)
    letter = signed(cast, draft(cast))
    job = services.request_town_letter(actor=cast.office_clerk, letter=letter)
    run_due(job.pk)
    content = read_bytes(Job.objects.get(pk=job.pk).result_file)
    assert_valid(content, tmp_path)
    document = Document(io.BytesIO(content))
    paragraphs = [p.text for p in document.paragraphs]
    assert letter.doc_no in paragraphs and "一、问卷调查情况" in paragraphs
    assert "（草稿）" not in paragraphs
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["云溪村", "30", "0.0%▼", *["100.0%"] * 6] in cells
    assert ["云溪村", "12", "100.00", "100.00", "差别在误差范围内"] in cells


def test_the_pages_lead_from_the_list_to_a_signed_letter(cast, client):
    town_of_two(cast)
    client.force_login(cast.office_clerk)
    assert f"{cast.town_place.name} · 起草" in client.get(reverse("surveys:town_letters")).content.decode()
    response = client.post(
        reverse("surveys:town_letter_draft", args=[cast.town_place.pk]), {"_key": "a" * 32}
    )
    letter = TownLetter.objects.get()
    assert response.url == reverse("surveys:townletter", args=[letter.pk])
    page = client.get(response.url).content.decode()
    assert "提交签发" in page and "0.0%▼" in page
    edit = reverse("surveys:town_letter_edit", args=[letter.pk])
    sent = {
        "title": "新标题",
        "addressee": letter.addressee,
        "body": letter.body,
        "revision": 1,
        "_key": "b" * 32,
    }
    assert client.post(edit, sent).status_code == 302
    assert TownLetter.objects.get().title == "新标题"


def test_more_letters_cost_no_more_queries(cast, client):
    client.force_login(cast.office_head)
    counts = []
    for _ in range(2):
        for _ in range(3):
            town = make_town(cast.district)
            locked(cast, survey_rows(5), make_inspection(cast.team, make_village(town)))
            draft(cast, town=town)
        client.get(reverse("surveys:town_letters"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("surveys:town_letters"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
