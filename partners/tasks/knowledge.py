"""The daily look at review dates (R177)."""

from datetime import timedelta

from django_tasks import task

from partners.actions import knowledge as actions
from partners.choices.knowledge import ArticleState
from partners.models import Article
from partners.rules.knowledge import WARN_DAYS, is_over
from portal.accounts.actor import Actor
from portal.kernel import clock


@task()
def look_at_review_dates() -> dict[str, int]:
    """Remind owners and let articles expire whose date has passed; answers how many of each."""
    today, actor = clock.today(), Actor.system()
    soon = Article.objects.filter(state=ArticleState.PUBLISHED, review_due__lte=today + timedelta(days=max(WARN_DAYS)))
    done = {"warned": 0, "expired": 0}
    for article in soon.order_by("pk"):
        if is_over(article.review_due, today):
            actions.expire(actor, article)
            done["expired"] += 1
        elif actions.warn(actor, article):
            done["warned"] += 1
    return done
