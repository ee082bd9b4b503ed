"""Weights of voter groups: each belongs to a group or is refused; and what rounds hold from before is said."""

import pytest
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from surveys import selectors, services
from surveys.models import Group, RespondentGroup
from surveys.rules import weights
from tests.surveys.ballots import locked, make_rating, open_rating, reload
from villages import services as villages
from villages.models import RoundParameter

pytestmark = pytest.mark.django_db
NONE = dict.fromkeys(Group.labels, 0)


def weigh(cast, **value):
    """Weights as they stand in the round, written past every check."""
    return RoundParameter.objects.create(round=cast.round, key=weights.KEY, label="权重", value=value)


def save(cast, row, **value):
    return villages.update_parameter(
        actor=cast.office_clerk, row=row, value=row.value | value, revision=row.revision
    )


def group(code, name, aliases=()):
    services.load_groups(actor=SYSTEM)
    row = RespondentGroup.objects.filter(code=code).first()
    values = {"name": name, "aliases": list(aliases), "order": 5, "active": True}
    return services.save_group(actor=SYSTEM, group=row, values=values)


def rows_of(*lots):
    numbers = iter(range(1, 1000))
    return [[next(numbers), name, *marks] for name, marks, count in lots for _ in range(count)]


# --- saving -----------------------------------------------------------------------------------------------


def test_a_weight_of_no_group_is_refused_beside_its_field(cast):
    row = weigh(cast, **NONE, 居民组长=5)
    with pytest.raises(ServiceError, match="“居民组长”不是人员类别") as refused:
        save(cast, row, 党员代表=30)
    assert refused.value.field == "value:居民组长"
    assert save(cast, row, 党员代表=30, 居民组长=0).value["党员代表"] == 30


def test_two_names_of_one_group_cannot_both_weigh(cast):
    row = weigh(cast, **NONE, 群众=0)
    with pytest.raises(ServiceError, match="“群众”和“普通群众”是同一类人员"):
        save(cast, row, 普通群众=30, 群众=20)
    assert weights.by_code({"普通群众": 30, "群众": 20}) == {"villager": "30"}


def test_the_form_offers_every_group_of_the_office_and_keeps_what_was_typed(client, cast):
    row = weigh(cast, **NONE, 居民组长=5, 旧名称=0)
    group("", "企业职工")
    client.force_login(cast.office_clerk)
    url = reverse("villages:parameter_edit", kwargs={"pk": row.pk})
    page = client.get(url).content.decode()
    assert "企业职工" in page and "居民组长" in page and "旧名称" not in page
    typed = {f"value:{name}": "0" for name in NONE} | {
        "value:企业职工": "40", "value:居民组长": "5", "revision": "1",
    }  # fmt: skip
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "不是人员类别" in refused.content.decode() and 'value="40"' in refused.content.decode()
    assert client.post(url, typed | {"value:居民组长": "0"}).status_code == 302
    code = RespondentGroup.objects.get(name="企业职工").code
    assert weights.by_code(RoundParameter.objects.get(pk=row.pk).value) == {code: "40"}


def test_a_group_keeps_the_name_a_round_weighs_it_by(cast):
    made = group("", "企业职工")
    weigh(cast, **NONE, 企业职工=40)
    with pytest.raises(ServiceError, match="用着“企业职工”这个名称"):
        group(made.code, "工人")
    group(made.code, "工人", ["企业职工"])
    # The names the product came with are always understood.
    group("party", "老党员")


# --- what is there already --------------------------------------------------------------------------------


def test_a_rating_is_not_opened_with_a_weight_that_would_be_lost(client, cast):
    weigh(cast, **NONE, 居民组长=5)
    rating = make_rating(cast)
    with pytest.raises(NotAllowed, match="“居民组长”5没有对应的人员类别"):
        services.open_rating(actor=cast.leader, rating=reload(rating))
    client.force_login(cast.leader)
    page = client.get(reverse("surveys:rating", kwargs={"pk": rating.pk})).content.decode()
    assert "“居民组长”5没有对应的人员类别，没有进入得分" in page


def test_results_of_before_say_which_weight_did_not_enter(client, cast):
    rows = rows_of(("党员代表", ["好", "好", "较好", "差"], 12), ("普通群众", ["差", "较好", "差", "好"], 20))
    rating = locked(cast, rows)
    assert not selectors.rating_results(cast.member, reload(rating)).strays
    weigh(cast, **NONE, 居民组长=5)
    client.force_login(cast.member)
    page = client.get(reverse("surveys:rating_results", kwargs={"pk": rating.pk})).content.decode()
    assert page.count("本轮参数里的测评权重“居民组长”5没有对应的人员类别，没有进入得分。") >= 2
    assert selectors.locked_rating(cast.office_clerk, cast.inspection).method.endswith("没有进入得分。")


def test_opening_writes_the_weights_down_by_code(cast):
    weigh(cast, **NONE | {"党员代表": 70, "普通群众": 30})
    rating = open_rating(cast)
    assert rating.basis["groups"] == {"party": "70", "villager": "30"}
