"""Pages that say no."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.test import override_settings
from django.utils import translation

from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.webkit import views
from portal.webkit.context import brand
from portal.webkit.middleware import ProblemMiddleware
from portal.webkit.nav import NavItem


@pytest.fixture
def request_(rf):
    request = rf.get("/field/")
    request.user = AnonymousUser()
    with translation.override("en"):
        yield request


def handled(request, exception):
    return ProblemMiddleware(lambda r: None).process_exception(request, exception)


@pytest.mark.parametrize(("error", "status"), [(Refused, 403), (Conflict, 409), (InvalidInput, 400)])
def test_a_refusal_becomes_a_page_with_its_words(request_, error, status):
    response = handled(request_, error("taken by <Li>"))
    assert response.status_code == status
    assert "taken by &lt;Li&gt;" in response.content.decode()


def test_htmx_gets_the_words_alone(rf):
    response = handled(rf.get("/", headers={"hx-request": "true"}), Conflict("taken"))
    assert (response.status_code, response.content) == (409, b"taken")


def test_a_body_that_is_too_large_is_413_and_other_errors_pass(request_):
    assert handled(request_, RequestDataTooBig()).status_code == 413
    assert handled(request_, KeyError()) is None


@pytest.mark.parametrize("status", sorted(views.PAGES))
def test_each_status_has_a_page_in_both_languages(request_, status):
    english = views.problem(request_, status).content.decode()
    with translation.override("zh-hans"):
        chinese = views.problem(request_, status).content.decode()
    assert str(status) in english
    assert 'lang="en"' in english
    assert 'lang="zh-hans"' in chinese


def test_django_s_own_refusals_have_pages(request_):
    assert views.bad_request(request_).status_code == 400
    assert views.permission_denied(request_).status_code == 403
    assert views.page_not_found(request_).status_code == 404
    assert views.server_error(request_).status_code == 500
    assert "open too long" in views.csrf_failure(request_).content.decode()


def test_texts_of_foreign_errors_are_not_shown(request_):
    assert b"secret" not in views.permission_denied(request_, ValueError("secret")).content


def test_the_brand_and_the_navigation_reach_the_page(request_):
    with override_settings(BRAND={"name": "明远", "primary": "#ffcc00"}, PAGE_NAVIGATION=f"{__name__}.entries"):
        context = brand(request_)
        assert context["brand"]["on_primary"] == "#10243e"
        assert [item.url for item in context["nav_items"]] == ["/field/"]
    with override_settings(PAGE_NAVIGATION=""):
        assert list(brand(request_)["nav_items"]) == []


def entries(request):
    return [NavItem("Inbox", "/field/")]
