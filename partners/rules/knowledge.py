"""Who edits, reviews and contributes, and when an article has had its time (R039, R165, R177, R178)."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from partners.choices.knowledge import VersionState
from portal.accounts.roles import PARTNER, Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: The technical department keeps the knowledge base; brand managers stand in for it.
EDITORS = frozenset({Role.TECHNICAL, Role.BRAND_MANAGER, Role.SYSTEM})
CONTRIBUTORS = PARTNER | EDITORS
NOMINATORS = frozenset({Role.TECHNICAL, Role.BRAND_MANAGER, Role.SERVICE_DESK, Role.MARKETING, Role.SYSTEM})
APPROVERS = frozenset({Role.BRAND_MANAGER, Role.SYSTEM})

#: A text is looked at again after a year, if nobody says otherwise.
REVIEWED_AFTER = timedelta(days=365)
#: So many days before its review date an article's owner is reminded.
WARN_DAYS = (30, 7)


_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,23}")


def is_number(text: str) -> bool:
    """Whether an article may be called so: its number stands in addresses (R018)."""
    return _NUMBER.fullmatch(text) is not None


def may_edit(role: Role | None) -> Verdict:
    """Whether the role writes, publishes and withdraws articles (R039)."""
    return ALLOWED if role in EDITORS else Denied(_("The technical department edits the knowledge base."))


def may_contribute(role: Role | None) -> Verdict:
    """Whether the role may propose an article (R178)."""
    return ALLOWED if role in CONTRIBUTORS else Denied(_("Partner staff and the technical department contribute."))


def may_review(role: Role | None, *, author: int | None, reader: int | None) -> Verdict:
    """Editors review, but nobody his own text (R165); `author` and `reader` are accounts."""
    verdict = may_edit(role)
    if not verdict:
        return verdict
    if author is not None and author == reader:
        return Denied(_("Nobody reviews his own text: a colleague has to look at it."))
    return ALLOWED


def may_nominate(role: Role | None) -> Verdict:
    """Brand staff nominate good examples (R043)."""
    return ALLOWED if role in NOMINATORS else Denied(_("Brand staff nominate good-practice cases."))


def may_approve(role: Role | None) -> Verdict:
    """Brand managers decide on the recommended list (R044)."""
    return ALLOWED if role in APPROVERS else Denied(_("Brand managers decide on the recommended list."))


def is_over(review_due: date | None, today: date) -> bool:
    """Whether the review date has passed, so that readers must not rely on the text any more (R177)."""
    return review_due is not None and review_due < today


def is_warned_of(review_due: date | None, today: date, warned_on: date | None) -> bool:
    """Whether the owner should be reminded today: once when 30 days are left and once when 7 are (R177)."""
    if review_due is None or review_due < today:
        return False
    passed = [due for days in WARN_DAYS if (due := review_due - timedelta(days=days)) <= today]
    return bool(passed) and (warned_on is None or warned_on < max(passed))


def next_review(today: date) -> date:
    """The review date of a text that is published today (R177)."""
    return today + REVIEWED_AFTER


#: States of the newest text from which each deed goes on.
OPEN_TEXT = frozenset({VersionState.DRAFT, VersionState.RETURNED})
