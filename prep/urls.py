"""Pages of preparation."""

from django.urls import path

from prep.views import duties, outlines, traits, villages, watch

app_name = "prep"
urlpatterns = [
    path("", villages.index, name="index"),
    path("yaodian/", watch.library, name="library"),
    path("leixing/", traits.trait_list, name="trait_list"),
    path("leixing/xinzeng/", traits.trait_add, name="trait_add"),
    path("leixing/<uuid:pk>/", traits.trait_edit, name="trait_edit"),
    path("cun/<uuid:pk>/", villages.village_card, name="village_card"),
    path("<uuid:pk>/", villages.village, name="village"),
    path("<uuid:pk>/dangan/", villages.profile_edit, name="profile_edit"),
    path("<uuid:pk>/zhuanru/", villages.finish, name="finish"),
    path("<uuid:pk>/qingdan/", watch.watch, name="watch_list"),
    path("<uuid:pk>/qingdan/shengcheng/", watch.draw, name="watch_draw"),
    path("<uuid:pk>/qingdan/fenpai/", watch.assign, name="watch_assign"),
    path("<uuid:pk>/qingdan/xinzeng/", watch.add, name="watch_add"),
    path("<uuid:pk>/qingdan/dayin/", watch.print_list, name="watch_print"),
    path("daicha/<uuid:pk>/", watch.item, name="watchitem"),
    path("daicha/<uuid:pk>/xiugai/", watch.item_edit, name="watchitem_edit"),
    path("daicha/<uuid:pk>/<slug:action>/", watch.item_action, name="watchitem_action"),
    path("tiku/", duties.question_bank, name="question_bank"),
    path("duixiang/", duties.kind_list, name="kinds"),
    path("duixiang/xinzeng/", duties.kind_add, name="kind_add"),
    path("duixiang/<uuid:pk>/", duties.kind_edit, name="kind_edit"),
    path("<uuid:pk>/bitan/", duties.checklist, name="checklist"),
    path("<uuid:pk>/bitan/zoufang/", duties.visits_card, name="visits_card"),
    path("<uuid:pk>/bitan/dengji/", duties.visit_add, name="visit_add"),
    path("<uuid:pk>/bitan/<slug:part>/", duties.duty_plan, name="duty_plan"),
    path("zoufang/<uuid:pk>/chehui/", duties.visit_withdraw, name="visit_withdraw"),
    path("<uuid:pk>/tigang/", outlines.outline_list, name="outlines"),
    path("<uuid:pk>/tigang/gaikuang/", outlines.outlines_card, name="outlines_card"),
    path("<uuid:pk>/tigang/xinni/", outlines.outline_new, name="outline_new"),
    path("<uuid:pk>/tigang/word/", outlines.outlines_word, name="outlines_word"),
    path("tigang/<uuid:pk>/", outlines.outline, name="outline"),
    path("tigang/<uuid:pk>/xiugai/", outlines.outline_edit, name="outline_edit"),
    path("tigang/<uuid:pk>/buchong/", outlines.outline_offers, name="outline_offers"),
    path("tigang/<uuid:pk>/duibi/<uuid:other>/", outlines.outline_compare, name="outline_compare"),
    path("tigang/<uuid:pk>/xinban/", outlines.outline_follow, name="outline_follow"),
    path("tigang/<uuid:pk>/word/", outlines.outline_word, name="outline_word"),
    path("tigang/<uuid:pk>/banli/<slug:action>/", outlines.outline_action, name="outline_action"),
]
