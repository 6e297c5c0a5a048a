from partners.models.absence import Absence
from partners.models.application import ApplicationOutlet, PartnerApplication
from partners.models.authorisation import Authorisation
from partners.models.benchmark_case import BenchmarkCase
from partners.models.certificate import Certificate, ExpiryWarning
from partners.models.contract import PartnerContract
from partners.models.contract_version import ContractClause, ContractVersion
from partners.models.course import Course, CourseSession, Enrolment
from partners.models.exam import ExamAttempt, ExamPaper, Question
from partners.models.knowledge import Article
from partners.models.knowledge_text import ArticleVersion, ArticleWords
from partners.models.outlet import Outlet
from partners.models.part import SparePart
from partners.models.partner import Partner
from partners.models.product import ProductLine, ProductModel
from partners.models.qualification import PostRequirement, StaffProof
from partners.models.staff import Staff
from partners.models.standard import Clause, Publication, Release
from partners.models.standard_reply import Adjustment, Opinion, Receipt
from partners.models.stock import ReorderPoint, Stock, StockLine, StockMove, StockPlace, StockSerial
from partners.models.stock_count import StockCount, StockCountLine

__all__ = [
    "Absence",
    "Adjustment",
    "ApplicationOutlet",
    "Article",
    "ArticleVersion",
    "ArticleWords",
    "Authorisation",
    "BenchmarkCase",
    "Certificate",
    "Clause",
    "ContractClause",
    "ContractVersion",
    "Course",
    "CourseSession",
    "Enrolment",
    "ExamAttempt",
    "ExamPaper",
    "ExpiryWarning",
    "Opinion",
    "Outlet",
    "Partner",
    "PartnerApplication",
    "PartnerContract",
    "PostRequirement",
    "ProductLine",
    "ProductModel",
    "Publication",
    "Question",
    "Receipt",
    "Release",
    "ReorderPoint",
    "SparePart",
    "Staff",
    "StaffProof",
    "Stock",
    "StockCount",
    "StockCountLine",
    "StockLine",
    "StockMove",
    "StockPlace",
    "StockSerial",
]
