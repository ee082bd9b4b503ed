"""Pages of leads: the inbox counts what it shows, and each step comes from the page of one."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from findings import services
from findings.models import Finding, Lead, Talk
from findings.selectors.leads import LeadFilters, inbox, linkable, words_of_lead
from tests.findings import leads, papers
from tests.findings.test_views import page, typed
from tests.prep.lists import make_item
from villages.models import Recusal

pytestmark = pytest.mark.django_db

INBOX = reverse("findings:lead_inbox")


def url(name, lead, **more):
    return reverse(f"findings:{name}", kwargs={"pk": lead.pk} | more)


def three(cast):
    """One open and late with the member, one open that nobody holds, one explained; sources all different."""
    held = leads.a_lead(cast, title="鱼塘租金去向不明", source="ledger")
    yesterday = clock.today() - dt.timedelta(days=1)
    services.assign_lead(actor=cast.leader, lead=held, handler=cast.member)
    Lead.objects.filter(pk=held.pk).update(due_on=yesterday)
    free = leads.a_lead(cast, title="低保名单有车主", source="petition")
    done = leads.concluded(cast, "explain", title="办公费偏高", source="talk")
    return held, free, done


# --- the inbox --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [2, 1, 0]), ({"status": "open"}, [1, 0]), ({"source": "talk"}, [2]), ({"holder": "me"}, [0]),
        ({"holder": "-"}, [2, 1]), ({"late": "1"}, [0]), ({"q": "低保 车主"}, [1]), ({"q": "没有的词"}, []),
        ({"status": "open", "holder": "-"}, [1]), ({"status": "'--"}, [2, 1, 0]),
    ],
)  # fmt: skip
def test_each_choice_shows_its_leads_and_counts_them(cast, query, expected):
    rows = three(cast)
    found = inbox(cast.member, cast.round, LeadFilters.read(query))
    assert [row.pk for row in found.page.rows] == [rows[n].pk for n in expected]
    assert found.count == len(expected)


def test_a_choice_counts_its_alternatives_with_the_other_choices_kept(cast):
    three(cast)
    found = inbox(cast.member, cast.round, LeadFilters.read({"status": "open"}))
    assert {row["label"]: row["count"] for row in found.states} == {"全部": 3, "待核": 2, "有合理解释": 1}
    assert {row["label"]: row["count"] for row in found.sources} == {"账目比对": 1, "信访": 1}
    assert {row["label"]: row["count"] for row in found.holders} == {"我承办": 1, "无人承办": 1}
    assert found.late == 1


def test_the_inbox_of_one_and_of_thirty_asks_the_same_number_of_queries(cast, client):
    client.force_login(cast.member)
    leads.a_lead(cast)
    client.get(INBOX)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(INBOX)
    for number in range(30):
        leads.a_lead(cast, title=f"疑点{number}")
    with CaptureQueriesContext(connection) as many:
        response = client.get(INBOX)
    assert "疑点29" in page(response) and len(many) == len(few)


def test_a_team_does_not_read_the_leads_of_another(cast, client):
    mine = leads.a_lead(cast, title="本组疑点")
    leads.a_lead(cast, actor=cast.outsider, inspection=cast.other_inspection, title="别组疑点")
    client.force_login(cast.member)
    text = page(client.get(INBOX))
    assert "本组疑点" in text and "别组疑点" not in text
    Recusal.objects.create(user=cast.member, village=cast.village_place, relation="kin")
    assert "本组疑点" not in page(client.get(INBOX))
    assert client.get(url("lead", mine)).status_code == 404


# --- one lead ---------------------------------------------------------------------------------------------


def test_a_member_puts_one_in_takes_it_and_explains_it(cast, client):
    client.force_login(cast.member)
    sent = {
        "village": cast.inspection.pk, "title": " 仓库 钥匙  由个人保管 ", "category": papers.category(cast, "E3").pk,
        "text": "<b>三组</b>仓库。", "origin": "走访三组时看见", "_key": "k1",
    }  # fmt: skip
    client.post(reverse("findings:lead_new"), sent)
    lead = Lead.objects.get()
    assert (lead.title, lead.source, lead.text) == ("仓库 钥匙 由个人保管", "team", "<b>三组</b>仓库。")
    shown = page(client.get(url("lead", lead)))
    assert "&lt;b&gt;三组&lt;/b&gt;仓库" in shown and "由我承办" in shown
    client.post(url("lead_claim", lead), {"revision": lead.revision, "_key": "k2"})
    lead = leads.reload(lead)
    assert lead.handler == cast.member
    sent = {"revision": lead.revision, "reason": "有保管约定", "_key": "k3"}
    client.post(url("lead_action", lead, action="explain"), sent)
    assert leads.reload(lead).status == "explained"
    assert "有保管约定" in page(client.get(url("lead", lead)))


def test_a_paper_written_from_a_lead_begins_with_its_words_and_checks_it(cast, client):
    lead = leads.a_lead(cast)
    client.force_login(cast.member)
    begun = f"{reverse('findings:finding_new')}?lead={lead.pk}"
    assert "鱼塘租金去向不明" in page(client.get(begun))
    client.post(begun, typed(cast))
    finding = Finding.objects.get()
    assert lead.checks.get().finding == finding
    assert lead.title in page(client.get(reverse("findings:finding", kwargs={"pk": finding.pk})))


def test_a_paper_of_another_village_is_not_written_from_a_lead(cast, client):
    lead = leads.a_lead(cast, actor=cast.outsider, inspection=cast.other_inspection)
    client.force_login(cast.outsider)
    sent = typed(cast, village=cast.inspection.pk)
    client.post(f"{reverse('findings:finding_new')}?lead={lead.pk}", sent)
    assert not Finding.objects.exists() and not lead.checks.exists()


def test_the_page_offers_what_may_be_linked_and_takes_nothing_else(cast, client):
    lead, item = leads.a_lead(cast), make_item(cast.inspection)
    foreign = make_item(cast.other_inspection)
    client.force_login(cast.member)
    shown = page(client.get(url("lead", lead)))
    assert f"watch_item:{item.pk}" in shown and str(foreign.pk) not in shown
    for number, thing in enumerate(
        ["", "watch_item:", f"lead:{item.pk}", f"watch_item:{foreign.pk}", "talk:x"]
    ):
        client.post(url("lead_link", lead), {"thing": thing, "_key": f"k{number}"})
    assert not lead.checks.exists()
    client.post(url("lead_link", lead), {"thing": f"watch_item:{item.pk}", "_key": "good"})
    assert lead.checks.get().thing == item
    assert f'value="watch_item:{item.pk}"' not in page(client.get(url("lead", lead)))


def test_a_hand_over_without_a_receiver_keeps_the_reason_typed(cast, client):
    lead = leads.a_lead(cast)
    client.force_login(cast.leader)
    sent = {"receiver": " ", "reason": "超出巡察权限", "revision": lead.revision, "_key": "k1"}
    response = client.post(url("lead_hand_over", lead), sent)
    assert response.status_code == 422 and "超出巡察权限" in page(response)
    client.post(url("lead_hand_over", lead), sent | {"receiver": "区纪委监委", "_key": "k2"})
    shown = page(client.get(url("lead", lead)))
    assert "区纪委监委" in shown and leads.reload(lead).status == "handed_over"


def test_the_desk_shows_the_handler_his_leads_and_the_leader_those_nobody_holds(cast, client):
    three(cast)
    client.force_login(cast.member)
    mine = page(client.get(reverse("inspection:desk")))
    assert "鱼塘租金去向不明" in mine and "还没有承办人" not in mine
    client.force_login(cast.leader)
    assert "1条疑点还没有承办人" in page(client.get(reverse("inspection:desk")))


@pytest.mark.parametrize(
    ("name", "label"),
    [("findings:lead_inbox", "疑点"), ("findings:talks", "谈话"), ("surveys:index", "问卷调查"),
     ("surveys:town_letters", "结果运用")],
)  # fmt: skip
def test_the_page_one_is_on_is_marked_among_its_neighbours(cast, client, name, label):
    client.force_login(cast.office_clerk)
    text = page(client.get(reverse(name)))
    assert text.count('aria-current="page">') >= 1 and f'aria-current="page">{label}</a>' in text
    assert text.count("stage-tabs") == 1


def primary(client, lead):
    """What the page says is to be done next, dialogs left out."""
    text = page(client.get(url("lead", lead)))
    outside = re.sub(r"<dialog.*?</dialog>", "", text, flags=re.DOTALL)
    found = re.findall(r'class="btn btn-primary"[^>]*>([^<]*)<', outside)
    return [label for label in found if label != "查找"]


def test_one_button_stands_out_and_it_is_what_comes_next(cast, client):
    client.force_login(cast.member)
    lead = leads.checked(cast)
    assert primary(client, lead) == ["由我承办"]
    services.assign_lead(actor=cast.leader, lead=leads.reload(lead), handler=cast.member)
    assert primary(client, lead) == ["据此建底稿"]
    services.link_lead(actor=cast.member, lead=leads.reload(lead), finding=papers.draft(cast))
    client.force_login(cast.leader)
    assert primary(client, lead) == ["属实…"]


def test_what_may_check_a_lead_stands_by_kind_and_ones_own_first(cast):
    lead = leads.a_lead(cast)
    services.assign_lead(actor=cast.leader, lead=lead, handler=cast.member)
    mine = papers.talk(cast, target_post="甲", recorder=cast.member, talker=cast.leader)
    others = papers.talk(cast, target_post="乙", recorder=cast.deputy, talker=cast.leader)
    make_item(cast.inspection)
    for viewer, first, second in ((cast.member, mine, others), (cast.deputy, others, mine)):
        groups = dict(linkable(viewer, leads.reload(lead)))
        assert list(groups) == ["谈话记录", "待查问题"]
        assert [value for value, _ in groups["谈话记录"]] == [f"talk:{first.pk}", f"talk:{second.pk}"]


@pytest.mark.parametrize(
    ("source", "begins"),
    [
        ("petition", ["信访。登记为疑点"]),
        ("team", []),
        ("watch", []),
        ("talk", ["谈话：来信第7号。登记为疑点"]),
    ],
)
def test_a_petition_is_not_told_apart_and_no_step_comes_without_a_way_of_finding(cast, source, begins):
    lead = leads.a_lead(cast, source=source, origin="来信第7号")
    steps = words_of_lead(leads.reload(lead))["discovery"]
    assert [step["text"].partition(lead.no)[0] for step in steps] == begins
    assert all(step["method"] for step in steps)


def test_a_paper_written_from_a_lead_begins_with_how_it_was_seen_and_checked(cast, client):
    lead = leads.a_lead(cast, source="ledger", origin="资产台账第3行，青巡ZC-1")
    talk = papers.talk(cast)
    visit = papers.field(cast, subject="东侧仓库")
    gone = papers.talk(cast)
    for thing in (
        {"talk": talk},
        {"paper": visit},
        {"talk": gone},
        {"watch_item": make_item(cast.inspection)},
    ):
        services.link_lead(actor=cast.member, lead=leads.reload(lead), **thing)
    Talk.objects.filter(pk=gone.pk).update(deleted_at=clock.now())
    steps = words_of_lead(leads.reload(lead))["discovery"]
    seen, *checked = steps
    assert (seen["on"], seen["method"], seen["people"]) == (
        lead.opened_on,
        "ledger",
        cast.member.display_name,
    )
    assert seen["text"] == f"账目比对：资产台账第3行，青巡ZC-1。登记为疑点{lead.no}“{lead.title}”。"
    assert {step["method"] for step in checked} == {"talk", "visit"} and len(checked) == 2
    told = {step["method"]: step for step in checked}
    assert told["talk"]["people"] == f"{cast.deputy.display_name}、{cast.member.display_name}"
    assert told["talk"]["on"] == dt.date(2026, 3, 6) and "谈话对象甲" not in told["talk"]["text"]
    assert "东侧仓库" in told["visit"]["text"]
    client.force_login(cast.member)
    shown = page(client.get(f"{reverse('findings:finding_new')}?lead={lead.pk}"))
    assert "资产台账第3行" in shown and "东侧仓库" in shown
