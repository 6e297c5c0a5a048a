from partners.models.benchmark_case import BenchmarkCase
from partners.models.contract import PartnerContract
from partners.models.knowledge import Article
from partners.models.knowledge_text import ArticleVersion, ArticleWords
from partners.models.outlet import Outlet
from partners.models.partner import Partner
from partners.models.product import ProductLine, ProductModel
from partners.models.staff import Certificate, Staff

__all__ = [
    "Article",
    "ArticleVersion",
    "ArticleWords",
    "BenchmarkCase",
    "Certificate",
    "Outlet",
    "Partner",
    "PartnerContract",
    "ProductLine",
    "ProductModel",
    "Staff",
]
