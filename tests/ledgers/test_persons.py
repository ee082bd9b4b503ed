"""Who is taken for a cadre or for kin of one, and how surely."""

import datetime as dt

from ledgers.rules.persons import Persons, same_name
from ledgers.rules.rows import Cadre, Kin
from tests.ledgers.books import books

HEAD = Cadre("c1", "王甲", "m-wang", "村主任", dt.date(2018, 5, 1), dt.date(2021, 4, 30))
CLERK = Cadre("c2", "李乙", "", "会计")
WIFE = Kin("k1", "c1", "赵丙", "m-zhao", "配偶")
SON = Kin("k2", "李乙", "李丁", "", "子女")
PERSONS = Persons(books(cadres=[HEAD, CLERK], kin=[WIFE, SON]))


def test_a_mark_is_sure_whatever_the_name():
    match = PERSONS.who("王 家", "m-wang")
    assert (match.cadre, match.relation, match.sure, match.key) == (HEAD, "", True, "c1")
    assert match.told == "村干部王甲（村主任）"


def test_a_name_alone_is_a_hint_and_says_so():
    match = PERSONS.who("王　甲", "")
    assert (match.cadre, match.sure) == (HEAD, False)
    assert match.told == "与村干部王甲（村主任）同名，是否同一人待核"
    assert PERSONS.who("李乙", "m-other").sure is False


def test_two_marks_under_one_name_are_two_people():
    assert PERSONS.who("王甲", "m-other") is None


def test_kin_are_found_through_the_key_or_the_name_of_their_cadre():
    wife, son = PERSONS.who("", "m-zhao"), PERSONS.who("李丁")
    assert (wife.cadre, wife.relation, wife.sure, wife.key) == (HEAD, "配偶", True, "k1")
    assert (son.cadre, son.relation, son.sure) == (CLERK, "子女", False)
    assert wife.told == "村干部王甲（村主任）的配偶"


def test_kin_of_somebody_who_is_no_longer_listed_still_count():
    match = Persons(books(kin=[Kin("k9", "周戊", "周己", "m-zhou")])).who("周己", "m-zhou")
    assert (match.cadre.name, match.relation, match.sure) == ("周戊", "亲属", True)


def test_the_term_counts_where_a_day_is_asked():
    assert PERSONS.who("王甲", "m-wang", on=dt.date(2021, 4, 30)).cadre == HEAD
    assert PERSONS.who("王甲", "m-wang", on=dt.date(2021, 5, 1)) is None
    assert PERSONS.who("赵丙", "m-zhao", on=dt.date(2018, 4, 30)) is None


def test_nobody_is_nobody():
    assert PERSONS.who("", "") is None
    assert PERSONS.who("孙庚", "m-sun") is None


def test_a_firm_may_be_named_in_part_and_a_person_not():
    assert same_name("赵 丙", "赵丙")
    assert same_name("兴旺建材", "甲县兴旺建材有限公司")
    assert not same_name("赵丙", "赵丙丁")
    assert not same_name("", "")


def test_a_person_is_called_by_the_name_in_the_books_unless_it_is_the_cadre():
    assert PERSONS.who("王 家", "m-wang").called("王 家") == "村干部王甲（村主任）"
    assert PERSONS.who("赵丙", "m-zhao").called("赵丙") == "赵丙（村干部王甲（村主任）的配偶）"
    assert PERSONS.who("王甲").called("王甲") == "王甲（与村干部王甲（村主任）同名，是否同一人待核）"
