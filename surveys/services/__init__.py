"""Every write of the survey, one module per matter."""

from surveys.services.ballot_imports import commit_ballots, discard_ballots, import_ratings, preview_ballots
from surveys.services.ballots import enter_ballots
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
from surveys.services.rating import close_rating, create_rating, lock_rating, open_rating, save_subjects
from surveys.services.rating_counts import add_count, correct_count, remove_count, reopen_count, sign_count
from surveys.services.results import lock_results
from surveys.services.slips import SlipCard, issue_slips, void_slips
from surveys.services.survey import close_survey, create_survey, finish_survey, forget_survey, open_survey

__all__ = [
    "Outcome",
    "SlipCard",
    "add_count",
    "arrange_items",
    "change_questionnaire",
    "close_rating",
    "close_survey",
    "commit_answer_import",
    "commit_ballots",
    "copy_questionnaire",
    "correct_count",
    "count_invalid",
    "create_batch",
    "create_questionnaire",
    "create_rating",
    "create_survey",
    "discard_answer_import",
    "discard_ballots",
    "discard_batch",
    "drop_old_tries",
    "drop_questionnaire",
    "enter_ballots",
    "finish_survey",
    "forget_survey",
    "hand_on_batch",
    "import_answers",
    "import_ratings",
    "issue_slips",
    "keep_sheets",
    "load_groups",
    "load_questionnaire",
    "lock_rating",
    "lock_results",
    "mix_all",
    "mix_answers",
    "open_rating",
    "open_survey",
    "preview_answer_import",
    "preview_ballots",
    "record_mixing",
    "recount_batch",
    "remove_count",
    "remove_item",
    "remove_occasion",
    "rename_aspect",
    "reopen_count",
    "request_questionnaire",
    "save_counts",
    "save_group",
    "save_item",
    "save_occasion",
    "save_plan",
    "save_subjects",
    "settle_sheet",
    "sign_count",
    "store_batch",
    "submit_phone_answer",
    "void_slips",
]
