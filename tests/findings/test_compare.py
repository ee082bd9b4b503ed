"""Two papers side by side: what differs is marked, nobody sees a foreign one, and merging begins from there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.differences import marked
from findings import services
from findings.selectors.compare import compare_papers
from tests.factories import make_inspection, make_village
from tests.findings import papers

pytestmark = pytest.mark.django_db


def url(left, right=None):
    address = reverse("findings:compare", kwargs={"pk": left.pk})
    return f"{address}?b={right.pk}" if right is not None else address


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("一样", "一样", ("一样", "一样")),
        ("欠缴租金5万元", "欠缴租金6万元", ("欠缴租金<mark>5</mark>万元", "欠缴租金<mark>6</mark>万元")),
        ("甲乙丙", "丁戊己", ("<mark>甲乙丙</mark>", "<mark>丁戊己</mark>")),
        ("", "有", ("", "<mark>有</mark>")),
        ("<b>一二三", "<b>一二", ("&lt;b&gt;一二<mark>三</mark>", "&lt;b&gt;一二")),
        ("鱼𠮷塘", "鱼塘", ("鱼<mark>𠮷</mark>塘", "鱼塘")),
    ],
)
def test_what_differs_is_marked_and_nothing_is_taken_for_html(left, right, expected):
    assert marked(left, right) == expected


def test_very_long_texts_are_marked_whole():
    left, right = "租" * 5000, "租" * 4999 + "金"
    assert marked(left, right) == (f"<mark>{left}</mark>", f"<mark>{right}</mark>")


def test_every_part_of_both_papers_stands_in_a_row(cast):
    one = papers.signed(cast, title="鱼塘甲", amount="100.00", facts="甲事实")
    two = papers.draft(cast, title="鱼塘乙", amount="200.00", facts="乙事实")
    rows = {row.label: row for row in compare_papers(one, two)}
    assert rows["主要特征"].left == "鱼塘<mark>甲</mark>" and rows["主要特征"].right == "鱼塘<mark>乙</mark>"
    assert not rows["涉及金额（元）"].same and rows["村（社区）"].same and rows["政策依据"].same
    assert "租赁合同复印件" in rows["支撑材料"].left
    assert cast.leader.display_name in rows["签名"].left and "未签" in rows["签名"].right
    assert "待查说明" not in rows


def test_the_page_shows_both_and_leads_to_merging(cast, client):
    one, two = papers.checking(cast, title="甲塘"), papers.draft(cast, title="乙塘<i>")
    client.force_login(cast.deputy)
    page = text(client.get(url(one, two)))
    assert "乙塘&lt;i&gt;" in page and "<i>" not in page
    merge = reverse("findings:finding_merge", kwargs={"pk": one.pk})
    assert f'href="{merge}?into={two.pk}"' in page
    response = client.get(f"{merge}?into={two.pk}")
    assert response.context["form"].initial["into"] == two.pk


def test_who_may_not_merge_is_told_why(cast, client):
    one, two = papers.checking(cast), papers.checking(cast)
    client.force_login(cast.member)
    page = text(client.get(url(one, two)))
    assert "合并底稿由副组长或组长办理" in page and "?into=" not in page


def test_papers_of_two_villages_are_compared_but_not_merged(cast, client):
    other = make_inspection(cast.team, make_village(cast.town_place), status="finding")
    one, two = papers.checking(cast), papers.checking(cast, inspection=other)
    client.force_login(cast.leader)
    page = text(client.get(url(one, two)))
    assert "只能并入同一村（社区）的另一份底稿" in page and "?into=" not in page


def test_a_foreign_paper_is_not_there_on_either_side(cast, client):
    own = papers.draft(cast)
    foreign = papers.draft(cast, handler=cast.outsider, inspection=cast.other_inspection)
    client.force_login(cast.leader)
    assert client.get(url(own, foreign)).status_code == 404
    assert client.get(url(foreign, own)).status_code == 404
    assert client.get(url(own) + "?b=x").status_code == 404
    assert client.get(url(own, own)).url == url(own)


def test_the_paper_proposes_what_to_lay_beside_it(cast, client):
    one, alike = papers.draft(cast, title="甲"), papers.draft(cast, title="同类乙")
    other = papers.draft(cast, title="别类丙", category=papers.category(cast, "A"), subcategory=None)
    client.force_login(cast.leader)
    page = text(client.get(url(one)))
    assert all(f"?b={row.pk}" in page for row in (alike, other))
    record = text(client.get(reverse("findings:finding", kwargs={"pk": one.pk})))
    assert url(one, alike) in record and url(one) in record
    services.delete_finding(actor=cast.member, finding=other, revision=other.revision, reason="重复")
    services.delete_finding(actor=cast.member, finding=alike, revision=alike.revision, reason="重复")
    assert "没有可以对比的底稿" in text(client.get(url(one)))


def test_comparing_asks_as_often_for_long_papers_as_for_short_ones(cast, client):
    client.force_login(cast.leader)
    one, two = papers.draft(cast), papers.draft(cast)

    def queries():
        client.get(url(one, two))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(one, two))
        return len(captured)

    before = queries()
    for paper in (one, two):
        items = [{"name": f"材料{n}"} for n in range(3)]
        services.add_evidence(actor=cast.member, finding=papers.reload(paper), items=items)
    assert queries() == before
