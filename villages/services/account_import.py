"""Import of accounts: stage what was previewed, then make the accounts and hand out their first passwords."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.files import SPREADSHEET, store_upload
from villages import rules
from villages.models import ImportStage, Office, Town, User, Village
from villages.selectors.account_plan import CREATE, UPDATE, AccountLine, AccountPlan, plan_account_import
from villages.services.accounts import create_office, create_user, reset_password, update_user
from villages.workflow import IMPORT

_MOVED = "预览之后账号被别人改过，为防写错，本次没有导入。请重新上传预览。"


@dataclass(frozen=True)
class FirstPassword:
    """An account just made and its initial password, to be shown once and stored nowhere."""

    user: User
    password: str


@transaction.atomic
def stage_account_import(*, actor: Any, upload: UploadedFile) -> ImportStage:
    """Read an uploaded list of accounts, keep its plan and the untouched file for the confirmation."""
    demand(rules.can_manage_accounts(actor))
    content = upload.read(SPREADSHEET.max_bytes + 1)
    upload.seek(0)
    plan = plan_account_import(actor, content, upload.name or "")
    staged = ImportStage(
        kind=ImportStage.Kind.ACCOUNTS,
        owner=actor,
        file=store_upload(actor=actor, upload=upload, policy=SPREADSHEET),
        filename=(upload.name or "")[-200:],
        payload=plan.to_json(),
    )
    staged.save(force_insert=True)
    audit.record(actor=actor, verb="imports.stage", target=staged, after=_figures(plan))
    return staged


@transaction.atomic
def commit_account_import(
    *, actor: Any, staged: ImportStage, skip_errors: bool = False, revision: int | None = None
) -> list[FirstPassword]:
    """Make and change the accounts of the staged plan; return the first password of each new one."""
    demand(rules.can_manage_accounts(actor))
    plan = AccountPlan.from_json(staged.payload)
    if plan.errors and not skip_errors:
        raise ServiceError(
            f"有 {plan.rows - len(plan.lines)} 行有错误。改好后重新上传，或选择“只导入正确的行”。"
        )
    IMPORT.apply(staged, "commit", actor=actor, revision=revision, changes={"result": _figures(plan)})
    return _apply(actor, plan)


@transaction.atomic
def import_accounts(*, actor: Any, content: bytes, filename: str) -> list[FirstPassword]:
    """Read a list and make its accounts in one go, for first set-up; refuses a list with any faulty row."""
    plan = plan_account_import(actor, content, filename)
    if plan.errors:
        first = plan.errors[0]
        raise ServiceError(f"第 {first['row']} 行“{first['column']}”：{first['message']}")
    return _apply(actor, plan)


def _figures(plan: AccountPlan) -> dict[str, Any]:
    counts = {"created": plan.count(CREATE), "updated": plan.count(UPDATE)}
    return {"rows": plan.rows, **counts, "errors": len(plan.errors), "offices": len(plan.offices)}


def _apply(actor: Any, plan: AccountPlan) -> list[FirstPassword]:
    offices = _offices(actor, plan)
    made = []
    for line in plan.lines:
        if line.action == CREATE:
            user = create_user(
                actor=actor, username=line.username, display_name=line.display_name, role=line.role,
                office=offices.get(line.office), phone=line.phone,
            )  # fmt: skip
            made.append(FirstPassword(user, reset_password(actor=actor, user=user)))
        elif line.action == UPDATE:
            _update(actor, line, offices)
    return made


def _offices(actor: Any, plan: AccountPlan) -> dict[str, Office]:
    """Units by name, new ones registered."""
    for name, unit in plan.offices.items():
        if not Office.objects.filter(name=name).exists():
            town = Town.objects.get(pk=unit["town"]) if unit["town"] else None
            village = (
                Village.objects.select_related("town").get(pk=unit["village"]) if unit["village"] else None
            )
            create_office(actor=actor, kind=unit["kind"], name=name, town=town, village=village)
    return {row.name: row for row in Office.objects.filter(name__in={line.office for line in plan.lines})}


def _update(actor: Any, line: AccountLine, offices: dict[str, Office]) -> None:
    user = User.objects.filter(pk=line.user).first()
    changes: dict[str, Any] = {"display_name": line.display_name, "role": line.role}
    if line.office:
        changes["office"] = offices[line.office]
    if line.phone:
        changes["phone"] = line.phone
    try:
        if user is None:
            raise StaleRecord(None)
        update_user(actor=actor, user=user, revision=line.revision, changes=changes)
    except StaleRecord:
        raise ServiceError(_MOVED) from None
