"""Pages of this stage."""

from django.urls import path

from archives import views

app_name = "archives"
urlpatterns = [
    path("", views.index, name="index"),
    path("lunci/<uuid:pk>/mulu/", views.gather, name="gather"),
    path("lunci/<uuid:pk>/bao/", views.package_request, name="package_request"),
    path("bao/<uuid:pk>/", views.package, name="package"),
    path("bao/<uuid:pk>/jiaoyan/", views.package_check, name="package_check"),
    path("bao/<uuid:pk>/guidang/", views.villages_file, name="villages_file"),
    path("bao/<uuid:pk>/xiazai/", views.package_file, name="package_file"),
    path("jian/<uuid:pk>/xiazai/", views.entry_file, name="entry_file"),
]
