"""Pages of the shared model: sign-in, places, people, rounds, teams, ties."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from villages.views import (
    calendar,
    imports,
    people,
    places,
    pledges,
    recusals,
    rounds,
    schemes,
    signin,
    teams,
)

app_name = "villages"
urlpatterns = [
    path("denglu/", login_not_required(signin.SignIn.as_view()), name="login"),
    path("tuichu/", auth_views.LogoutView.as_view(), name="logout"),
    path("mima/", signin.password_change, name="password"),
    # places
    path("", places.village_list, name="village_list"),
    path("xinzeng/", places.village_create, name="village_create"),
    path("daoru/", imports.village_import, name="village_import"),
    path("daoru/<uuid:pk>/", imports.import_preview, name="import_preview"),
    path("daoru/<uuid:pk>/queren/", imports.import_commit, name="import_commit"),
    path("daoru/<uuid:pk>/fangqi/", imports.import_discard, name="import_discard"),
    path("qu/", places.district_edit, name="district_edit"),
    path("<uuid:pk>/", places.village, name="village"),
    path("<uuid:pk>/bianji/", places.village_edit, name="village_edit"),
    path("<uuid:pk>/<slug:action>/", places.village_action, name="village_action"),
    # people
    path("zhanghao/", people.user_list, name="user_list"),
    path("zhanghao/daoru/", imports.user_import, name="user_import"),
    path("zhanghao/xinzeng/", people.user_create, name="user_create"),
    path("zhanghao/<uuid:pk>/", people.user, name="user"),
    path("zhanghao/<uuid:pk>/bianji/", people.user_edit, name="user_edit"),
    path("zhanghao/<uuid:pk>/mima/", people.user_reset, name="user_reset"),
    path("zhanghao/<uuid:pk>/yijiao/", people.user_hand_over, name="user_hand_over"),
    path("zhanghao/<uuid:pk>/lvli/", recusals.work_create, name="work_create"),
    path("zhanghao/<uuid:pk>/<slug:action>/", people.user_action, name="user_action"),
    path("danwei/", people.office_list, name="office_list"),
    path("danwei/xinzeng/", people.office_create, name="office_create"),
    path("danwei/<uuid:pk>/", people.office_edit, name="office_edit"),
    # rounds and teams
    path("lunci/", rounds.round_list, name="round_list"),
    path("lunci/xinzeng/", rounds.round_create, name="round_create"),
    path("lunci/<uuid:pk>/", rounds.round_page, name="round"),
    path("lunci/<uuid:pk>/bianji/", rounds.round_edit, name="round_edit"),
    path("lunci/<uuid:pk>/canshu/", rounds.parameter_list, name="parameter_list"),
    path("lunci/<uuid:pk>/zu/", teams.team_create, name="team_create"),
    path("lunci/<uuid:pk>/<slug:action>/", rounds.round_action, name="round_action"),
    path("fangan/", schemes.scheme_list, name="scheme_list"),
    path("fangan/<uuid:pk>/", schemes.scheme, name="scheme"),
    path("fangan/<uuid:pk>/bianji/", schemes.scheme_edit, name="scheme_edit"),
    path("fangan/<uuid:pk>/fuzhi/", schemes.scheme_copy, name="scheme_copy"),
    path("canshu/<uuid:pk>/", rounds.parameter_edit, name="parameter_edit"),
    path("zu/<uuid:pk>/", teams.team, name="team"),
    path("zu/<uuid:pk>/bianji/", teams.team_edit, name="team_edit"),
    path("zu/<uuid:pk>/renyuan/", teams.member_add, name="member_add"),
    path("zu/<uuid:pk>/cun/", teams.village_assign, name="village_assign"),
    path("renyuan/<uuid:pk>/", teams.member_edit, name="member_edit"),
    path("renyuan/<uuid:pk>/diaochu/", teams.member_remove, name="member_remove"),
    path("renyuan/<uuid:pk>/chengnuo/", pledges.pledge, name="pledge"),
    path("renyuan/<uuid:pk>/chengnuo/tixing/", pledges.pledge_remind, name="pledge_remind"),
    path("renyuan/<uuid:pk>/chengnuo/<slug:paper>/", pledges.pledge_paper, name="pledge_paper"),
    path("chengnuo/", pledges.pledge_texts, name="pledge_texts"),
    path("chengnuo/xinban/", pledges.pledge_publish, name="pledge_publish"),
    path("fengong/<uuid:pk>/", teams.stay_edit, name="stay_edit"),
    path("fengong/<uuid:pk>/<slug:action>/", teams.inspection_action, name="inspection_action"),
    # working days
    path("rili/", calendar.calendar, name="calendar"),
    path("rili/<uuid:pk>/shanchu/", calendar.day_remove, name="calendar_remove"),
    # ties
    path("huibi/", recusals.recusal_list, name="recusal_list"),
    path("huibi/xinzeng/", recusals.recusal_create, name="recusal_create"),
    path("huibi/<uuid:pk>/chexiao/", recusals.recusal_withdraw, name="recusal_withdraw"),
    path(
        "huibi/liwai/<uuid:round_pk>/<uuid:user_pk>/<uuid:village_pk>/",
        recusals.exception_create,
        name="exception_create",
    ),
    path("huibi/liwai/<uuid:pk>/chehui/", recusals.exception_revoke, name="exception_revoke"),
    path("lvli/<uuid:pk>/shanchu/", recusals.work_remove, name="work_remove"),
]
