from django.db import migrations

from portal.journal import triggers


class Migration(migrations.Migration):
    """The database refuses to change the seals."""

    dependencies = [("journal", "0003_seals")]
    operations = [migrations.RunPython(triggers.create_seals, triggers.drop_seals)]
