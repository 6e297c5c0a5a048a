from partners.models.contract import PartnerContract
from partners.models.outlet import Outlet
from partners.models.partner import Partner
from partners.models.product import ProductLine, ProductModel
from partners.models.staff import Certificate, Staff

__all__ = ["Certificate", "Outlet", "Partner", "PartnerContract", "ProductLine", "ProductModel", "Staff"]
