"""Twenty clues with canaries in every field: found on the pages of those named and in what they open, nowhere else."""

import io
import json
import logging
import subprocess
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from docx import Document

from core import drafts
from core.models import AuditEntry, FormKey
from findings import services
from findings.models import Clue, ciphertext
from findings.workflow.clue import CLUE_READ, CLUE_VERB
from tests.access.roles import EVERYONE
from tests.canaries import Hunt, files, matrix_pages, pages_as, tables
from tests.findings.clues import clues

pytestmark = pytest.mark.django_db

CANARIES = {
    "title": "金丝雀线索名称", "name": "司徒金丝雀", "unit": "金丝雀合作社", "post": "金丝雀副书记",
    "rank": "金丝雀四级主任科员",
    "politics": "金丝雀民主人士", "facts": "把金丝雀鱼塘的钱存进自己的卡里", "sources": "金丝雀谈话第三页摘录",
    "note": "金丝雀收据存根十二张", "opinion": "金丝雀拟由第四室初核", "handling": "金丝雀已谈话两次",
    "result": "金丝雀给予党内严重警告", "second": "金丝雀区委第二部门", "reason": "金丝雀缺少开户资料",
    "named": "金丝雀参与核查的理由",
}  # fmt: skip
IN_PICTURE, AUTHOR = "canary-in-exif-4711", "canary-author-0815"
PICTURE, PAPER = "金丝雀的收据.jpg", "金丝雀的说明.docx"
HUNT = Hunt(CANARIES | {"exif": IN_PICTURE, "author": AUTHOR}, [PICTURE, PAPER])
# Leader and head by post, the receiver once it was handed over: whoever else sees a canary was never named.
NAMED = ("leader", "office_head", "discipline")


def content():
    person = {name: CANARIES[name] for name in ("name", "unit", "post", "rank", "politics")}
    words = {name: CANARIES[name] for name in ("title", "facts", "sources", "note")}
    return clues.values(persons=[person], **words)


def materials():
    paper, buffer = Document(), io.BytesIO()
    paper.core_properties.author = AUTHOR
    paper.core_properties.last_modified_by = AUTHOR
    paper.add_paragraph(CANARIES["note"])
    paper.save(buffer)
    return [clues.picture(PICTURE, IN_PICTURE), SimpleUploadedFile(PAPER, buffer.getvalue())]


def typed(cast, **over):
    words = {f"sealed_{name}": CANARIES[name] for name in ("title", "facts", "sources", "note")}
    cells = {f"sealed_persons-0-{n}": CANARIES[n] for n in ("name", "unit", "post", "rank", "politics")}
    rest = {
        "village": cast.inspection.pk,
        "sealed_disciplines": ["integrity"],
        "confirmed": "on",
        "_key": "k1",
    }
    return words | cells | rest | over


def write_one(cast, client):
    """As it goes in life: a draft is sent, a first try is refused, the second one is good."""
    client.force_login(cast.leader)
    values = {name: value if isinstance(value, list) else [str(value)] for name, value in typed(cast).items()}
    client.post(
        reverse("core:draft"), json.dumps({"form": "findings.clue.new", "values": values}),
        content_type="application/json",
    )  # fmt: skip
    new = reverse("findings:clue_new")
    assert client.post(new, typed(cast, village="", sealed_files=materials())).status_code == 422
    assert client.post(new, typed(cast, sealed_files=materials(), _key="k2")).status_code == 302
    return Clue.objects.get()


def carry(cast, clue, far):
    """The way of a clue up to the step ``far``, with a canary in each of its words."""
    second, reason = CANARIES["second"], CANARIES["reason"]
    ways = [
        lambda: services.sign_clue(actor=cast.leader, clue=clue, text=reason),
        lambda: services.approve_clue(
            actor=cast.office_head, clue=clue, receiver=cast.discipline, mode="double", second_unit=second, text=reason,
        ),
        lambda: services.hand_over_clue(actor=cast.office_head, clue=clue, text=reason),
        lambda: services.receive_clue(actor=cast.discipline, clue=clue, text=reason),
        lambda: services.dispose_clue(
            actor=cast.discipline, clue=clue, disposal="verify", opinion=CANARIES["opinion"]
        ),
        lambda: services.answer_clue(
            actor=cast.discipline, clue=clue, handling=CANARIES["handling"], result=CANARIES["result"]
        ),
        lambda: services.step_clue(actor=cast.office_head, clue=clue, step="ask_more", text=reason),
    ]  # fmt: skip
    for way in ways[:far]:
        way()


def twenty(cast, first=None):
    made = [first] if first else []
    while len(made) < 20:
        made.append(services.open_clue(actor=cast.leader, inspection=cast.inspection, values=content()))
    for number, clue in enumerate(made):
        carry(cast, clue, 7 if clue is first else number % 7)
    return made


def forget_oneself(caplog):
    """These tell of the test's own doing: every statement, and the picture being made here."""
    caplog.set_level(logging.DEBUG)
    for name in ("django.db.backends", "PIL", "docx"):
        logging.getLogger(name).setLevel(logging.INFO)


@pytest.fixture
def story(cast, client, caplog):
    def tell():
        forget_oneself(caplog)
        first = write_one(cast, client)
        made = twenty(cast, first)
        services.add_clue_reader(actor=cast.leader, clue=first, user=cast.deputy, reason=CANARIES["named"])
        clues.unname(cast, first, cast.deputy)
        return made

    return tell


def known_pages(client, cast, clue):
    """What the three named ones open: the page, the sheet, the files."""
    client.force_login(cast.leader)
    yield client.get(reverse("findings:clue", kwargs={"pk": clue.pk})).content
    for person in NAMED:
        user = getattr(cast, person)
        user.set_password(clues.PASSWORD)
        user.save()
        client.force_login(user)
        address = reverse("findings:clue_sheet", kwargs={"pk": clue.pk})
        yield client.post(address, {"password": clues.PASSWORD}).content
        word = client.post(address, {"password": clues.PASSWORD, "as": "word"}).getvalue()
        yield b"".join(zipfile.ZipFile(io.BytesIO(word)).read(name) for name in ("word/document.xml",))


def test_a_canary_is_nowhere_but_with_those_named(cast, client, story, caplog):
    first, *_ = made = story()
    shown = b"".join(known_pages(client, cast, first))
    assert HUNT.found_in(shown) == set(CANARIES) | {"file name"}
    assert HUNT.leaks(tables()) == set()
    assert HUNT.leaks(files()) == set()
    assert HUNT.found_in(caplog.text.encode()) == set()
    own = [reverse(f"findings:{n}", kwargs={"pk": c.pk}) for n in ("clue", "clue_edit") for c in made[:8]]
    own += [reverse("findings:clue_file", kwargs={"pk": file.pk}) for file in first.files.all()]
    own += [f"{reverse('inspection:search')}?q=%E9%87%91%E4%B8%9D"]
    leaks = HUNT.leaks(pages_as(EVERYONE, cast, client, own)) | HUNT.leaks(matrix_pages(cast, client))
    assert {where for where in leaks if not where.endswith(NAMED)} == set()
    assert {where for where in leaks if "/mou/xiansuo/" not in where} == set()
    assert len(leaks) > 10
    assert HUNT.leaks(tables()) == set()  # nor after all pages were opened


def test_the_working_copy_tells_nothing_of_its_maker_and_the_original_everything(cast, client, story):
    first = story()[0]
    client.force_login(clues.fresh(cast.leader))
    picture, paper = first.files.order_by("id")
    for file, secret in ((picture, IN_PICTURE), (paper, AUTHOR)):
        copy = client.get(reverse("findings:clue_file", kwargs={"pk": file.pk})).getvalue()
        original = ciphertext.unlock_bytes(file, "sealed_original")
        if file == paper:
            whole = [b"".join(map(z.read, z.namelist())) for z in map(_unzip, (copy, original))]
            assert CANARIES["note"].encode() in whole[0]
            Document(io.BytesIO(copy))
        else:
            whole = [copy, original]
        assert [secret.encode() in content for content in whole] == [False, True]


def _unzip(content):
    return zipfile.ZipFile(io.BytesIO(content))


def test_the_trail_says_that_a_step_was_taken_and_nothing_else(cast, story):
    story()
    entries = list(AuditEntry.objects.filter(target_type__startswith="findings.clue"))
    assert len(entries) > 40
    assert {entry.verb for entry in entries} <= {CLUE_VERB, CLUE_READ}
    assert {entry.target_label for entry in entries} == {"问题线索", "问题线索知悉人", "问题线索材料"}
    told = {str(value) for entry in entries for value in [*entry.before.values(), *entry.after.values()]}
    assert told == {"（不留存内容）"}
    assert {entry.reason for entry in entries} == {""}
    assert not AuditEntry.objects.filter(verb__in=["numbers.take", "files.upload"]).exists()


@pytest.mark.parametrize("spoil", ["encryption", "drafts"])
def test_without_its_guard_a_canary_is_found(story, monkeypatch, spoil):
    if spoil == "encryption":
        monkeypatch.setattr(ciphertext, "encrypt", lambda key, place, content, block=0: content)
        monkeypatch.setattr(ciphertext, "decrypt", lambda key, place, box: bytes(box))
    else:
        monkeypatch.setattr(drafts, "_EXCLUDED", ("csrfmiddlewaretoken", "_key"))
        monkeypatch.setattr("core.submissions.drop_draft", lambda **_: None)
    story()
    assert HUNT.leaks(tables()) != set()


def test_secrets_leave_no_fingerprint_in_the_form_key(cast, client):
    client.force_login(cast.leader)
    for number, words in enumerate(("一件事", "另一件事")):
        client.post(reverse("findings:clue_new"), typed(cast, sealed_facts=words, _key=f"k{number}"))
    assert Clue.objects.count() == 2
    assert len(set(FormKey.objects.values_list("payload_hash", flat=True))) == 1


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_dump_and_the_broker_hold_no_canary(story):
    """What ``pg_dump`` writes, and every value in Redis."""
    redis = pytest.importorskip("redis")
    story()
    values = connection.get_connection_params()
    target = f"postgresql://{values['user']}@{values['host']}:{values['port']}/{values['dbname']}"
    dump = subprocess.run(["pg_dump", "--inserts", target], check=True, capture_output=True).stdout
    assert b"findings_clue" in dump
    # Ciphertext is written in hexadecimal: looked for there as well.
    hexed = Hunt({name: text.encode().hex() for name, text in CANARIES.items()})
    assert HUNT.found_in(dump) == hexed.found_in(dump) == set()
    broker = redis.Redis.from_url(settings.REDIS_URL)
    assert HUNT.leaks(("redis", key + (broker.dump(key) or b"")) for key in broker.scan_iter()) == set()
