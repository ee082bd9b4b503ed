"""Who asks for documents, signs for them, takes and returns them: the team; signing is the leader's."""

from typing import Any

from core.verdict import ALLOW, Verdict, deny
from findings.models import Loan, LoanStatus
from findings.rules.membership import writes_in
from prep import rules as prep_rules
from villages.access import has_post


def can_handle_loan(user: Any, loan: Loan) -> Verdict:
    """Take, return or drop a document: any member of the team."""
    return writes_in(user, loan)


def can_sign_loan(user: Any, loan: Loan) -> Verdict:
    """Sign that the document is asked for: those who lead the team."""
    if not (verdict := writes_in(user, loan)):
        return verdict
    if not has_post(user, loan, *prep_rules.LEADING):
        return deny("调阅清单由本组组长、副组长签字。")
    return ALLOW


def can_edit_loan(user: Any, loan: Loan) -> Verdict:
    """Change what is asked for: only before it is signed."""
    if not (verdict := writes_in(user, loan)):
        return verdict
    if loan.status != LoanStatus.LISTED:
        return deny("清单已签字，不再改动；不需要的可以注明不再调阅。", visible=False)
    return ALLOW
