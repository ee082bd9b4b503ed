"""Pages of this stage. Everything below ``menhu/`` is the inspected side's and nobody else's."""

from django.urls import path

from rectification.views import ledger, order_parts, orders, portal, portal_early, portal_orders, promises

app_name = "rectification"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("lunci/<uuid:pk>/taizhang/", ledger.ledger_request, name="ledger_request"),
    path("fankui/<uuid:pk>/", ledger.ledger_open, name="ledger_open"),
    path("cun/<uuid:pk>/", ledger.village_card, name="village_card"),
    path("linian/", promises.thread_marks, name="thread_marks"),
    path("linian/<uuid:pk>/", promises.thread_promises, name="thread_promises"),
    path("<uuid:pk>/", ledger.item, name="item"),
    path("<uuid:pk>/heyan/", ledger.item_verify, name="item_verify"),
    path("<uuid:pk>/xiaohao/", ledger.item_close, name="item_close"),
    path("<uuid:pk>/banli/<slug:action>/", ledger.item_action, name="rectifyitem_action"),
    path("jinzhan/<uuid:pk>/<uuid:file>/", ledger.file, name="file"),
    path("jiaoban/", orders.orders, name="orders"),
    path("jiaoban/xin/", orders.order_new, name="order_new"),
    path("jiaoban/weijie/", orders.orders_open, name="orders_open"),
    path("jiaoban/<uuid:pk>/", orders.order, name="order"),
    path("jiaoban/<uuid:pk>/gai/", orders.order_edit, name="order_edit"),
    path("jiaoban/<uuid:pk>/heyan/", order_parts.order_verify, name="order_verify"),
    path("jiaoban/<uuid:pk>/word/", orders.order_word, name="order_word"),
    path("jiaoban/<uuid:pk>/banli/<slug:action>/", orders.order_action, name="fixorder_action"),
    path(
        "jiaoban/yanqi/<uuid:pk>/<slug:action>/", order_parts.extension_action, name="orderextension_action"
    ),
    path("jiaoban/wenjian/<uuid:pk>/", order_parts.order_file, name="order_file"),
    path("jiaoban/ka/<slug:origin>/<uuid:pk>/", orders.order_card, name="order_card"),
    path("lunci/<uuid:pk>/jiaoban/", orders.order_register, name="order_register"),
    path("menhu/", portal.portal, name="portal"),
    path("menhu/jiaoban/<uuid:pk>/", portal_orders.portal_order, name="portal_order"),
    path("menhu/jiaoban/<uuid:pk>/qianshou/", portal_orders.portal_receive, name="portal_receive"),
    path("menhu/jiaoban/<uuid:pk>/zhaopian/", portal_orders.portal_photos, name="portal_photos"),
    path("menhu/jiaoban/<uuid:pk>/baogao/", portal_orders.portal_report, name="portal_report"),
    path("menhu/jiaoban/<uuid:pk>/yanqi/", portal_orders.portal_extension, name="portal_extension"),
    path("menhu/jiaoban/<uuid:pk>/danzi/", portal_orders.portal_order_copy, name="portal_order_copy"),
    path("menhu/jiaoban/wenjian/<uuid:pk>/", portal_orders.portal_order_file, name="portal_order_file"),
    path(
        "menhu/jiaoban/wenjian/<uuid:pk>/shan/", portal_orders.portal_file_remove, name="portal_file_remove"
    ),
    path("menhu/<uuid:pk>/", portal.portal_item, name="portal_item"),
    path("menhu/<uuid:pk>/renling/", portal.portal_acknowledge, name="portal_acknowledge"),
    path("menhu/<uuid:pk>/cuoshi/", portal.portal_plan, name="portal_plan"),
    path("menhu/<uuid:pk>/jinzhan/", portal.portal_progress, name="portal_progress"),
    path("menhu/<uuid:pk>/wancheng/", portal.portal_done, name="portal_done"),
    path("menhu/<uuid:pk>/cun/", portal.portal_village, name="portal_village"),
    path("menhu/jinzhan/<uuid:pk>/<uuid:file>/", portal.portal_file, name="portal_file"),
    path("menhu/tishi/<uuid:pk>/", portal_early.portal_early, name="portal_early"),
    path("menhu/tishi/<uuid:pk>/qianshou/", portal_early.portal_early_receive, name="portal_early_receive"),
    path("menhu/fankui/<uuid:pk>/", portal.portal_letter, name="portal_letter"),
]
