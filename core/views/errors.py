"""Pages for what went wrong, each with one clear sentence and a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import ServiceError


def refused(request: HttpRequest, error: ServiceError) -> HttpResponse:
    """The page of a rule that said no."""
    return render(request, "errors/refused.html", {"message": error.message}, status=error.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself could not be read."""
    message = "请求内容无法识别，请返回上一页重试。"
    return render(request, "errors/refused.html", {"message": message}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised by Django itself."""
    return render(request, "errors/refused.html", {"message": "您没有权限办理此事。"}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page is too old; the typed text is still in the browser's copy."""
    message = "页面停留时间过长或登录已变化，内容未提交。请返回上一页，刷新后再提交，已填写的内容会自动恢复。"
    return render(request, "errors/refused.html", {"message": message}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same bytes for what does not exist and for what is not this person's."""
    return render(request, "errors/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without context processors: it must work when the database does not."""
    return HttpResponse(_SERVER_ERROR, status=500)


_SERVER_ERROR = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>系统出错</title>
<link rel="stylesheet" href="/static/css/app.css"></head><body class="plain-page"><main>
<h1>系统出错，内容未保存</h1><p>请返回上一页，稍后再提交一次；已填写的内容会自动恢复。
多次出现请联系系统管理员。</p><p><a href="/">回到工作台</a></p></main></body></html>"""
