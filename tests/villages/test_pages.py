"""The pages of this room through HTTP: two editors, double clicks, constant cost, what is shown once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import audit
from core.models import Draft
from tests.factories import make_inspection, make_member, make_round, make_team, make_user, make_village
from tests.villages.books import good_rows, row, upload, xlsx
from villages import services
from villages.models import ImportStage, Membership, Recusal, Role, Round, TeamRole, User, Village


def address(name, **kwargs):
    return reverse(f"villages:{name}", kwargs=kwargs or None)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def office(cast, client):
    client.force_login(cast.office_clerk)
    return client


VILLAGE = {"name": "云溪村", "kind": "village", "households": "612", "population": "2143", "members": "78"}


# --- two editors ------------------------------------------------------------------------------------------


def test_the_second_of_two_editors_sees_both_versions_and_decides(cast, office):
    url = address("village_edit", pk=cast.village_place.pk)
    opened = {**VILLAGE, "revision": "1"}
    assert office.post(url, opened | {"secretary": "江予安"}).status_code == 302
    response = office.post(url, opened | {"secretary": "严修竹"})
    assert response.status_code == 409
    text = text_of(response)
    assert "江予安" in text and "严修竹" in response.content.decode()
    assert Village.objects.get(pk=cast.village_place.pk).secretary == "江予安"
    revision = re.search(r'name="revision" value="(\d+)"', response.content.decode()).group(1)
    assert office.post(url, opened | {"secretary": "严修竹", "revision": revision}).status_code == 302
    stored = Village.objects.get(pk=cast.village_place.pk)
    assert (stored.secretary, stored.revision) == ("严修竹", 3)
    assert audit.history(stored).first().after == {"secretary": "严修竹"}


def test_the_history_of_a_village_shows_old_and_new(cast, office):
    office.post(
        address("village_edit", pk=cast.village_place.pk), {**VILLAGE, "revision": "1", "secretary": "江予安"}
    )
    assert "江予安" in text_of(office.get(address("village", pk=cast.village_place.pk)))


def test_a_saved_form_leaves_no_draft_behind(cast, office):
    key = f"village.edit:{cast.village_place.pk}"
    Draft.objects.create(user_id=cast.office_clerk.pk, form=key, values={"name": "半截"})
    response = office.get(address("village_edit", pk=cast.village_place.pk))
    assert response.context["draft"].values == {"name": "半截"}
    office.post(address("village_edit", pk=cast.village_place.pk), {**VILLAGE, "revision": "1"})
    assert not Draft.objects.exists()


# --- one form, one record ---------------------------------------------------------------------------------


def test_a_double_click_on_a_form_makes_one_record(cast, office):
    data = {"user": cast.member.pk, "village": cast.village_place.pk, "relation": "kin", "_key": "k" * 32}
    for _ in range(2):
        assert office.post(address("recusal_create"), data).status_code == 302
    assert Recusal.objects.count() == 1


def test_a_double_click_on_a_new_round_makes_one_round(cast, office):
    data = {
        "district": cast.district.pk, "term": 5, "year": 2027, "number": 1, "name": "第六轮", "mode": "direct",
        "scheme": cast.scheme.pk, "starts_on": "2027-03-01", "ends_on": "2027-05-31", "_key": "r" * 32,
    }  # fmt: skip
    first, second = (office.post(address("round_create"), data) for _ in range(2))
    assert first.url == second.url
    assert Round.objects.filter(year=2027).count() == 1


def test_an_import_is_staged_once_and_written_once_however_often_it_is_sent(cast, office):
    content = xlsx(*good_rows())
    for _ in range(2):
        data = {"file": upload(content), "county": "990101", "_key": "s" * 32}
        response = office.post(address("village_import"), data)
    assert ImportStage.objects.count() == 1
    page = response.url
    for _ in range(2):
        office.post(f"{page}queren/", {"_key": "c" * 32})
    assert Village.objects.filter(name="石塘村").count() == 1
    assert "已导入" in text_of(office.get(page))


# --- import pages -----------------------------------------------------------------------------------------


def stage(client, *rows, name="名册.xlsx"):
    data = {"file": upload(xlsx(*rows), name), "county": "990101"}
    return client.post(address("village_import"), data, follow=True)


def test_the_preview_shows_faulty_rows_first_and_writes_nothing(cast, office):
    before = Village.objects.count()
    text = text_of(stage(office, *good_rows(), row("坏代码", "柳巷村")))
    assert "有错误 1" in text and "只导入正确的 4 行" in text
    assert Village.objects.count() == before


def test_the_good_rows_are_written_when_asked_and_the_page_says_what_was_left(cast, office):
    stage(office, *good_rows(), row("坏代码", "柳巷村"))
    staged = ImportStage.objects.get()
    office.post(address("import_commit", pk=staged.pk))
    assert not Village.objects.filter(name="石塘村").exists()
    office.post(address("import_commit", pk=staged.pk), {"skip": "1"})
    assert Village.objects.filter(name="石塘村").exists()
    assert "1 行有错误没有导入" in text_of(office.get(address("import_preview", pk=staged.pk)))


def test_a_register_changed_after_the_preview_stops_the_whole_import(cast, office):
    stage(office, *good_rows())
    services.import_villages(
        actor=cast.office_head, content=xlsx(good_rows()[0]), filename="另一份.xlsx", county="990101"
    )
    staged = ImportStage.objects.get()
    response = office.post(address("import_commit", pk=staged.pk), follow=True)
    assert "预览之后" in text_of(response)
    assert not Village.objects.filter(name="石塘村").exists()


def test_a_discarded_preview_writes_nothing_and_cannot_be_confirmed(cast, office):
    stage(office, *good_rows())
    staged = ImportStage.objects.get()
    office.post(address("import_discard", pk=staged.pk))
    assert office.post(address("import_commit", pk=staged.pk)).status_code == 403
    assert not Village.objects.filter(name="石塘村").exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00", "名册.xlsx"),
        (b"", "名册.xlsx"),
        (xlsx(*good_rows()), "名册.exe"),
        (xlsx(*good_rows())[:900], "名册.xlsx"),
    ],
    ids=["a program", "nothing", "another extension", "a broken file"],
)
def test_a_file_that_is_no_register_is_refused_beside_the_form(cast, office, content, name):
    response = office.post(address("village_import"), {"file": upload(content, name), "county": "990101"})
    assert response.status_code == 422
    assert not ImportStage.objects.exists()


def test_the_untouched_file_stays_with_the_preview(cast, office):
    content = xlsx(*good_rows())
    stage(office, *good_rows())
    stored = ImportStage.objects.get().file
    assert stored.kind == "xlsx" and stored.size > 1000 and len(content) > 1000


def test_new_accounts_show_their_first_passwords_in_the_one_answer(cast, office):
    head = ["登录名", "姓名", "角色", "单位"]
    content = xlsx(["linzhixia", "林知夏", "巡察干部", "青岚区财政局"], head=head)
    office.post(address("user_import"), {"file": upload(content, "账号.xlsx")})
    staged = ImportStage.objects.get()
    first = office.post(address("import_commit", pk=staged.pk))
    password = re.search(r'<b class="font-monospace password">([^<]+)</b>', first.content.decode()).group(1)
    assert User.objects.get(username="linzhixia").check_password(password)
    assert first.headers["Cache-Control"] == "no-store"
    assert password not in office.post(address("import_commit", pk=staged.pk)).content.decode()
    assert password not in office.get(address("import_preview", pk=staged.pk)).content.decode()


def test_a_reset_password_is_shown_once(cast, office):
    response = office.post(address("user_reset", pk=cast.member.pk))
    password = re.search(r'<b class="font-monospace password">([^<]+)</b>', response.content.decode()).group(
        1
    )
    assert User.objects.get(pk=cast.member.pk).check_password(password)
    assert password not in office.get(address("user", pk=cast.member.pk)).content.decode()


# --- refusals reach the page ------------------------------------------------------------------------------


def test_a_tie_is_explained_on_the_form_and_what_was_typed_stays(cast, office):
    village = make_village(cast.town_place, name="石塘村")
    services.declare_recusal(actor=cast.member, user=cast.member, relation="kin", village=village)
    response = office.post(
        address("village_assign", pk=cast.team.pk), {"village": village.pk, "entry_on": "2026-03-05"}
    )
    assert response.status_code == 422
    assert "组员与石塘村" in text_of(response) and "2026-03-05" in response.content.decode()


def test_the_head_of_the_office_approves_from_the_teams_page_and_the_village_is_assigned(cast, client):
    client.force_login(cast.office_head)
    services.declare_recusal(actor=cast.member, user=cast.member, relation="kin", village=cast.village_place)
    page = text_of(client.get(address("team", pk=cast.team.pk)))
    assert "应当换人" in page and "批准例外" in page
    url = address(
        "exception_create", round_pk=cast.round.pk, user_pk=cast.member.pk, village_pk=cast.village_place.pk
    )
    assert client.post(url, {"reason": "关系已查明"}).status_code == 302
    assert "已批准例外" in text_of(client.get(address("team", pk=cast.team.pk)))


def test_a_parameter_of_many_parts_is_edited_part_by_part(cast, office):
    round_ = services.create_round(
        actor=cast.office_clerk, district=cast.district, term=5, year=2028, number=1, name="试", mode="direct",
        starts_on=cast.round.starts_on, ends_on=cast.round.ends_on,
    )  # fmt: skip
    weights = round_.parameters.get(key="score_weights")
    url = address("parameter_edit", pk=weights.pk)
    values = {f"value:{name}": 50 for name in weights.value}
    assert office.post(url, values | {"revision": 1}).status_code == 302
    assert set(round_.parameters.get(key="score_weights").value.values()) == {50}
    assert office.post(url, values | {"revision": 2, "value:好": -1}).status_code == 422
    remind = round_.parameters.get(key="remind_days")
    assert (
        office.post(address("parameter_edit", pk=remind.pk), {"value": "15，5、0", "revision": 1}).status_code
        == 302
    )
    assert round_.parameters.get(key="remind_days").value == [15, 5, 0]


def test_an_unknown_step_is_no_page(cast, office):
    assert (
        office.post(address("village_action", pk=cast.village_place.pk, action="explode")).status_code == 404
    )
    assert office.post(address("round_action", pk=cast.round.pk, action="explode")).status_code == 404


def test_a_villages_own_page_shows_the_rounds_one_may_see(cast, client):
    earlier = make_round(cast.district, cast.scheme, year=2024, name="第三轮旧事", status="closed")
    make_inspection(make_team(earlier), cast.village_place)
    client.force_login(cast.leader)
    text = text_of(client.get(address("village", pk=cast.village_place.pk)))
    assert cast.round.name in text and "第三轮旧事" not in text
    client.force_login(cast.office_clerk)
    assert "第三轮旧事" in text_of(client.get(address("village", pk=cast.village_place.pk)))


# --- the cost of a list -----------------------------------------------------------------------------------


def grow(cast):
    """Two more of everything a list of this room shows."""
    for number in range(2):
        village = make_village(cast.town_place)
        make_inspection(cast.team, village)
        make_team(make_round(cast.district, cast.scheme))
        user = make_member(cast.team, TeamRole.MEMBER, make_user(Role.INSPECTOR, office=cast.town.office))
        Recusal.objects.create(user=user, village=cast.other_village_place, relation="kin")
        services.add_work_history(
            actor=cast.office_clerk, user=user, post=f"职务{number}", town=cast.other_town_place,
            from_on=cast.round.starts_on, to_on=cast.round.starts_on,
        )  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "village_list",
        "user_list",
        "office_list",
        "round_list",
        "recusal_list",
        "round",
        "team",
        "parameter_list",
    ],
)
def test_a_list_costs_the_same_with_one_row_and_with_more(cast, office, name):
    keys = {"round": cast.round.pk, "parameter_list": cast.round.pk, "team": cast.team.pk}
    url = address(name, pk=keys[name]) if name in keys else address(name)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert office.get(url).status_code == 200
        return len(queries)

    grow(cast)
    cost()  # the first page of a session also writes the session
    one = cost()
    grow(cast)
    assert cost() == one


def test_long_lists_are_paged_by_key(cast, office):
    for number in range(60):
        make_village(cast.town_place, code=f"{cast.town_place.code[:9]}{600 + number}", name=f"村{number}")
    first = office.get(address("village_list"))
    assert len(first.context["page"].rows) == 50
    second = office.get(address("village_list"), {"cursor": first.context["page"].next})
    codes = [village.code for village in (*first.context["page"].rows, *second.context["page"].rows)]
    assert codes == sorted(codes) and len(codes) == len(set(codes)) == 62
    assert office.get(address("village_list"), {"cursor": "stolen"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [({"q": "云溪"}, ["云溪村"]), ({"q": "没有"}, []), ({"kind": "community"}, []), ({"q": "%"}, [])],
)
def test_the_register_is_searched_by_name_and_kind(cast, office, query, found):
    page = office.get(address("village_list"), query).context["page"]
    assert [village.name for village in page.rows] == found


def test_a_removed_member_leaves_the_page_with_the_reason_in_the_history(cast, office):
    member = Membership.objects.get(user=cast.member)
    office.post(address("member_remove", pk=member.pk), {"reason": "原单位召回"})
    text = text_of(office.get(address("team", pk=cast.team.pk)))
    assert "原单位召回" in text and not Membership.objects.filter(pk=member.pk).exists()
