"""Accounts from the office's list: who is made, who is changed, whose first password is shown once."""

import pytest

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry
from tests.factories import make_office
from tests.villages.books import upload, xlsx
from villages import services
from villages.models import ImportStage, Office, User
from villages.selectors.account_plan import plan_account_import

HEAD = ["序号", "姓名", "登录名", "单位", "角色", "所在镇（街道）", "所在村（社区）", "联系电话"]


def line(login, name="林知夏", role="巡察干部", office="青岚区财政局", town=None, village=None, phone=None):
    return [1, name, login, office, role, town, village, phone]


def book(*lines):
    return xlsx(*lines, head=HEAD, before=[["系统账号申请表"]], after=[["说明：初始密码由系统生成。"]])


def plan(cast, *lines, who="office_clerk"):
    return plan_account_import(getattr(cast, who), book(*lines), "账号.xlsx")


def stage(cast, *lines, who="office_clerk"):
    return services.stage_account_import(actor=getattr(cast, who), upload=upload(book(*lines), "账号.xlsx"))


def commit(cast, *lines, **over):
    staged = stage(cast, *lines)
    return services.commit_account_import(actor=cast.office_clerk, staged=staged, **over)


def faults(found):
    return [(error["row"], error["column"]) for error in found.errors]


def test_each_new_account_gets_a_first_password_that_works_and_must_be_changed(cast):
    slips = commit(cast, line("linzhixia"), line("zhaonanqiao", "赵南乔"))
    assert [slip.user.username for slip in slips] == ["linzhixia", "zhaonanqiao"]
    for slip in slips:
        user = User.objects.get(pk=slip.user.pk)
        assert user.check_password(slip.password) and user.must_change_password and user.role == "inspector"
    assert slips[0].password != slips[1].password


def test_the_first_passwords_are_kept_nowhere(cast):
    slips = commit(cast, line("linzhixia"))
    staged = ImportStage.objects.get()
    trail = " ".join(f"{e.before}{e.after}{e.reason}" for e in AuditEntry.objects.all())
    assert slips[0].password not in f"{staged.payload}{staged.result}{trail}"


def test_units_are_registered_once_with_the_kind_the_role_says(cast):
    town = cast.town_place.name
    commit(
        cast,
        line("a-one", office="青岚区审计局"),
        line("b-two", office="青岚区审计局"),
        line("c-three", "郑河口", "镇（街道）党委", "中共某镇委员会", town),
        line("d-four", "江予安", "村（社区）党组织", "云溪村党总支", town, "云溪村"),
    )
    kinds = dict(Office.objects.values_list("name", "kind"))
    assert kinds["青岚区审计局"] == "department"
    assert kinds["中共某镇委员会"] == "town" and kinds["云溪村党总支"] == "village"
    assert User.objects.get(username="c-three").office.town == cast.town_place
    assert User.objects.get(username="d-four").office.village == cast.village_place


@pytest.mark.parametrize(
    ("bad", "column"),
    [
        (line("林知夏"), "登录名"),
        (line("ab"), "登录名"),
        (line("linzhixia"), "登录名"),  # the first row's
        (line("ok-name", role="群众"), "角色"),
        (line("ok-name", name=None), "姓名"),
        (line("ok-name", role="巡察办主任"), "角色"),  # beyond the clerk's reach
        (line("ok-name", role="镇（街道）党委", office="某镇党委"), "所在镇（街道）"),
        (
            line("ok-name", role="村（社区）党组织", office="某村支部", town="第八镇", village="云溪村"),
            "所在村（社区）",
        ),
        (line("ok-name", role="区级部门", office=None), "单位"),
    ],
)
def test_a_wrong_row_is_named_and_the_others_stay(cast, bad, column):
    found = plan(cast, line("linzhixia"), bad)
    assert faults(found) == [(4, column)]
    assert [good.username for good in found.lines] == ["linzhixia"]


def test_a_unit_of_another_kind_is_refused(cast):
    make_office("discipline", name="青岚区纪委监委")
    assert faults(plan(cast, line("ok-name", role="区级部门", office="青岚区纪委监委"))) == [(3, "单位")]


def test_faulty_rows_are_left_out_only_when_asked(cast):
    with pytest.raises(ServiceError, match="只导入正确的行"):
        commit(cast, line("linzhixia"), line("林"))
    assert not User.objects.filter(username="linzhixia").exists()
    slips = commit(cast, line("linzhixia"), line("林"), skip_errors=True)
    assert len(slips) == 1


def test_the_same_list_again_changes_nothing_and_shows_no_password(cast):
    commit(cast, line("linzhixia", phone="0990-5550101"))
    assert plan(cast, line("linzhixia", phone="0990-5550101")).count("unchanged") == 1
    assert commit(cast, line("linzhixia", phone="0990-5550101")) == []


def test_a_later_list_changes_what_it_says_and_keeps_what_it_leaves_blank(cast):
    commit(cast, line("linzhixia", phone="0990-5550101"))
    found = plan(cast, line("linzhixia", "林之夏", office=None))
    assert found.lines[0].changes == {"姓名": ["林知夏", "林之夏"]}
    commit(cast, line("linzhixia", "林之夏", office=None))
    user = User.objects.get(username="linzhixia")
    assert (user.display_name, user.phone, user.office.name) == ("林之夏", "0990-5550101", "青岚区财政局")


def test_an_account_changed_after_the_preview_stops_the_whole_import(cast):
    commit(cast, line("linzhixia"))
    staged = stage(cast, line("linzhixia", "林之夏"), line("new-one", "新人"))
    user = User.objects.get(username="linzhixia")
    services.update_user(actor=cast.office_head, user=user, revision=user.revision, changes={"phone": "1"})
    with pytest.raises(ServiceError, match="预览之后"):
        services.commit_account_import(actor=cast.office_clerk, staged=staged)
    assert not User.objects.filter(username="new-one").exists()
    assert ImportStage.objects.get(pk=staged.pk).state == "staged"


def test_a_preview_is_confirmed_once_and_by_its_owner(cast):
    staged = stage(cast, line("linzhixia"))
    with pytest.raises(NotAllowed):
        services.commit_account_import(actor=cast.office_head, staged=staged)
    services.commit_account_import(actor=cast.office_clerk, staged=staged)
    with pytest.raises(NotAllowed, match="已导入"):
        services.commit_account_import(actor=cast.office_clerk, staged=staged)


@pytest.mark.parametrize("who", ["leader", "town", "stranger"])
def test_only_keepers_of_accounts_import_them(cast, who):
    with pytest.raises(NotAllowed):
        plan(cast, line("linzhixia"), who=who)


def test_the_office_list_of_the_examples_is_read_without_a_fault(db):
    services.seed_reference(actor=SYSTEM)
    with open("examples/村（社区）名册.xlsx", "rb") as file:
        services.import_villages(actor=SYSTEM, content=file.read(), filename=file.name, county="990101")
    with open("examples/账号申请表.xlsx", "rb") as file:
        found = plan_account_import(SYSTEM, file.read(), file.name)
    assert found.errors == [] and found.count("create") == len(found.lines) > 15
