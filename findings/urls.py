"""Pages of the stage 谋: review, workpapers and their parts, talks, progress."""

from django.urls import path

from findings.views import duties, findings, imports, parts, progress, review, talks, watch

app_name = "findings"
urlpatterns = [
    path("", review.review, name="review"),
    path("piqian/", review.bulk_sign, name="bulk_sign"),
    path("shenhe/<uuid:pk>/<slug:action>/", review.review_action, name="review_action"),
    path("jindu/", progress.progress, name="progress"),
    path("jindu/<uuid:pk>/jieshu/", progress.finish, name="finish"),
    path("yishan/", progress.deleted, name="deleted"),
    path("daoru/", imports.finding_import, name="finding_import"),
    path("daoru/<uuid:pk>/", imports.import_preview, name="import_preview"),
    path("daoru/<uuid:pk>/queren/", imports.import_commit, name="import_commit"),
    path("daoru/<uuid:pk>/fangqi/", imports.import_discard, name="import_discard"),
    path("digao/xin/", findings.finding_new, name="finding_new"),
    path("digao/<uuid:pk>/", findings.finding, name="finding"),
    path("digao/<uuid:pk>/gai/", findings.finding_edit, name="finding_edit"),
    path("digao/<uuid:pk>/banli/<slug:action>/", findings.finding_action, name="finding_action"),
    path("digao/<uuid:pk>/chexiao/", findings.finding_withdraw, name="finding_withdraw"),
    path("digao/<uuid:pk>/shanchu/", findings.finding_delete, name="finding_delete"),
    path("digao/<uuid:pk>/huifu/", findings.finding_restore, name="finding_restore"),
    path("digao/<uuid:pk>/dayin/", parts.finding_print, name="finding_print"),
    path("digao/<uuid:pk>/word/", findings.finding_word, name="finding_word"),
    path("digao/<uuid:pk>/wenjian/", parts.evidence_upload, name="evidence_upload"),
    path("digao/<uuid:pk>/cailiao/", parts.evidence_add, name="evidence_add"),
    path("digao/<uuid:pk>/renyuan/", parts.person_add, name="person_add"),
    path("digao/<uuid:pk>/pizhu/", parts.comment_add, name="comment_add"),
    path("cailiao/<uuid:pk>/gai/", parts.evidence_edit, name="evidence_edit"),
    path("cailiao/<uuid:pk>/wenjian/", parts.evidence_file, name="evidence_file"),
    path("cailiao/<uuid:pk>/tu/", parts.evidence_thumbnail, name="evidence_thumbnail"),
    path("cailiao/<uuid:pk>/banli/<slug:action>/", parts.evidence_action, name="evidence_action"),
    path("renyuan/<uuid:pk>/yichu/", parts.person_remove, name="person_remove"),
    path("daicha/<uuid:pk>/", watch.of_watch_item, name="of_watch_item"),
    path("yiwang/<uuid:pk>/", watch.earlier, name="earlier"),
    path("yiwang/<uuid:pk>/kapian/", watch.earlier_card, name="earlier_card"),
    path("tan/", talks.talks, name="talks"),
    path("bitan/<uuid:pk>/", duties.duty_talks, name="duty_talks"),
    path("tigang/<uuid:pk>/", duties.outline_talks, name="outline_talks"),
    path("tan/xin/", talks.talk_new, name="talk_new"),
    path("tan/<uuid:pk>/", talks.talk, name="talk"),
    path("tan/<uuid:pk>/gai/", talks.talk_edit, name="talk_edit"),
    path("tan/<uuid:pk>/banli/<slug:action>/", talks.talk_action, name="talk_action"),
    path("tan/<uuid:pk>/shanchu/", talks.talk_delete, name="talk_delete"),
    path("tan/<uuid:pk>/huifu/", talks.talk_restore, name="talk_restore"),
]
