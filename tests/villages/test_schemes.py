"""Category schemes: seeded, copied, changed while no round uses them, and finding the place of five-aspect codes."""

import pytest
from django.urls import reverse

from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError, StaleRecord
from prep.models import WatchItem
from prep.services import draw_watch_list, load_library
from villages import services
from villages.models import Category, CategoryScheme, Round
from villages.models.reference_data import CATEGORIES
from villages.models.scheme_data import SCHEMES
from villages.selectors.schemes import CategoryMap, five_code, scheme_tree, uncovered

pytestmark = pytest.mark.django_db

FIVE_SECOND = {code for *_, children in CATEGORIES for code, _ in children}


@pytest.fixture
def seeded(cast):
    services.seed_reference(actor=SYSTEM)
    return {row.code: row for row in CategoryScheme.objects.all()}


def test_the_three_schemes_are_seeded_with_two_levels_once(seeded):
    assert set(seeded) == {"five", "focus", "four"}
    assert seeded["focus"].name == "三个聚焦" and seeded["four"].name == "四个落实"
    for code, tops in (("focus", 4), ("four", 4)):
        rows = Category.objects.filter(scheme=seeded[code])
        assert rows.filter(parent=None).count() == tops
        assert all(row.parent.code == row.code[:1] for row in rows.exclude(parent=None))
    before = Category.objects.count()
    services.seed_reference(actor=SYSTEM)
    assert Category.objects.count() == before


@pytest.mark.parametrize("seed", SCHEMES, ids=lambda seed: seed.code)
def test_each_seeded_scheme_takes_in_every_second_level_of_the_five_aspects_once(seed):
    taken = [code for row in seed.categories if len(row.code) > 1 for code in row.covers]
    assert sorted(taken) == sorted(FIVE_SECOND)
    tops = [code for row in seed.categories if len(row.code) == 1 for code in row.covers]
    assert sorted(tops) == ["A", "B", "C", "D", "E", "R"]


@pytest.mark.parametrize(
    ("scheme", "code", "place"),
    [
        ("five", "E3", "E3"), ("five", "E9", "E"), ("focus", "E3", "G2"), ("focus", "E9", "G"),
        ("focus", "C2", "H2"), ("four", "D4", "T3"), ("four", "R1", "V1"), ("four", "X1", None),
    ],
)  # fmt: skip
def test_a_five_aspect_code_finds_its_place(cast, seeded, scheme, code, place):
    cast.round.scheme = seeded[scheme]
    found = CategoryMap(cast.round).find(code)
    assert (found.code if found else None) == place


def test_the_way_back_gives_a_code_of_the_five_aspects(seeded):
    by_code = {
        row.code: row for row in Category.objects.filter(scheme=seeded["focus"]).select_related("scheme")
    }
    assert (five_code(by_code["G2"]), five_code(by_code["R1"]), five_code(None)) == ("E3", "R1", "")


def test_a_library_in_five_aspects_draws_rightly_in_a_round_with_another_scheme(cast, seeded):
    Round.objects.filter(pk=cast.round.pk).update(scheme=seeded["focus"])
    cast.inspection.round.refresh_from_db()
    load_library(actor=SYSTEM)
    draw_watch_list(actor=cast.member, inspection=cast.inspection)
    codes = dict(WatchItem.objects.values_list("check_point__code", "category__code"))
    assert (codes["E3-01"], codes["A1-01"], codes["C1-01"], codes["R1-01"]) == ("G2", "F1", "H1", "R1")
    assert None not in codes.values()


# --- versions ---------------------------------------------------------------------------------------------


def rows_of(scheme):
    return scheme.tree_rows()


def test_a_copy_is_the_next_version_with_the_same_tree(cast, seeded):
    made = services.copy_scheme(actor=cast.office_clerk, scheme=seeded["focus"])
    assert (made.code, made.version) == ("focus", 2)
    assert rows_of(made) == rows_of(seeded["focus"])


def test_names_order_and_coverage_change_while_no_round_uses_it(cast, seeded):
    scheme = seeded["focus"]
    rows = rows_of(scheme)
    second = next(row for row in rows if row["code"] == "G1")
    second |= {"name": "资金和资产", "covers": ["E1"]}
    rows.append({"code": "g8", "name": "资产", "short": "", "covers": ["E2"]})
    rows = [row for row in rows if row["code"][:1] == "G" or row["code"] == "g8"] + [
        row for row in rows if row["code"][:1] not in "Gg" and row["code"] != "F4"
    ]
    services.save_scheme(actor=cast.office_clerk, scheme=scheme, revision=1, name="三个聚焦", rows=rows)
    tree = scheme_tree(cast.office_clerk, scheme)
    assert [branch.category.code for branch in tree] == ["G", "F", "H", "R"]
    assert [row.code for row, _ in tree[0].children][-1] == "G8"
    assert next(row.name for row, _ in tree[0].children if row.code == "G1") == "资金和资产"
    assert uncovered(scheme, tree) == ["B2 教育引导"]
    assert not Category.objects.filter(scheme=scheme, code="F4").exists()


def test_a_scheme_a_round_uses_is_read_only_for_everybody(cast, seeded):
    with pytest.raises(NotAllowed, match="已有轮次采用"):
        services.save_scheme(
            actor=cast.office_head, scheme=cast.scheme, revision=1, name="改", rows=rows_of(cast.scheme)
        )


@pytest.mark.parametrize("role", ["leader", "town", "sysadmin"])
def test_only_the_office_keeps_schemes(cast, seeded, role):
    person = getattr(cast, role)
    with pytest.raises(NotAllowed):
        services.copy_scheme(actor=person, scheme=seeded["four"])
    with pytest.raises(NotAllowed):
        services.save_scheme(
            actor=person, scheme=seeded["four"], revision=1, name="改", rows=rows_of(seeded["four"])
        )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "至少要有一个类别"),
        ([{"code": "F", "name": "甲"}, {"code": "f", "name": "乙"}], "写了两次"),
        ([{"code": "F1", "name": "甲"}], "没有一级类别F"),
        ([{"code": "第一", "name": "甲"}], "写得不对"),
        ([{"code": "F", "name": " "}], "没有名称"),
        ([{"code": "F", "name": "甲", "covers": ["Z1"]}], "没有代码“Z1”"),
        (
            [
                {"code": "F", "name": "甲"},
                {"code": "F1", "name": "乙", "covers": ["E1"]},
                {"code": "F2", "name": "丙", "covers": ["E1"]},
            ],
            "只能对应一个",
        ),
    ],
)
def test_a_tree_that_cannot_be_is_refused_in_one_sentence(cast, seeded, rows, message):
    before = rows_of(seeded["four"])
    with pytest.raises(ServiceError, match=message):
        services.save_scheme(
            actor=cast.office_clerk, scheme=seeded["four"], revision=1, name="四个落实", rows=rows
        )
    assert rows_of(seeded["four"]) == before


def test_the_second_of_two_editors_is_told_even_when_only_a_category_changed(cast, seeded):
    scheme, rows = seeded["four"], rows_of(seeded["four"])
    rows[1] |= {"name": "主任的写法"}
    services.save_scheme(actor=cast.office_head, scheme=scheme, revision=1, name="四个落实", rows=rows)
    with pytest.raises(StaleRecord):
        services.save_scheme(
            actor=cast.office_clerk,
            scheme=CategoryScheme.objects.get(pk=scheme.pk),
            revision=1,
            name="四个落实",
            rows=rows_of(scheme)[:1],
        )
    assert Category.objects.filter(scheme=scheme, name="主任的写法").exists()


# --- pages ------------------------------------------------------------------------------------------------


def test_the_sheet_typed_into_the_page_is_saved(client, cast, seeded):
    client.force_login(cast.office_clerk)
    scheme = seeded["four"]
    sent = {"revision": scheme.revision, "name": "四个落实（试行）"}
    for n, row in enumerate(rows_of(scheme)):
        sent |= {f"tree-{n}-{key}": row[key] for key in ("code", "name", "short")}
        sent[f"tree-{n}-covers"] = "，".join(row["covers"])
    sent["tree-1-name"] = "重大决策部署落实"
    address = reverse("villages:scheme_edit", kwargs={"pk": scheme.pk})
    response = client.post(address, sent)
    assert response.url == reverse("villages:scheme", kwargs={"pk": scheme.pk})
    page = client.get(response.url).content.decode()
    assert "四个落实（试行）" in page and "重大决策部署落实" in page and "D1 为民服务、D3 形式主义" in page


def test_what_was_typed_comes_back_with_the_sentence(client, cast, seeded):
    client.force_login(cast.office_clerk)
    address = reverse("villages:scheme_edit", kwargs={"pk": seeded["four"].pk})
    sent = {"revision": 1, "name": "四个落实", "tree-0-code": "S1", "tree-0-name": "没有上级的类别"}
    response = client.post(address, sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert "没有一级类别S" in page and "没有上级的类别" in page


def test_a_reader_sees_the_tree_without_buttons(client, cast, seeded):
    client.force_login(cast.member)
    page = client.get(reverse("villages:scheme", kwargs={"pk": seeded["focus"].pk})).content.decode()
    assert "三个聚焦" in page and "复制为新版" not in page
