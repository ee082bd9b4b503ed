"""Portraits through the services and pages: in, mended, compared, taken over; by whom; and two people at one sheet."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.files.store import read_bytes
from core.models import AuditEntry
from prep import services
from prep.documents.portrait import PortraitForm, portrait_xlsx
from prep.models import CommitteeMember, Portrait, PortraitKind, PortraitStatus, VillageProfile, YearFigure
from prep.selectors.portraits import compare, portrait_facts
from prep.selectors.traits import trait_labels
from prep.workflow.portrait import PORTRAIT
from tests.prep.lists import save_profile
from tests.prep.portraits import content, make_portrait, nasty, upload

pytestmark = pytest.mark.django_db


def at(name, row, **more):
    return reverse(f"prep:{name}", kwargs={"pk": row.pk} | more)


def stage(cast, book=None, actor=None):
    book = book or nasty(cast.village_place.code)
    return services.stage_portrait(
        actor=actor or cast.member, inspection=cast.inspection, upload=upload(book)
    )


def filled(cast, kind=PortraitKind.SELF, **cells):
    """Our own form for the village, some cells typed in by address."""
    book = load_workbook(
        io.BytesIO(portrait_xlsx(PortraitForm(**portrait_facts(cast.member, cast.inspection, kind))))
    )
    for address, value in cells.items():
        book.active[address] = value
    return book


# --- in ---------------------------------------------------------------------------------------------------


def test_a_sheet_is_kept_untouched_and_changes_nothing_of_the_profile(cast):
    save_profile(cast)
    book = nasty(cast.village_place.code)
    before = VillageProfile.objects.values().get(), list(YearFigure.objects.values())
    sent = content(book)
    row = services.stage_portrait(
        actor=cast.member,
        inspection=cast.inspection,
        upload=upload(load_workbook(io.BytesIO(sent))),
    )
    assert (VillageProfile.objects.values().get(), list(YearFigure.objects.values())) == before
    assert row.status == PortraitStatus.STAGED and row.kind == PortraitKind.SELF
    assert load_workbook(io.BytesIO(read_bytes(row.file))).active["C5"].value == "一千六百"
    assert row.cells["residents"]["text"] == "一千六百" and "value" not in row.cells["residents"]
    assert AuditEntry.objects.filter(verb="prep.stage_portrait").count() == 1


def test_a_second_sheet_of_the_same_kind_puts_the_first_aside(cast):
    first, second = stage(cast), stage(cast)
    first.refresh_from_db()
    assert (first.status, second.status) == (PortraitStatus.DISCARDED, PortraitStatus.STAGED)


def test_another_villages_sheet_is_refused_and_nothing_is_kept(client, cast):
    client.force_login(cast.member)
    wrong = upload(nasty(cast.other_village_place.code))
    response = client.post(at("portraits", cast.inspection), {"file": wrong})
    assert response.status_code == 422 and "另一个村" in response.content.decode()
    assert not Portrait.objects.exists()


@pytest.mark.parametrize("role", ["outsider", "town", "village", "sysadmin", "stranger", "discipline"])
def test_others_put_nothing_in(cast, role):
    with pytest.raises(NotAllowed):
        stage(cast, actor=getattr(cast, role))


@pytest.mark.parametrize("status", PortraitStatus.values)
def test_who_may_take_which_step(cast, status):
    row = make_portrait(cast.inspection, status=status)
    for role, expected in (
        ("member", {"adopt", "discard"}),
        ("leader", {"adopt", "discard"}),
        ("office_clerk", {"discard"}),
        ("outsider", set()),
        ("town", set()),
        ("sysadmin", set()),
    ):
        possible = {name for name in PORTRAIT.transitions if PORTRAIT.check(getattr(cast, role), row, name)}
        wanted = {
            "staged": expected,
            "adopted": expected - {"discard"},
            "discarded": set(),
        }[status]
        assert possible == wanted, role


# --- mended -----------------------------------------------------------------------------------------------


def test_what_was_not_understood_is_typed_in_the_preview(client, cast):
    row = stage(cast)
    client.force_login(cast.member)
    page = client.get(at("portrait", row)).content.decode()
    assert "一千六百" in page and "C5" in page and "书记电话已换" in page
    answer = client.post(
        at("portrait", row),
        {"revision": row.revision, "residents": "1600", "year/3/income": "91.2万", "year/3/debt": "还没有算",
         "representative_count": ""},
    )  # fmt: skip
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.cells["residents"]["value"] == 1600 and "fault" not in row.cells["residents"]
    assert row.cells["year/3/income"]["value"] == {"decimal": "912000.00"}
    assert row.cells["year/3/debt"]["text"] == "还没有算" and row.cells["year/3/debt"]["fault"]
    assert "fault" not in row.cells["representative_count"]
    assert row.cells["member/2/name"]["fault"], "untouched cells stay as they were"
    assert "1600" in AuditEntry.objects.get(verb="prep.mend_portrait").reason


def test_what_is_sent_back_as_it_stood_stays_a_question(cast):
    """A browser sends every input: 2021.1 typed by nobody must not turn into January."""
    row = stage(cast)
    faults = {key: cell for key, cell in row.cells.items() if "fault" in cell}
    texts = {key: cell.get("text", "") for key, cell in faults.items()} | {"residents": "1600"}
    row = services.mend_portrait(actor=cast.member, portrait=row, revision=1, texts=texts)
    left = {key: cell for key, cell in row.cells.items() if "fault" in cell}
    assert left == {key: cell for key, cell in faults.items() if key != "residents"}


def test_a_person_written_twice_is_dropped_by_emptying_the_name(cast):
    row = stage(cast)
    row = services.mend_portrait(
        actor=cast.member, portrait=row, revision=row.revision, texts={"member/2/name": ""}
    )
    assert not [key for key in row.cells if key.startswith("member/2/")]


def test_a_term_that_ends_before_it_begins_is_asked_about_until_it_is_mended(cast):
    """江予安 took office in March 2021; the form says she left in January 2010."""
    save_profile(cast)
    row = stage(cast, filled(cast, H22=dt.datetime(2010, 1, 1)))
    (key,) = [key for key, cell in row.cells.items() if "fault" in cell]
    assert key == "member/0/to_on"
    assert "任职止（2010年1月1日）早于任职起（2021年3月1日）" in row.cells[key]["fault"]
    row = services.mend_portrait(actor=cast.member, portrait=row, revision=1, texts={key: "2025-01-01"})
    assert not [cell for cell in row.cells.values() if "fault" in cell]


def test_an_end_taken_over_before_the_beginning_the_profile_knows_is_refused(client, cast):
    """The form leaves the beginning blank, so that alone it is without fault."""
    undated = {"name": "许晚舟", "post": "村委会委员", "to_on": dt.date(2020, 6, 1)}
    save_profile(cast)
    with pytest.raises(ServiceError, match="任职止2020年6月1日早于任职起2021年3月1日"):
        save_profile(cast, revision=1, members=[undated | {"from_on": dt.date(2021, 3, 1)}])
    stage(cast, filled(cast, G23=None, H23=dt.datetime(2020, 6, 1)))
    client.force_login(cast.member)
    choice = {"revision": "1", "member/许晚舟|村委会委员": "self"}
    answer = client.post(at("portrait_compare", cast.inspection), choice)
    assert answer.status_code == 422 and "早于任职起" in answer.content.decode()
    assert CommitteeMember.objects.get(name="许晚舟").to_on is None


def test_the_second_of_two_menders_loses_nothing_typed(client, cast):
    row = stage(cast)
    services.mend_portrait(actor=cast.deputy, portrait=row, revision=1, texts={"residents": "1600"})
    client.force_login(cast.member)
    answer = client.post(at("portrait", row), {"revision": "1", "year/3/debt": "88000"})
    assert answer.status_code == 409 and "88000" in answer.content.decode()
    row.refresh_from_db()
    assert row.cells["residents"]["value"] == 1600 and row.cells["year/3/debt"]["fault"]


# --- compared and taken over ------------------------------------------------------------------------------


def test_differences_are_shown_with_their_size(cast):
    save_profile(cast)
    stage(cast, filled(cast, C6=1732, C5=612))
    stage(cast, filled(cast, PortraitKind.TOWN, C6=1650, H5="2143人"))
    rows = {row.key: row for row in compare(cast.member, cast.inspection, trait_labels()).rows}
    own, town = rows["residents"].sides["self"], rows["residents"].sides["town"]
    assert (own.text, own.size, own.offered) == ("1732", "多82（5.0%）", True)
    assert (town.text, town.differs, town.offered) == ("1650", False, False)
    assert not rows["population"].differs and not rows["households"].differs


def test_only_what_was_chosen_goes_into_the_profile_with_its_source(cast):
    save_profile(cast)
    own = stage(cast, filled(cast, C6=1732, C10=31))
    town = stage(cast, filled(cast, PortraitKind.TOWN, C6=1590, C10=28))
    choices = {"residents": "self", "minimum_households": "town"}
    profile = services.take_from_portraits(
        actor=cast.member, inspection=cast.inspection, choices=choices, revision=1
    )
    profile.refresh_from_db()
    assert (profile.residents, profile.minimum_households, profile.households) == (1732, 28, 612)
    entry = AuditEntry.objects.get(verb="prep.profile_save")
    assert entry.reason == "采用自画像1项、预画像1项"
    for row, key in ((own, "residents"), (town, "minimum_households")):
        row.refresh_from_db()
        assert (row.status, row.taken) == (PortraitStatus.ADOPTED, [key])
    assert len(CommitteeMember.objects.all()) == 2 and len(YearFigure.objects.all()) == 2


def test_years_people_and_projects_are_taken_one_by_one(cast):
    save_profile(cast)
    stage(cast, nasty(cast.village_place.code))
    choices = {
        "year/2021/income": "self", "year/2021/expense": "self", "year/2022/income": "self",
        "member/许晚舟|村委会委员": "self", "project/2025|路灯更换": "self",
    }  # fmt: skip
    services.take_from_portraits(actor=cast.member, inspection=cast.inspection, choices=choices, revision=1)
    years = {row.year: (row.income, row.expense) for row in YearFigure.objects.all()}
    assert years[2021] == (Decimal("856000.00"), Decimal("790000.50"))
    assert years[2022] == (Decimal("865000.00"), None)
    assert years[2024] == (Decimal("860000.00"), Decimal("790000.50"))
    taken = CommitteeMember.objects.get(name="许晚舟")
    assert (taken.body, taken.kin_note, taken.gender) == ("committee", "与江予安系表亲", "female")
    assert CommitteeMember.objects.count() == 2


def test_a_cell_that_was_not_understood_cannot_be_taken(cast):
    save_profile(cast)
    stage(cast)
    with pytest.raises(ServiceError):
        services.take_from_portraits(
            actor=cast.member, inspection=cast.inspection, choices={"residents": "self"}, revision=1
        )
    assert VillageProfile.objects.get().residents == 1650


def test_taking_over_an_older_page_is_noticed(client, cast):
    save_profile(cast)
    stage(cast, filled(cast, C6=1732))
    save_profile(cast, actor=cast.deputy, revision=1, values={"note": "副组长的结论"})
    with pytest.raises(StaleRecord):
        services.take_from_portraits(
            actor=cast.member, inspection=cast.inspection, choices={"residents": "self"}, revision=1
        )
    client.force_login(cast.member)
    answer = client.post(at("portrait_compare", cast.inspection), {"revision": "1", "residents": "self"})
    assert answer.status_code == 409
    assert VillageProfile.objects.get().residents == 1650
    assert Portrait.objects.get().status == PortraitStatus.STAGED


def test_only_the_team_takes_over(cast):
    save_profile(cast)
    stage(cast, filled(cast, C6=1732))
    for role in ("office_clerk", "outsider", "town"):
        with pytest.raises(NotAllowed):
            services.take_from_portraits(
                actor=getattr(cast, role),
                inspection=cast.inspection,
                choices={"residents": "self"},
                revision=1,
            )


def test_a_blank_profile_is_begun_by_what_is_taken(cast):
    stage(cast, filled(cast, C6=1732))
    services.take_from_portraits(
        actor=cast.member, inspection=cast.inspection, choices={"residents": "self"}, revision=0
    )
    assert VillageProfile.objects.get().residents == 1732


def test_the_form_for_the_inspected_side_holds_no_judgement(cast):
    save_profile(cast, values={"note": "重点看鱼塘发包", "prior_problems": "挂账未清", "prior_count": 7})
    made = portrait_xlsx(PortraitForm(**portrait_facts(cast.member, cast.inspection, PortraitKind.TOWN)))
    texts = [
        str(cell.value)
        for row in load_workbook(io.BytesIO(made)).active.iter_rows()
        for cell in row
        if cell.value
    ]
    assert not [text for text in texts if "鱼塘发包" in text or "挂账" in text]
    page = load_workbook(io.BytesIO(made)).active
    head = next(cell.row for row in page.iter_rows() for cell in row if cell.value == "年度")
    assert [page.cell(head + n, 8).value for n in range(1, 6)] == [None] * 5, "petitions are not told"


# --- cost -------------------------------------------------------------------------------------------------


def test_pages_cost_the_same_with_one_row_and_with_three(client, cast, django_assert_max_num_queries):
    save_profile(cast)
    row = stage(cast, filled(cast, C6=1732))
    client.force_login(cast.member)
    pages = [at("portraits", cast.inspection), at("portrait_compare", cast.inspection), at("portrait", row)]

    def cost(address):
        client.get(address)
        with django_assert_max_num_queries(60) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    before = [cost(page) for page in pages]
    years = [{"year": year, "income": Decimal(year)} for year in range(2018, 2026)]
    people = [{"name": f"成员{n}", "post": "委员"} for n in range(6)]
    save_profile(cast, years=years, members=people)
    for _ in range(2):
        make_portrait(cast.inspection, status=PortraitStatus.DISCARDED)
    assert [cost(page) for page in pages] == before
