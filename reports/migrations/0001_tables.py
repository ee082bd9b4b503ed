"""Stage four: reports, their versions and feedback."""

import core.ids
import core.text
import django.db.models.deletion
from django.db import migrations, models

from core.migrating import CreateTables


class Migration(migrations.Migration):

    # Databases of before have these; where all are applied, so is this one.
    replaces = [
        ('reports', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('findings', '0001_tables'),
        ('villages', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='标识')),
                    ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='修订号')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                    ('kind', models.CharField(choices=[('general', '巡察报告')], default='general', max_length=10, verbose_name='种类')),
                    ('title', models.CharField(max_length=120, verbose_name='标题')),
                    ('addressee', models.CharField(default='区委巡察工作领导小组', max_length=80, verbose_name='主送机关')),
                    ('status', models.CharField(choices=[('draft', '起草'), ('team_meeting', '组务会'), ('joint_review', '组办会商'), ('leading_group', '领导小组'), ('secretary', '书记专题会'), ('issued', '已印发')], default='draft', max_length=20, verbose_name='状态')),
                    ('edition', models.PositiveSmallIntegerField(default=1, verbose_name='稿次')),
                    ('refreshed_at', models.DateTimeField(blank=True, null=True, verbose_name='最近更新时间')),
                    ('returned_reason', models.TextField(blank=True, verbose_name='退回理由')),
                    ('doc_no', models.CharField(blank=True, max_length=60, verbose_name='发文字号')),
                    ('issued_on', models.DateField(blank=True, null=True, verbose_name='印发日期')),
                    ('snapshot', core.text.SafeJSONField(blank=True, default=dict, verbose_name='印发内容')),
                    ('content_hash', models.CharField(blank=True, max_length=64, verbose_name='内容摘要')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.round', verbose_name='轮次')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.team', verbose_name='巡察组')),
                    ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.town', verbose_name='镇（街道）')),
                ],
                options={
                    'verbose_name': '巡察报告',
                    'verbose_name_plural': '巡察报告',
                    'ordering': ['town', 'kind'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'team', 'town', 'kind'), name='report_once'), models.UniqueConstraint(condition=models.Q(('doc_no', ''), _negated=True), fields=('doc_no',), name='report_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'issued'), _negated=True), models.Q(('issued_on__isnull', False), models.Q(('doc_no', ''), _negated=True), ('content_hash__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='issued_report_is_frozen')],
                },
            ),
            migrations.CreateModel(
                name='Feedback',
                fields=[
                    ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='标识')),
                    ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='修订号')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                    ('title', models.CharField(max_length=120, verbose_name='标题')),
                    ('doc_no', models.CharField(max_length=60, unique=True, verbose_name='发文字号')),
                    ('issued_on', models.DateField(verbose_name='反馈日期')),
                    ('opening', models.TextField(blank=True, verbose_name='总体情况')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.round', verbose_name='轮次')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.team', verbose_name='巡察组')),
                    ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.town', verbose_name='镇（街道）')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedbacks', to='reports.report', verbose_name='报告')),
                ],
                options={
                    'verbose_name': '反馈意见',
                    'verbose_name_plural': '反馈意见',
                    'ordering': ['-issued_on'],
                    'constraints': [models.UniqueConstraint(fields=('report',), name='feedback_once_a_report')],
                },
            ),
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='标识')),
                    ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='修订号')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                    ('section', models.CharField(choices=[('basic', '巡察工作基本情况'), ('evaluation', '总体评价'), ('problems', '巡察发现的主要问题'), ('causes', '问题原因及责任分析'), ('instant', '立行立改情况'), ('suggestions', '意见建议'), ('pending', '待查工作区')], max_length=12, verbose_name='部分')),
                    ('seq', models.PositiveIntegerField(verbose_name='次序')),
                    ('kind', models.CharField(choices=[('fact', '事实'), ('figure', '统计'), ('narrative', '叙述'), ('heading', '小标题')], max_length=10, verbose_name='性质')),
                    ('origin', models.CharField(choices=[('auto', '自动生成'), ('edited', '人工改写'), ('added', '人工添加')], default='auto', max_length=8, verbose_name='来历')),
                    ('key', models.CharField(blank=True, max_length=80, verbose_name='生成键')),
                    ('text', models.TextField(verbose_name='文字')),
                    ('generated', models.TextField(blank=True, verbose_name='按现有事实生成的文字')),
                    ('facts', core.text.SafeJSONField(blank=True, default=dict, verbose_name='所依事实')),
                    ('fresh_facts', core.text.SafeJSONField(blank=True, default=dict, verbose_name='现有事实')),
                    ('stale', models.BooleanField(default=False, verbose_name='事实已变')),
                    ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.category', verbose_name='问题类别')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='reports.report', verbose_name='报告')),
                ],
                options={
                    'verbose_name': '报告语句',
                    'verbose_name_plural': '报告语句',
                    'ordering': ['seq', 'id'],
                    'indexes': [models.Index(fields=['report', 'section', 'seq'], name='statement_order')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('report', 'key'), name='statement_generated_once'), models.CheckConstraint(condition=models.Q(models.Q(('category__isnull', False), ('section', 'problems')), models.Q(models.Q(('section', 'problems'), _negated=True), ('category__isnull', True)), _connector='OR'), name='problem_statement_has_category')],
                },
            ),
            migrations.CreateModel(
                name='StatementSource',
                fields=[
                    ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='标识')),
                    ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='修订号')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                    ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='findings.finding', verbose_name='问题底稿')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='reports.statement', verbose_name='语句')),
                ],
                options={
                    'verbose_name': '语句依据',
                    'verbose_name_plural': '语句依据',
                    'constraints': [models.UniqueConstraint(fields=('statement', 'finding'), name='statement_source_once')],
                },
            ),
            migrations.CreateModel(
                name='FeedbackItem',
                fields=[
                    ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='标识')),
                    ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='修订号')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                    ('seq', models.PositiveSmallIntegerField(verbose_name='序号')),
                    ('scope', models.CharField(choices=[('common', '共性'), ('individual', '个性')], max_length=10, verbose_name='共性/个性')),
                    ('immediate', models.BooleanField(default=False, verbose_name='立行立改')),
                    ('title', models.CharField(max_length=120, verbose_name='问题')),
                    ('detail', models.TextField(verbose_name='问题表现')),
                    ('requirement', models.TextField(verbose_name='整改要求')),
                    ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.category', verbose_name='问题类别')),
                    ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='reports.feedback', verbose_name='反馈意见')),
                    ('findings', models.ManyToManyField(related_name='+', to='findings.finding', verbose_name='问题底稿')),
                    ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.village', verbose_name='村（社区）')),
                ],
                options={
                    'verbose_name': '反馈问题',
                    'verbose_name_plural': '反馈问题',
                    'ordering': ['feedback', 'seq'],
                    'constraints': [models.UniqueConstraint(fields=('feedback', 'seq'), name='feedback_item_seq_once')],
                },
            ),
        ]),
    ]
