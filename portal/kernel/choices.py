"""Choices that know their colour, so that no template asks which state it is."""

from django.db import models


class ColouredChoices(models.TextChoices):
    """Members are written VALUE, colour, label; the colour is one of the palette's names."""

    colour: str

    def __new__(cls, value: str, colour: str = "secondary") -> "ColouredChoices":
        member = str.__new__(cls, value)
        member._value_ = value
        member.colour = colour
        return member
