"""What changed since I last looked: marks, filter, and the changes themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from findings import services
from findings.models import Finding, Look
from findings.selectors.review import ReviewFilters, review_list
from tests.findings import papers

pytestmark = pytest.mark.django_db


def marks(cast, viewer, **chosen):
    listed = review_list(viewer, cast.round, ReviewFilters.read(chosen))
    return {row.title: row.mark for row in listed.page.rows}, listed.changed_count


def edit(cast, finding, **values):
    now = papers.reload(finding)
    services.edit_finding(actor=cast.member, finding=now, revision=now.revision, values=values)
    return papers.reload(finding)


def opened(client, finding):
    return client.get(reverse("findings:finding", kwargs={"pk": finding.pk}) + "?pane=1").content.decode()


@pytest.fixture
def two(cast):
    return cast, papers.draft(cast, title="鱼塘"), papers.draft(cast, title="补贴")


def test_a_paper_is_new_then_seen_then_changed(two, client):
    cast, pond, _ = two
    client.force_login(cast.leader)
    assert marks(cast, cast.leader) == ({"鱼塘": "new", "补贴": "new"}, 0)
    opened(client, pond)
    assert marks(cast, cast.leader) == ({"鱼塘": "", "补贴": "new"}, 0)
    edit(cast, pond, facts="又查到一年。")
    assert marks(cast, cast.leader) == ({"鱼塘": "changed", "补贴": "new"}, 1)
    assert marks(cast, cast.leader, changed="1") == ({"鱼塘": "changed"}, 1)
    assert marks(cast, cast.deputy) == ({"鱼塘": "new", "补贴": "new"}, 0)


def test_the_pane_tells_field_by_field_who_changed_what_and_only_since_then(two, client):
    cast, pond, _ = two
    edit(cast, pond, facts="第一稿事实")
    client.force_login(cast.leader)
    assert "上次看后有变化" not in opened(client, pond)
    edit(cast, pond, facts="第二稿事实", title="鱼塘租金")
    text = opened(client, pond)
    block = text[text.index("changes-since") : text.index("</details>")]
    assert "上次看后有变化" in block and cast.member.display_name in block
    assert "第一稿事实" in block and "第二稿事实" in block and "主要特征" in block and "鱼塘租金" in block
    assert "新建底稿" not in block
    again = opened(client, pond)
    assert "上一次的变化" in again and "第二稿事实" in again
    assert marks(cast, cast.leader)[0]["鱼塘租金"] == ""


def test_parts_of_a_paper_count_as_changes_too(two, client):
    cast, pond, _ = two
    client.force_login(cast.leader)
    opened(client, pond)
    now = papers.reload(pond)
    services.add_evidence(actor=cast.member, finding=now, items=[{"name": "新照片"}], revision=now.revision)
    assert marks(cast, cast.leader)[1] == 1
    assert "新照片" in opened(client, pond)


def test_ones_own_step_is_no_news(cast, client):
    mine, other = papers.signing(cast, title="甲"), papers.signing(cast, title="乙")
    client.force_login(cast.leader)
    for paper in (mine, other):
        opened(client, paper)
    url = reverse("findings:review_action", kwargs={"pk": mine.pk, "action": "sign_leader"})
    client.post(url, {"revision": mine.revision})
    client.post(reverse("findings:bulk_sign"), {"paper": [f"{other.pk}:{other.revision}"]})
    assert {row.status for row in Finding.objects.all()} == {"signed"}
    assert marks(cast, cast.leader) == ({"甲": "", "乙": ""}, 0)


def test_a_step_refused_because_it_changed_meanwhile_leaves_it_changed(cast, client):
    paper = papers.signing(cast, title="甲")
    client.force_login(cast.leader)
    opened(client, paper)
    edit(cast, paper, facts="又改了。")
    url = reverse("findings:review_action", kwargs={"pk": paper.pk, "action": "sign_leader"})
    client.post(url, {"revision": paper.revision})
    assert marks(cast, cast.leader)[1] == 1


def test_reading_leaves_no_entry_in_the_trail(two, client):
    cast, pond, _ = two
    client.force_login(cast.leader)
    before = AuditEntry.objects.count()
    opened(client, pond)
    opened(client, pond)
    assert (AuditEntry.objects.count(), Look.objects.count()) == (before, 1)


def test_nobody_reads_the_marks_of_another(two, client):
    cast, pond, _ = two
    client.force_login(cast.leader)
    opened(client, pond)
    assert Look.objects.visible_to(cast.leader).count() == 1
    assert Look.objects.visible_to(cast.deputy).count() == 0


def test_the_list_asks_as_often_for_many_marks_as_for_one(cast):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            review_list(cast.leader, cast.round, ReviewFilters(changed="1"))
            review_list(cast.leader, cast.round, ReviewFilters())
        return len(captured)

    def changed():
        paper = papers.draft(cast)
        services.note_look(actor=cast.leader, finding=paper)
        edit(cast, paper, facts="改。")

    changed()
    one = queries()
    changed()
    changed()
    assert queries() == one
