"""What the journal says of articles and good-practice cases."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

ARTICLE_WRITTEN = register(
    "article_written", _("Article written"), _("%(actor)s wrote the article: %(reason)s"), icon="file-plus"
)
ARTICLE_CONTRIBUTED = register(
    "article_contributed",
    _("Article contributed"),
    _("%(actor)s contributed the article from practice"),
    icon="bulb",
    colour="blue",
)
ARTICLE_REVISED = register(
    "article_revised",
    _("New version written"),
    _("%(actor)s wrote version %(version)s: %(reason)s"),
    icon="edit",
)
ARTICLE_SUBMITTED = register(
    "article_submitted",
    _("Sent to review"),
    _("%(actor)s sent version %(version)s to review"),
    icon="send",
    colour="yellow",
)
ARTICLE_PUBLISHED = register(
    "article_published",
    _("Article published"),
    _("%(actor)s published version %(version)s, to be reviewed again by %(review_due)s"),
    icon="circle-check",
    colour="green",
)
ARTICLE_RETURNED = register(
    "article_returned",
    _("Sent back"),
    _("%(actor)s sent version %(version)s back: %(reason)s"),
    icon="arrow-back-up",
    colour="orange",
)
ARTICLE_WITHDRAWN = register(
    "article_withdrawn",
    _("Article withdrawn"),
    _("%(actor)s withdrew the article: %(reason)s"),
    icon="file-x",
    colour="red",
)
ARTICLE_EXPIRED = register(
    "article_expired",
    _("Article expired"),
    _("The review date %(review_due)s passed: the article is not shown any more"),
    icon="clock-off",
    colour="orange",
)
ARTICLE_RENEWED = register(
    "article_renewed",
    _("Article confirmed"),
    _("%(actor)s confirmed that the article still holds, until %(review_due)s"),
    icon="refresh",
    colour="green",
)
ARTICLE_FILES = register("article_files", _("Files added"), _("%(actor)s added files: %(files)s"), icon="paperclip")
CASE_NOMINATED = register(
    "case_nominated",
    _("Case nominated"),
    _("%(actor)s nominated the case: %(effect)s"),
    icon="trophy",
    colour="yellow",
)
CASE_RECOMMENDED = register(
    "case_recommended",
    _("Put on the recommended list"),
    _("%(actor)s put the case on the recommended list"),
    icon="award",
    colour="green",
)
CASE_DECLINED = register(
    "case_declined", _("Case not taken"), _("%(actor)s did not take the case: %(reason)s"), icon="x", colour="red"
)
CASE_RETIRED = register(
    "case_retired",
    _("Taken off the list"),
    _("%(actor)s took the case off the recommended list: %(reason)s"),
    icon="archive",
)
