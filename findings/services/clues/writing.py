"""A clue as it is written: its words and its material, encrypted before they reach a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.files import guards
from core.files.names import clean_name
from core.files.policy import MEGABYTE, UploadPolicy
from core.files.store import checked
from core.text import clean, clean_deep
from findings import rules
from findings.models import Clue, ClueFile, ClueReader, ClueStep
from findings.models.ciphertext import lock, lock_bytes
from findings.services.clues.bare import bare_copy
from findings.workflow.clue import CLUE_VERB
from villages.access import team_role
from villages.models import TeamRole, VillageInspection

CLUE_MATERIAL = UploadPolicy(("jpg", "jpeg", "png", "pdf", "docx", "xlsx"), 10 * MEGABYTE, 10)
_LONGEST = 20_000
# Lengths of files tell little when each fills whole blocks of this size.
_FILE_BLOCK = 65_536


@transaction.atomic
def open_clue(
    *,
    actor: Any,
    inspection: VillageInspection,
    values: Mapping[str, Any],
    files: Sequence[UploadedFile] = (),
) -> Clue:
    """Write a clue about persons of a village; who writes it knows it, and so does the team's leader by post."""
    demand(rules.can_open_clue(actor, inspection))
    clue = Clue(
        round_id=inspection.round_id, team=inspection.team, village_id=inspection.village_id,
        town_id=inspection.town_id, opened_by=actor,
    )  # fmt: skip
    for name, value in _checked(values).items():
        setattr(clue, f"sealed_{name}", lock(clue, f"sealed_{name}", value))
    records.create(clue, actor=actor, verb=CLUE_VERB)
    note_step(clue, actor, "建立线索", "")
    if team_role(actor, inspection.team) != TeamRole.LEADER:
        reader = ClueReader(clue=clue, user=actor, added_by=actor, added_on=clock.today())
        records.create(reader, actor=actor, verb=CLUE_VERB)
    _keep_files(actor, clue, files)
    return clue


@transaction.atomic
def edit_clue(*, actor: Any, clue: Clue, values: Mapping[str, Any], revision: int | None = None) -> Clue:
    """Change its words. Raises ``StaleRecord`` with what stands there now, readable like what was typed."""
    demand(rules.can_edit_clue(actor, clue))
    wanted = _checked(values)
    changed = {name: value for name, value in wanted.items() if clue.read(name) != value}
    sealed = {f"sealed_{name}": lock(clue, f"sealed_{name}", value) for name, value in changed.items()}
    try:
        records.update(clue, actor=actor, verb=CLUE_VERB, revision=revision, changes=sealed)
    except StaleRecord as error:
        raise StaleRecord(error.current and _Read(error.current), _in_words(wanted)) from None
    if changed:
        note_step(clue, actor, "修改内容", "")
    return clue


class _Read:
    """A stored clue whose fields answer in clear, for the two columns of a conflict."""

    def __init__(self, clue: Clue) -> None:
        self.revision = clue.revision
        self._words = _in_words({name: clue.read(name) for name in Clue.CONTENT})

    def __getattr__(self, name: str) -> Any:
        return self._words.get(name, "")


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by the names of their form fields; persons as lines, a category by its name."""
    return {f"sealed_{name}": _worded(value) for name, value in values.items()}


def _worded(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("name", "")
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ["，".join(str(part) for part in row.values() if part) for row in value]
    return value


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The known fields, cleaned; empty ones are always written, so that a missing ciphertext tells nothing."""
    found = {name: clean_deep(values.get(name) or "") for name in Clue.CONTENT}
    for name, value in found.items():
        if isinstance(value, str):
            found[name] = value.strip()
        if len(str(value)) > _LONGEST:
            raise ServiceError(f"单项内容不超过{_LONGEST}字，更长的请作为材料上传。", f"sealed_{name}")
    return found


def note_step(clue: Clue, actor: Any, label: str, text: str) -> None:
    """Keep what was done and why where those who know the clue read it; the trail has its own entry already."""
    step = ClueStep(clue=clue, label=label, person=actor, on=clock.today())
    step.sealed_text = lock(step, "sealed_text", clean(text).strip())
    step.save(force_insert=True)


def held(clue: Clue) -> Clue:
    """The clue as it stands now, locked: no signature comes between the rule and what is done to its parts."""
    rows = Clue.objects.select_for_update(of=("self",)).select_related("team", "village")
    return rows.get(pk=clue.pk)


# --- material -----------------------------------------------------------------------------------------------


@transaction.atomic
def add_clue_files(*, actor: Any, clue: Clue, files: Sequence[UploadedFile]) -> Clue:
    """Put material to it: a working copy and the original, both encrypted."""
    demand(rules.can_edit_clue(actor, held(clue)))
    if not files:
        raise ServiceError("请选择文件。", "sealed_files")
    _keep_files(actor, clue, files)
    note_step(clue, actor, "添加材料", "")
    return clue


def _keep_files(actor: Any, clue: Clue, files: Sequence[UploadedFile]) -> None:
    if len(files) > CLUE_MATERIAL.max_count:
        raise ServiceError(f"一次最多{CLUE_MATERIAL.max_count}个文件，其余的保存后再添加。", "sealed_files")
    for upload in files:
        row = ClueFile(clue=clue, added_by=actor, added_on=clock.today())
        name, copy, original = _taken_in(upload)
        row.sealed_name = lock(row, "sealed_name", name)
        row.sealed_copy = lock_bytes(row, "sealed_copy", copy, _FILE_BLOCK)
        row.sealed_original = lock_bytes(row, "sealed_original", original, _FILE_BLOCK)
        records.create(row, actor=actor, verb=CLUE_VERB)


def _taken_in(upload: UploadedFile) -> tuple[str, bytes, bytes]:
    name = clean_name(upload.name or "")
    if (upload.size or 0) > CLUE_MATERIAL.max_bytes:
        limit = CLUE_MATERIAL.max_bytes // MEGABYTE
        raise ServiceError(f"“{name}”超过{limit} MB，未接收。请拆分或降低清晰度后再选。", "sealed_files")
    try:
        kind = guards.allowed_kind(name, CLUE_MATERIAL)
        with checked(upload, kind) as path:
            return name, bare_copy(path, kind), path.read_bytes()
    except ServiceError as refusal:
        message = refusal.message if name in refusal.message else f"“{name}”：{refusal.message}"
        raise ServiceError(message, "sealed_files") from None


@transaction.atomic
def remove_clue_file(*, actor: Any, file: ClueFile, reason: str, revision: int | None = None) -> ClueFile:
    """Take material away, with a reason; its ciphertexts are destroyed, its name stays."""
    file.clue = held(file.clue)
    demand(rules.can_remove_clue_file(actor, file))
    words = clean(reason).strip()
    if not words:
        raise ServiceError("请写明移除的理由。", "sealed_text")
    changes = {"removed_on": clock.today(), "sealed_copy": b"", "sealed_original": b""}
    records.update(file, actor=actor, verb=CLUE_VERB, revision=revision, changes=changes)
    note_step(file.clue, actor, "移除材料", f"{file.name}：{words}")
    return file
