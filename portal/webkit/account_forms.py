"""Signing in and choosing a password: Django's forms, which name what was left empty."""

from django.contrib.auth import forms as stock

from portal.kernel.named_fields import NamesItsFields


class SignInForm(NamesItsFields, stock.AuthenticationForm):
    """Name and password."""


class NewPasswordForm(NamesItsFields, stock.SetPasswordForm):
    """A password of one's own, typed twice."""
