from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("notify", "0004_waiting_notices_become_deliveries")]

    operations = [
        migrations.RemoveIndex(
            model_name='notice',
            name='notice_waiting',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='attempts',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='error',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='next_try_at',
        ),
    ]
