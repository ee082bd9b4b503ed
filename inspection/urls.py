"""All addresses: one prefix per room."""

from django.urls import include, path

from inspection import home

own = (
    [
        path("", home.desk, name="desk"),
        path("zonglan/", home.board, name="board"),
        path("gongzuo/cun/<uuid:pk>/", home.village_work, name="village_work"),
        path("lunci/<uuid:pk>/xuanze/", home.switch_round, name="switch_round"),
        path("sousuo/", home.search, name="search"),
        path("healthz", home.health, name="health"),
    ],
    "inspection",
)

urlpatterns = [
    path("", include(own)),
    path("", include("core.urls")),
    path("cun/", include("villages.urls")),
    path("xi/", include("prep.urls")),
    path("", include("surveys.urls")),
    path("mou/zhangce/", include("ledgers.urls")),
    path("mou/", include("findings.urls")),
    path("zhun/", include("reports.urls")),
    path("shi/", include("rectification.urls")),
    path("dang/", include("archives.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"
