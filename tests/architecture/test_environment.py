"""The first step of a newcomer: a usable Python is found among unusable ones, and a missing one is explained."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

SHELL_TOOLS = ("sh", "cat", "cmp", "cp", "dirname", "grep", "rm", "mkdir")


@pytest.fixture
def path(tmp_path):
    """A folder to be the whole PATH: the shell's own tools and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in SHELL_TOOLS:
        (folder / tool).symlink_to(shutil.which(tool))
    return folder


def program(folder, name, body):
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def environment(path, venv, **more):
    return subprocess.run(
        ["sh", str(ROOT / "scripts/environment.sh"), "runtime"],
        env={"PATH": str(path), "VENV": str(venv), **more},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_any_python_it_says_what_to_install(path, tmp_path):
    result = environment(path, tmp_path / "venv")
    assert result.returncode == 1
    assert "python3.12: not on the PATH" in result.stderr
    assert "apt-get install python3 python3-venv" in result.stderr


def test_an_old_python_and_a_shim_that_does_not_run_are_named(path, tmp_path):
    program(path, "python3", "exit 1")
    program(path, "python3.12", "echo not found >&2; exit 127")
    result = environment(path, tmp_path / "venv")
    assert result.returncode == 1
    assert "python3: does not run, or is older than 3.11" in result.stderr
    assert "python3.12: does not run" in result.stderr


def test_a_python_without_ensurepip_is_named_with_what_it_lacks(path, tmp_path):
    bare = 'case "$2" in *version_info*) exit 0;; *find_spec*) echo ensurepip;; *) exit 1;; esac'
    program(path, "python3.11", bare)
    result = environment(path, tmp_path / "venv")
    assert result.returncode == 1
    assert "python3.11: lacks ensurepip" in result.stderr


def test_shims_are_passed_over_for_the_python_that_works(path, tmp_path):
    program(path, "python3.13", "exit 127")
    made = f'case "$*" in "-m venv"*) echo made; exit 3;; *) exec {sys.executable} "$@";; esac'
    program(path, "python3.11", made)
    result = environment(path, tmp_path / "venv")
    assert result.returncode == 3
    assert "Making" in result.stdout and "made" in result.stdout


def test_a_broken_environment_is_made_anew_and_a_current_one_is_left_alone(path, tmp_path):
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    program(venv / "bin", "python", "exit 1")
    program(path, "python3.11", f'case "$*" in "-m venv"*) exit 3;; *) exec {sys.executable} "$@";; esac')
    assert "making it anew" in environment(path, venv).stdout

    program(venv / "bin", "python", f'exec {sys.executable} "$@"')
    for kind, lock in (("runtime", "requirements.txt"), ("dev", "requirements-dev.txt")):
        shutil.copy(ROOT / lock, venv / f"installed-{kind}.txt")
        result = environment(path, venv)
        assert (result.returncode, result.stdout) == (0, ""), kind
        (venv / f"installed-{kind}.txt").unlink()


def test_no_prompt_can_wait_for_an_answer():
    text = (ROOT / "Makefile").read_text() + (ROOT / "scripts/environment.sh").read_text()
    assert "read -" not in text and "input(" not in text
    assert os.access(ROOT / "scripts/environment.sh", os.X_OK)
