"""Who can sign in to the demonstration: one account a role, with one password that is printed and for trials only."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password

from portal.accounts.models import Membership, Organisation, User
from portal.accounts.roles import Role

PASSWORD = "Lanqing-2026-shiyong"
MAIL = "example.com"


@dataclass(frozen=True, slots=True)
class Account:
    """A named account; `where` is brand, auditor or a partner's code."""

    username: str
    name: str
    role: Role
    where: str
    page: str
    regions: tuple[str, ...] = ()


#: The partner whose people are named accounts, and the outlet where the technician works.
PARTNER = "P001"
ACCOUNTS = (
    Account("manager", "林若涵", Role.BRAND_MANAGER, "brand", "/admin/"),
    Account("east", "顾成远", Role.BRAND_MANAGER, "brand", "/admin/", ("上海市", "江苏省", "浙江省", "安徽省")),
    Account("desk", "周晓岚", Role.SERVICE_DESK, "brand", "/admin/"),
    Account("legal", "邵明哲", Role.LEGAL, "brand", "/admin/"),
    Account("technical", "程立峰", Role.TECHNICAL, "brand", "/admin/"),
    Account("marketing", "苏雨桐", Role.MARKETING, "brand", "/admin/"),
    Account("admin", "秦守一", Role.ADMINISTRATOR, "brand", "/admin/"),
    Account("auditor", "郑公允", Role.AUDITOR, "auditor", "/admin/"),
    Account("partner", "沈国梁", Role.PARTNER_MANAGER, PARTNER, "/field/"),
    Account("dispatcher", "陆佳宁", Role.DISPATCHER, PARTNER, "/field/"),
    Account("technician", "王海涛", Role.TECHNICIAN, PARTNER, "/field/"),
)


def is_trial() -> bool:
    """Whether this portal may hold accounts whose password everybody knows."""
    return bool(settings.EMBEDDED or settings.DEBUG)


def make_account(account: Account, home: Organisation) -> User:
    """A named account with the printed password."""
    return _user(account.username, account.name, account.role, home, PASSWORD, account.regions)


def make_silent(username: str, name: str, role: Role, home: Organisation, phone: str = "") -> User:
    """An account that can act in the story but that nobody can sign in to."""
    return _user(username, name, role, home, None, phone=phone)


def _user(
    username: str,
    name: str,
    role: Role,
    home: Organisation,
    password: str | None,
    regions: tuple[str, ...] = (),
    phone: str = "",
) -> User:
    user = User(username=username, name=name, email=f"{username}@{MAIL}", phone=phone)
    user.password = _hashed(password) if password else make_password(None)
    user.save(force_insert=True)
    Membership.objects.create(user=user, organisation=home, role=role, regions=list(regions))
    return user


@cache
def _hashed(password: str) -> str:
    """Hashed once: everybody knows this password, and hashing is slow on purpose."""
    return make_password(password)
