"""Free text without what identifies people: a report travels further than its ticket (R219, spec/roles.md)."""

import re

#: A date is no number of a person.
NUMBER = re.compile(r"(?<![\d-])(?!(?:19|20)\d\d-\d\d-\d\d(?!\d))\+?\d(?:[ -]?\d){6,}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def masked(text: str) -> str:
    """Telephone, identity and card numbers keep three digits in front and four behind; addresses of mail go (R219)."""
    return MAIL.sub("***@***", NUMBER.sub(lambda match: _stars(match.group()), text))


def _stars(number: str) -> str:
    digits = re.sub(r"[ -]", "", number)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 8 else f"{digits[:2]}****"
