"""Every paper of the last three stages is valid to validators that know nothing of our writers."""

import datetime as dt

import pytest

from archives.documents import CatalogueRow, catalogue_xlsx
from rectification.documents import ledger_xlsx
from rectification.selectors.papers import ledger_paper
from reports.documents import feedback_docx, issue_list_xlsx, report_docx, town_list_xlsx
from reports.selectors.papers import feedback_paper, report_paper, town_list, village_list
from tests.core.ooxml import assert_valid
from tests.rectification.ledger import make_item
from tests.reports.papers import make_finding, more_villages
from tests.reports.stages import fed_back

DAY = dt.date(2026, 4, 25)


@pytest.fixture
def feedback(cast):
    (second,) = more_villages(cast, "石塘村")
    for inspection in (cast.inspection, second):
        make_finding(cast, inspection, title="公开不及时", code="D", commonality="common", amount="10.00")
    make_finding(cast, title="𠮷田<&>\"'", summary="_x000D_ =1+1 ‮\n第二段", amount="23100.00")
    return fed_back(cast)


@pytest.mark.parametrize(
    "make",
    [
        lambda cast, feedback: report_docx(report_paper(feedback.report)),
        lambda cast, feedback: issue_list_xlsx(village_list(feedback.report, "云溪村")),
        lambda cast, feedback: town_list_xlsx(*town_list(feedback.report)),
        lambda cast, feedback: feedback_docx(feedback_paper(feedback)),
        lambda cast, feedback: ledger_xlsx(ledger_paper(cast.office_clerk, cast.round, DAY)),
        lambda cast, feedback: catalogue_xlsx(
            "本轮", "巡察办", DAY,
            [CatalogueRow(1, "报告", "", "", "巡察组", "报告", None, None, "永久", "data/1.docx", 1, "0" * 64)],
        ),
    ],
    ids=["report", "village list", "town list", "feedback", "ledger", "catalogue"],
)  # fmt: skip
def test_the_file_is_valid(cast, feedback, make, tmp_path):
    make_item(cast)
    assert_valid(make(cast, feedback), tmp_path)
