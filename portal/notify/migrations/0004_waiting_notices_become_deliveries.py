"""What waits to be sent, was sent or given up by mail becomes a delivery of its own: no notice is lost on the way."""

from django.db import migrations

STATES = {"queued": "waiting", "sent": "sent", "failed": "failed", "withdrawn": "withdrawn"}
BATCH = 2000


def carry_over(apps, schema_editor):
    Notice, Delivery = apps.get_model("notify", "Notice"), apps.get_model("notify", "Delivery")
    made = []
    for notice in Notice.objects.exclude(email="").filter(state__in=STATES).iterator(BATCH):
        made.append(
            Delivery(
                notice=notice,
                channel="mail",
                address=notice.email,
                state=STATES[notice.state],
                attempts=notice.attempts,
                error=notice.error,
                created_at=notice.created_at,
                next_try_at=notice.next_try_at,
                sent_at=notice.sent_at,
            )
        )
        if len(made) == BATCH:
            Delivery.objects.bulk_create(made)
            made = []
    Delivery.objects.bulk_create(made)


class Migration(migrations.Migration):

    dependencies = [("notify", "0003_deliveries")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
