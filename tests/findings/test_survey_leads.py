"""From an open answer or a low result to a lead: worded anew, without persons, with no way back."""

import pytest
from django.urls import reverse

from core.errors import NotAllowed, ServiceError
from core.models import AuditEntry, FormKey
from findings import services
from findings.models import Lead
from surveys.models import AnswerMark, OpenAnswer, Tally
from surveys.services import sealing
from tests.surveys.polls import closed, locked, sheet_row

pytestmark = pytest.mark.django_db
SAID = "书记王建国把鱼塘给了他弟弟，租金没有入账。问我13812345678"


@pytest.fixture(autouse=True)
def _keys_of_their_own(settings, tmp_path):
    settings.SURVEY_KEYS_DIR = tmp_path / "keys"


def rows():
    others = [sheet_row(n, group="村组干部", comment="都好") for n in range(2, 7)]
    return [sheet_row(1, cells={1: 4}, comment=SAID), *others]


def said(cast):
    survey = locked(cast, rows())
    found = OpenAnswer.objects.select_related("survey__inspection", "survey__questionnaire", "survey__round")
    return found.get(survey=survey, text=SAID)


def test_the_form_begins_with_the_words_without_persons(cast, client):
    answer = said(cast)
    client.force_login(cast.member)
    response = client.get(reverse("findings:answer_lead", kwargs={"pk": answer.pk}))
    form = response.context["form"]
    assert form.initial["text"] == "书记某某把鱼塘给了他弟弟，租金没有入账。问我＊＊＊"
    assert form.initial["title"] == "书记某某把鱼塘给了他弟弟，租金没有入账"
    # Whoever turns it into a lead reads it as it was written, the name flagged.
    assert ">王建国</mark>" in response.content.decode()


def test_a_lead_is_reworded_masked_once_more_and_marks_the_answer(cast, client):
    answer = said(cast)
    client.force_login(cast.member)
    address = reverse("findings:answer_lead", kwargs={"pk": answer.pk})
    sent = {"title": "王建国书记鱼塘租金未入账", "text": "租金去向，账号6222021234567890", "_key": "a" * 32}
    assert client.post(address, sent).status_code == 302
    lead = Lead.objects.get()
    # What the machinery keeps of the form names the lead and must not name the answer.
    kept = str(list(FormKey.objects.values()))
    assert str(lead.pk) in kept and str(answer.pk) not in kept
    assert (lead.title, lead.text) == ("某某书记鱼塘租金未入账", "租金去向，账号＊＊＊")
    assert (lead.source, lead.inspection_id, lead.status) == ("open_answer", cast.inspection.pk, "open")
    assert AnswerMark.objects.get().status == "lead"
    page = client.get(address).content.decode()
    assert lead.no in page and '<form method="post" enctype' not in page
    with pytest.raises(ServiceError, match="已经转为疑点"):
        services.lead_from_answer(actor=cast.deputy, answer=answer, title="又一次", text="")
    assert Lead.objects.count() == 1


def test_nothing_in_lead_or_trail_leads_back_to_the_answer_or_to_who_could_have_said_it(cast, settings):
    answer = said(cast)
    lead = services.lead_from_answer(actor=cast.member, answer=answer, title="鱼塘租金", text="租金未入账")
    stored = str(Lead.objects.values().get()) + str(list(AuditEntry.objects.values()))
    for secret in (
        str(answer.pk),
        answer.pk.hex,
        "王建国",
        "13812345678",
        "村进驻会",
        "村组干部",
        "villager",
    ):
        assert secret not in stored
    # Only who holds the key of the survey can make the digest again.
    assert lead.source_key == sealing.keyed("lead", str(answer.pk))
    settings.SURVEY_KEY = "another-key"
    assert lead.source_key != sealing.keyed("lead", str(answer.pk))


@pytest.mark.parametrize("who", ["office_clerk", "outsider", "town"])
def test_only_the_team_turns_words_into_leads(cast, who):
    answer = said(cast)
    with pytest.raises(NotAllowed):
        services.lead_from_answer(actor=getattr(cast, who), answer=answer, title="疑点", text="")
    assert not Lead.objects.exists() and not AnswerMark.objects.exists()


def test_words_of_a_survey_that_is_not_locked_or_too_small_become_no_lead(cast):
    closed(cast, rows())
    answer = OpenAnswer.objects.get(text=SAID)
    with pytest.raises(NotAllowed, match="锁定"):
        services.lead_from_answer(actor=cast.member, answer=answer, title="疑点", text="")
    locked(cast, [sheet_row(1, comment="只有一份")], cast.other_inspection)
    one = OpenAnswer.objects.get(text="只有一份")
    with pytest.raises(NotAllowed, match="太少"):
        services.lead_from_answer(actor=cast.outsider, answer=one, title="疑点", text="")


# --- results ----------------------------------------------------------------------------------------------


def poor(cast):
    return locked(cast, [sheet_row(n, cells={3: 4}) for n in range(1, 13)])


def test_a_low_result_becomes_a_lead_once(cast, client):
    survey = poor(cast)
    client.force_login(cast.member)
    address = reverse("findings:result_lead", kwargs={"pk": survey.pk, "number": 3})
    assert address in client.get(reverse("surveys:results", kwargs={"pk": survey.pk})).content.decode()
    form = client.get(address).context["form"]
    assert "好评率0.0%" in form.initial["title"] and "有效答卷12份" in form.initial["text"]
    client.post(address, {"title": form.initial["title"], "text": form.initial["text"], "_key": "b" * 32})
    lead = Lead.objects.get()
    assert (lead.source, lead.source_key) == ("result", f"{survey.pk}:3")
    assert lead.no in client.get(address).content.decode()
    assert client.get(address.replace("/3/", "/99/")).status_code == 404


def test_a_result_that_is_not_locked_becomes_no_lead(cast):
    survey = closed(cast, rows())
    with pytest.raises(NotAllowed, match="锁定"):
        services.lead_from_result(actor=cast.member, survey=survey, number=1, title="低", text="")


def test_a_result_whose_counts_were_changed_becomes_no_lead(cast):
    survey = poor(cast)
    Tally.objects.filter(survey=survey, item__number=3, level="4").update(count=11)
    with pytest.raises(ServiceError, match="没有可以公布的结果"):
        services.lead_from_result(actor=cast.member, survey=survey, number=3, title="低", text="")
