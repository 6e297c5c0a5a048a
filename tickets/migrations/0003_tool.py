import django.db.models.deletion
import portal.kernel.new_tables
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('partners', '0004_tool'),
        ('tickets', "0002_rating_counts"),
    ]

    operations = [
        portal.kernel.new_tables.NewTables(
            models=[
                migrations.CreateModel(
                    name='HistoricalToolUsage',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('number', models.CharField(max_length=40, verbose_name='Asset number')),
                        ('name', models.CharField(max_length=120, verbose_name='Tool type')),
                        ('calibrated_until', models.DateField(blank=True, null=True, verbose_name='Calibrated until')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('completion', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='tickets.completionconfirmation', verbose_name='Completion confirmation')),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('tool', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partners.tool', verbose_name='Tool')),
                    ],
                    options={
                        'verbose_name': 'historical tool used',
                        'verbose_name_plural': 'historical tools used',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='ToolUsage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=40, verbose_name='Asset number')),
                        ('name', models.CharField(max_length=120, verbose_name='Tool type')),
                        ('calibrated_until', models.DateField(blank=True, null=True, verbose_name='Calibrated until')),
                        ('completion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tools', to='tickets.completionconfirmation', verbose_name='Completion confirmation')),
                        ('tool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='usages', to='partners.tool', verbose_name='Tool')),
                    ],
                    options={
                        'verbose_name': 'tool used',
                        'verbose_name_plural': 'tools used',
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('completion', 'tool'), name='tool_used_once_a_sheet')],
                    },
                ),
            ],
        ),
    ]
