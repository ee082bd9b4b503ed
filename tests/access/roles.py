"""The people of the access matrix, by the names used in the cast."""

OFFICE = {"office_head", "office_clerk"}
TEAM = {"leader", "deputy", "member", "archivist"}
INSPECTING = OFFICE | TEAM | {"outsider"}
INSPECTED = {"town", "other_town", "village"}
RECEIVING = {"discipline", "organisation", "department"}
NO_CONTENT = {"sysadmin", "stranger"}
EVERYONE = INSPECTING | INSPECTED | RECEIVING | NO_CONTENT
