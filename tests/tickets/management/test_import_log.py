"""The command import_log: what it answers to people and machines, and its exit codes (spec/interfaces.md)."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.tickets.actions.log_story import EVENTS, HEADER, ROWS
from tickets.models import Ticket


def call(path, mapping, *options):
    out = StringIO()
    code = 0
    try:
        call_command("import_log", str(path), "--mapping", str(mapping), *options, stdout=out)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue()


@pytest.fixture
def files(tmp_path):
    """A log and its mapping on disk."""
    path, mapping = tmp_path / "log.csv", tmp_path / "map.toml"
    path.write_text(HEADER + "\n".join(ROWS), encoding="utf-8")
    mapping.write_text(EVENTS, encoding="utf-8")
    return path, mapping


@pytest.mark.django_db
def test_the_command_answers_in_json(files):
    code, text = call(*files, "--json")
    answer = json.loads(text)
    assert code == 0
    assert (answer["rows"], answer["tickets"], answer["created"], answer["duplicates"]) == (7, 2, 2, 1)
    assert answer["unmapped"] == {"Looked at": 1}


@pytest.mark.django_db
def test_the_command_tells_people(files):
    path, mapping = files
    path.write_text(HEADER + "\n".join([*ROWS, *["x"] * 25]), encoding="utf-8")
    code, text = call(path, mapping, "--dry-run")
    assert code == 0
    assert "9" in text
    assert "Looked at 1" in text
    assert "--json" in text


@pytest.mark.django_db
def test_strict_takes_all_or_nothing(files):
    path, mapping = files
    path.write_text(HEADER + "\n".join([*ROWS, "x"]), encoding="utf-8")
    assert call(path, mapping, "--strict")[0] == 1
    assert not Ticket.objects.exists()


@pytest.mark.django_db
def test_nothing_usable_is_an_error(files):
    path, mapping = files
    path.write_text(HEADER + "x\ny\n", encoding="utf-8")
    assert call(path, mapping)[0] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("[columns]", "[colums]", "columns"), ('"Shop"', '"Store"', "Store"), ('kind = "events"', "kind", "TOML")],
)
def test_wrong_use_is_told_and_exits_with_two(files, old, new, told):
    path, mapping = files
    mapping.write_text(EVENTS.replace(old, new), encoding="utf-8")
    with pytest.raises(CommandError, match=told) as error:
        call(path, mapping)
    assert error.value.returncode == 2


@pytest.mark.django_db
def test_missing_files_are_wrong_use(files, tmp_path):
    path, mapping = files
    for wrong in ((tmp_path / "none.csv", mapping), (path, tmp_path / "none.toml")):
        with pytest.raises(CommandError) as error:
            call(*wrong)
        assert error.value.returncode == 2
    path.write_text("", encoding="utf-8")
    with pytest.raises(CommandError):
        call(path, mapping)
