"""Saved views: named, private, one click, and honest about choices that are no longer there."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import saved_views
from core.errors import ServiceError
from core.models import AuditEntry, SavedView
from tests.atonce import beside
from tests.factories import make_cast
from tests.findings import papers

pytestmark = pytest.mark.django_db
PAGE = "findings:review"


def save(client, name="待签重点", query="status=signing&severity=key&at=x&cursor=y"):
    return client.post(reverse("core:view_save"), {"page": PAGE, "name": name, "query": query}, follow=True)


def step(client, view, action, **sent):
    return client.post(reverse("core:view_step", kwargs={"pk": view.pk, "action": action}), sent, follow=True)


def text(response):
    return response.content.decode()


def test_the_present_choices_come_back_in_one_click(cast, client):
    papers.signing(cast, title="重点一件")
    papers.draft(cast, title="草稿一件")
    client.force_login(cast.leader)
    assert "已保存为常用筛选" in text(save(client))
    view = SavedView.objects.get()
    assert (view.owner_id, view.page, view.query) == (cast.leader.pk, PAGE, "status=signing&severity=key")
    listed = client.get(f"{reverse(PAGE)}?all=1")
    assert f"?status=signing&amp;severity=key&amp;view={view.pk}" in text(listed)
    back = client.get(f"{reverse(PAGE)}?{view.query}&view={view.pk}")
    assert [row.title for row in back.context["page"].rows] == ["重点一件"]
    assert "常用：待签重点" in text(back)


def test_the_same_name_takes_the_new_choices_and_names_are_kept_apart(cast, client):
    client.force_login(cast.leader)
    save(client)
    save(client, query="weak=1&sort=-updated")
    first = SavedView.objects.get()
    assert first.query == "weak=1&sort=-updated"
    save(client, name="另一个", query="status=draft")
    assert "已有同名" in text(step(client, first, "rename", name="另一个"))
    assert "已改名" in text(step(client, first, "rename", name="  佐证 弱 "))
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["佐证 弱", "另一个"]


@pytest.mark.parametrize(
    ("name", "query", "why"),
    [
        ("", "status=draft", "请填写名称"),
        ("名" * 31, "status=draft", "最多30个字"),
        ("空", "at=1", "没有任何筛选"),
    ],
)
def test_what_cannot_be_saved_says_why(name, query, why, cast, client):
    client.force_login(cast.leader)
    assert why in text(save(client, name=name, query=query))
    assert not SavedView.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_windows_that_save_one_name_at_once_keep_one_view():
    cast = make_cast()

    def save_as(query):
        saved_views.save_view(actor=cast.leader, page=PAGE, name="同名", query=query)

    assert beside(lambda: save_as("status=draft"), lambda: save_as("weak=1")) is None
    assert SavedView.objects.get().query == "weak=1"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_windows_that_choose_a_default_or_a_name_at_once_are_both_answered():
    cast = make_cast()
    one, two = (
        saved_views.save_view(actor=cast.leader, page=PAGE, name=name, query="weak=1") for name in "一二"
    )

    def choose(view):
        saved_views.choose_default(actor=cast.leader, view=view)

    def rename(view):
        view.refresh_from_db()
        saved_views.rename_view(actor=cast.leader, view=view, name="三")

    assert beside(lambda: choose(one), lambda: choose(two)) is None
    assert SavedView.objects.get(is_default=True) == two
    refused = beside(lambda: rename(one), lambda: rename(two))
    assert isinstance(refused, ServiceError) and "已有同名" in refused.message


def test_characters_no_database_takes_are_not_saved_with_a_view(cast, client):
    client.force_login(cast.leader)
    answer = save(client, query="q=a%00b%ED%A0%80&%00=1&village=%00&x=%EF%BF%BE")
    assert answer.status_code == 200
    view = SavedView.objects.get()
    assert "%00" not in view.query and view.query.startswith("q=ab")
    step(client, view, "default")
    assert client.get(reverse(PAGE), follow=True).status_code == 200


def test_a_view_saved_with_such_characters_before_still_opens_the_list(cast, client):
    SavedView.objects.create(
        owner_id=cast.leader.pk, page=PAGE, name="旧", query="q=%00&weak=1", is_default=True
    )
    client.force_login(cast.leader)
    answer = client.get(reverse(PAGE), follow=True)
    assert answer.status_code == 200 and answer.context["filters"].weak


def test_there_is_an_end_to_them(cast):
    for number in range(saved_views.MOST):
        saved_views.save_view(actor=cast.leader, page=PAGE, name=str(number), query="weak=1")
    with pytest.raises(ServiceError, match="最多保存20个"):
        saved_views.save_view(actor=cast.leader, page=PAGE, name="多了", query="weak=1")
    saved_views.save_view(actor=cast.leader, page="findings:talks", name="别的清单", query="q=1")


def test_one_default_opens_the_list_and_everything_can_be_left(cast, client):
    client.force_login(cast.leader)
    save(client)
    save(client, name="二", query="weak=1")
    one, two = SavedView.objects.order_by("id")
    step(client, one, "default")
    step(client, two, "default")
    assert list(SavedView.objects.filter(is_default=True)) == [two]
    assert client.get(reverse(PAGE)).url == f"{reverse(PAGE)}?weak=1&view={two.pk}"
    assert client.get(f"{reverse(PAGE)}?all=1").status_code == 200
    step(client, two, "plain")
    assert client.get(reverse(PAGE)).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.update(is_default=True)


def test_views_are_private(cast, client):
    client.force_login(cast.leader)
    save(client)
    view = SavedView.objects.get()
    client.force_login(cast.deputy)
    for action in ("rename", "default", "plain", "delete"):
        assert step(client, view, action, name="x").status_code == 404
    assert "待签重点" not in text(client.get(reverse(PAGE)))
    assert SavedView.objects.filter(name="待签重点", is_default=False).exists()


def test_deleting_forgets_the_view_and_the_trail_tells_without_quoting_it(cast, client):
    client.force_login(cast.leader)
    save(client, query="q=金丝雀")
    step(client, SavedView.objects.get(), "delete")
    assert not SavedView.objects.exists()
    entries = AuditEntry.objects.filter(verb__startswith="core.view.")
    assert [entry.verb for entry in entries.order_by("seq")] == ["core.view.save", "core.view.delete"]
    assert not any("金丝雀" in str(e.after) + e.target_label or "待签重点" in str(e.after) for e in entries)


def test_an_unknown_step_or_list_is_not_there(cast, client):
    client.force_login(cast.leader)
    save(client)
    assert step(client, SavedView.objects.get(), "publish").status_code == 404
    assert client.post(reverse("core:view_save"), {"page": "//evil", "name": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("status=gone", "状态“gone”已不再使用"),
        ("sort=colour", "排序“colour”已不再使用"),
        ("village=999999", "代码999999的村（社区）不在"),
        ("category=Z", "类别Z不在"),
    ],
)
def test_choices_that_are_no_longer_there_explain_themselves(query, words, cast, client):
    papers.draft(cast)
    client.force_login(cast.leader)
    assert words in text(client.get(f"{reverse(PAGE)}?{query}"))


def test_choices_that_are_there_explain_nothing(cast, client):
    papers.draft(cast)
    client.force_login(cast.leader)
    query = f"status=draft&village={cast.village_place.code}&category=E&severity=key&sort=-no"
    assert client.get(f"{reverse(PAGE)}?{query}").context["lost"] == []


def test_the_menu_costs_one_query_however_many_views(cast, client):
    client.force_login(cast.leader)

    def queries():
        client.get(reverse(PAGE))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(PAGE))
        return len(captured)

    save(client)
    one = queries()
    save(client, name="二")
    save(client, name="三")
    assert queries() == one
