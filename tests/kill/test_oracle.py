"""The oracle of the kill lane sees each fault by itself; otherwise its silence would mean nothing."""

import hashlib

import pytest

from tests.kill.oracle import Findings, content_of, judge


@pytest.fixture
def sound(tmp_path):
    """Two jobs done as they should be: what was asked for, what is seen, and the files."""
    asked = {"k1": {"kind": "kill.file", "text": "甲"}, "k2": {"kind": "kill.effect", "text": "乙"}}
    seen = {"jobs": {}, "files": {}, "effects": ["k2"]}
    for key, order in asked.items():
        content = content_of(order["text"])
        (tmp_path / key).write_bytes(content)
        seen["jobs"][key] = {"state": "done", "attempt": 1, "file": f"f{key}"}
        seen["files"][f"f{key}"] = {
            "name": f"{key}.csv",
            "path": key,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    return asked, seen, tmp_path


def test_a_sound_site_has_no_findings(sound):
    assert judge(*sound) == Findings()


@pytest.mark.parametrize("state", ["queued", "running", "failed", "cancelled"])
def test_what_is_not_done_is_lost(sound, state):
    sound[1]["jobs"]["k1"]["state"] = state
    assert judge(*sound).lost == ["k1"]


def test_a_row_that_is_gone_is_lost(sound):
    del sound[1]["jobs"]["k2"]
    assert judge(*sound).lost == ["k2"]


@pytest.mark.parametrize("effects", [[], ["k2", "k2"], ["k1", "k2", "k2"]])
def test_an_effect_that_is_missing_or_there_twice_is_found(sound, effects):
    sound[1]["effects"] = effects
    assert "k2" in judge(*sound).duplicate


def test_a_file_that_two_jobs_name_is_found(sound):
    sound[1]["jobs"]["k1"]["file"] = "fk2"
    assert judge(*sound).duplicate == ["k1", "k2"]


def test_a_file_cut_short_changed_or_missing_is_found(sound):
    file = sound[2] / "k1"
    whole = file.read_bytes()
    for content in (whole[:-1], b"x" + whole[1:]):
        file.write_bytes(content)
        assert judge(*sound).damaged == ["k1"]
    file.unlink()
    assert judge(*sound).damaged == ["k1"]


def test_the_file_of_another_job_and_a_wrong_digest_are_found(sound):
    sound[1]["files"]["fk2"]["sha256"] = "0" * 64
    assert judge(*sound).damaged == ["k2"]
    sound[1]["files"]["fk1"] |= {"path": "k2"}
    assert judge(*sound).damaged == ["k1", "k2"]


def test_a_file_row_that_no_job_names_and_a_job_nobody_asked_for_are_found(sound):
    sound[1]["files"]["f3"] = {"name": "旧.csv", "path": "k3", "sha256": ""}
    sound[1]["jobs"]["k4"] = {"state": "queued", "attempt": 0, "file": ""}
    assert judge(*sound).stray == ["旧.csv", "k4"]


def test_a_job_tried_too_often_is_found(sound):
    sound[1]["jobs"]["k1"]["attempt"] = 4
    assert judge(*sound).worn == ["k1"]
