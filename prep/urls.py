"""Pages of preparation."""

from django.urls import path

from prep.views import traits, villages, watch

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
]
