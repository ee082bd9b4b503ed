"""Pages of this stage."""

from django.urls import path

from reports.views import early, papers, reports, statements

app_name = "reports"
urlpatterns = [
    path("", reports.index, name="index"),
    path("tishi/", early.index, name="early_letters"),
    path("tishi/<uuid:pk>/", early.letter, name="early_letter"),
    path("tishi/<uuid:pk>/gai/", early.edit, name="early_letter_edit"),
    path("tishi/<uuid:pk>/word/", early.word, name="early_letter_word"),
    path("tishi/<uuid:pk>/banli/<slug:action>/", early.action, name="early_letter_action"),
    path("tishi/gongxing/<uuid:pk>/<uuid:town>/", early.draft, name="early_letter_draft"),
    path("xinjian/<uuid:team>/<uuid:town>/", reports.report_open, name="report_open"),
    path("<uuid:pk>/", reports.report, name="report"),
    path("<uuid:pk>/gengxin/", reports.refresh, name="refresh"),
    path("<uuid:pk>/biaoti/", reports.rename, name="rename"),
    path("<uuid:pk>/yinfa/", reports.issue, name="issue"),
    path("<uuid:pk>/fankui/", papers.feedback_issue, name="feedback_issue"),
    path("<uuid:pk>/tianjia/", statements.statement_add, name="statement_add"),
    path("<uuid:pk>/wenjian/<slug:kind>/", papers.paper_request, name="paper_request"),
    path("<uuid:pk>/wenjian/<uuid:job>/xiazai/", papers.paper, name="paper"),
    path("<uuid:pk>/banli/<slug:action>/", reports.report_action, name="report_action"),
    path("yuju/<uuid:pk>/", statements.evidence, name="evidence"),
    path("yuju/<uuid:pk>/gaixie/", statements.statement_edit, name="statement_edit"),
    path("yuju/<uuid:pk>/<slug:action>/", statements.statement_action, name="statement_action"),
    path("fankui/<uuid:pk>/", papers.feedback, name="feedback"),
    path("fankui/<uuid:pk>/word/", papers.feedback_request, name="feedback_request"),
    path("fankui/<uuid:pk>/wenjian/<uuid:job>/", papers.feedback_paper, name="feedback_paper"),
]
