"""Setting topics for special reports, and putting papers to them while the round is in the villages."""

from typing import Any

from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.text import clean
from findings import rules
from findings.models import Finding, Topic, TopicPaper
from villages.models import Round, spine


@transaction.atomic
def add_topic(*, actor: Any, round: Round, name: str, asks: str = "") -> Topic:
    """Set a topic; its name is unique in the round."""
    demand(rules.can_manage_topics(actor, round))
    row = Topic(round=round, name=_name(round, name), asks=clean(asks).strip())
    return records.create(row, actor=actor, verb="findings.topic.add")


@transaction.atomic
def edit_topic(
    *, actor: Any, topic: Topic, revision: int, name: str, asks: str, closed: bool = False
) -> Topic:
    """Reword a topic, stop collecting for it or go on."""
    demand(rules.can_manage_topics(actor, topic.round))
    changes: dict[str, Any] = {"name": _name(topic.round, name, topic), "asks": clean(asks).strip()}
    changes |= {"closed_on": (topic.closed_on or clock.today()) if closed else None}
    return records.update(topic, actor=actor, verb="findings.topic.edit", revision=revision, changes=changes)


def _name(round_: Round, name: str, own: Topic | None = None) -> str:
    text = " ".join(clean(name).split())[:40]
    if not text:
        raise ServiceError("请填写专题名称。", "name")
    others = Topic.objects.filter(round=round_, name=text).exclude(pk=own.pk if own else None)
    if others.exists():
        raise ServiceError(f"本轮次已有专题“{text}”。", "name")
    return text


@transaction.atomic
def put_to_topic(*, actor: Any, finding: Finding, topic: Topic, note: str = "") -> TopicPaper:
    """Say that the paper belongs to the topic and what it shows there; said again, the new note stands."""
    demand(rules.can_put_to_topic(actor, finding))
    demand(rules.can_collect_for(topic))
    if topic.round_id != finding.round_id:
        raise ServiceError("只能归入本轮次的专题。", "topic")
    text = clean(note).strip()[:200]
    known = TopicPaper.objects.filter(topic=topic, finding=finding).first()
    if known is None:
        row = TopicPaper(**spine(finding.inspection), topic=topic, finding=finding, note=text)
        return records.create(row, actor=actor, verb="findings.topic.put")
    if not text or text == known.note:
        return known
    return records.update(
        known, actor=actor, verb="findings.topic.put", revision=None, changes={"note": text}
    )


@transaction.atomic
def take_from_topic(*, actor: Any, row: TopicPaper, revision: int) -> Topic:
    """The paper does not belong to the topic after all; the paper itself is not touched."""
    demand(rules.can_put_to_topic(actor, row.finding))
    if revision != row.revision:
        raise StaleRecord(row)
    topic, finding = row.topic, row.finding
    row.delete()
    audit.record(actor=actor, verb="findings.topic.take", target=finding, reason=topic.name)
    return topic
