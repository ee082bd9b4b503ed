"""What the review list opens with, which keys it names, and the one number a paper has on every page."""

import pytest
from django.urls import reverse
from lxml import html

from core import saved_views
from tests.findings import papers
from tests.findings.test_views import page, url

pytestmark = pytest.mark.django_db


def test_the_list_opens_on_what_waits_and_everything_is_one_click_away(cast, client):
    papers.signing(cast, title="等组长审签")
    papers.checking(cast, title="等副组长复核")
    papers.draft(cast, title="组员的草稿")
    address = reverse("findings:review")
    waits = {cast.leader: "等组长审签", cast.deputy: "等副组长复核", cast.member: "组员的草稿"}
    for person, title in waits.items():
        client.force_login(person)
        assert client.get(address).url == f"{address}?status=mine"
        opened = client.get(address, follow=True)
        assert [row.title for row in opened.context["page"].rows] == [title]
        assert '<a class="pill" href="?all=1">全部<span class="pill-count">3</span></a>' in page(opened)
        assert "待我办理" in page(opened) and "现在没有等您办理的底稿" not in page(opened)
    assert len(client.get(f"{address}?all=1").context["page"].rows) == 3


def test_where_nothing_waits_the_list_says_so_and_shows_everything(cast, client):
    paper = papers.signing(cast)
    client.force_login(cast.deputy)
    opened = client.get(reverse("findings:review"))
    assert [row.pk for row in opened.context["page"].rows] == [paper.pk]
    assert "现在没有等您办理的底稿，下面是全部底稿。" in page(opened) and "待我办理" not in page(opened)
    left = client.get(f"{reverse('findings:review')}?status=mine", follow=True)
    assert left.redirect_chain[-1][0].endswith("?all=1") and "现在没有等您办理" in page(left)


def test_the_own_default_goes_before_what_waits(cast, client):
    papers.signing(cast)
    view = saved_views.save_view(actor=cast.leader, page="findings:review", name="重点", query="severity=key")
    saved_views.choose_default(actor=cast.leader, view=view)
    client.force_login(cast.leader)
    address = reverse("findings:review")
    assert client.get(address).url == f"{address}?severity=key&view={view.pk}"


@pytest.mark.parametrize(
    ("person", "keys"),
    [
        ("leader", "J K S R C X V / ?"),
        ("deputy", "J K S R C X V / ?"),
        ("office_clerk", "J K S R C X V / ?"),
        ("member", "J K S C X V / ?"),
        ("outsider", "J K S C X V / ?"),
    ],
)
def test_the_keys_named_are_those_the_person_may_use(person, keys, cast, client):
    papers.signing(cast)
    client.force_login(getattr(cast, person))
    shown = html.fromstring(page(client.get(f"{reverse('findings:review')}?all=1")))
    named = shown.xpath("//dialog[@id='keys-help']//kbd/text()")
    assert named == keys.split()
    beside = shown.xpath("//*[contains(@class, 'keys-help')]//kbd/text()")
    assert beside == [key for key in named if key not in ("V", "/", "?")]
    words = shown.get_element_by_id("keys-help").text_content()
    signs = {"leader": "审签", "deputy": "提交复核、复核", "office_clerk": "备案"}.get(person, "提交复核")
    assert f"签名（轮到您时）：{signs}" in words and ("批量签名" in words) == ("R" in keys)


def test_a_paper_before_its_signature_has_one_number_on_every_page(cast, client):
    paper = papers.draft(cast)
    client.force_login(cast.member)
    team = cast.team.number
    pages = [
        client.get(f"{reverse('findings:review')}?at={paper.pk}"),
        client.get(url("finding", paper)),
        client.get(url("finding", paper) + "?pane=1"),
        client.get(url("finding_edit", paper)),
    ]
    for response in pages:
        assert f"预{team}-01" in page(response) and "未编号" not in page(response)
    # Written out in full nowhere but on the paper's own page, among what was registered of it, and where it is printed:
    # what lies on a desk must say of which round and village it is.
    assert [paper.draft_no in page(response) for response in pages] == [False, True, False, False]
    assert f"{paper.draft_no}（预编号）" in page(client.get(url("finding_print", paper)))
