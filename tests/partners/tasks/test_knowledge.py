"""The daily look at review dates (R177)."""

from datetime import timedelta

import pytest

from partners.actions import knowledge as actions
from partners.models import Article
from partners.tasks.knowledge import look_at_review_dates
from portal.kernel import clock
from tests.factories import knowledge as write

pytestmark = pytest.mark.django_db


def test_r177_owners_are_reminded_and_articles_expire():
    today = clock.today()
    for name, days in (("近", 20), ("远", 200), ("过", 5)):
        article = actions.submit(write.WRITER, write.draft(name))
        actions.publish(write.REVIEWER, article, review_due=today + timedelta(days=days))
    with clock.travel(clock.now() + timedelta(days=6)):
        assert look_at_review_dates.call() == {"warned": 1, "expired": 1}
        assert look_at_review_dates.call() == {"warned": 0, "expired": 0}
    assert dict(Article.objects.values_list("title", "state")) == {
        "近": "published",
        "远": "published",
        "过": "expired",
    }
