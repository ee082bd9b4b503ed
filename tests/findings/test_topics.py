"""Topics for special reports: collected beside the papers, with what is still thin told in figures."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from findings import services
from findings.models import Topic, TopicPaper
from findings.selectors.topics import topics_of
from tests.factories import make_inspection, make_village
from tests.findings import papers
from tests.findings.test_views import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cast):
    return services.add_topic(actor=cast.office_clerk, round=cast.round, name="农村三资", asks="底数清不清")


def put(cast, topic, finding, note=""):
    return services.put_to_topic(actor=finding.handler, finding=finding, topic=topic, note=note)


def line(cast, who="leader"):
    return topics_of(getattr(cast, who), cast.round)[0]


def test_a_topic_adds_up_what_was_put_to_it_and_says_what_is_thin(cast, topic):
    villages = [make_inspection(cast.team, make_village(cast.town_place)) for _ in range(3)]
    assert line(cast).thin == ["还没有底稿"]
    put(cast, topic, papers.signed(cast, amount="1000.50", severity="key"))
    put(cast, topic, papers.draft(cast, amount="200", severity="ordinary", inspection=villages[0]))
    put(cast, topic, papers.draft(cast, evidence=[], amount=None, severity="key", inspection=villages[0]))
    found = line(cast)
    assert (found.papers, found.villages, found.key, found.signed) == (3, 2, 2, 1)
    assert found.amount == Decimal("1200.50")
    assert found.thin == ["只有3份底稿", "1份佐证不足两类", "2份还没有审签", "没有共性问题"]


def test_few_villages_of_many_are_said_to_be_few(cast, topic):
    for _ in range(3):
        make_inspection(cast.team, make_village(cast.town_place))
    put(cast, topic, papers.draft(cast))
    assert "只涉及1个村（社区），共4个" in line(cast).thin


def test_what_carries_a_report_is_not_called_thin(cast, topic):
    for _ in range(5):
        put(cast, topic, papers.signed(cast, commonality="common"))
    assert line(cast).thin == []


def test_papers_put_aside_no_longer_count(cast, topic):
    put(cast, topic, papers.draft(cast))
    finding = papers.signed(cast)
    put(cast, topic, finding)
    services.withdraw_finding(actor=cast.leader, finding=finding, reason="不成立", group_decision="同意")
    assert line(cast).papers == 1


def test_a_topic_adds_up_only_what_its_reader_may_see(cast, topic):
    put(cast, topic, papers.draft(cast))
    foreign = papers.draft(cast, handler=cast.outsider, inspection=cast.other_inspection)
    put(cast, topic, foreign)
    assert (line(cast).papers, line(cast, "office_clerk").papers) == (1, 2)


def test_putting_a_paper_to_a_topic_leaves_its_signatures_alone(cast, topic):
    finding = papers.signed(cast)
    before = list(finding.signatures.filter(cleared_at=None).values_list("content_hash", flat=True))
    put(cast, topic, finding)
    finding = papers.reload(finding)
    after = list(finding.signatures.filter(cleared_at=None).values_list("content_hash", flat=True))
    assert finding.status == "signed" and after == before and len(after) == 3


def test_once_is_once_and_the_later_note_stands(cast, topic):
    finding = papers.draft(cast)
    first = put(cast, topic, finding, "资产没有入账")
    put(cast, topic, finding)
    again = put(cast, topic, finding, "资产没有入账，也没有公示")
    assert again.pk == first.pk and TopicPaper.objects.get().note == "资产没有入账，也没有公示"


def test_taking_a_paper_out_leaves_a_trace_on_the_paper(cast, topic):
    finding = papers.draft(cast)
    row = put(cast, topic, finding)
    services.take_from_topic(actor=cast.deputy, row=row, revision=row.revision)
    entry = AuditEntry.objects.filter(verb="findings.topic.take").get()
    assert (entry.target_id, entry.reason) == (
        str(finding.pk),
        "农村三资",
    ) and not TopicPaper.objects.exists()


def test_a_closed_topic_takes_nothing_more_and_can_be_opened_again(cast, topic):
    values = {"name": topic.name, "asks": topic.asks}
    services.edit_topic(actor=cast.leader, topic=topic, revision=topic.revision, closed=True, **values)
    finding, closed = papers.draft(cast), Topic.objects.get()
    with pytest.raises(NotAllowed, match="已停止收集"):
        put(cast, closed, finding)
    services.edit_topic(actor=cast.leader, topic=closed, revision=closed.revision, closed=False, **values)
    put(cast, Topic.objects.get(), finding)


def test_a_name_stands_once_in_a_round_and_is_not_empty(cast, topic):
    for name in (" ", " 农村三资 "):
        with pytest.raises(ServiceError):
            services.add_topic(actor=cast.office_clerk, round=cast.round, name=name)


@pytest.mark.parametrize(
    ("who", "may"),
    [("office_head", True), ("office_clerk", True), ("leader", True), ("deputy", True), ("member", False),
     ("town", False), ("village", False), ("sysadmin", False)],
)  # fmt: skip
def test_who_sets_topics(cast, who, may):
    actor = getattr(cast, who)
    if may:
        services.add_topic(actor=actor, round=cast.round, name="选人用人")
    else:
        with pytest.raises(NotAllowed):
            services.add_topic(actor=actor, round=cast.round, name="选人用人")


# --- pages ------------------------------------------------------------------------------------------------


def test_from_the_paper_to_the_topic_and_back_in_the_browser(cast, client, topic):
    finding = papers.draft(cast)
    client.force_login(cast.member)
    at = reverse("findings:finding", args=[finding.pk])
    assert "归入专题" in page(client.get(at))
    sent = {"topic": topic.pk, "note": "<i>没有公示</i>", "_key": "a"}
    client.post(reverse("findings:topic_put", args=[finding.pk]), sent)
    shown = page(client.get(reverse("findings:topic", args=[topic.pk])))
    assert finding.title in shown and "&lt;i&gt;没有公示" in shown
    assert "归入专题</option>" not in page(client.get(at))
    row = TopicPaper.objects.get()
    client.post(reverse("findings:topic_take", args=[row.pk]), {"revision": row.revision, "_key": "b"})
    assert finding.title not in page(client.get(reverse("findings:topic", args=[topic.pk])))


def test_an_unknown_topic_is_refused_with_a_sentence(cast, client, topic):
    finding = papers.draft(cast)
    client.force_login(cast.member)
    for number, key in enumerate(["", "x", finding.pk]):
        at = reverse("findings:topic_put", args=[finding.pk])
        assert "请选择专题" in page(client.post(at, {"topic": key, "_key": f"k{number}"}, follow=True))
    assert not TopicPaper.objects.exists()


def test_the_board_of_one_and_of_many_asks_the_same_number_of_queries(cast, client, topic):
    client.force_login(cast.leader)
    at = reverse("findings:topics")
    put(cast, topic, papers.draft(cast))
    client.get(at)
    with CaptureQueriesContext(connection) as few:
        client.get(at)
    for number in range(6):
        more = services.add_topic(actor=cast.leader, round=cast.round, name=f"专题{number}")
        put(cast, more, papers.draft(cast))
    with CaptureQueriesContext(connection) as many:
        text = page(client.get(at))
    assert "专题5" in text and len(many) == len(few)
