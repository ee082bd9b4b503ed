"""Failed sign-ins of the last minutes: the counter that slows down guessing without ever locking anybody out."""

from django.db import models

from core.models import Record, VisibleQuerySet


class LoginAttempt(Record):
    """One failed sign-in. Only failures that reached the password check count; old rows are swept away."""

    username = models.CharField(max_length=40, verbose_name="登录名")
    address = models.CharField(max_length=60, blank=True, verbose_name="来源地址")
    at = models.DateTimeField(verbose_name="时间")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "登录失败记录"
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["username", "at"], name="login_attempt_user"),
            models.Index(fields=["address", "at"], name="login_attempt_address"),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.at}"
