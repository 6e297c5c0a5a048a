"""No text of the repository tells of one machine: private paths, package mirrors, secrets."""

import re

import pytest

from tests.house.tree import ROOT, short, texts

#: Folders that belong to somebody's machine. /srv, /opt, /etc and /var are the documentation's.
PRIVATE_PATH = re.compile(r"(?<![\w:/.$}*)\]>-])/(?:home|root|Users|work|workspace|tmp)/[\w.]")
ADDRESS = re.compile(r"(?:https?:|file:)//[^\s\"'<>]+")
LOCKS = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements.in",
    "requirements-dev.in",
    "package-lock.json",
    ".npmrc",
)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_\w{36}\b")
FUNDING = re.compile(r"https://(?:opencollective\.com|github\.com|www\.patreon\.com|tidelift\.com)/")


def private_paths(text: str) -> list[str]:
    return [match.group() for match in PRIVATE_PATH.finditer(text)]


def mirrors(text: str) -> list[str]:
    """Addresses in a lock file that would bind every user to one machine's registry."""
    return [match.group() for match in ADDRESS.finditer(text) if not FUNDING.match(match.group())]


@pytest.mark.parametrize("text", ["open('/home" + "/li/x.csv')", "cd /wor" + "k/main", "see /tm" + "p/x.log"])
def test_the_check_sees_a_private_path(text):
    assert private_paths(text)


@pytest.mark.parametrize("text", ["/srv/portal/var", "portal/work/x", "https://example.com/home/x", "{{ base }}/tmp/x"])
def test_the_check_lets_public_paths_pass(text):
    assert not private_paths(text)


def test_the_check_sees_a_mirror():
    assert mirrors('"resolved": "https://mirror.example/npm/x.tgz"')
    assert mirrors("--extra-index-url file:///simple")


def test_no_private_path():
    offenders = [
        f"{short(path)}: {', '.join(found)}"
        for path in texts()
        if (found := private_paths(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert not offenders, "\n".join(offenders)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_name_no_registry(name):
    path = ROOT / name
    assert not mirrors(path.read_text(encoding="utf-8") if path.exists() else "")


def test_no_secret():
    offenders = [short(path) for path in texts() if SECRET.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert not offenders
