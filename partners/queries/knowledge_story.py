"""What hangs on one article: its files, its texts, what changed between two of them; and whom it is owed to."""

import difflib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from partners.models import Article, ArticleVersion
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel.quarter import Quarter

#: Unchanged lines shown around a change.
AROUND = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison: `sign` is +, - or blank."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Credit:
    """What one person of a partner contributed in a quarter."""

    partner: str
    person: str
    articles: int
    solved: int


def files_of(article: Article) -> list[Attachment]:
    """The files in order of their coming."""
    return list(Attachment.objects.filter(subject=subject_of(article)))


def addresses(files: list[Attachment]) -> dict[str, str]:
    """Name → address, as the text names its pictures."""
    return {file.name: f"/files/{file.key}/" for file in files}


def shown_text(article: Article) -> ArticleVersion:
    """The text in force, before that the newest one."""
    return article.current or article.versions.latest("number")


def compared(old: ArticleVersion, new: ArticleVersion) -> list[Line]:
    """Line by line what went and what came."""
    before, after = (_lines(version) for version in (old, new))
    told = list(difflib.unified_diff(before, after, lineterm="", n=AROUND))[2:]
    return [Line("", "…") if line.startswith("@@") else Line(line[:1].strip(), line[1:]) for line in told]


def _lines(version: ArticleVersion) -> list[str]:
    return [version.title, version.symptoms, *version.body.splitlines()]


def credits(quarter: Quarter) -> list[Credit]:
    """Contributions that were published in the quarter, by partner and person (R178)."""
    rows = (
        Article.objects.filter(credited_at__gte=quarter.start, credited_at__lt=quarter.end)
        .values("contributor_partner__short_name", "contributor__name")
        .annotate(articles=Count("pk"), solved=Sum("solved"))
        .order_by("-articles", "-solved", "contributor_partner__short_name", "contributor__name")
    )
    return [
        Credit(row["contributor_partner__short_name"], row["contributor__name"], row["articles"], row["solved"])
        for row in rows
    ]


def credited_quarters(now: datetime, most: int = 8) -> list[Quarter]:
    """The quarters that can be chosen, the present one first."""
    return [Quarter.of(now).previous(back) for back in range(most)]
