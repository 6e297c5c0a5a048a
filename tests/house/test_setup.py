"""The commands that README promises, and the scripts behind them."""

import re
import shutil
import subprocess

import pytest

from tests.house.tree import ROOT

PROMISED = ("install", "run", "test", "bench", "pictures", "messages", "lock")
SCRIPTS = sorted((ROOT / ".ci").glob("*.sh"))


def bash(script: str, folder, code: int = 0) -> str:
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", PROMISED)
def test_makefile_keeps_the_promise(name):
    assert re.search(rf"^{name}:.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_ci_runs_the_command_of_the_readme_only():
    last = (ROOT / ".ci" / "run").read_text().strip().splitlines()[-1]
    assert last.endswith("exec make test")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_shell(path):
    bash(f"bash -n {path}", ROOT)


@pytest.fixture
def yard(tmp_path):
    """A folder with .ci/lib.sh and a step that counts how often it ran."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "lib.sh").write_text((ROOT / ".ci" / "lib.sh").read_text())
    (tmp_path / "input").write_text("1")
    (tmp_path / "go.sh").write_text(
        "source .ci/lib.sh\n"
        "work() { echo x >>count; [ ! -e broken ] && touch output; }\n"
        "step made output input -- work\n"
    )
    return tmp_path


def times(yard) -> int:
    return len((yard / "count").read_text().split())


def test_a_step_runs_once_until_its_input_changes(yard):
    for _ in range(2):
        bash("bash go.sh", yard)
    assert times(yard) == 1
    (yard / "input").write_text("2")
    bash("bash go.sh", yard)
    assert times(yard) == 2


def test_a_step_runs_again_when_its_output_is_gone(yard):
    bash("bash go.sh; rm output; bash go.sh", yard)
    assert times(yard) == 2


def test_a_step_that_failed_is_not_taken_for_done(yard):
    (yard / "broken").touch()
    bash("touch output; bash go.sh", yard, code=1)
    bash("bash go.sh", yard, code=1)
    assert times(yard) == 2


@pytest.fixture
def machine(yard):
    """A machine of stubs: who I am and what apt was asked for."""
    stubs = yard / "bin"
    stubs.mkdir()
    for name, body in {"apt-get": 'echo "$@" >>apt.log', "id": "echo ${WHO:-0}"}.items():
        (stubs / name).write_text(f"#!/bin/sh\n{body}\n")
        (stubs / name).chmod(0o755)
    for name in ("bash", "env", "mkdir", "dirname", "cat"):
        (stubs / name).symlink_to(shutil.which(name))
    return yard


def ask_for(packages: str, machine, who: int = 0) -> subprocess.CompletedProcess[str]:
    script = f"source .ci/lib.sh; MISSING=({packages}); apt_install"
    environment = {"PATH": str(machine / "bin"), "WHO": str(who)}
    return subprocess.run(
        ["bash", "-c", script], cwd=machine, env=environment, capture_output=True, text=True, timeout=60
    )


def test_root_installs_what_is_missing(machine):
    assert ask_for("gettext npm", machine).returncode == 0
    assert "install -y -qq --no-install-recommends gettext npm" in (machine / "apt.log").read_text()


def test_nothing_missing_asks_nobody(machine):
    assert ask_for("", machine, who=1000).returncode == 0
    assert not (machine / "apt.log").exists()


def test_without_root_and_sudo_the_command_is_told(machine):
    done = ask_for("gettext", machine, who=1000)
    assert done.returncode == 1
    assert "apt-get install gettext" in done.stderr


def test_without_apt_the_names_are_told(machine):
    (machine / "bin" / "apt-get").unlink()
    done = ask_for("gettext", machine)
    assert done.returncode == 1
    assert "no apt" in done.stderr
