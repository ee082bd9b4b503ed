"""A list that is empty says why: nothing is there yet, or nothing meets what was asked for."""

import pytest
from django.urls import reverse

from tests.factories import make_member
from tests.findings import loans, papers
from tests.findings.clues import clues
from tests.rectification.orders import make_order
from villages.models import TeamRole

pytestmark = pytest.mark.django_db

LISTS = [
    ("rectification:orders", "交办单", lambda cast: make_order(cast, "issued"), "status=closed"),
    ("rectification:orders", "交办单", lambda cast: make_order(cast, "issued"), "q=没有这个词"),
    ("findings:petitions", "信访件", lambda cast: None, "q=没有这个词"),
    ("findings:petitions", "信访件", lambda cast: None, "status=handling"),
    ("findings:clues", "问题线索", lambda cast: clues.draft(cast), "status=closed"),
    ("findings:threads", "历年问题", lambda cast: None, "q=没有这个词"),
    ("findings:loans", "调阅资料", loans.a_loan, "late=1"),
    ("findings:talks", "谈话记录", papers.talk, "status=signed"),
    ("findings:field_papers", "记录", papers.field, "q=没有这个词"),
    ("findings:tables", "三资调查表", lambda cast: None, "q=没有这个词"),
]
PLEDGED = [*dict.fromkeys(name for name, *_ in LISTS if name != "findings:clues"), "findings:topics"]


@pytest.mark.parametrize(("name", "word", "make", "query"), LISTS)
@pytest.mark.parametrize("role", ["leader", "office_head", "member"])
def test_an_empty_list_says_whether_a_filter_made_it_so(cast, client, role, name, word, make, query):
    client.force_login(getattr(cast, role))
    nothing = client.get(reverse(name)).content.decode()
    assert f"没有符合条件的{word}" not in nothing
    assert f"还没有{word}" in nothing or f"没有由您知悉的{word}" in nothing
    make(cast)
    filtered = client.get(f"{reverse(name)}?{query}").content.decode()
    knows_none = name == "findings:clues" and role != "leader"
    assert (f"没有符合条件的{word}" in filtered) is not knows_none


def test_before_the_pledge_no_list_says_that_there_is_nothing(cast, client):
    unsworn = make_member(cast.team, TeamRole.MEMBER, sworn=False)
    client.force_login(unsworn)
    pledge = reverse("villages:pledge", kwargs={"pk": unsworn.memberships.get().pk})
    for name in PLEDGED:
        text = client.get(f"{reverse(name)}?q=没有这个词").content.decode()
        assert f'href="{pledge}">去签署保密承诺' in text, name
        assert "还没有" not in text and "没有符合条件" not in text, name
