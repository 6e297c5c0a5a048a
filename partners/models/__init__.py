from partners.models.benchmark_case import BenchmarkCase
from partners.models.contract import PartnerContract
from partners.models.knowledge import Article
from partners.models.knowledge_text import ArticleVersion, ArticleWords
from partners.models.outlet import Outlet
from partners.models.part import SparePart
from partners.models.partner import Partner
from partners.models.product import ProductLine, ProductModel
from partners.models.staff import Certificate, Staff
from partners.models.standard import Clause, Publication, Release
from partners.models.standard_reply import Adjustment, Opinion, Receipt
from partners.models.stock import ReorderPoint, Stock, StockLine, StockMove, StockPlace, StockSerial
from partners.models.stock_count import StockCount, StockCountLine

__all__ = [
    "Adjustment",
    "Article",
    "ArticleVersion",
    "ArticleWords",
    "BenchmarkCase",
    "Certificate",
    "Clause",
    "Opinion",
    "Outlet",
    "Partner",
    "PartnerContract",
    "ProductLine",
    "ProductModel",
    "Publication",
    "Receipt",
    "Release",
    "Staff",
    "ReorderPoint",
    "SparePart",
    "Stock",
    "StockCount",
    "StockCountLine",
    "StockLine",
    "StockMove",
    "StockPlace",
    "StockSerial",
]
