"""How well a problem is supported: pieces, kinds of source, and the spread over a round."""

from typing import Any

from findings.models import Finding


def evidence_figures(finding: Finding) -> dict[str, Any]:
    """How the paper is supported now: pieces, kinds of source, number of independent kinds."""
    kinds = list(finding.evidence.order_by("kind").values_list("kind", flat=True))
    distinct = sorted(set(kinds))
    return {"evidence_count": len(kinds), "evidence_kinds": distinct, "strength": len(distinct)}
