"""Pages of a village's books: what is there, files on their way in, sheets, rows."""

from django.urls import path

from ledgers.views import books, pictures, rows, sheets

app_name = "ledgers"
urlpatterns = [
    path("", books.index, name="index"),
    path("duizhao/", pictures.picture_round, name="picture_round"),
    path("cun/<uuid:pk>/", books.books, name="books"),
    path("cun/<uuid:pk>/shangchuan/", books.upload, name="upload"),
    path("cun/<uuid:pk>/hang/", rows.rows, name="rows"),
    path("cun/<uuid:pk>/huaxiang/", pictures.pictures, name="pictures"),
    path("cun/<uuid:pk>/huaxiang/hang/", pictures.picture_rows, name="picture_rows"),
    path("cun/<uuid:pk>/huaxiang/biao/", pictures.picture_workbook, name="picture_workbook"),
    path("cun/<uuid:pk>/kemu/", books.accounts, name="accounts"),
    path("wenjian/<uuid:pk>/", books.source, name="source"),
    path("wenjian/<uuid:pk>/queren/", books.source_confirm, name="source_confirm"),
    path("wenjian/<uuid:pk>/yuanjian/", books.source_file, name="source_file"),
    path("biao/<uuid:pk>/", sheets.sheet, name="sheet"),
    path("biao/<uuid:pk>/lie/", sheets.sheet_columns, name="sheet_columns"),
    path("biao/<uuid:pk>/queren/", sheets.sheet_confirm, name="sheet_confirm"),
    path("biao/<uuid:pk>/fangqi/", sheets.sheet_discard, name="sheet_discard"),
    path("biao/<uuid:pk>/chechu/", sheets.sheet_withdraw, name="sheet_withdraw"),
    path("hang/<uuid:pk>/", rows.row, name="row"),
]
