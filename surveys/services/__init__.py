"""Every write of the survey, one module per matter."""

from surveys.services.builder import (
    arrange_items,
    change_questionnaire,
    copy_questionnaire,
    create_questionnaire,
    drop_questionnaire,
    remove_item,
    rename_aspect,
    request_questionnaire,
    save_item,
)
from surveys.services.counts import save_counts
from surveys.services.entry import (
    create_batch,
    discard_batch,
    hand_on_batch,
    keep_sheets,
    recount_batch,
    settle_sheet,
    store_batch,
)
from surveys.services.guard import count_invalid, drop_old_tries
from surveys.services.imports import (
    commit_answer_import,
    discard_answer_import,
    import_answers,
    preview_answer_import,
)
from surveys.services.mixing import mix_all, mix_answers, record_mixing
from surveys.services.phone import Outcome, submit_phone_answer
from surveys.services.planning import load_groups, remove_occasion, save_group, save_occasion, save_plan
from surveys.services.questionnaire import load_questionnaire
from surveys.services.results import lock_results
from surveys.services.slips import SlipCard, issue_slips, void_slips
from surveys.services.survey import close_survey, create_survey, finish_survey, forget_survey, open_survey

__all__ = [
    "Outcome",
    "SlipCard",
    "arrange_items",
    "change_questionnaire",
    "close_survey",
    "commit_answer_import",
    "copy_questionnaire",
    "count_invalid",
    "create_batch",
    "create_questionnaire",
    "create_survey",
    "discard_answer_import",
    "discard_batch",
    "drop_old_tries",
    "drop_questionnaire",
    "finish_survey",
    "forget_survey",
    "hand_on_batch",
    "import_answers",
    "issue_slips",
    "keep_sheets",
    "load_groups",
    "load_questionnaire",
    "lock_results",
    "mix_all",
    "mix_answers",
    "open_survey",
    "preview_answer_import",
    "record_mixing",
    "recount_batch",
    "remove_item",
    "remove_occasion",
    "rename_aspect",
    "request_questionnaire",
    "save_counts",
    "save_group",
    "save_item",
    "save_occasion",
    "save_plan",
    "settle_sheet",
    "store_batch",
    "submit_phone_answer",
    "void_slips",
]
