"""Sign-in by username or e-mail; Django's per-row permissions are not used, roles are."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from portal.accounts.models import User


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
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        return user if user and user.is_active else None

    @staticmethod
    def _by_email(text: str) -> User | None:
        found = User.objects.filter(email__iexact=text)[:2] if "@" in text else []
        return found[0] if len(found) == 1 else None
