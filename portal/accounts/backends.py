"""Sign-in by username or e-mail; Django's per-row permissions are not used, roles are."""

import hashlib
import logging
from contextlib import suppress
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from portal.accounts.models import User
from portal.kernel.throttle import TooMany, address_of, count, used

logger = logging.getLogger("portal.refusals")
#: So many wrong passwords from one address, for one account and for all, shut it out for a quarter of an hour (J07).
MOST_FOR_ONE, MOST_FOR_ALL, SECONDS = 5, 50, 900


class RoleBackend(BaseBackend):
    """Checks the password. Rights come from `portal.accounts.roles` and each admin's own table, never from here."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        if not username or password is None:
            return None
        user = User.objects.filter(username=username).first() or self._by_email(username)
        if user is None:
            User().set_password(password)  # the same work for an unknown name (K01)
        right = user is not None and user.check_password(password) and user.is_active
        failures = _failures(request, user.username if user else username)
        if any(used(name) >= most for name, most in failures):
            logger.warning("refused: too many wrong passwords for %r", username)
            return None  # in the same words, also for the right password
        if not right:
            for name, most in failures:
                with suppress(TooMany):
                    count(name, most=most, seconds=SECONDS)
        return user if right else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        return user if user and user.is_active else None

    @staticmethod
    def _by_email(text: str) -> User | None:
        found = User.objects.filter(email__iexact=text)[:2] if "@" in text else []
        return found[0] if len(found) == 1 else None


def _failures(request: HttpRequest | None, username: str) -> list[tuple[str, int]]:
    """What wrong passwords are counted under: account and address, so that nobody shuts out another's account from
    elsewhere; and the address alone."""
    address = address_of(request) if request is not None else ""
    account = hashlib.sha256(f"{username.casefold()} {address}".encode()).hexdigest()
    return [(f"login:{account}", MOST_FOR_ONE), (f"login-address:{address}", MOST_FOR_ALL)]
