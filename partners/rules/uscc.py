"""Unified Social Credit Codes (统一社会信用代码, R184): eighteen characters, the last one a check character."""

from django.utils.translation import gettext as _
from stdnum.cn import uscc as standard
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from portal.kernel.verdict import ALLOWED, Denied, Verdict


def clean(code: str) -> str:
    """The code without spaces and dashes, in capitals (R184)."""
    return standard.compact(code)


def check(code: str) -> Verdict:
    """Whether the code is right, and if not, what is wrong with it (R184)."""
    try:
        standard.validate(code)
    except InvalidLength:
        return Denied(_("A unified social credit code has 18 characters; this one has %d.") % len(clean(code)))
    except InvalidChecksum:
        return Denied(_("The check character does not fit: at least one character is mistyped."))
    except ValidationError:
        return Denied(_("This is not a unified social credit code: use digits and capitals without I, O, S, V, Z."))
    return ALLOWED
