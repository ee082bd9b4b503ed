"""After a crash: which rows lost their file, which files no row names, and that nothing young is touched."""

import json
import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from core.audit import SYSTEM
from core.files import store_bytes, store_upload
from core.files.policy import PHOTO
from core.files.store import path_of
from tests.core import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def reconcile(capsys, *options):
    with pytest.raises(SystemExit) as left:
        call_command("reconcile_files", "--json", *options)
    return left.value.code, json.loads(capsys.readouterr().out)


def leftover(media, name, hours):
    path = media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


def test_a_store_in_order_has_nothing_to_say(media, capsys):
    stored = store_upload(actor=SYSTEM, upload=SimpleUploadedFile("现场.jpg", samples.image()), policy=PHOTO)
    for path in (path_of(stored), path_of(stored).with_name(path_of(stored).name + ".thumb")):
        os.utime(path, (1, 1))
    assert reconcile(capsys, "--remove") == (0, {"missing": [], "changed": [], "unnamed": 0, "removed": 0})
    assert path_of(stored).exists()


def test_rows_whose_file_is_gone_or_changed_are_named(media, capsys):
    gone, cut = (store_bytes(actor=SYSTEM, name=f"{n}.csv", content=b"a,b") for n in "ab")
    path_of(gone).unlink()
    path_of(cut).write_bytes(b"a")
    code, found = reconcile(capsys)
    assert code == 1 and found["missing"] == [str(gone.pk)] and found["changed"] == [str(cut.pk)]


def test_what_a_crash_left_is_removed_after_a_day_and_not_before(media, capsys):
    old, young = leftover(media, "ab/old", 25), leftover(media, "tmp/young", 23)
    assert reconcile(capsys)[1]["unnamed"] == 1 and old.exists()
    assert reconcile(capsys, "--remove") == (0, {"missing": [], "changed": [], "unnamed": 1, "removed": 1})
    assert not old.exists() and young.exists()
