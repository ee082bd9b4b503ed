"""Sets of papers through the job: what lies in the package, who may have it, again and again the same."""

import datetime as dt
import hashlib
import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from core.blanks import blank_forms, filled, filled_paper
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.files import read_bytes
from core.jobs import cancel
from core.jobs.context import JobContext
from core.jobs.lease import Superseded
from core.jobs.runner import run_due
from core.models import AuditEntry, StoredFile
from core.models.jobs import JobState
from prep import services
from prep.models import FormSet
from prep.selectors.form_sets import copies_in, keepers_of
from tests.core import naughty
from tests.factories import make_inspection, make_member, make_user, make_village
from villages.models import Recusal, Role, TeamRole
from villages.models.reference_data import FORM_COPIES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def blanks_only(monkeypatch):
    """What other matters fill in is theirs to test."""
    monkeypatch.setattr(filled, "_PAPERS", {})


@pytest.fixture
def village_set(cast):
    """The set of the cast's village, made by the job, and the job as it ended."""
    services.request_village_set(actor=cast.member, inspection=cast.inspection)
    job = run_due()
    assert job.state == JobState.DONE, job.error
    return FormSet.objects.get()


def opened(form_set):
    return zipfile.ZipFile(io.BytesIO(read_bytes(form_set.file)))


def catalogue(archive, name):
    book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    return [row for row in book.active.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)]


def test_every_form_lies_in_the_folder_of_its_stage_and_the_sealed_ones_apart(village_set):
    names = [name.partition("/")[2] for name in opened(village_set).namelist()]
    folders = {name.partition("/")[0] for name in names if "/" in name}
    assert folders == {
        "1-细准备",
        "2-广调查测评",
        "3-谋发现问题",
        "4-准撰写报告",
        "5-实巡察整改",
        "9-专人保管",
    }
    sealed = [name.rpartition(" ")[2] for name in names if name.startswith("9-")]
    assert sealed == ["信访件登记表.docx", "信访登记台账.xlsx", "问题线索移交单.docx"]
    assert len(names) == len(blank_forms()) + 1
    assert village_set.paper_count == len(blank_forms())


def test_every_line_of_the_catalogue_has_the_digest_of_its_file(village_set):
    archive = opened(village_set)
    root = archive.namelist()[0].partition("/")[0]
    lines = catalogue(archive, f"{root}/目录.xlsx")
    assert len(lines) == len(blank_forms())
    for line in lines:
        assert hashlib.sha256(archive.read(f"{root}/{line[10]}")).hexdigest() == line[11]
    talk = next(line for line in lines if line[2] == "TH-1")
    round_, team, village = village_set.round, village_set.team, village_set.inspection.village
    number = f"青巡2026-{round_.number}-{team.number}-{village.code[-3:]}-TH"
    assert talk[3:9] == (number, "个别谈话记录", "Word", dt.datetime(2026, 1, 1), 20, "档案员")
    assert {line[8] for line in lines if line[9] == "是"} == {"组长"}


@pytest.mark.skipif(not shutil.which("unzip"), reason="unzip is not installed")
def test_another_program_reads_the_package_with_its_names(village_set, tmp_path):
    (tmp_path / "set.zip").write_bytes(read_bytes(village_set.file))
    subprocess.run(["unzip", "-q", "set.zip"], cwd=tmp_path, check=True)
    assert list(tmp_path.rglob("*个别谈话记录.docx"))
    flags = {entry.flag_bits & 0x800 for entry in opened(village_set).infolist()}
    assert flags == {0x800}  # names are declared to be UTF-8: Windows shows them as they are


def test_the_same_job_done_again_gives_the_same_bytes_and_one_set(cast):
    services.request_village_set(actor=cast.member, inspection=cast.inspection)
    assert run_due().state == JobState.DONE
    first = FormSet.objects.get().file.sha256
    services.request_village_set(actor=cast.leader, inspection=cast.inspection)
    assert run_due().state == JobState.DONE
    assert {row.file.sha256 for row in FormSet.objects.all()} == {first}


def test_two_wishes_for_one_village_are_one_job(cast):
    one = services.request_village_set(actor=cast.member, inspection=cast.inspection)
    assert services.request_village_set(actor=cast.member, inspection=cast.inspection) == one


def test_a_job_stopped_on_the_way_leaves_nothing(cast, monkeypatch):
    row = services.request_village_set(actor=cast.member, inspection=cast.inspection)
    told = []

    def stop_after_five(self, done, total, note=""):
        told.append(note)
        if done == 5:
            cancel(actor=cast.member, row=row)
            raise Superseded

    monkeypatch.setattr(JobContext, "progress", stop_after_five)
    assert run_due().state == JobState.CANCELLED
    assert told[0] == "保密承诺书"
    assert not FormSet.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_job_that_died_is_done_again_as_if_it_were_the_first_time(cast, monkeypatch):
    services.request_village_set(actor=cast.member, inspection=cast.inspection)
    real = JobContext.progress

    def die(self, done, total, note=""):
        if done == 3:
            raise KeyboardInterrupt
        real(self, done, total, note)

    monkeypatch.setattr(JobContext, "progress", die)
    with pytest.raises(KeyboardInterrupt):
        run_due()
    monkeypatch.undo()
    assert run_due().state == JobState.DONE
    assert FormSet.objects.count() == StoredFile.objects.count() == 1


def test_filled_papers_join_the_set_where_they_exist(cast):
    @filled_paper("prep.sample", title="待查问题清单", stage="prep")
    def sample(viewer, inspection):
        assert viewer == cast.member
        return f"{inspection.village.name}待查问题清单.xlsx", b"x" * 10

    filled_paper("prep.none", title="谈话提纲", stage="prep")(lambda viewer, inspection: None)
    services.request_village_set(actor=cast.member, inspection=cast.inspection)
    assert run_due().state == JobState.DONE
    archive = opened(FormSet.objects.get())
    (name,) = [name for name in archive.namelist() if "已填" in name]
    assert name.endswith("/1-细准备/29 已填 云溪村待查问题清单.xlsx")
    assert archive.read(name) == b"x" * 10


NAMES = ["CON", "上/下\\左:右*?", "<村>&“引号”", "长" * 60, " . 村 . ", naughty.KEPT[0][:60]]


def test_villages_of_any_name_get_a_package_windows_can_unpack(cast):
    for name in NAMES:
        make_inspection(cast.team, make_village(cast.town_place, name=name))
    services.request_team_set(actor=cast.leader, team=cast.team)
    job = run_due()
    assert job.state == JobState.DONE, job.error
    archive = opened(FormSet.objects.get())
    folders = {path.split("/")[2] for path in archive.namelist() if path.count("/") > 2}
    assert len(folders) == len(NAMES) + 1
    for path in archive.namelist():
        for part in path.split("/"):
            assert part == part.strip(" .")
            assert not set('<>:"|?*\\') & set(part)
            assert len(part) <= 120


def test_a_round_of_thirty_villages_is_one_package_with_a_folder_for_each(cast, monkeypatch):
    for _ in range(28):
        make_inspection(cast.team, make_village(cast.town_place))
    seen = []
    real = JobContext.progress
    monkeypatch.setattr(
        JobContext,
        "progress",
        lambda self, done, total, note="": (seen.append((done, total)), real(self, done, total, note)),
    )
    services.request_round_set(actor=cast.office_clerk, round_=cast.round)
    job = run_due()
    assert job.state == JobState.DONE, job.error
    form_set = FormSet.objects.get()
    assert (form_set.village_count, form_set.paper_count) == (30, 30 * len(blank_forms()))
    assert seen == sorted(seen) and seen[-1][0] == seen[-1][1] == job.progress_done
    archive = opened(form_set)
    assert archive.testzip() is None
    lines = catalogue(archive, next(name for name in archive.namelist() if name.endswith("/总目录.xlsx")))
    root = archive.namelist()[0].partition("/")[0]
    assert len(lines) == 30
    for line in lines:
        assert hashlib.sha256(archive.read(f"{root}/{line[6]}")).hexdigest() == line[7]


# --- who ----------------------------------------------------------------------------------------------------


def test_a_member_who_stands_aside_neither_makes_nor_sees_the_villages_set(cast, village_set):
    Recusal.objects.create(user=cast.member, village=cast.village_place, relation="kin")
    person = type(cast.member).objects.get(pk=cast.member.pk)
    with pytest.raises(NotAllowed):
        services.request_village_set(actor=person, inspection=cast.inspection)
    assert not FormSet.objects.visible_to(person).exists()
    assert FormSet.objects.visible_to(cast.leader).exists()


def test_the_set_of_a_whole_team_is_hidden_from_who_must_not_see_one_of_its_villages(cast):
    services.request_team_set(actor=cast.leader, team=cast.team)
    assert run_due().state == JobState.DONE
    form_set = FormSet.objects.get()
    assert form_set.inspection is None and form_set.team == cast.team
    assert FormSet.objects.visible_to(cast.deputy).exists()
    assert not FormSet.objects.visible_to(cast.outsider).exists()
    Recusal.objects.create(user=cast.deputy, village=cast.village_place, relation="kin")
    person = type(cast.deputy).objects.get(pk=cast.deputy.pk)
    assert not FormSet.objects.visible_to(person).exists()
    with pytest.raises(NotAllowed, match="须回避"):
        services.request_team_set(actor=person, team=cast.team)


def test_the_set_of_a_whole_round_is_the_offices(cast):
    with pytest.raises(NotAllowed):
        services.request_round_set(actor=cast.leader, round_=cast.round)
    services.request_round_set(actor=cast.office_head, round_=cast.round)
    assert run_due().state == JobState.DONE
    assert not FormSet.objects.visible_to(cast.leader).exists()


def test_rights_lost_since_asking_end_the_job_with_a_sentence(cast):
    services.request_village_set(actor=cast.member, inspection=cast.inspection)
    cast.member.memberships.all().delete()
    job = run_due()
    assert (job.state, job.error) == (JobState.FAILED, "这些村（社区）已不在您可以办理的范围内，未生成。")
    assert not FormSet.objects.exists()


def test_a_round_without_villages_says_so(cast):
    cast.inspection.delete()
    with pytest.raises(ServiceError, match="还没有分派"):
        services.request_team_set(actor=cast.leader, team=cast.team)


# --- keepers, receipts, copies -------------------------------------------------------------------------------


def test_the_archivist_keeps_the_papers_until_the_leader_names_another(cast):
    now = keepers_of([cast.team])[cast.team.pk]
    assert (now.keeper, now.sealed) == (cast.archivist, cast.leader)
    row = services.name_keepers(
        actor=cast.leader, team=cast.team, keeper=cast.member, sealed_keeper=cast.deputy, revision=0
    )
    now = keepers_of([cast.team])[cast.team.pk]
    assert (now.keeper, now.sealed) == (cast.member, cast.deputy)
    services.name_keepers(
        actor=cast.leader,
        team=cast.team,
        keeper=cast.deputy,
        sealed_keeper=cast.deputy,
        revision=row.revision,
    )
    with pytest.raises(StaleRecord):
        services.name_keepers(
            actor=cast.leader, team=cast.team, keeper=cast.leader, sealed_keeper=cast.leader, revision=1
        )


def test_only_members_keep_and_only_the_leader_names_them(cast):
    with pytest.raises(ServiceError, match="外组组员不是"):
        services.name_keepers(
            actor=cast.leader, team=cast.team, keeper=cast.outsider, sealed_keeper=cast.leader, revision=0
        )
    with pytest.raises(NotAllowed):
        services.name_keepers(
            actor=cast.deputy, team=cast.team, keeper=cast.deputy, sealed_keeper=cast.leader, revision=0
        )


def test_a_team_without_archivist_has_its_leader_keep_the_papers(cast):
    leader = make_member(cast.other_team, TeamRole.LEADER, make_user(Role.INSPECTOR, "外组组长"))
    assert keepers_of([cast.other_team])[cast.other_team.pk].keeper == leader


def test_the_keeper_signs_once_and_nobody_else_does(cast, village_set):
    assert village_set.keeper == cast.archivist
    with pytest.raises(NotAllowed):
        services.receive_form_set(actor=cast.leader, form_set=village_set, note="", revision=1)
    services.receive_form_set(actor=cast.archivist, form_set=village_set, note=" 印制齐全 ", revision=1)
    village_set.refresh_from_db()
    assert village_set.received_at and village_set.receipt_note == "印制齐全"
    with pytest.raises(NotAllowed, match="已经签收"):
        services.receive_form_set(actor=cast.archivist, form_set=village_set, note="", revision=2)


def test_changed_copies_are_printed_and_stay_in_their_round(cast):
    assert copies_in(cast.round) == FORM_COPIES
    services.set_copies(actor=cast.office_clerk, round_=cast.round, copies={"TH-1": 33}, revision=0)
    assert copies_in(cast.round) == FORM_COPIES | {"TH-1": 33}
    with pytest.raises(StaleRecord):
        services.set_copies(actor=cast.office_clerk, round_=cast.round, copies={"TH-1": 34}, revision=7)
    with pytest.raises(NotAllowed):
        services.set_copies(actor=cast.leader, round_=cast.round, copies={"TH-1": 1}, revision=1)


def test_taking_a_set_out_is_in_the_trail(cast, village_set):
    services.note_form_set_download(actor=cast.leader, form_set=village_set)
    assert AuditEntry.objects.filter(
        verb="prep.download_form_set", actor_name=cast.leader.display_name
    ).exists()
