"""Pages of the survey: those of the team below ``guang/``, and the short open address for phones."""

from django.urls import include, path

from surveys.views import building, collecting, entry, phone, planning, surveys

app_name = "surveys"
team = [
    path("", surveys.index, name="index"),
    path("cun/<uuid:pk>/", surveys.village_card, name="village_card"),
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
phones = [
    path("", phone.phone, name="phone"),
    path("juan/", phone.questionnaire, name="phone_questionnaire"),
    path("jiao/", phone.submit, name="phone_submit"),
    path("weishenme/", phone.why, name="phone_why"),
]
urlpatterns = [path("guang/", include(team + plans + builder + typing)), path("w/", include(phones))]
