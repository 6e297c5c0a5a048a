"""Applications in a legal state."""

import factory
from factory.django import DjangoModelFactory

from partners.choices import ChannelType, ServiceTier
from partners.models import ApplicationOutlet, PartnerApplication
from portal.kernel import clock
from tests.factories import credit_code


class ApplicationFactory(DjangoModelFactory):
    """Submitted, with one outlet; lines as `lines=[…]`."""

    class Meta:
        model = PartnerApplication
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"SQ20260101-{n:04d}")
    name, short_name = "江海新能源服务有限公司", "江海"
    channel_type = ChannelType.SERVICE_CENTRE
    uscc = factory.Sequence(lambda n: credit_code(700_000 + n))
    legal_representative = "周海生"
    region, address = "上海市", "上海市闵行区申长路 9 号"
    contact_name, phone, email = "周敏", "13900001111", "zhoumin@example.com"
    areas = factory.LazyFunction(lambda: ["上海市", "浙江省"])
    tier = ServiceTier.ADVANCED
    created_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def lines(self, create, lines, **kwargs):
        self.product_lines.set(lines or [])
        ApplicationOutlet.objects.create(
            application=self,
            name="闵行服务网点",
            region="上海市",
            address="上海市闵行区申长路 9 号",
            phone="021-60001111",
        )
