"""Form numbers of papers leave no gap, whatever fails or happens at once."""

import threading

import pytest
from django.db import connection, transaction

from core.errors import ServiceError
from findings import services
from findings.models import Finding
from tests.factories import make_cast
from tests.findings import papers


def serials(**where):
    numbers = Finding.objects.filter(**where).exclude(no="").values_list("no", flat=True)
    return sorted(int(no.rsplit("-", 1)[-1]) for no in numbers)


@pytest.mark.django_db
def test_a_signature_that_fails_gives_its_number_back(cast):
    papers.checking(cast)
    spoiled = papers.draft(cast)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.sign_as_handler(actor=cast.member, finding=spoiled)
        raise RuntimeError
    incomplete = papers.draft(cast, facts="")
    with pytest.raises(ServiceError):
        services.sign_as_handler(actor=cast.member, finding=incomplete)
    services.sign_as_handler(actor=cast.member, finding=papers.reload(spoiled))
    assert serials() == [1, 2]


@pytest.mark.django_db
def test_a_withdrawn_number_is_never_used_again(cast):
    papers.withdrawn(cast)
    assert papers.checking(cast).no.endswith("0002")


@pytest.mark.django_db
def test_talks_and_papers_count_apart(cast):
    papers.checking(cast)
    assert papers.signed_talk(cast).no.endswith("-TH-0001")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_signatures_at_the_same_moment_get_different_numbers_without_a_gap():
    cast = make_cast()
    drafts = [papers.draft(cast, title=f"问题{n}") for n in range(6)]
    start, errors = threading.Barrier(len(drafts)), []

    def sign(finding):
        try:
            start.wait(10)
            services.sign_as_handler(actor=cast.member, finding=papers.reload(finding))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(finding,)) for finding in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert serials() == [1, 2, 3, 4, 5, 6]
