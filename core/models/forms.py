"""What keeps typed work safe: form keys against doubles, drafts against lost sessions."""

from django.db import models

from core.text import SafeJSONField


class FormKey(models.Model):
    """One processed form instance: the same key again yields the same object, never a second one."""

    scope = models.CharField(max_length=120, verbose_name="范围")
    key = models.CharField(max_length=64, verbose_name="表单键")
    payload_hash = models.CharField(max_length=64, verbose_name="内容摘要")
    object_type = models.CharField(max_length=80, blank=True, verbose_name="结果类型")
    object_id = models.CharField(max_length=40, blank=True, verbose_name="结果标识")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="时间")

    class Meta:
        verbose_name = "表单键"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="form_key_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key[:8]}"


class Draft(models.Model):
    """What one person has typed into one form and not yet sent. Never the shared row itself."""

    user_id = models.UUIDField(verbose_name="用户")
    form = models.CharField(max_length=160, verbose_name="表单")
    values = SafeJSONField(default=dict, verbose_name="内容")
    saved_at = models.DateTimeField(auto_now=True, verbose_name="保存时间")

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["user_id", "form"], name="draft_once")]

    def __str__(self) -> str:
        return self.form
