"""Pages of the survey: those of the team below ``guang/``, and the short open address for phones."""

from django.urls import include, path

from surveys.views import collecting, phone, surveys

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
phones = [
    path("", phone.phone, name="phone"),
    path("juan/", phone.questionnaire, name="phone_questionnaire"),
    path("jiao/", phone.submit, name="phone_submit"),
    path("weishenme/", phone.why, name="phone_why"),
]
urlpatterns = [path("guang/", include(team)), path("w/", include(phones))]
