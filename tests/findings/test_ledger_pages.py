"""Pages of what the checks found: lists that count what they show, one story with its rows, steps from its page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import Job
from findings.models import FieldPaper, Finding, Lead
from findings.selectors.desk import desk_items
from findings.selectors.ledger import StoryFilters, overview, story_list
from inspection.village_work import work_lines
from ledgers.models import LedgerStory
from tests.findings import stories
from tests.findings.test_views import page
from tests.ledgers.checking import TODAY, change, check, put_in, voucher, withdraw
from villages.models import Recusal

pytestmark = pytest.mark.django_db
OVERVIEW, RULES = reverse("findings:ledger_overview"), reverse("findings:ledger_rules")


def url(name, row, **more):
    return reverse(f"findings:{name}", kwargs={"pk": row.pk} | more)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def listed(cast, **given):
    return story_list(cast.member, cast.inspection, StoryFilters.read(given))


def counts(rows):
    return {row["label"]: row["count"] for row in rows}


def test_pages_cost_the_same_with_few_and_with_many(cast, client):
    client.force_login(cast.member)
    stories.many_stories(cast, 2)
    village, one = url("ledger_stories", cast.inspection), LedgerStory.objects.get(key="contract:租户甲子")
    few = [queries(client, address) for address in (OVERVIEW, RULES, village, url("ledger_story", one))]
    stories.many_stories(cast, 34)
    one.refresh_from_db()
    assert one.hits_count > 3 and LedgerStory.objects.count() > 30
    assert [queries(client, a) for a in (OVERVIEW, RULES, village, url("ledger_story", one))] == few


def test_choices_narrow_the_list_and_count_their_alternatives(cast):
    stories.many_stories(cast, 3)
    tenants = [row for row in LedgerStory.objects.all() if row.key.startswith("contract:")]
    everything = listed(cast)
    assert everything.count == LedgerStory.objects.count() == len(everything.page.rows)
    arrears = listed(cast, rule="K05")
    assert {row.pk for row in arrears.page.rows} == {row.pk for row in tenants} and arrears.count == 3
    assert counts(listed(cast, rule="K05").states) == {"全部": 3, "待处理": 3}
    assert listed(cast, year="1999").count == 0 and listed(cast, q="甲丑").count == 1
    assert listed(cast, severity="9", rule="'--", year="x", state="?").count == everything.count
    weights = [row.severity for row in everything.page.rows]
    assert weights == sorted(weights, reverse=True)


def test_what_is_gone_is_shown_by_itself_only(cast):
    (sheet,) = put_in(cast, entries=[*voucher(1), *voucher(2)])
    check(cast)
    before = listed(cast).count
    withdraw(sheet)
    check(cast)
    assert listed(cast).count == 0 and listed(cast, state="gone").count == before
    assert counts(listed(cast).states) == {"全部": 0, "不再出现": before}


def test_the_overview_counts_by_village_and_says_what_is_stale(cast, client):
    stories.a_story(cast)
    stories.dismissed(cast, whose="foreign")
    lines = {line.inspection.pk: line for line in overview(cast.office_head, cast.round, TODAY)}
    assert lines[cast.inspection.pk].open == 1 and lines[cast.inspection.pk].dismissed == 0
    assert lines[cast.other_inspection.pk].dismissed == 1 and lines[cast.other_inspection.pk].due.fresh
    change(cast.village_place)
    assert [line.due.fresh for line in overview(cast.member, cast.round, TODAY)] == [False]
    client.force_login(cast.member)
    text = page(client.get(OVERVIEW))
    assert "云溪村" in text and "柳巷村" not in text and "已有变化" in text


def test_one_story_shows_why_with_each_row_linked(cast, client):
    story = stories.a_story(cast)
    client.force_login(cast.member)
    text = page(client.get(url("ledger_story", story)))
    hit = story.hits.get(rule="K05")
    assert hit.reason in text and reverse("ledgers:row", kwargs={"pk": hit.rows[0]}) in text
    assert "K05 拖欠租金" in text and "欠租超过 <b>0元</b>" in text and "列为疑点" in text


def test_a_villages_stories_and_a_story_lead_to_its_books_and_pictures(cast, client):
    story, village = stories.a_story(cast), {"pk": cast.village_place.pk}
    client.force_login(cast.member)
    books, pictures = reverse("ledgers:books", kwargs=village), reverse("ledgers:pictures", kwargs=village)
    assert books in page(client.get(url("ledger_stories", cast.inspection)))
    text = page(client.get(url("ledger_story", story)))
    assert books in text and f"{pictures}?picture=contracts" in text
    assert client.get(pictures).status_code == 200
    assert OVERVIEW in page(client.get(books)).split("<main")[1]


def test_who_stands_aside_and_the_inspected_side_see_nothing(cast, client):
    story = stories.a_story(cast)
    addresses = [url("ledger_story", story), url("ledger_stories", cast.inspection)]
    for person in (cast.village, cast.town, cast.outsider):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [404, 404]
    Recusal.objects.create(user=cast.member, village=cast.village_place, relation="kin")
    client.force_login(cast.member)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert "云溪村" not in page(client.get(OVERVIEW)).split("main")[1]
    assert not [item for item in desk_items(cast.member, cast.round) if item.kind == "账册疑点"]


def test_dismissing_asks_for_the_reason_and_can_be_taken_back(cast, client):
    story = stories.a_story(cast)
    client.force_login(cast.member)
    explain = url("ledger_story_action", story, action="explain")
    client.post(explain, {"revision": story.revision, "reason": "", "_key": "k0"})
    assert stories.reload(story).status == "open"
    client.post(explain, {"revision": story.revision, "reason": "有分期协议", "_key": "k1"})
    story = stories.reload(story)
    assert story.status == "explained"
    text = page(client.get(url("ledger_story", story)))
    assert "有分期协议" in text and cast.member.display_name in text and "列为疑点</button>" not in text
    client.post(url("ledger_story_action", story, action="reopen"),
                {"revision": story.revision, "reason": "再核", "_key": "k2"})  # fmt: skip
    assert stories.reload(story).status == "open"
    assert client.post(url("ledger_story_action", story, action="change"), {"revision": 1}).status_code == 404


def test_from_the_page_to_a_lead_a_check_and_a_workpaper(cast, client):
    story = stories.a_story(cast)
    client.force_login(cast.member)
    client.post(url("ledger_story_lead", story), {"_key": "k1"})
    client.post(url("ledger_story_lead", story), {"_key": "k2"})
    lead = Lead.objects.get()
    text = page(client.get(url("lead", lead)))
    assert url("ledger_story", story) in text and "附账册行建底稿" in text
    answer = client.post(url("ledger_story_check", story))
    assert answer.url == f"{reverse('findings:field_new')}?kind=check&lead={lead.pk}"
    form = page(client.get(answer.url))
    assert "《账.xlsx》contracts第3行" in form and "东鱼塘承包合同" in form and lead.no in form
    sent = {
        "village": cast.inspection.pk, "subject": "东鱼塘合同",
        "happened_at": timezone.now().strftime("%Y-%m-%dT%H:%M"),
        "ended_at": "", "place": "村部", "companion": cast.deputy.pk, "recorder": cast.member.pk, "content": "",
        "method": "账实核对", "population": "", "sample": "1份", "basis": "", "explanation": "", "checked": "",
        "_key": "k3",
    }  # fmt: skip
    client.post(answer.url, sent)
    paper = FieldPaper.objects.get()
    assert lead.checks.get().paper_id == paper.pk and paper.files.count() == 1
    for key in ("k4", "k4", "k5"):
        answer = client.post(url("ledger_story_paper", story), {"_key": key})
    finding = Finding.objects.get()
    assert answer.url == url("finding", finding) and finding.evidence.count() == 1
    for address in (answer.url, reverse("findings:field_paper", kwargs={"pk": paper.pk})):
        assert url("ledger_story", story) in page(client.get(address))


def test_checks_are_asked_for_from_the_overview(cast, client):
    client.force_login(cast.member)
    client.post(reverse("findings:ledger_run"))
    client.post(reverse("findings:ledger_run"), {"all": "1"})
    assert [bool(job.args["before"]) for job in Job.objects.filter(kind="ledgers.check").order_by("id")] == [
        False,
        True,
    ]


def test_desk_and_village_lead_to_it(cast):
    stories.a_story(cast)
    (item,) = [item for item in desk_items(cast.member, cast.round) if item.kind == "账册疑点"]
    assert item.title.startswith("1条账册疑点待处理") and item.url == OVERVIEW
    lines = {line.label: line for line in work_lines(cast.member, cast.inspection, cast.village_place)}
    assert lines["账册疑点"].said == "1条待处理" and lines["账册疑点"].url == url(
        "ledger_stories", cast.inspection
    )


def test_the_rules_page_says_what_each_looks_for_and_with_what(cast, client):
    client.force_login(cast.office_clerk)
    text = page(client.get(RULES))
    assert "K05 拖欠租金" in text and "还没有比出" in text
    assert "招标限额 <b>500,000元</b>（本轮次设定）" in text
    assert "租期超过 <b>20年</b>（1999年10月1日起）" in text
