"""By which words an article is found: pairs of characters of its head, and of its text."""

from partners.models import ArticleWords
from portal.textsearch.stored import StoredPairs

INDEX = StoredPairs(ArticleWords._meta.db_table, "article_id", ("head", "body"))
