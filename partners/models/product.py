"""What is sold and served: product lines and their models (R187)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet


class ProductLineQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "ProductLineQuerySet":
        return self.all()


class ProductLine(models.Model):
    """A family of products for which outlets are authorised and staff certified."""

    code = models.CharField(_("Product line code"), max_length=32, unique=True)
    name = models.CharField(_("Product line"), max_length=80)
    needs_certificate = models.BooleanField(_("Certificate required"), default=True)

    objects = ProductLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("product line")
        verbose_name_plural = _("product lines")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class ProductModel(models.Model):
    """A model within a line."""

    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="models", verbose_name=_("Product line"))
    code = models.CharField(_("Product model"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)

    objects = ProductLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("product model")
        verbose_name_plural = _("product models")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
