"""Errors that carry a sentence for the person who caused them."""

from typing import Any


class ServiceError(Exception):
    """A business rule refused the request; ``message`` is shown as it is, beside ``field`` when given."""

    status = 400

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(ServiceError):
    """The record is visible to this person, but the step is not theirs."""

    status = 403


class StaleRecord(ServiceError):
    """Somebody else saved first. Holds the stored row and what this person tried to write."""

    status = 409

    def __init__(self, current: Any, attempted: dict[str, Any] | None = None) -> None:
        super().__init__("这条记录刚被别人改过，您的内容没有覆盖对方，请对照两份内容后再保存。")
        self.current = current
        self.attempted = attempted or {}


class ReplayMismatch(ServiceError):
    """One form key arrived twice with different content."""

    status = 422

    def __init__(self) -> None:
        super().__init__("同一张表单重复提交且内容不同，未保存。请刷新页面后重新提交。")
