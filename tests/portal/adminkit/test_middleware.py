"""Headers stand on every answer of the admin, and what is somebody's own is kept by no shared cache (L04, L09)."""

import pytest

from portal.accounts.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/admin/nowhere/", "/admin/notify/notice/"])
@pytest.mark.parametrize("role", [None, Role.MARKETING])
def test_l09_every_answer_of_the_admin_has_a_policy(client, path, role):
    if role:
        client.force_login(make.member(role))
    policy = client.get(path)["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


def test_l04_a_persons_page_is_kept_by_no_shared_cache(client):
    client.force_login(make.member(Role.TECHNICIAN))
    assert "private" in client.get("/field/")["Cache-Control"]
    assert "no-store" in client.get("/admin/")["Cache-Control"]
