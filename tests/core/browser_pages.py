"""Addresses of the browser tests of the kit: one form, one page to land on, one that acts. Not part of the product."""

from types import SimpleNamespace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import include, path

from core.verdict import ALLOW
from core.workflow import Offer, Transition

RECEIVED: list[dict[str, str]] = []
_STEP = Transition("back", "退回", frozenset({"a"}), "b", lambda user, obj: ALLOW, wants_reason=True)
_PAPER = SimpleNamespace(pk=7, revision=3)


class PaperForm(forms.Form):
    title = forms.CharField(label="主要特征", max_length=10)
    facts = forms.CharField(label="问题表现", widget=forms.Textarea, required=False)


def paper(request: HttpRequest) -> HttpResponse:
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        RECEIVED.append(request.POST.dict())
        return redirect("landing")
    return render(request, "form.html", {"form": form, "draft_key": "papers.new"})


def landing(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(
        '{% extends "base.html" %}{% block heading %}已到达{% endblock %}{% block content %}{% actions o p "act" %}'
        '<form method="post" action="/act/7/end/" data-confirm="12个村将不能再改。">{% csrf_token %}'
        '<button type="submit">结束本轮</button></form>{% endblock %}'
    )
    return HttpResponse(page.render({"o": [Offer(_STEP, ALLOW)], "p": _PAPER}, request))


def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    RECEIVED.append(request.POST.dict() | {"action": action})
    return redirect("landing")


urlpatterns = [
    path("paper/", paper),
    path("landing/", landing, name="landing"),
    path("act/<int:pk>/<str:action>/", act, name="act"),
    path("", include("core.urls")),
    path("cun/", include("villages.urls")),
]
