"""Work of preparation that is too long for a request; one module per matter, each named here."""

from prep.jobs import form_sets, official, outlines, plan, profile, rulebook, watch

__all__ = ["form_sets", "official", "outlines", "plan", "profile", "rulebook", "watch"]
