from django.db import migrations

from partners.models import insert_only


class Migration(migrations.Migration):
    """The database refuses to change the ledger of parts."""

    dependencies = [("partners", "0001_initial")]
    operations = [migrations.RunPython(insert_only.create, insert_only.drop)]
