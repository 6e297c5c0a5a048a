"""What the service log says of knowledge articles: attached, helped, proposed from the ticket (R018, R178)."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

register(
    "article_attached",
    _("Knowledge article attached"),
    _("%(actor)s attached the article %(article)s"),
    icon="book",
    colour="azure",
)
register(
    "article_detached",
    _("Knowledge article taken off"),
    _("%(actor)s took the article %(article)s off the ticket"),
    icon="book-off",
    colour="secondary",
)
register(
    "article_solved",
    _("Article solved it"),
    _("%(actor)s said that the article %(article)s solved it"),
    icon="thumb-up",
    colour="green",
)
register(
    "article_proposed",
    _("Contribution to the knowledge base"),
    _("%(actor)s contributed the article %(article)s from this ticket"),
    icon="bulb",
    colour="blue",
)
