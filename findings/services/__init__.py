"""Every write of the stage: papers, their evidence, their signatures, talks, imports, and the end of the stage."""

from findings.selectors.finding_plan import plan_finding_import
from findings.services.answers import lead_from_answer, lead_from_result
from findings.services.earlier import take_over_earlier
from findings.services.evidence import (
    add_evidence,
    edit_evidence,
    move_evidence,
    remove_evidence,
    upload_evidence,
)
from findings.services.imports import (
    commit_finding_import,
    commit_staged_import,
    discard_finding_import,
    stage_finding_import,
)
from findings.services.leads import (
    LEAD_FIELDS,
    assign_lead,
    edit_lead,
    link_lead,
    open_lead,
    step_lead,
    watch_lead,
)
from findings.services.merging import merge_finding
from findings.services.papers import (
    add_comment,
    add_person,
    create_finding,
    delete_finding,
    edit_finding,
    remove_person,
    request_paper,
    restore_finding,
)
from findings.services.signing import (
    file_finding,
    return_finding,
    sign_as_deputy,
    sign_as_handler,
    sign_as_leader,
    sign_many,
    withdraw_finding,
)
from findings.services.stage import finish_findings
from findings.services.talks import (
    create_talk,
    delete_talk,
    edit_talk,
    restore_talk,
    return_talk,
    sign_talk,
    submit_talk,
)

__all__ = [
    "LEAD_FIELDS",
    "add_comment",
    "add_evidence",
    "add_person",
    "assign_lead",
    "commit_finding_import",
    "commit_staged_import",
    "create_finding",
    "create_talk",
    "delete_finding",
    "delete_talk",
    "discard_finding_import",
    "edit_evidence",
    "edit_finding",
    "edit_lead",
    "edit_talk",
    "file_finding",
    "finish_findings",
    "lead_from_answer",
    "lead_from_result",
    "link_lead",
    "merge_finding",
    "move_evidence",
    "open_lead",
    "plan_finding_import",
    "remove_evidence",
    "remove_person",
    "request_paper",
    "restore_finding",
    "restore_talk",
    "return_finding",
    "return_talk",
    "sign_as_deputy",
    "sign_as_handler",
    "sign_as_leader",
    "sign_many",
    "sign_talk",
    "stage_finding_import",
    "step_lead",
    "submit_talk",
    "take_over_earlier",
    "upload_evidence",
    "watch_lead",
    "withdraw_finding",
]
