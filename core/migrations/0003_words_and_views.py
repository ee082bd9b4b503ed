"""Characters and their pairs, for indexes that find two Chinese characters anywhere; saved views of lists."""

import core.ids
from django.db import migrations, models

# Nothing but what every PostgreSQL has: no extension, so the role that owns the schema may create it. The cost tells
# the planner to look the answer up rather than to compute it row by row.
GRAMS = """
CREATE FUNCTION core_grams(given text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
    one text[] := string_to_array(lower(given), NULL);
BEGIN
    RETURN one || ARRAY(SELECT a || b FROM unnest(one[:cardinality(one) - 1], one[2:]) AS pair(a, b));
END $$
"""


def install(apps, editor):
    """Create the function where there is one to create."""
    if editor.connection.vendor == "postgresql":
        editor.execute(GRAMS, params=None)


def remove(apps, editor):
    """Drop it again."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS core_grams(text)", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_audit_append_only'),
    ]

    operations = [
        migrations.RunPython(install, remove),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='标识')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='修订号')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('owner_id', models.UUIDField(editable=False, verbose_name='所有人')),
                ('page', models.CharField(editable=False, max_length=60, verbose_name='清单')),
                ('name', models.CharField(max_length=30, verbose_name='名称')),
                ('query', models.CharField(blank=True, max_length=1000, verbose_name='筛选与排序')),
                ('is_default', models.BooleanField(default=False, verbose_name='打开清单时使用')),
            ],
            options={
                'verbose_name': '常用筛选',
                'verbose_name_plural': '常用筛选',
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'page', 'name'), name='saved_view_name_once'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('owner_id', 'page'), name='saved_view_one_default')],
            },
        ),
    ]
