"""From a story of the books to a lead, a spot check, a workpaper: one each, with its rows, by the team alone."""

import io

import openpyxl
import pytest

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from core.files.store import read_bytes
from core.models import AuditEntry
from findings import services
from findings.models import Finding, Lead, LeadStatus
from findings.rules.ledger import Record
from findings.selectors.ledger import rule_records, story_of_lead
from ledgers import services as ledger_services
from ledgers.models import LedgerStory
from ledgers.rules.rows import Contract
from tests.findings import leads, papers, stories
from tests.ledgers.checking import check, put_in, withdraw
from villages.models import Recusal

pytestmark = pytest.mark.django_db


def test_a_story_becomes_one_lead(cast):
    story = stories.a_story(cast)
    lead = services.lead_from_story(actor=cast.member, story=story)
    again = services.lead_from_story(actor=cast.leader, story=stories.reload(story))
    assert lead == again and Lead.objects.count() == 1
    assert (lead.source, lead.status, lead.title) == ("ledger", "open", story.title)
    assert lead.text == story.text and lead.category.code == "E3" and "K05" in lead.origin
    assert stories.reload(story).status == "led" and story_of_lead(cast.member, lead) == story
    assert not AuditEntry.objects.filter(after__icontains="李丙丁").exists()


def test_the_checks_make_no_lead_themselves(cast):
    stories.a_story(cast)
    assert not Lead.objects.exists()
    with pytest.raises(NotAllowed):
        services.lead_from_story(actor=SYSTEM, story=LedgerStory.objects.first())


@pytest.mark.parametrize("who", ["outsider", "office_head", "village", "town", "discipline", "sysadmin"])
def test_nobody_else_makes_a_lead_of_it(cast, who):
    story = stories.a_story(cast)
    for step in (services.lead_from_story, services.lead_for_check, services.paper_from_story):
        with pytest.raises(NotAllowed):
            step(actor=getattr(cast, who), story=story)
    assert not Lead.objects.exists() and stories.reload(story).status == "open"


def test_who_stands_aside_sees_and_does_nothing(cast):
    story = stories.a_story(cast)
    Recusal.objects.create(user=cast.member, village=cast.village_place, relation="kin")
    assert not LedgerStory.objects.visible_to(cast.member).exists()
    assert LedgerStory.objects.visible_to(cast.leader).exists()
    with pytest.raises(NotAllowed):
        services.lead_from_story(actor=cast.member, story=story)


def test_what_was_dismissed_or_is_gone_makes_no_lead(cast):
    story = stories.dismissed(cast)
    with pytest.raises(NotAllowed):
        services.lead_from_story(actor=cast.member, story=story)
    (sheet,) = put_in(cast, contracts=[Contract("", "9号", "河滩地", party="周九", written=False)])
    check(cast)
    gone = stories.reload(LedgerStory.objects.get(key="contract:周九"))
    withdraw(sheet)
    check(cast)
    with pytest.raises(NotAllowed, match="不再出现"):
        services.lead_from_story(actor=cast.member, story=stories.reload(gone))
    assert not Lead.objects.exists()


def test_a_workpaper_begins_with_the_words_and_the_rows(cast):
    story = stories.a_story(cast)
    paper = services.paper_from_story(actor=cast.member, story=story)
    lead = Lead.objects.get()
    assert paper.title == story.title and paper.amount == story.amount and paper.years == story.year_list
    assert (paper.category.code, paper.subcategory.code, paper.origins) == ("E", "E3", ["ledger"])
    assert lead.checks.get().finding_id == paper.pk and paper.steps.get().method == "ledger"
    item = paper.evidence.get()
    assert (item.kind, item.origin) == ("ledger", "electronic") and paper.evidence_count == 1
    book = openpyxl.load_workbook(io.BytesIO(read_bytes(item.file)))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None]
    assert "东鱼塘承包合同" in cells and "contracts" in cells and "账.xlsx" in cells
    assert any("拖欠租金" in cell for cell in cells) and "0" * 64 in cells
    # Asked again the same draft is given; one more only once that is no longer open.
    assert services.paper_from_story(actor=cast.member, story=stories.reload(story)).pk == paper.pk
    assert Finding.objects.count() == 1


def test_a_spot_check_written_on_a_lead_takes_the_rows_along(cast):
    story = stories.a_story(cast)
    lead = services.lead_for_check(actor=cast.member, story=story)
    values = {
        "subject": "合同",
        "happened_at": papers.talk(cast).happened_at,
        "place": "村部",
        "companion": cast.deputy,
    }
    paper = services.write_check(
        actor=cast.member, inspection=cast.inspection, kind="check", values=values, details={}, lead=lead
    )
    assert paper.files.get().file.name.startswith("账册依据") and lead.checks.get().paper_id == paper.pk
    other = leads.a_lead(cast)
    paper = services.write_check(
        actor=cast.member, inspection=cast.inspection, kind="check", values=values, details={}, lead=other
    )
    assert not paper.files.exists() and other.checks.get().paper_id == paper.pk
    with pytest.raises(ServiceError, match="另一个村"):
        services.write_check(
            actor=cast.outsider, inspection=cast.other_inspection, kind="check",
            values=values | {"companion": cast.deputy}, details={}, lead=other,
        )  # fmt: skip


def test_a_concluded_lead_is_opened_again_before_more_is_written(cast):
    story = stories.a_story(cast)
    services.paper_from_story(actor=cast.member, story=story)
    lead = leads.reload(Lead.objects.get())
    leads.conclude(cast, lead, "prove", "已核对合同和收据")
    for step in (services.lead_for_check, services.paper_from_story):
        with pytest.raises(ServiceError, match="恢复待核"):
            step(actor=cast.member, story=stories.reload(story))


def test_a_rule_is_as_right_as_people_concluded(cast):
    story = stories.a_story(cast)
    assert rule_records()["K05"] == Record(waiting=1) and rule_records()["P01"] == Record()
    services.paper_from_story(actor=cast.member, story=story)
    leads.conclude(cast, leads.reload(Lead.objects.get()), "prove", "已核对合同和收据")
    other = stories.dismissed(cast, whose="foreign", step="correct")
    found = rule_records()
    assert found["K05"] == Record(proven=1, wrong_data=1) and found["K05"].told == "2条中1条属实"
    ledger_services.reopen_story(actor=cast.outsider, story=other, reason="再看")
    assert rule_records()["K05"] == Record(proven=1, waiting=1)
    Lead.objects.update(status=LeadStatus.HANDED_OVER, receiver="区纪委监委")
    assert rule_records()["K05"] == Record(waiting=2)


@pytest.mark.parametrize(
    ("proven", "of", "bounds"), [(0, 4, None), (8, 12, (39, 86)), (0, 10, (0, 28)), (10, 10, (72, 100))]
)
def test_bounds_are_wilsons(proven, of, bounds):
    assert Record(proven=proven, explained=of - proven).bounds == bounds
