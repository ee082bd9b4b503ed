"""Catalogues and packages."""

import core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateTables


class Migration(migrations.Migration):

    # Databases of before have these; where all are applied, so is this one.
    replaces = [
        ('archives', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('core', '0004_uploads'),
        ('villages', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='ArchiveEntry',
                fields=[
                    ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='标识')),
                    ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='修订号')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                    ('stage', models.CharField(choices=[('prep', '细·准备'), ('survey', '广·调查测评'), ('finding', '谋·发现问题'), ('report', '准·撰写报告'), ('rectify', '实·巡察整改'), ('filed', '已归档')], max_length=10, verbose_name='阶段')),
                    ('seq', models.PositiveIntegerField(verbose_name='序号')),
                    ('source', models.CharField(max_length=160, verbose_name='来源')),
                    ('title', models.CharField(max_length=200, verbose_name='题名')),
                    ('responsible', models.CharField(max_length=80, verbose_name='责任者')),
                    ('doc_no', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                    ('dated_on', models.DateField(blank=True, null=True, verbose_name='日期')),
                    ('pages', models.PositiveIntegerField(blank=True, null=True, verbose_name='页数')),
                    ('retention', models.CharField(choices=[('Y', '永久'), ('D30', '30年'), ('D10', '10年')], default='D30', max_length=4, verbose_name='保管期限')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='原件')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.round', verbose_name='轮次')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.team', verbose_name='巡察组')),
                    ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.town', verbose_name='镇（街道）')),
                    ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.village', verbose_name='村（社区）')),
                ],
                options={
                    'verbose_name': '归档文件',
                    'verbose_name_plural': '归档文件',
                    'ordering': ['round', 'seq'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'source'), name='archive_entry_once'), models.UniqueConstraint(fields=('round', 'seq'), name='archive_entry_seq_once')],
                },
            ),
            migrations.CreateModel(
                name='ArchivePackage',
                fields=[
                    ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='标识')),
                    ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='修订号')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                    ('status', models.CharField(choices=[('building', '生成中'), ('sealed', '已封存'), ('broken', '校验不符')], default='building', max_length=10, verbose_name='状态')),
                    ('manifest_sha256', models.CharField(blank=True, max_length=64, verbose_name='清单摘要')),
                    ('entry_count', models.PositiveIntegerField(default=0, verbose_name='目录条数')),
                    ('file_count', models.PositiveIntegerField(default=0, verbose_name='文件数')),
                    ('byte_count', models.PositiveBigIntegerField(default=0, verbose_name='字节数')),
                    ('audit_seq', models.BigIntegerField(default=0, verbose_name='留痕链末序号')),
                    ('audit_digest', models.CharField(blank=True, max_length=64, verbose_name='留痕链末摘要')),
                    ('sealed_at', models.DateTimeField(blank=True, null=True, verbose_name='封存时间')),
                    ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='最近校验时间')),
                    ('check_note', models.TextField(blank=True, verbose_name='校验结果')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='归档包')),
                    ('inspection', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.villageinspection', verbose_name='村（社区）')),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.round', verbose_name='轮次')),
                ],
                options={
                    'verbose_name': '归档包',
                    'verbose_name_plural': '归档包',
                    'ordering': ['-created_at'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'sealed'), _negated=True), models.Q(('file__isnull', False), ('manifest_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='sealed_package_has_digest')],
                },
            ),
        ]),
    ]
