"""The portal shows what was addressed to one account and nothing else; the ledger counts what it lists."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.files import read_bytes
from core.jobs.runner import run_due
from core.office.check import check_ooxml
from rectification import services
from rectification.models import RectifyItem
from rectification.selectors.desk import desk_items
from rectification.selectors.ledger import Filters, figures, ledger
from tests.rectification.ledger import foreign_item, make_feedback, make_feedback_item, make_item, photo
from tests.reports.papers import make_finding
from tests.reports.stages import fed_back

TODAY = dt.date(2026, 7, 20)


@pytest.fixture(autouse=True)
def late_july(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 7, 20, 2, tzinfo=dt.UTC))


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_portal_and_ledger_ask_the_same_number_of_questions_for_one_item_and_for_many(cast, client):
    addresses = {"town": reverse("rectification:portal"), "office_clerk": reverse("rectification:ledger")}
    states = ("pending", "in_progress", "returned", "reported", "verified")
    for status in states:
        make_item(cast, village=cast.village_place, status=status)
    few = {}
    for name, address in addresses.items():
        client.force_login(getattr(cast, name))
        few[name] = queries(client, address)
    for status in states * 2:
        make_item(cast, village=cast.village_place, status=status)
    for name, address in addresses.items():
        client.force_login(getattr(cast, name))
        assert queries(client, address) == few[name]


def test_one_item_asks_the_same_number_of_questions_for_one_step_and_for_three(cast, client):
    item = make_item(cast, status="in_progress")
    addresses = {
        "town": reverse("rectification:portal_item", args=[item.pk]),
        "office_clerk": reverse("rectification:item", args=[item.pk]),
    }
    services.report_progress(actor=cast.town, item=item, text="一", photos=[photo(), photo()])
    few = {}
    for name, address in addresses.items():
        client.force_login(getattr(cast, name))
        few[name] = queries(client, address)
    for text in ("二", "三"):
        services.report_progress(actor=cast.town, item=item, text=text, photos=[photo()])
    for name, address in addresses.items():
        client.force_login(getattr(cast, name))
        assert queries(client, address) == few[name]


def crawl(client, start):
    """Every page reachable by links from ``start``; returns their text by address."""
    seen, waiting = {}, [start]
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/"):
            continue
        response = client.get(address)
        if "text/html" not in response.headers.get("Content-Type", ""):
            seen[address] = ""
            continue
        seen[address] = response.content.decode()
        links = re.findall(r'href="(/[^"#?]*)', seen[address])
        waiting += [link for link in links if link.startswith(("/shi/", "/zhun/", "/mou/", "/dang/"))]
    return seen


def test_a_crawl_as_the_town_finds_nothing_of_findings_or_of_another_town(cast, client):
    finding = make_finding(
        cast,
        summary="写给外面的话",
        facts="只在底稿里的事实",
        root_cause="只在底稿里的原因",
        no="青巡2026-1-1-201-DG-0777",
    )
    services.create_items_from_feedback(actor=cast.office_clerk, feedback=fed_back(cast))
    foreign_item(cast, village=cast.other_village_place)
    client.force_login(cast.town)
    pages = crawl(client, reverse("rectification:portal"))
    assert all(address.startswith("/shi/menhu/") for address in pages)
    text = " ".join(pages.values())
    assert "写给外面的话" in text
    for secret in ("只在底稿里的事实", "只在底稿里的原因", finding.no, str(finding.pk), "外镇的事", "柳巷村"):
        assert secret not in text


@pytest.mark.parametrize("who", ["town", "village"])
def test_the_inspected_side_gets_nothing_from_the_other_tree(cast, client, who):
    item = make_item(cast, village=cast.village_place, status="reported")
    client.force_login(getattr(cast, who))
    for name in ("item", "item_verify", "item_close"):
        assert client.get(reverse(f"rectification:{name}", args=[item.pk])).status_code == 404


def test_a_village_sees_what_was_assigned_to_it_and_not_the_towns_other_matters(cast, client):
    make_item(cast, village=cast.village_place, title="本村的事")
    make_item(cast, title="全镇的事")
    client.force_login(cast.village)
    page = client.get(reverse("rectification:portal")).content.decode()
    assert "本村的事" in page
    assert "全镇的事" not in page


def test_a_towns_way_through_the_browser_forms(cast, client):
    item = make_item(cast)
    client.force_login(cast.town)

    def send(name, **data):
        return client.post(reverse(f"rectification:{name}", args=[item.pk]), data)

    assert send("portal_acknowledge", revision=1).status_code == 302
    assert send("portal_plan", revision=2, plan="7月底前收回").status_code == 302
    refused = send("portal_done", revision=3, result="已收回")
    assert refused.status_code == 422
    assert "照片或材料" in refused.content.decode()
    assert "已收回" in refused.content.decode()
    assert (
        send("portal_progress", text="已通知", on="2026-07-10", photos=photo("整改前.jpg")).status_code == 302
    )
    assert send("portal_done", revision=3, result="已收回", photos=photo()).status_code == 302
    item.refresh_from_db()
    assert (item.status, item.progress.count()) == ("reported", 2)
    client.force_login(cast.deputy)
    page = client.get(reverse("rectification:item", args=[item.pk])).content.decode()
    assert "整改前.jpg" in page
    assert send("item_verify", revision=4, note="现场查看属实").status_code == 302
    client.force_login(cast.office_clerk)
    assert send("item_close", revision=5, basis="凭证齐全").status_code == 302
    item.refresh_from_db()
    assert item.status == "closed"


@pytest.mark.parametrize("revision", ["²", "１", "9" * 5000, "-1", "x"])
def test_a_revision_that_is_no_number_is_an_answer_and_no_failure(cast, client, revision):
    item = make_item(cast)
    client.force_login(cast.town)
    address = reverse("rectification:portal_acknowledge", args=[item.pk])
    assert client.post(address, {"revision": revision}).status_code == 302


def test_a_double_click_signs_once_and_a_resent_photo_makes_one_step(cast, client):
    item = make_item(cast, status="in_progress")
    client.force_login(cast.town)
    for _ in range(2):
        client.post(
            reverse("rectification:portal_progress", args=[item.pk]),
            {"_key": "k" * 32, "text": "已通知", "on": "2026-07-10"},
        )
    assert item.progress.count() == 1


# (term, status, due_on, reported_on) → late, soon on 20 July
DUE = [
    ("fixed", "in_progress", dt.date(2026, 7, 19), True, False),
    ("fixed", "in_progress", dt.date(2026, 7, 20), False, True),  # the day itself is in time
    ("fixed", "in_progress", dt.date(2026, 7, 27), False, True),
    ("fixed", "in_progress", dt.date(2026, 7, 28), False, False),
    ("fixed", "reported", dt.date(2026, 7, 1), False, False),  # waits for others
    ("fixed", "returned", dt.date(2026, 7, 19), True, False),  # falls back on its deadline
    ("fixed", "verified", dt.date(2026, 7, 1), False, False),
    ("lasting", "in_progress", dt.date(2026, 7, 1), False, False),
    ("immediate", "pending", dt.date(2026, 7, 2), True, False),
]


@pytest.mark.parametrize(("term", "status", "due_on", "late", "soon"), DUE)
def test_late_and_soon_are_counted_by_the_day(cast, term, status, due_on, late, soon):
    make_item(cast, term=term, status=status, due_on=due_on)
    found = figures(cast.office_clerk, cast.round, TODAY)
    assert (found.late, found.soon) == (int(late), int(soon))
    for name, expected in (("late", late), ("soon", soon)):
        rows = ledger(cast.office_clerk, cast.round, Filters(due=name), TODAY)
        assert rows.exists() is expected


def test_the_completion_rate_counts_verified_and_closed_and_says_so(cast, client):
    for status in ("pending", "reported", "verified"):
        make_item(cast, status=status)
    make_item(cast, status="closed", closed_on=TODAY, closure_basis="齐全")
    found = figures(cast.office_clerk, cast.round, TODAY)
    assert (found.done, found.total) == (2, 4)
    client.force_login(cast.office_clerk)
    page = client.get(reverse("rectification:ledger")).content.decode()
    assert "完成率 50.0%" in page
    assert "（已核验＋已销号）÷全部整改事项：2÷4" in page


def test_filters_narrow_the_ledger(cast):
    make_item(cast, title="甲", level="rules"), make_item(cast, title="乙", status="reported")
    foreign_item(cast)

    def titles(**chosen):
        return {row.title for row in ledger(cast.office_head, cast.round, Filters(**chosen), TODAY)}

    assert titles() == {"甲", "乙", "外镇的事"}
    assert titles(level="rules") == {"甲"}
    assert titles(status="reported") == {"乙"}
    assert titles(town=cast.other_town_place.code) == {"外镇的事"}
    assert titles(text="乙") == {"乙"}


def test_the_workbook_lists_every_item_with_its_state(cast):
    make_item(
        cast, village=cast.village_place, due_on=dt.date(2026, 7, 19), status="in_progress", plan="收回"
    )
    make_item(cast, status="verified", verified_by=cast.deputy, reported_on=dt.date(2026, 7, 1))
    services.request_ledger(actor=cast.office_clerk, round=cast.round)
    job = run_due()
    assert job.state == "done", job.error
    content = read_bytes(job.result_file)
    assert check_ooxml(content) == []
    rows = list(
        openpyxl.load_workbook(io.BytesIO(content))["整改台账"].iter_rows(min_row=3, values_only=True)
    )
    header, first, second, note = rows[:4]
    line = dict(zip(header, first, strict=True))
    assert (line["序号"], line["村（社区）"], line["状态"], line["是否逾期"]) == (
        1,
        "云溪村",
        "正在推进",
        "逾期",
    )
    assert line["整改期限"] == dt.datetime(2026, 7, 19)
    assert dict(zip(header, second, strict=True))["核验人"] == "副组长"
    assert note[0].startswith("注：共2项，完成1项，逾期1项，完成率50.0%。")


@pytest.mark.parametrize(
    ("status", "who"),
    [
        ("pending", {"town", "village"}),
        ("acknowledged", {"town", "village"}),
        ("in_progress", {"town", "village"}),
        ("returned", {"town", "village"}),
        ("reported", {"office_head", "office_clerk", "leader", "deputy"}),
        ("verified", {"office_head", "office_clerk"}),
    ],
)
def test_an_item_lies_on_the_desk_of_whoever_has_to_act(cast, status, who):
    make_item(cast, village=cast.village_place, status=status)
    people = [name for name, value in vars(cast).items() if hasattr(value, "role")]
    found = {name for name in people if desk_items(getattr(cast, name), cast.round)}
    assert found == who


def test_a_sent_letter_without_a_ledger_lies_on_the_offices_desk(cast, client):
    feedback = make_feedback(cast)
    make_feedback_item(cast, feedback)
    (line,) = desk_items(cast.office_clerk, cast.round)
    assert line.kind == "待建台账"
    client.force_login(cast.office_clerk)
    client.post(reverse("rectification:ledger_open", args=[feedback.pk]))
    assert RectifyItem.objects.count() == 1
    assert desk_items(cast.office_clerk, cast.round) == []
