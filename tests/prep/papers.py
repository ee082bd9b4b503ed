"""Sets of papers for tests."""

from core.audit import SYSTEM
from core.files import store_bytes
from prep.models import FormSet


def make_set(cast, of, **over):
    """A finished set of one village, with the team's archivist as keeper."""
    values = {
        "round": of.round,
        "team": of.team,
        "inspection": of,
        "made_by": cast.office_clerk,
        "keeper": cast.archivist if of == cast.inspection else None,
        "village_count": 1,
        "paper_count": 28,
    }
    file = store_bytes(actor=SYSTEM, name="成套表单.zip", content=b"PK\x05\x06" + bytes(18))
    return FormSet.objects.create(**values | {"file": file} | over)
