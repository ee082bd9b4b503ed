"""What the pages, documents and later stages read of a report."""

from reports.selectors.facts import printed_findings, report_facts
from reports.selectors.support import Gap, Support, gaps, supports

__all__ = ["Gap", "Support", "gaps", "printed_findings", "report_facts", "supports"]
