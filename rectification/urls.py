"""Pages of this stage. Everything below ``menhu/`` is the inspected side's and nobody else's."""

from django.urls import path

from rectification.views import ledger, portal

app_name = "rectification"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("lunci/<uuid:pk>/taizhang/", ledger.ledger_request, name="ledger_request"),
    path("fankui/<uuid:pk>/", ledger.ledger_open, name="ledger_open"),
    path("cun/<uuid:pk>/", ledger.village_card, name="village_card"),
    path("<uuid:pk>/", ledger.item, name="item"),
    path("<uuid:pk>/heyan/", ledger.item_verify, name="item_verify"),
    path("<uuid:pk>/xiaohao/", ledger.item_close, name="item_close"),
    path("<uuid:pk>/banli/<slug:action>/", ledger.item_action, name="rectifyitem_action"),
    path("jinzhan/<uuid:pk>/<uuid:file>/", ledger.file, name="file"),
    path("menhu/", portal.portal, name="portal"),
    path("menhu/<uuid:pk>/", portal.portal_item, name="portal_item"),
    path("menhu/<uuid:pk>/renling/", portal.portal_acknowledge, name="portal_acknowledge"),
    path("menhu/<uuid:pk>/cuoshi/", portal.portal_plan, name="portal_plan"),
    path("menhu/<uuid:pk>/jinzhan/", portal.portal_progress, name="portal_progress"),
    path("menhu/<uuid:pk>/wancheng/", portal.portal_done, name="portal_done"),
    path("menhu/<uuid:pk>/cun/", portal.portal_village, name="portal_village"),
    path("menhu/jinzhan/<uuid:pk>/<uuid:file>/", portal.portal_file, name="portal_file"),
    path("menhu/fankui/<uuid:pk>/", portal.portal_letter, name="portal_letter"),
]
