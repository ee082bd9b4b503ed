"""A round with something to file: signed findings with evidence, an issued report, feedback, a ledger."""

import datetime as dt
import io
import zipfile

from core.files import store_bytes
from findings.models import EvidenceItem
from rectification import services as rectification
from tests.rectification.ledger import photo
from tests.reports.papers import make_finding, name_person
from tests.reports.stages import fed_back
from villages.models import spine


def attach(finding, seq=1, **over):
    """One stored material of a finding."""
    file = store_bytes(
        actor=finding.handler, name=f"材料{seq}.csv", content=f"凭证,金额\n{seq},100\n".encode()
    )
    values = {"finding": finding, "seq": seq, "name": f"记账凭证{seq}", "kind": "ledger", "file": file}
    return EvidenceItem.objects.create(**spine(finding.inspection), **values | over)


def make_papers(cast):
    """Two findings of the own village and one of another team's, each with evidence, up to a closed item."""
    first = make_finding(cast, amount="23100.00")
    second = make_finding(cast, code="D", title="财务公开不及时", summary="二季度未公开")
    name_person(first, "钟怀瑾")
    attach(first), attach(second)
    attach(first, seq=2, name="举报信复印件", kind="petition")
    foreign = make_finding(cast, cast.other_inspection, title="外组的问题")
    attach(foreign)
    feedback = fed_back(cast, day=dt.date(2026, 4, 25))
    items = rectification.create_items_from_feedback(actor=cast.office_clerk, feedback=feedback)
    item = rectification.acknowledge_item(actor=cast.town, item=items[0])
    item = rectification.submit_plan(actor=cast.town, item=item, plan="限期整改")
    rectification.report_done(actor=cast.town, item=item, result="已整改", photos=[photo()])
    return feedback


def unpack(content, folder):
    """Take a package out into ``folder`` and return the bag's own folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        package.extractall(folder)
        return folder / package.namelist()[0].split("/")[0]
