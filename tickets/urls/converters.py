"""A ticket number in an address."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class NumberConverter(StringConverter):
    """A ticket number as a database can be asked for it: PostgreSQL stops at a NUL."""

    regex = r"[^/\x00-\x1f]+"


register_converter(NumberConverter, "number")
