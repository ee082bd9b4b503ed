"""What people may choose for the columns of a sheet, and whether a choice can be read."""

from collections import Counter
from collections.abc import Sequence

from core.errors import ServiceError
from ledgers.rules.reading import kinds
from ledgers.rules.reading.heads import Mapping


def choices_of(kind: str, current: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The fields of a kind with their titles; those of single years only where a column has one already."""
    known = kinds.BY_CODE[kind]
    found = [(key, field.title) for key, field in known.by_key.items() if not field.title.startswith("各年")]
    yearly = [key for key in current if ":" in key and key.partition(":")[0] in known.by_key]
    return [*found, *((key, known.field(key).title) for key in yearly)]


def checked_mapping(kind: str, heads: Sequence[str], fields: Sequence[str]) -> Mapping:
    """The mapping as chosen. Raises ``ServiceError`` saying which column is chosen twice or missing."""
    known = kinds.BY_CODE.get(kind)
    if known is None:
        raise ServiceError("请选择这是哪一类表。", "kind")
    allowed = {key for key, _ in choices_of(kind, fields)}
    if len(fields) != len(heads) or not set(filter(None, fields)) <= allowed:
        raise ServiceError("列的选择不完整，请刷新页面后重选。")
    twice = [key for key, count in Counter(filter(None, fields)).items() if count > 1]
    if twice:
        raise ServiceError(f"“{known.field(twice[0]).title}”选了两列，请只留一列。")
    if not kinds.satisfied(known, set(filter(None, fields))):
        lacking = "、".join(f"“{title}”" for title in kinds.missing(known, set(filter(None, fields))))
        raise ServiceError(f"{known.name}至少还要有{lacking}，请指出是哪一列。")
    return Mapping(kind, tuple(heads), tuple(fields))
