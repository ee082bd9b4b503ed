"""The way of an official paper: draft, issued, void."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from prep.models import PaperStatus
from prep.rules import official as rules

S = PaperStatus

PAPER = Workflow(
    field="status",
    states=PaperStatus,
    verb_prefix="prep.paper",
    transitions=[
        Transition(
            "issue", "印发", frozenset({S.DRAFT}), S.ISSUED, lambda user, paper: rules.can_issue_paper(user, paper),
            style="primary", confirm="印发后文字固定，文号不能再用于别的公文。",
        ),
        Transition(
            "void", "作废", frozenset({S.DRAFT, S.ISSUED}), S.VOID,
            lambda user, paper: rules.can_write_papers(user), wants_reason=True, style="danger",
        ),
    ],
)  # fmt: skip

name_verbs(
    {
        "prep.paper_draft": "起草公文",
        "prep.paper_edit": "修改公文",
        "prep.paper_recompose": "按最新数据重新起草",
        "prep.contact_save": "填写联系方式",
    }
)
