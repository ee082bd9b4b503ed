"""The roles of accounts. What a person may do inside a team comes from the membership of the round, not from here."""

from django.db import models


class Role(models.TextChoices):
    """What an account is; an account without one sees nothing."""

    OFFICE_HEAD = "office_head", "巡察办主任"
    OFFICE_CLERK = "office_clerk", "巡察办工作人员"
    INSPECTOR = "inspector", "巡察干部"
    TOWN = "town", "镇（街道）党委"
    VILLAGE = "village", "村（社区）党组织"
    DISCIPLINE = "discipline", "区纪委监委"
    ORGANISATION = "organisation", "区委组织部"
    DEPARTMENT = "department", "区级部门"
    SYSADMIN = "sysadmin", "系统管理员"


OFFICE_ROLES = frozenset({Role.OFFICE_HEAD, Role.OFFICE_CLERK})
# The inspecting side: those who may know what a round finds, each within the own reach.
CONTENT_ROLES = OFFICE_ROLES | {Role.INSPECTOR}
# The inspected side starts from nothing; an allow-list names the few models it may see.
INSPECTED_ROLES = frozenset({Role.TOWN, Role.VILLAGE})
# Bodies that see only what is handed over to them.
RECEIVING_ROLES = frozenset({Role.DISCIPLINE, Role.ORGANISATION, Role.DEPARTMENT})

# The kind of unit an account of a role belongs to; inspectors are lent by any unit.
ROLE_OFFICES = {
    Role.OFFICE_HEAD: "inspection",
    Role.OFFICE_CLERK: "inspection",
    Role.TOWN: "town",
    Role.VILLAGE: "village",
    Role.DISCIPLINE: "discipline",
    Role.ORGANISATION: "organisation",
    Role.DEPARTMENT: "department",
}
