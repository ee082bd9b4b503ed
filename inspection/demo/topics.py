"""Topics of the demo's running round, with papers of all teams put to them while they work."""

from typing import Any

from findings import services
from findings.models import Finding
from inspection.demo import cast

# Topic, what its report must answer, second-level categories that belong to it, how many papers.
TOPICS = (
    ("农村三资管理", "家底清不清，合同管不管得住，收入是否及时足额入账。", ("E1", "E2", "E3"), 14),
    ("村级工程建设", "立项、招标、验收、付款各环节有没有走样，群众知不知情。", ("E4",), 4),
    ("惠民补贴落实", "该享受的有没有漏，不该享受的有没有占，发放是否公开。", ("E5",), 6),
    ("村级班子建设", "议事决策、党员发展、干部履职中的突出问题和原因。", ("C1", "C2", "C3"), 9),
)


def collect(number: int) -> Any:
    """Set the topics of a round and put the papers of their categories to them."""
    round_ = cast.the_round(number)
    for name, asks, codes, most in TOPICS:
        topic = services.add_topic(actor=cast.office(), round=round_, name=name, asks=asks)
        rows = Finding.objects.alive().filter(round=round_, subcategory__code__in=codes)
        for finding in rows.exclude(status__in=Finding.PUT_ASIDE).order_by("id")[:most]:
            services.put_to_topic(actor=finding.handler, finding=finding, topic=topic)
    return round_
