"""Stored files: the row that names a file whose bytes lie under a random name in the media directory."""

from django.db import models

from core.models.base import Record


class StoredFile(Record):
    """One file as it arrived or as we made it. Never updated, never overwritten.

    The original name lives only here; on disk the file has a random path, so no client name ever reaches the
    file system. ``sha256`` is taken while the bytes stream in and is what later proves them untouched.
    Core knows no rule of who may see a file: views reach it through the row it is attached to.
    """

    class Kind(models.TextChoices):
        JPG = "jpg", "JPEG 图片"
        PNG = "png", "PNG 图片"
        PDF = "pdf", "PDF 文档"
        DOCX = "docx", "Word 文档"
        XLSX = "xlsx", "Excel 工作簿"
        XLS = "xls", "Excel 97-2003 工作簿"
        CSV = "csv", "文本表格"
        MP3 = "mp3", "录音（MP3）"
        M4A = "m4a", "录音（M4A）"
        MP4 = "mp4", "录像（MP4）"
        ZIP = "zip", "归档包"

    class Origin(models.TextChoices):
        ORIGINAL = "original", "原件"
        COPY = "copy", "复印件"
        PHOTO = "photo", "照片"
        ELECTRONIC = "electronic", "电子"
        SYSTEM = "system", "系统生成"

    name = models.CharField(max_length=200, verbose_name="文件名")
    path = models.CharField(max_length=80, unique=True, editable=False, verbose_name="存放位置")
    size = models.PositiveBigIntegerField(verbose_name="大小（字节）")
    sha256 = models.CharField(max_length=64, db_index=True, verbose_name="SHA-256 摘要")
    kind = models.CharField(max_length=8, choices=Kind.choices, verbose_name="类型")
    content_type = models.CharField(max_length=100, verbose_name="媒体类型")
    origin = models.CharField(max_length=12, choices=Origin.choices, verbose_name="来源性质")
    pages = models.PositiveIntegerField(null=True, blank=True, verbose_name="页数")
    uploaded_by_id = models.CharField(max_length=40, blank=True, verbose_name="上传人标识")
    uploaded_by_name = models.CharField(max_length=60, verbose_name="上传人")

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether a thumbnail was made."""
        return self.kind in (self.Kind.JPG, self.Kind.PNG)


class PaperFile(Record):
    """A file that lies with a paper, as it came. The subclass names the paper and the gate."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        abstract = True
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.file.name
