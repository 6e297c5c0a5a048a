from django.db import migrations

from portal.journal import triggers


class Migration(migrations.Migration):
    """The database refuses to change the service log."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(triggers.create, triggers.drop)]
