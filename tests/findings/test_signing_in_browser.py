"""In a real Chromium, three people and one paper: written, returned, signed, changed, merged, withdrawn."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from findings import services
from findings.models import Finding, Signature
from tests.factories import make_cast
from tests.findings import papers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = ("sign_handler", "sign_deputy", "sign_leader", "file", "return")
# Whoever is not named for a state and step is refused: 403 who sees the paper, 404 who does not.
MAY = {
    ("draft", "sign_handler"): {"member"},
    ("checking", "sign_deputy"): {"deputy"},
    ("checking", "return"): {"deputy", "leader"},
    ("signing", "sign_leader"): {"leader"},
    ("signing", "return"): {"deputy", "leader"},
    ("signed", "file"): {"office_head", "office_clerk"},
    ("signed", "return"): {"leader", "office_head", "office_clerk"},
}
SEES = {"office_head", "office_clerk", "leader", "deputy", "member", "archivist"}
STRANGERS = {"outsider", "town", "village", "discipline", "organisation", "department", "sysadmin"}
# Sends a step as a page of one's own could, token and all.
POST = """async ([url, revision]) => {
  const body = new URLSearchParams({
    csrfmiddlewaretoken: document.querySelector('[name=csrfmiddlewaretoken]').value, revision, reason: '试一试',
  });
  return (await fetch(url, {method: 'POST', body, redirect: 'manual'})).status;
}"""


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def people(browser, live_server, cast):
    """``people(role)``: that person's own browser window; at the end the policy may have refused nothing."""
    windows, problems = {}, []

    def window(role):
        if role not in windows:
            client = Client()
            client.force_login(getattr(cast, role))
            context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
            page = context.new_page()
            page.on("pageerror", lambda error: problems.append(f"{role}: {error}"))
            page.on(
                "console",
                lambda line: problems.append(line.text) if "Content Security" in line.text else None,
            )
            windows[role] = page
        return windows[role]

    yield window
    for page in windows.values():
        page.context.close()
    assert problems == []


def at(page, finding):
    page.goto(f"/mou/digao/{finding.pk}/")
    return page


def signers(finding):
    rows = Signature.objects.filter(finding=finding, cleared_at=None).order_by("at")
    return [row.user.username for row in rows.select_related("user")]


def sign_through(people, finding, *roles):
    for role in roles:
        at(people(role), finding).locator("[data-key=s]").click()
        people(role).wait_for_load_state("networkidle")


def write_in_browser(page, cast):
    """A complete draft, typed into the form and its evidence dialog."""
    page.goto("/mou/digao/xin/")
    page.select_option("#id_village", str(cast.inspection.pk))
    page.fill("#id_title", "集体鱼塘合同到期未收回")
    page.select_option("#id_subcategory", str(papers.category(cast, "E3").pk))
    page.fill("#id_period_from", "2023-07-01")
    page.fill("#id_period_to", "2024-12-31")
    page.fill("#id_summary", "合同到期后未重新发包。")
    page.fill("#id_facts", "2023年7月起未缴租金。")
    page.fill("#id_basis", "《农村集体资产管理办法》第十九条")
    page.get_by_label("账目", exact=True).first.check()
    page.select_option("#id_discovery-0-method", "ledger")
    page.fill("#id_discovery-0-text", "翻看三年明细账。")
    page.fill("#id_response_of_target", "村党组织认可。")
    page.select_option("#id_disposal", "report")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("已保存草稿。")).to_be_visible()
    page.get_by_role("button", name="登记材料或引用记录").click()
    page.fill("dialog[open] [name=name]", "租赁合同复印件")
    page.fill("dialog[open] [name=page_range]", "第1—2页")
    page.locator("dialog[open] button[type=submit]").click()
    page.wait_for_load_state("networkidle")
    return Finding.objects.get()


def change(page, finding, field, text):
    at(page, finding).get_by_role("link", name="修改底稿").click()
    page.fill(field, text)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()


def test_returned_before_the_last_signature_and_signed_under_the_same_number(people, cast):
    leader = people("leader")
    finding = write_in_browser(people("member"), cast)
    sign_through(people, finding, "member", "deputy")
    number = papers.reload(finding).no
    at(leader, finding).locator("[data-key=r]").click()
    leader.fill("dialog[open] textarea", "请补充发包程序的会议记录")
    leader.locator("dialog[open] button[type=submit]").click()
    leader.wait_for_load_state("networkidle")
    assert (papers.reload(finding).status, signers(finding)) == ("returned", [])
    expect(at(people("member"), finding).get_by_text("请补充发包程序的会议记录").first).to_be_visible()
    change(people("member"), finding, "#id_facts", "2023年7月起未缴租金；重新发包没有会议记录。")
    sign_through(people, finding, "member", "deputy", "leader")
    signed = papers.reload(finding)
    assert (signed.status, signed.no) == ("signed", number)
    assert signers(finding) == [cast.member.username, cast.deputy.username, cast.leader.username]


def test_an_edit_under_three_signatures_says_what_it_does_and_all_sign_again(people, cast):
    finding, deputy = papers.signed(cast), people("deputy")
    deputy.goto(f"/mou/digao/{finding.pk}/gai/")
    expect(deputy.get_by_text("现有签名全部失效")).to_be_visible()
    deputy.fill("#id_summary", "合同2023年6月到期后未重新发包。")
    deputy.get_by_role("button", name="保存", exact=True).click()
    expect(deputy.get_by_text("原签名已全部失效")).to_be_visible()
    assert (papers.reload(finding).status, signers(finding)) == ("draft", [])
    expect(at(people("leader"), finding).get_by_text("的签名已失效").first).to_be_visible()
    sign_through(people, finding, "member", "deputy", "leader")
    assert papers.reload(finding).status == "signed"


def test_one_paper_goes_into_another_and_the_kept_one_is_withdrawn_by_the_meeting(people, cast):
    leader = people("leader")
    finding, other = papers.signed(cast), papers.checking(cast, title="鱼塘租金未收")
    at(leader, other).get_by_role("link", name="并入另一份").click()
    leader.select_option("#id_into", str(finding.pk))
    leader.fill("#id_reason", "同一口鱼塘，一并审签")
    leader.get_by_role("button", name="合并", exact=True).click()
    expect(leader.get_by_role("link", name="鱼塘租金未收").first).to_be_visible()
    merged, kept = papers.reload(other), papers.reload(finding)
    assert (merged.status, merged.merged_into_id, merged.no) == ("merged", finding.pk, other.no)
    assert kept.no == finding.no
    assert {item.name for item in kept.evidence.all()} == {item["name"] for item in papers.EVIDENCE}

    at(leader, finding).get_by_role("link", name="撤销底稿").click()
    leader.fill("#id_reason", "合同系历史遗留，镇里已另案处理")
    leader.get_by_role("button", name="撤销这份底稿").click()
    assert papers.reload(finding).status == kept.status
    leader.fill("#id_group_decision", "3月20日组务会，全体参加，一致同意撤销。")
    leader.get_by_role("button", name="撤销这份底稿").click()
    expect(leader.get_by_text("本底稿已撤销").first).to_be_visible()
    gone = papers.reload(finding)
    assert (gone.status, gone.no) == ("withdrawn", finding.no)
    assert "一致同意撤销" in gone.group_decision


@pytest.mark.parametrize("state", ["draft", "checking", "signing", "signed"])
def test_a_wrong_person_is_refused_whatever_the_page_shows(state, people, cast):
    finding = getattr(papers, state)(cast)
    before = Finding.objects.filter(pk=finding.pk).values().get()
    for role in sorted(SEES | STRANGERS):
        page = people(role)
        page.goto("/")
        for step in STEPS:
            if role in MAY.get((state, step), set()):
                continue
            status = page.evaluate(POST, [f"/mou/digao/{finding.pk}/banli/{step}/", str(finding.revision)])
            assert (role, step, status) == (role, step, 403 if role in SEES else 404)
    assert Finding.objects.filter(pk=finding.pk).values().get() == before


def test_two_editors_meet_and_both_texts_stand_in_the_end(people, cast):
    finding = papers.draft(cast, facts="合同到期。租金未收。")
    deputy = people("deputy")
    deputy.goto(f"/mou/digao/{finding.pk}/gai/")
    services.edit_finding(
        actor=cast.member,
        finding=finding,
        revision=finding.revision,
        values={"facts": "合同到期。租金未收。甲已问过会计。", "root_cause": "监督缺位。"},
    )
    deputy.fill("#id_title", "鱼塘到期未收回")
    deputy.fill("#id_facts", "合同到期。租金未收。乙已看过合同。")
    deputy.get_by_role("button", name="保存", exact=True).click()
    expect(deputy.get_by_text("有人先保存了这条记录")).to_be_visible()
    expect(deputy.locator("#id_root_cause")).to_have_value("监督缺位。")
    deputy.get_by_role("button", name="用对方的").click()
    expect(deputy.locator("#id_facts")).to_have_value("合同到期。租金未收。甲已问过会计。")
    deputy.get_by_role("button", name="两段都留").click()
    deputy.get_by_role("button", name="保存", exact=True).click()
    expect(deputy.get_by_text("已保存。")).to_be_visible()
    stored = papers.reload(finding)
    assert stored.facts == "合同到期。租金未收。乙已看过合同。甲已问过会计。"
    assert (stored.title, stored.root_cause) == ("鱼塘到期未收回", "监督缺位。")
