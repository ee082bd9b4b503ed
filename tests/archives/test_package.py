"""The package proves itself: a foreign validator accepts it, and finds whatever was changed."""

import io
import json
import warnings
import zipfile

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from archives import services
from archives.models import ArchiveEntry, ArchivePackage
from archives.selectors.checking import check_package
from core.audit import SYSTEM
from core.files import read_bytes
from core.files.store import path_of
from core.jobs.runner import run_due
from core.models import AuditEntry, AuditHead
from core.office.check import check_ooxml
from findings.models import EvidenceItem
from tests.archives.papers import make_papers, unpack

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import bagit


@pytest.fixture
def package(cast):
    """A sealed package of the whole round, made by the job."""
    make_papers(cast)
    row = services.request_package(actor=cast.office_clerk, round=cast.round)
    job = run_due()
    assert job.state == "done", job.error
    row.refresh_from_db()
    return row


def stream(package):
    return io.BytesIO(read_bytes(package.file))


def spoilt(package, change):
    """The package with its entries passed through ``change(name, content)``; ``None`` leaves an entry out."""
    target = io.BytesIO()
    with zipfile.ZipFile(stream(package)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                copy.writestr(name, content)
    target.seek(0)
    return target


def test_the_bagit_library_accepts_the_package(package, tmp_path):
    bag = bagit.Bag(str(unpack(read_bytes(package.file), tmp_path)))
    bag.validate()
    assert bag.info["Payload-Oxum"] == f"{package.byte_count}.{package.file_count}"
    assert bag.info["Audit-Chain-Head"] == f"{package.audit_seq} {package.audit_digest}"


@pytest.mark.parametrize("what", ["目录.xlsx", ".docx", ".csv", ".jpg", "留痕摘录.jsonl"])
def test_the_bagit_library_finds_a_flipped_byte(package, tmp_path, what):
    folder = unpack(read_bytes(package.file), tmp_path)
    victim = next(path for path in sorted(folder.rglob("*")) if path.name.endswith(what))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(bytes(content))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate()


def test_every_catalogue_row_has_its_file_and_every_file_its_row(package, tmp_path):
    folder = unpack(read_bytes(package.file), tmp_path)
    book = openpyxl.load_workbook(folder / "data" / "目录.xlsx")
    rows = [row for row in book["目录"].iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)]
    files = {
        path.relative_to(folder).as_posix()
        for path in (folder / "data").rglob("*")
        if path.is_file() and path.parent != folder / "data"
    }
    assert {row[9] for row in rows} == files
    assert len(rows) == package.entry_count == ArchiveEntry.objects.count()
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    for row in rows:
        assert (folder / row[9]).stat().st_size == row[10]


def test_it_holds_the_produced_papers_and_the_originals_of_every_stage(package, tmp_path):
    folder = unpack(read_bytes(package.file), tmp_path)
    names = [path.name.split("-", 1)[1] for path in (folder / "data").rglob("*") if "-" in path.name]
    for expected in (
        "问题底稿：白条入账.docx", "云溪村问题清单.xlsx", "整改台账.xlsx", "反馈意见.docx",
        "情况的报告.docx",
    ):  # fmt: skip
        assert any(name.endswith(expected) for name in names), (expected, names)
    assert sum(name.endswith(".csv") for name in names) == 3
    assert sum(name.endswith(".jpg") for name in names) == 1
    for path in (folder / "data").rglob("*"):
        if path.suffix in (".docx", ".xlsx"):
            assert check_ooxml(path.read_bytes()) == []


def test_persons_and_petitions_stay_out(package, tmp_path):
    folder = unpack(read_bytes(package.file), tmp_path)
    for path in folder.rglob("*"):
        assert "举报信" not in path.name
        if path.suffix in (".txt", ".jsonl"):
            assert "钟怀瑾" not in path.read_text("utf-8")
    listed = openpyxl.load_workbook(folder / "data" / "目录.xlsx")["目录"]
    assert "举报" not in str(list(listed.iter_rows(values_only=True)))


def test_the_audit_extract_holds_the_entries_of_the_papers_as_they_stand_in_the_chain(package, tmp_path):
    folder = unpack(read_bytes(package.file), tmp_path)
    lines = [
        json.loads(line) for line in (folder / "data" / "留痕摘录.jsonl").read_text("utf-8").splitlines()
    ]
    assert {"reports.issue", "rectification.acknowledge"} <= {line["verb"] for line in lines}
    stored = {entry.seq: entry.digest for entry in AuditEntry.objects.all()}
    assert all(stored[line["seq"]] == line["digest"] for line in lines)
    assert [line["seq"] for line in lines] == sorted(line["seq"] for line in lines)


def test_sealing_puts_the_digest_into_the_trail(package):
    entry = AuditEntry.objects.get(verb="archives.seal")
    assert entry.after["manifest_sha256"] == package.manifest_sha256
    assert entry.target_id == str(package.pk)
    assert package.audit_seq < AuditHead.objects.get().seq


def test_the_same_papers_give_the_same_payload(cast, package, tmp_path):
    again = services.request_package(actor=cast.office_clerk, round=cast.round)
    assert run_due().state == "done"
    again.refresh_from_db()
    first = {n: c for n, c in entries(package).items() if not n.endswith("bag-info.txt") and "tagm" not in n}
    second = {n: c for n, c in entries(again).items() if not n.endswith("bag-info.txt") and "tagm" not in n}
    assert first == second
    assert again.manifest_sha256 == package.manifest_sha256


def entries(package):
    with zipfile.ZipFile(stream(package)) as source:
        return {name: source.read(name) for name in source.namelist()}


def test_our_own_check_finds_nothing_in_a_sealed_package(package):
    assert check_package(stream(package), package.manifest_sha256) == []


def _flip(name, content):
    return bytes([content[0] ^ 1]) + content[1:] if name.endswith(".docx") else content


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_flip, "文件被改动"),
        (lambda name, content: None if name.endswith(".csv") else content, "缺少文件"),
        (lambda name, content: content + b" " if name.endswith("bag-info.txt") else content, "bag-info.txt"),
        (lambda name, content: None if "tagmanifest" in name else content, "缺少tagmanifest"),
        (
            lambda name, content: (
                content.replace(b"0", b"1") if name.endswith("/manifest-sha256.txt") else content
            ),
            "清单的摘要",
        ),
    ],
)
def test_our_own_check_names_each_manipulation(package, change, expected):
    faults = check_package(spoilt(package, change), package.manifest_sha256)
    assert any(expected in fault for fault in faults), faults


def test_an_added_file_and_a_cut_package_are_found(package):
    changed = spoilt(package, lambda name, content: content)
    with zipfile.ZipFile(changed, "a") as copy:
        copy.writestr(copy.namelist()[0].split("/")[0] + "/data/多出.txt", b"x")
    assert "多出文件：data/多出.txt。" in check_package(changed, package.manifest_sha256)
    half = io.BytesIO(read_bytes(package.file)[:2000])
    assert check_package(half, package.manifest_sha256) == ["归档包不是完整的压缩文件，无法读取。"]


def test_the_check_job_passes_a_good_package_and_condemns_a_spoilt_one(cast, package):
    services.request_check(actor=cast.office_clerk, package=package)
    assert run_due().state == "done"
    package.refresh_from_db()
    assert (package.status, package.check_note[:4]) == ("sealed", "校验通过")
    content = spoilt(package, _flip).getvalue()

    path_of(package.file).write_bytes(content)
    services.request_check(actor=cast.office_clerk, package=package)
    assert run_due().state == "done"
    package.refresh_from_db()
    assert package.status == "broken"
    assert "文件被改动" in package.check_note


def test_a_changed_original_stops_the_package_instead_of_being_sealed(cast):
    make_papers(cast)

    path_of(EvidenceItem.objects.filter(kind="ledger").first().file).write_bytes(b"forged")
    row = services.request_package(actor=cast.office_clerk, round=cast.round)
    job = run_due()
    assert (job.state, "摘要不一致" in job.error) == ("failed", True)
    row.refresh_from_db()
    assert row.status == "building"


def test_a_villages_package_holds_that_village_only(cast):
    make_papers(cast)
    row = services.request_package(actor=cast.archivist, round=cast.round, inspection=cast.inspection)
    assert run_due().state == "done"
    row.refresh_from_db()
    text = str(list(entries(row)))
    assert "云溪村" in text
    assert "柳巷村" not in text
    assert "外组的问题" not in text


def test_the_command_builds_a_package_that_validates(cast, tmp_path, capsys):
    make_papers(cast)
    call_command("build_archive", round=str(cast.round.pk), out=str(tmp_path / "out"), json=True)
    answer = json.loads(capsys.readouterr().out)
    with open(answer["file"], "rb") as file:
        assert check_package(file, answer["manifest_sha256"]) == []
    sealed = ArchivePackage.objects.get(pk=answer["package"])
    assert (sealed.status, sealed.manifest_sha256) == ("sealed", answer["manifest_sha256"])
    assert AuditEntry.objects.get(verb="archives.seal").actor_name == SYSTEM.display_name


def test_the_command_refuses_an_unknown_round(db, tmp_path):
    for text in ("nonsense", "018f0000-0000-7000-8000-000000000000"):
        with pytest.raises(CommandError, match="没有标识"):
            call_command("build_archive", round=text, out=str(tmp_path))
