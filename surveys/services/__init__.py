"""Every write of the survey, one module per matter."""

from surveys.services.ballot_imports import commit_ballots, discard_ballots, import_ratings, preview_ballots
from surveys.services.ballots import enter_ballots
from surveys.services.bank import (
    add_question,
    commit_questions,
    discard_questions,
    edit_question,
    load_bank,
    preview_questions,
    request_bank,
)
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
from surveys.services.handover import (
    draft_handover,
    edit_handover,
    end_handover,
    hand_over,
    receive_handover,
    request_handover,
)
from surveys.services.imports import (
    commit_answer_import,
    discard_answer_import,
    import_answers,
    preview_answer_import,
)
from surveys.services.knowledge import (
    create_test,
    edit_test,
    give_codes,
    issue_papers,
    lock_test,
    mark_paper,
    open_test,
    settle_paper,
    submit_paper,
)
from surveys.services.letter_words import LETTER_FIELDS
from surveys.services.mixing import mix_all, mix_answers, record_mixing
from surveys.services.opinions import read_opinions, step_opinion
from surveys.services.papers import request_rating_paper, request_summary, request_test_file
from surveys.services.phone import Outcome, submit_phone_answer
from surveys.services.planning import load_groups, remove_occasion, save_group, save_occasion, save_plan
from surveys.services.questionnaire import load_questionnaire
from surveys.services.rating import close_rating, create_rating, lock_rating, open_rating, save_subjects
from surveys.services.rating_counts import add_count, correct_count, remove_count, reopen_count, sign_count
from surveys.services.results import lock_results
from surveys.services.slips import SlipCard, issue_slips, void_slips
from surveys.services.survey import close_survey, create_survey, finish_survey, forget_survey, open_survey
from surveys.services.town_letters import (
    draft_town_letter,
    edit_town_letter,
    request_town_letter,
    step_town_letter,
)

__all__ = [
    "LETTER_FIELDS",
    "Outcome",
    "SlipCard",
    "add_count",
    "add_question",
    "arrange_items",
    "change_questionnaire",
    "close_rating",
    "close_survey",
    "commit_answer_import",
    "commit_ballots",
    "commit_questions",
    "copy_questionnaire",
    "correct_count",
    "count_invalid",
    "create_batch",
    "create_questionnaire",
    "create_rating",
    "create_survey",
    "create_test",
    "discard_answer_import",
    "discard_ballots",
    "discard_batch",
    "discard_questions",
    "draft_handover",
    "draft_town_letter",
    "drop_old_tries",
    "drop_questionnaire",
    "edit_handover",
    "edit_question",
    "edit_test",
    "edit_town_letter",
    "end_handover",
    "enter_ballots",
    "finish_survey",
    "forget_survey",
    "give_codes",
    "hand_on_batch",
    "hand_over",
    "import_answers",
    "import_ratings",
    "issue_papers",
    "issue_slips",
    "keep_sheets",
    "load_bank",
    "load_groups",
    "load_questionnaire",
    "lock_rating",
    "lock_results",
    "lock_test",
    "mark_paper",
    "mix_all",
    "mix_answers",
    "open_rating",
    "open_survey",
    "open_test",
    "preview_answer_import",
    "preview_ballots",
    "preview_questions",
    "read_opinions",
    "receive_handover",
    "record_mixing",
    "recount_batch",
    "remove_count",
    "remove_item",
    "remove_occasion",
    "rename_aspect",
    "reopen_count",
    "request_bank",
    "request_handover",
    "request_questionnaire",
    "request_rating_paper",
    "request_summary",
    "request_test_file",
    "request_town_letter",
    "save_counts",
    "save_group",
    "save_item",
    "save_occasion",
    "save_plan",
    "save_subjects",
    "settle_paper",
    "settle_sheet",
    "sign_count",
    "step_opinion",
    "step_town_letter",
    "store_batch",
    "submit_paper",
    "submit_phone_answer",
    "void_slips",
]
