"""Work of preparation that is too long for a request; one module per matter, each named here."""

from prep.jobs import outlines, plan, watch

__all__ = ["outlines", "plan", "watch"]
