"""Small parts that several forms share."""

from django.utils.translation import gettext_lazy as _

EMPTY_CHOICE = ("", _("Please choose"))
