"""Many models in one step: the same tables as one by one, also for models that point at each other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from portal.kernel.new_tables import NewTables, NewWords

CHICKEN = migrations.CreateModel(
    "Chicken",
    fields=[
        ("id", models.BigAutoField(primary_key=True)),
        ("egg", models.ForeignKey("newtables.egg", models.SET_NULL, null=True)),
    ],
)
EGG = migrations.CreateModel(
    "Egg",
    fields=[
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20, unique=True)),
        ("laid_by", models.ForeignKey("newtables.chicken", models.CASCADE, null=True)),
    ],
    options={"indexes": [models.Index(fields=["name", "laid_by"], name="egg_by_hen")]},
)


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("newtables_")}


@pytest.mark.django_db(transaction=True)
def test_models_that_point_at_each_other_come_and_go():
    step, before = NewTables([CHICKEN, EGG]), ProjectState()
    after = before.clone()
    step.state_forwards("newtables", after)
    assert set(after.models) == {("newtables", "chicken"), ("newtables", "egg")}
    with connection.schema_editor() as editor:
        step.database_forwards("newtables", editor, before, after)
    try:
        assert tables() == {"newtables_chicken", "newtables_egg"}
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "newtables_egg")
        assert "egg_by_hen" in found
    finally:
        with connection.schema_editor() as editor:
            step.database_backwards("newtables", editor, after, before)
    assert tables() == set()


def test_it_says_how_many():
    assert "2" in NewTables([CHICKEN, EGG]).describe()


def words_of(field: models.Field) -> tuple[NewWords, ProjectState, ProjectState]:
    before = ProjectState()
    EGG.state_forwards("newtables", before)
    step, after = NewWords([migrations.AlterField("egg", "name", field)]), before.clone()
    step.state_forwards("newtables", after)
    return step, before, after


def test_words_alone_change_no_table():
    step, before, after = words_of(models.CharField("Name of the egg", max_length=20, unique=True, help_text="Short"))
    step.database_forwards("newtables", connection.schema_editor(), before, after)
    assert after.models["newtables", "egg"].fields["name"].verbose_name == "Name of the egg"


def test_what_changes_a_table_is_refused_where_only_words_are_meant():
    step, before, after = words_of(models.CharField(max_length=40, unique=True))
    with pytest.raises(ValueError, match="changes a table"):
        step.database_forwards("newtables", connection.schema_editor(), before, after)
