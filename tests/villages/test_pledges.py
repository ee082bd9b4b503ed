"""Before a village opens: the pledge signed with the password, ties declared; closed when that no longer holds."""

import datetime as dt
import io

import pytest
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document

from core import audit, clock
from core.errors import NotAllowed, ServiceError
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models import FormKey
from core.models.jobs import Job
from findings.models import Finding
from prep.models import WatchItem
from prep.rules import unfinished
from reports.models import Report
from surveys.models import Survey
from tests.core.ooxml import assert_valid
from tests.factories import (
    make_inspection,
    make_member,
    make_pledge,
    make_round,
    make_team,
    make_user,
    make_village,
)
from tests.findings import papers
from tests.prep.lists import make_item
from villages import services
from villages.access import has_post, team_role
from villages.models import (
    LoginAttempt,
    Membership,
    Recusal,
    Role,
    Round,
    Team,
    TeamRole,
    User,
    VillageInspection,
)
from villages.models.rounds import MembershipQuerySet
from villages.selectors.desk import desk_items

PASSWORD = "qing-feng-ming-yue"


@pytest.fixture
def newcomer(cast):
    """A colleague of the cast's team who has signed nothing yet."""
    person = make_user(Role.INSPECTOR, "新成员", password=make_password(PASSWORD))
    make_member(cast.team, TeamRole.MEMBER, person, sworn=False)
    return person


def again(user):
    """The same person in a new request."""
    return User.objects.get(pk=user.pk)


def post_of(user):
    return Membership.objects.get(user=user)


def sign(user, **over):
    values = {"pledge": make_pledge(), "password": PASSWORD, "ties": "none"} | over
    actor = values.pop("actor", user)
    return services.sign_pledge(actor=actor, member=post_of(user), **values)


def tie(village, **over):
    return {
        "village": village,
        "town": None,
        "relation": "kin",
        "related_person": "兄",
        "detail": "任村干部",
    } | over


# --- what stays closed ------------------------------------------------------------------------------------


def test_who_has_not_signed_sees_no_row_of_any_village_and_has_no_post(cast, newcomer):
    make_item(cast.inspection)
    papers.draft(cast)
    rows = (VillageInspection, WatchItem, Finding, Survey, Report)
    assert [model.objects.visible_to(newcomer).count() for model in rows] == [0, 0, 0, 0, 0]
    assert [model.objects.visible_to(cast.member).count() for model in rows[:3]] == [1, 1, 1]
    assert team_role(newcomer, cast.team) == "" and not has_post(newcomer, cast.inspection, TeamRole.MEMBER)
    # The round and the team are known: that is where the papers to sign are found.
    assert Round.objects.visible_to(newcomer).exists() and Team.objects.visible_to(newcomer).exists()


def test_without_the_guard_the_same_member_would_see_everything(cast, newcomer, monkeypatch):
    monkeypatch.setattr(MembershipQuerySet, "sworn", lambda rows: rows)
    assert VillageInspection.objects.visible_to(newcomer).exists()
    assert has_post(newcomer, cast.inspection, TeamRole.MEMBER)


def test_no_page_of_a_village_opens_before_the_signature_and_all_do_after_it(cast, newcomer, client):
    addresses = [
        reverse("prep:village", kwargs={"pk": cast.inspection.pk}),
        reverse("prep:watch_list", kwargs={"pk": cast.inspection.pk}),
        reverse("findings:finding", kwargs={"pk": papers.draft(cast).pk}),
    ]
    client.force_login(newcomer)
    assert [client.get(url).status_code for url in addresses] == [404, 404, 404]
    sign(newcomer)
    assert [client.get(url).status_code for url in addresses] == [200, 200, 200]


def test_a_signature_opens_only_the_own_team_and_only_this_round(cast, newcomer):
    earlier = make_round(cast.district, cast.scheme, year=2025)
    team = make_team(earlier)
    inspection = make_inspection(team, make_village(cast.town_place))
    make_member(team, TeamRole.MEMBER, newcomer, sworn=False)
    services.sign_pledge(
        actor=newcomer, member=Membership.objects.get(user=newcomer, round=earlier), pledge=make_pledge(),
        password=PASSWORD, ties="none",
    )  # fmt: skip
    assert list(VillageInspection.objects.visible_to(newcomer)) == [inspection]


def test_a_declared_village_stays_closed_after_the_signature(cast, newcomer):
    other = make_inspection(cast.team, make_village(cast.town_place))
    sign(newcomer, ties="named", rows=[tie(cast.village_place)])
    assert list(VillageInspection.objects.visible_to(again(newcomer))) == [other]
    assert Recusal.objects.get(user=newcomer).origin == "self"


def test_a_new_wording_closes_the_villages_until_it_is_signed(cast, newcomer):
    sign(newcomer)
    second = services.publish_pledge(
        actor=cast.office_clerk, text="一、严守秘密，至死不渝。", valid_from=clock.today()
    )
    assert not VillageInspection.objects.visible_to(again(newcomer)).exists()
    sign(newcomer, pledge=second)
    assert VillageInspection.objects.visible_to(again(newcomer)).exists()
    assert post_of(newcomer).pledge == second


def test_a_wording_of_tomorrow_changes_nothing_today(cast, newcomer):
    sign(newcomer)
    tomorrow = clock.today() + dt.timedelta(days=1)
    services.publish_pledge(actor=cast.office_clerk, text="一、新的写法。", valid_from=tomorrow)
    assert VillageInspection.objects.visible_to(again(newcomer)).exists()
    with clock.held(tomorrow):
        assert not VillageInspection.objects.visible_to(again(newcomer)).exists()


def test_an_ended_round_stays_as_it_was_sworn(cast, newcomer):
    make_pledge(version=2, valid_from=dt.date(2026, 3, 1))
    Round.objects.filter(pk=cast.round.pk).update(status="closed")
    assert VillageInspection.objects.visible_to(again(cast.member)).exists()
    assert not VillageInspection.objects.visible_to(again(newcomer)).exists()


def test_a_successor_signs_anew(cast, newcomer):
    sign(newcomer)
    successor = make_user(Role.INSPECTOR, "接手人")
    services.hand_over(actor=cast.office_clerk, from_user=newcomer, to_user=successor, reason="召回")
    member = post_of(successor)
    assert (member.pledge, member.sworn_at, member.ties) == (None, None, "")
    assert not VillageInspection.objects.visible_to(successor).exists()


def test_a_village_is_not_entered_while_a_member_has_not_signed(cast, newcomer):
    assert "新成员还没有签署保密承诺、申报回避" in unfinished(cast.inspection)
    sign(newcomer)
    assert not [line for line in unfinished(cast.inspection) if "保密承诺" in line]


def test_without_any_wording_everything_stays_closed(cast):
    Membership.objects.update(pledge=None, sworn_at=None, ties="")
    type(make_pledge()).objects.all().delete()
    assert not VillageInspection.objects.visible_to(again(cast.member)).exists()
    assert VillageInspection.objects.visible_to(cast.office_clerk).count() == 2


# --- signing ----------------------------------------------------------------------------------------------


def test_the_signature_keeps_version_time_and_what_was_declared(cast, newcomer):
    with clock.held(dt.date(2026, 3, 1)):
        sign(newcomer, ties="named", rows=[tie(cast.village_place), tie(None, town=cast.other_town_place)])
    member = post_of(newcomer)
    assert (member.pledge.version, member.sworn_at.date(), member.ties) == (1, dt.date(2026, 3, 1), "named")
    first, second = member.ties_named.split("\n")
    assert first == f"{cast.town_place.name}云溪村：近亲属任职或居住（兄，任村干部）"
    assert second.startswith(f"{cast.other_town_place.name}（全部村、社区）")
    entry = audit.history(member).first()
    assert entry.verb == "pledges.sign" and PASSWORD not in str(entry.after)
    # A later withdrawal does not rewrite what was signed.
    services.withdraw_recusal(
        actor=cast.office_clerk, recusal=Recusal.objects.filter(user=newcomer).first(), reason="查无此事"
    )
    assert post_of(newcomer).ties_named == member.ties_named


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"password": "qing-feng-ming-you"}, "password"),
        ({"password": ""}, "password"),
        ({"ties": "named"}, "rows"),
        ({"ties": ""}, "ties"),
        ({"ties": "maybe"}, "ties"),
    ],
)
def test_what_is_incomplete_is_not_signed(cast, newcomer, over, field):
    with pytest.raises(ServiceError) as caught:
        sign(newcomer, **over)
    assert caught.value.field == field
    assert post_of(newcomer).sworn_at is None


def test_no_ties_is_no_answer_for_who_has_declared_one(cast, newcomer):
    services.declare_recusal(actor=newcomer, user=newcomer, relation="kin", village=cast.village_place)
    with pytest.raises(ServiceError, match="申报过"):
        sign(newcomer)
    sign(newcomer, ties="named")
    assert "云溪村" in post_of(newcomer).ties_named


def test_a_refused_signature_leaves_no_half_declaration(cast, newcomer):
    with pytest.raises(ServiceError):
        sign(newcomer, rows=[tie(cast.village_place)])  # "no ties", and a tie beside it
    assert not Recusal.objects.filter(user=newcomer).exists()


def test_nobody_signs_for_somebody_else_nor_twice_nor_an_old_wording(cast, newcomer):
    for other in (cast.leader, cast.office_head, cast.sysadmin):
        with pytest.raises(NotAllowed):
            sign(newcomer, actor=other)
    first = make_pledge()
    second = make_pledge(version=2, valid_from=dt.date(2025, 1, 1))
    with pytest.raises(ServiceError, match="新版"):
        sign(newcomer, pledge=first)
    sign(newcomer, pledge=second)
    with pytest.raises(ServiceError, match="已经签署"):
        sign(newcomer, pledge=second)


def test_the_database_takes_no_half_signature(cast, newcomer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=newcomer).update(pledge=make_pledge())


# --- the wording ------------------------------------------------------------------------------------------


def test_only_the_office_publishes_and_versions_count_up(cast):
    today = clock.today()
    for other in (cast.leader, cast.town, cast.sysadmin):
        with pytest.raises(NotAllowed):
            services.publish_pledge(actor=other, text="一、新。", valid_from=today)
    make_pledge()
    made = services.publish_pledge(actor=cast.office_head, text="一、新。", valid_from=today, note="增加一条")
    assert (made.version, made.note) == (2, "增加一条")
    for text, day in (("一、新。", today), ("", today), ("一、更新。", today - dt.timedelta(days=1))):
        with pytest.raises(ServiceError):
            services.publish_pledge(actor=cast.office_head, text=text, valid_from=day)


# --- reminding --------------------------------------------------------------------------------------------


def test_leader_and_office_remind_once_a_day_and_it_shows_on_the_desk(cast, newcomer):
    member = post_of(newcomer)
    for other in (cast.deputy, cast.outsider, newcomer):
        with pytest.raises(NotAllowed):
            services.remind_to_sign(actor=other, member=member)
    with clock.held(dt.date(2026, 3, 5)):
        services.remind_to_sign(actor=cast.leader, member=member)
    with clock.held(dt.date(2026, 3, 5), 15), pytest.raises(ServiceError, match="今天已经提醒过"):
        services.remind_to_sign(actor=cast.office_clerk, member=member)
    with clock.held(dt.date(2026, 3, 6), 11):
        services.remind_to_sign(actor=cast.office_clerk, member=member)
    (line,) = desk_items(newcomer, cast.round)
    assert line.title == "签署保密承诺、申报回避" and line.primary and "2026年3月6日" in line.detail
    sign(newcomer)
    assert desk_items(newcomer, cast.round) == []
    with pytest.raises(ServiceError, match="已经签署"):
        services.remind_to_sign(actor=cast.leader, member=post_of(newcomer))


def test_the_office_sees_on_its_desk_who_is_missing(cast, newcomer):
    lines = [line for line in desk_items(cast.office_clerk, cast.round) if line.kind == "进组手续"]
    assert [line.title for line in lines] == [f"{cast.team.name} · 1人还没有签署保密承诺、申报回避"]
    assert "新成员" in lines[0].detail


# --- pages ------------------------------------------------------------------------------------------------

TIE_ROWS = {f"rows-0-{name}": "" for name in ("place", "relation", "related_person", "detail")}


def page_of(user):
    return reverse("villages:pledge", kwargs={"pk": post_of(user).pk})


def sent(**over):
    values = {"pledge": make_pledge().pk, "ties": "none", "agreed": "on", "password": PASSWORD, "_key": "k1"}
    return values | TIE_ROWS | over


def test_the_desk_leads_to_the_page_and_signing_there_opens_the_villages(cast, newcomer, client):
    client.force_login(newcomer)
    desk = client.get(reverse("inspection:desk")).content.decode()
    assert page_of(newcomer) in desk and "云溪村" not in desk
    shown = client.get(page_of(newcomer)).content.decode()
    assert "严守秘密" in shown and "登录密码" in shown
    assert client.post(page_of(newcomer), sent()).url == reverse("inspection:desk")
    assert "云溪村" in client.get(reverse("inspection:desk")).content.decode()
    assert "签署时间" in client.get(page_of(newcomer)).content.decode()


def test_a_tie_typed_into_the_form_is_declared(cast, newcomer, client):
    client.force_login(newcomer)
    row = {
        "rows-0-place": str(cast.town_place.pk),
        "rows-0-relation": "work",
        "rows-0-related_person": "本人",
        "rows-0-detail": "曾任经管站站长",
    }
    client.post(page_of(newcomer), sent(ties="named", **row))
    made = Recusal.objects.get(user=newcomer)
    assert (made.town, made.village, made.detail) == (cast.town_place, None, "曾任经管站站长")


@pytest.mark.parametrize(("left_out", "sentence"), [("related_person", "与谁的关系"), ("detail", "什么关系")])
def test_a_tie_says_with_whom_and_why(cast, newcomer, client, left_out, sentence):
    with pytest.raises(ServiceError, match="关系人.*说明"):
        sign(newcomer, ties="named", rows=[tie(cast.village_place, **{left_out: " "})])
    client.force_login(newcomer)
    row = {
        "rows-0-place": str(cast.village_place.pk), "rows-0-relation": "kin", "rows-0-related_person": "兄",
        "rows-0-detail": "任村委会委员",
    } | {f"rows-0-{left_out}": ""}  # fmt: skip
    response = client.post(page_of(newcomer), sent(ties="named", **row))
    assert response.status_code == 422 and sentence in response.content.decode()
    assert not Recusal.objects.exists() and post_of(newcomer).sworn_at is None


def test_a_wrong_password_is_said_counted_and_slowed_down_and_nothing_typed_is_lost(cast, newcomer, client):
    client.force_login(newcomer)
    row = {
        "rows-0-place": str(cast.town_place.pk),
        "rows-0-relation": "work",
        "rows-0-related_person": "本人",
        "rows-0-detail": "曾任经管站站长",
    }
    for number in range(5):
        response = client.post(
            page_of(newcomer), sent(ties="named", password="x" * 12, _key=f"k{number}", **row)
        )
        assert response.status_code == 422
    text = response.content.decode()
    assert "密码不对，没有签署" in text and "曾任经管站站长" in text and "x" * 12 not in text
    assert LoginAttempt.objects.filter(username=newcomer.username).count() == 5
    late = client.post(page_of(newcomer), sent(_key="k9"))
    assert late.status_code == 422 and "15分钟后再试" in late.content.decode()
    assert not Recusal.objects.exists() and post_of(newcomer).sworn_at is None


def test_a_missing_password_or_tick_is_named_and_not_counted(cast, newcomer, client):
    client.force_login(newcomer)
    response = client.post(page_of(newcomer), sent(password="", agreed=""))
    assert response.status_code == 422
    assert not LoginAttempt.objects.exists()


def test_the_password_leaves_no_fingerprint_in_the_form_key(cast, newcomer, client):
    client.force_login(newcomer)
    client.post(page_of(newcomer), sent())
    kept = FormKey.objects.get(key="k1").payload_hash
    Membership.objects.filter(user=newcomer).update(pledge=None, sworn_at=None, ties="")
    FormKey.objects.all().delete()
    User.objects.filter(pk=newcomer.pk).update(password=make_password("another-long-pass"))
    client.force_login(again(newcomer))
    client.post(page_of(newcomer), sent(password="another-long-pass"))
    assert FormKey.objects.get(key="k1").payload_hash == kept


def test_the_team_page_shows_office_and_leader_who_has_signed(cast, newcomer, client):
    address = reverse("villages:team", kwargs={"pk": cast.team.pk})
    for viewer, shown in ((cast.office_clerk, True), (cast.leader, True), (cast.member, False)):
        client.force_login(viewer)
        text = client.get(address).content.decode()
        assert ("未签署" in text, text.count("已签署") == 4) == (shown, shown), viewer


def test_the_team_page_costs_the_same_with_one_and_with_three_unsigned(
    cast, newcomer, client, django_assert_max_num_queries
):
    def cost(who, address):
        client.force_login(who)
        client.get(address)
        with django_assert_max_num_queries(60) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    pages = [reverse("villages:team", kwargs={"pk": cast.team.pk}), reverse("inspection:desk")]
    before = [cost(who, page) for who in (cast.office_clerk, cast.leader) for page in pages]
    for _ in range(2):
        make_member(cast.team, TeamRole.MEMBER, sworn=False)
    assert [cost(who, page) for who in (cast.office_clerk, cast.leader) for page in pages] == before


# --- on paper ---------------------------------------------------------------------------------------------


def made(who, member, paper, tmp_path):
    row = services.request_pledge_paper(actor=who, member=member, paper=paper)
    run_due(row.pk)
    content = read_bytes(Job.objects.get(pk=row.pk).result_file)
    assert_valid(content, tmp_path)
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_both_papers_are_filled_in_signed_or_to_be_signed_by_hand(cast, newcomer, tmp_path):
    blank = made(cast.office_clerk, post_of(newcomer), "pledge", tmp_path)
    assert "新成员" in blank and "严守秘密" in blank and "手签的" in blank
    with clock.held(dt.date(2026, 3, 1)):
        sign(newcomer, ties="named", rows=[tie(cast.village_place)])
    signed = made(newcomer, post_of(newcomer), "pledge", tmp_path)
    assert "承诺人：新成员" in signed and "2026年3月1日" in signed and cast.round.name in signed
    declared = made(newcomer, post_of(newcomer), "ties", tmp_path)
    assert "有应当回避的情形" in declared and "云溪村" in declared and cast.team.name in declared
    with pytest.raises(NotAllowed):
        services.request_pledge_paper(actor=cast.leader, member=post_of(newcomer), paper="ties")


@pytest.mark.parametrize("name", ["review", "lead_inbox", "talks", "field_papers", "tables", "threads"])
def test_lists_say_before_the_signature_that_it_comes_first(cast, newcomer, client, name):
    client.force_login(newcomer)
    before = client.get(reverse(f"findings:{name}")).content.decode()
    assert "先签署保密承诺" in before and page_of(newcomer) in before and "还没有" not in before
    sign(newcomer)
    after = client.get(reverse(f"findings:{name}")).content.decode()
    assert "先签署保密承诺" not in after and page_of(newcomer) not in after
