"""Work of this stage that is too long for a request; one module per matter, each named here."""

from findings.jobs import common, papers, petitions, tables

__all__ = ["common", "papers", "petitions", "tables"]
