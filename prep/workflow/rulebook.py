"""The way of a workbook of rules from preview to the book, and what the trail calls the steps of keeping it."""

from core.staging import staging_workflow
from core.verbs import name_verbs
from prep.rules import rulebook as rules

RULE_BOOK_IMPORT = staging_workflow(
    "prep.rulebook_import", commit=rules.can_decide_book_import, discard=rules.can_decide_book_import
)

name_verbs(
    {
        "prep.add_regulation": "登记法规制度",
        "prep.edit_regulation": "修改法规制度",
        "prep.add_edition": "登记新版本",
        "prep.edit_edition": "修改版本",
        "prep.end_edition": "登记停止施行",
        "prep.link_edition": "衔接前后版本",
        "prep.rulebook_import.stage": "上传法规制度表",
    }
)
