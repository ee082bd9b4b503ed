"""Pages of the survey: those of the team below ``guang/``, and the short open address for phones."""

from django.urls import include, path

from surveys.views import (
    ballots,
    bank,
    building,
    collecting,
    comparison,
    entry,
    exam,
    handover,
    knowledge,
    opinions,
    phone,
    planning,
    ratings,
    surveys,
    town_letters,
)

app_name = "surveys"
team = [
    path("", surveys.index, name="index"),
    path("cun/<uuid:pk>/", surveys.village_card, name="village_card"),
    path("duibi/", comparison.compare, name="compare"),
    path("huizong/", comparison.summary_round, name="summary_round"),
    path("wenjuan/<uuid:pk>/huizong/", comparison.summary_village, name="summary_village"),
    path("<uuid:pk>/anpai/", surveys.create, name="create"),
    path("<uuid:pk>/zhuanru/", surveys.finish, name="finish"),
    path("wenjuan/<uuid:pk>/", surveys.survey, name="survey"),
    path("wenjuan/<uuid:pk>/fenshu/", surveys.counts, name="counts"),
    path("wenjuan/<uuid:pk>/jieguo/", surveys.result, name="results"),
    path("wenjuan/<uuid:pk>/piao/", collecting.slips, name="slips"),
    path("wenjuan/<uuid:pk>/piao/zuofei/", collecting.slips_void, name="slips_void"),
    path("wenjuan/<uuid:pk>/daoru/", collecting.answer_import, name="answer_import"),
    path("wenjuan/<uuid:pk>/banli/<slug:action>/", surveys.survey_action, name="survey_action"),
    path("daoru/<uuid:pk>/", collecting.import_preview, name="import_preview"),
    path("daoru/<uuid:pk>/banli/<slug:action>/", collecting.import_action, name="answerimport_action"),
]
plans = [
    path("wenjuan/<uuid:pk>/jihua/", planning.plan, name="plan"),
    path("wenjuan/<uuid:pk>/changci/", planning.occasion_add, name="occasion_add"),
    path("changci/<uuid:pk>/", planning.occasion_edit, name="occasion_edit"),
    path("changci/<uuid:pk>/shanchu/", planning.occasion_remove, name="occasion_remove"),
    path("leibie/", planning.groups, name="groups"),
    path("leibie/qiyong/", planning.groups_load, name="groups_load"),
    path("leibie/xinzeng/", planning.group_add, name="group_add"),
    path("leibie/<uuid:pk>/", planning.group_edit, name="group_edit"),
]
builder = [
    path("juan/", building.questionnaire_list, name="questionnaires"),
    path("juan/xinbian/", building.questionnaire_add, name="questionnaire_add"),
    path("juan/<uuid:pk>/", building.questionnaire, name="questionnaire"),
    path("juan/<uuid:pk>/xiugai/", building.questionnaire_edit, name="questionnaire_edit"),
    path("juan/<uuid:pk>/fuzhi/", building.questionnaire_copy, name="questionnaire_copy"),
    path("juan/<uuid:pk>/shanchu/", building.questionnaire_drop, name="questionnaire_drop"),
    path("juan/<uuid:pk>/yulan/", building.preview, name="questionnaire_preview"),
    path("juan/<uuid:pk>/word/", building.questionnaire_word, name="questionnaire_word"),
    path("juan/<uuid:pk>/duizhao/<uuid:other>/", building.compare, name="questionnaire_compare"),
    path("juan/<uuid:pk>/cixu/", building.arrange, name="questionnaire_arrange"),
    path("juan/<uuid:pk>/timu/", building.item_add, name="item_add"),
    path("timu/<uuid:pk>/", building.item_edit, name="item_edit"),
    path("timu/<uuid:pk>/shanchu/", building.item_remove, name="item_remove"),
    path("fangmian/<uuid:pk>/", building.aspect_rename, name="aspect_rename"),
]
typing = [
    path("wenjuan/<uuid:pk>/luru/", entry.batch_add, name="batch_add"),
    path("luru/<uuid:pk>/", entry.batch, name="batch"),
    path("luru/<uuid:pk>/jian/", entry.entry_grid, name="entry_grid"),
    path("luru/<uuid:pk>/cun/", entry.entry_keep, name="entry_keep"),
    path("luru/<uuid:pk>/qingdian/", entry.batch_recount, name="batch_recount"),
    path("luru/<uuid:pk>/chayi/", entry.entry_differences, name="entry_differences"),
    path("luru/<uuid:pk>/banli/<slug:action>/", entry.batch_action, name="entrybatch_action"),
]
rating = [
    path("", ratings.index, name="ratings"),
    path("cun/<uuid:pk>/anpai/", ratings.create, name="rating_create"),
    path("<uuid:pk>/", ratings.rating, name="rating"),
    path("<uuid:pk>/mingdan/", ratings.subjects, name="rating_subjects"),
    path("<uuid:pk>/jieguo/", ratings.results, name="rating_results"),
    path("<uuid:pk>/wenjian/", ratings.paper, name="rating_paper"),
    path("<uuid:pk>/banli/<slug:action>/", ratings.action, name="rating_action"),
    path("<uuid:pk>/jipiao/", ballots.count_add, name="count_add"),
    path("<uuid:pk>/zhupiao/", ballots.grid, name="ballot_grid"),
    path("<uuid:pk>/daoru/", ballots.ballot_import, name="ballot_import"),
    path("jipiao/<uuid:pk>/", ballots.count_sheet, name="count_sheet"),
    path("jipiao/<uuid:pk>/gengzheng/", ballots.count_edit, name="count_edit"),
    path("jipiao/<uuid:pk>/fuhe/", ballots.count_sign, name="count_sign"),
    path("jipiao/<uuid:pk>/banli/<slug:action>/", ballots.count_action, name="ballotcount_action"),
    path("daoru/<uuid:pk>/", ballots.ballot_preview, name="ballot_preview"),
    path("daoru/<uuid:pk>/banli/<slug:action>/", ballots.ballot_import_action, name="ballotimport_action"),
]
tests = [
    path("", knowledge.index, name="tests"),
    path("cun/<uuid:pk>/anpai/", knowledge.create, name="test_create"),
    path("<uuid:pk>/", knowledge.test, name="test"),
    path("<uuid:pk>/zujuan/", knowledge.edit, name="test_edit"),
    path("<uuid:pk>/renyuan/", knowledge.issue, name="test_issue"),
    path("<uuid:pk>/ma/", knowledge.codes, name="test_codes"),
    path("<uuid:pk>/wenjian/", knowledge.file, name="test_file"),
    path("<uuid:pk>/banli/<slug:action>/", knowledge.action, name="knowledgetest_action"),
    path("juan/<uuid:pk>/", knowledge.paper, name="test_paper"),
    path("juan/<uuid:pk>/zuoda/", knowledge.answers, name="test_answers"),
    path("juan/<uuid:pk>/pingfen/", knowledge.marks, name="test_marks"),
    path("juan/<uuid:pk>/banli/<slug:action>/", knowledge.paper_action, name="testpaper_action"),
]
questions = [
    path("", bank.index, name="questions"),
    path("xinzeng/", bank.add, name="question_add"),
    path("daochu/", bank.export, name="question_export"),
    path("daoru/", bank.upload, name="question_import"),
    path("daoru/<uuid:pk>/", bank.preview, name="question_preview"),
    path("daoru/<uuid:pk>/banli/<slug:action>/", bank.import_action, name="questionimport_action"),
    path("<uuid:pk>/", bank.edit, name="question_edit"),
]
inbox = [
    path("", opinions.opinions, name="opinions"),
    path("biaoji/", opinions.mark, name="opinions_mark"),
]
letters = [
    path("", town_letters.index, name="town_letters"),
    path("zhen/<uuid:pk>/", town_letters.draft, name="town_letter_draft"),
    path("<uuid:pk>/", town_letters.letter, name="townletter"),
    path("<uuid:pk>/gai/", town_letters.edit, name="town_letter_edit"),
    path("<uuid:pk>/word/", town_letters.word, name="town_letter_word"),
    path("<uuid:pk>/banli/<slug:action>/", town_letters.action, name="townletter_action"),
]
handovers = [
    path("", handover.index, name="handovers"),
    path("ceping/<uuid:pk>/", handover.draft, name="handover_draft"),
    path("<uuid:pk>/", handover.handover, name="ratinghandover"),
    path("<uuid:pk>/gai/", handover.edit, name="handover_edit"),
    path("<uuid:pk>/qianshou/", handover.receive, name="handover_receive"),
    path("<uuid:pk>/word/", handover.word, name="handover_word"),
    path("<uuid:pk>/banli/<slug:action>/", handover.action, name="ratinghandover_action"),
]
exams = [
    path("", exam.enter, name="exam"),
    path("juan/", exam.paper, name="exam_paper"),
    path("jiao/", exam.submit, name="exam_submit"),
]
phones = [
    path("", phone.phone, name="phone"),
    path("juan/", phone.questionnaire, name="phone_questionnaire"),
    path("jiao/", phone.submit, name="phone_submit"),
    path("weishenme/", phone.why, name="phone_why"),
]
urlpatterns = [
    path("guang/", include(team + plans + builder + typing)),
    path("guang/ceping/", include(rating)),
    path("guang/zhishi/", include(tests)),
    path("guang/tiku/", include(questions)),
    path("guang/yijian/", include(inbox)),
    path("guang/fanhan/", include(letters)),
    path("guang/yijiao/", include(handovers)),
    path("w/", include(phones)),
    path("k/", include(exams)),
]
