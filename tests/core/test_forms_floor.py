"""Form keys and drafts: one effect per form, and nothing typed is lost."""

import json
import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from core import audit, records
from core.errors import ReplayMismatch
from core.idempotency import once
from core.models import Draft, FormKey
from villages.models import Team


def make_once(cast, key, name="一组", number=51):
    def action():
        return records.create(
            Team(round=cast.round, number=number, name=name), actor=audit.SYSTEM, verb="t.c"
        )

    return once(scope="t", key=key, payload={"name": name}, action=action)


@pytest.mark.django_db
def test_the_same_form_sent_again_returns_the_first_object(cast):
    first, second = make_once(cast, "k1"), make_once(cast, "k1", number=52)
    assert first.pk == second.pk
    assert Team.objects.filter(name="一组").count() == 1


@pytest.mark.django_db
def test_the_same_key_with_other_content_is_refused(cast):
    make_once(cast, "k1")
    with pytest.raises(ReplayMismatch):
        make_once(cast, "k1", name="别的")


@pytest.mark.django_db
def test_an_action_that_fails_leaves_its_key_free_for_a_second_try(cast):
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(scope="t", key="k1", payload={"name": "一组"}, action=fail)
    assert not FormKey.objects.exists()
    assert make_once(cast, "k1").name == "一组"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_parallel_twins_make_one_record(cast):
    results, barrier = [], threading.Barrier(5)

    def twin(number):
        barrier.wait()
        try:
            results.append(make_once(cast, "same", number=100 + number).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=twin, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 5
    assert len(set(results)) == 1
    assert Team.objects.filter(name="一组").count() == 1


def post_draft(client, body):
    return client.post(reverse("core:draft"), json.dumps(body), content_type="application/json")


@pytest.mark.django_db
def test_a_draft_is_kept_per_person_and_the_newest_copy_wins(cast, client):
    client.force_login(cast.member)
    post_draft(client, {"form": "f:1", "values": {"title": "一"}})
    assert post_draft(client, {"form": "f:1", "values": {"title": "二"}}).json()["saved_at"]
    client.force_login(cast.deputy)
    post_draft(client, {"form": "f:1", "values": {"title": "别人的"}})
    assert Draft.objects.get(user_id=cast.member.pk).values == {"title": "二"}


@pytest.mark.django_db
def test_a_draft_never_keeps_passwords_or_tokens(cast, client):
    client.force_login(cast.member)
    values = {"title": "甲", "password1": "秘", "csrfmiddlewaretoken": "x", "_key": "k", "passphrase": "p"}
    post_draft(client, {"form": "f", "values": values})
    assert Draft.objects.get().values == {"title": "甲"}


BROKEN_DRAFTS = [
    [], {"form": "f"}, {"form": "f", "values": [1]}, "x", 3,
    {"form": "f", "values": {"a": float("inf")}}, {"form": "f", "values": {"a": ["b", {"c": "d"}]}},
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("body", BROKEN_DRAFTS)
def test_a_draft_that_cannot_be_read_is_refused_with_a_sentence(cast, client, body):
    client.force_login(cast.member)
    answer = post_draft(client, body)
    assert answer.status_code == 400
    assert "草稿" in answer.json()["error"]


@pytest.mark.django_db
def test_discarding_removes_only_the_own_draft(cast, client):
    for person in (cast.member, cast.deputy):
        client.force_login(person)
        post_draft(client, {"form": "f", "values": {"a": "1"}})
    post_draft(client, {"form": "f", "values": None})
    assert list(Draft.objects.values_list("user_id", flat=True)) == [cast.member.pk]


@pytest.mark.django_db
def test_a_draft_with_control_characters_and_lone_surrogates_is_kept_clean(cast, client):
    client.force_login(cast.member)
    body = '{"form": "f", "values": {"a": "x\\u0000y\\ud800z"}}'
    assert client.post(reverse("core:draft"), body, content_type="application/json").status_code == 200
    assert Draft.objects.get().values == {"a": "xyz"}


@pytest.mark.django_db
def test_the_name_of_a_draft_is_cleaned_like_its_text(cast, client):
    client.force_login(cast.member)
    assert post_draft(client, {"form": "f\ud800\x00", "values": {}}).status_code == 200
    assert Draft.objects.get().form == "f"


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["q=%00", "town=a%00", "%00=1", "x=1&x=%00"])
def test_a_nul_in_an_address_is_refused_before_it_reaches_a_database(cast, client, query):
    client.force_login(cast.office_clerk)
    assert client.get(f"{reverse('villages:village_list')}?{query}").status_code == 400


@pytest.mark.django_db
def test_a_stranger_who_finds_nothing_gets_no_cookie_and_leaves_no_session(client):
    for address in ("/w/meiyou/", "/meiyou/"):
        answer = client.get(address)
        assert (answer.status_code, answer.cookies) == (404, {})
    assert not Session.objects.exists()
