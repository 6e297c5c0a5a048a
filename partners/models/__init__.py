from partners.models.absence import Absence
from partners.models.application import ApplicationOutlet, PartnerApplication
from partners.models.authorisation import Authorisation
from partners.models.benchmark_case import BenchmarkCase
from partners.models.certificate import Certificate, ExpiryWarning
from partners.models.contract import PartnerContract
from partners.models.contract_version import ContractClause, ContractVersion
from partners.models.cooperation import CooperationPlan, GroupMember, PlanGoal, PlanResource
from partners.models.cooperation_board import PlanPost, PlanReading
from partners.models.cooperation_task import CooperationTask
from partners.models.course import Course, CourseSession, Enrolment
from partners.models.exam import ExamAttempt, ExamPaper, Question
from partners.models.knowledge import Article
from partners.models.knowledge_text import ArticleVersion, ArticleWords
from partners.models.meeting import Invitation, Meeting, MeetingCycle
from partners.models.meeting_paper import AgendaItem, Decision, Topic
from partners.models.outlet import Outlet
from partners.models.outlet_inspection import OutletInspection, OutletInspectionAnswer
from partners.models.outlet_inspection_draw import OutletDraw
from partners.models.outlet_inspection_finding import OutletInspectionFinding
from partners.models.outlet_inspection_list import CheckItem, CheckList, CheckVersion
from partners.models.outlet_inspection_plan import InspectionPlan
from partners.models.part import SparePart
from partners.models.partner import Partner
from partners.models.product import ProductLine, ProductModel
from partners.models.qualification import PostRequirement, StaffProof
from partners.models.staff import Staff
from partners.models.standard import Clause, Publication, Release
from partners.models.standard_reply import Adjustment, Opinion, Receipt
from partners.models.stock import ReorderPoint, Stock, StockLine, StockMove, StockPlace, StockSerial
from partners.models.stock_count import StockCount, StockCountLine
from partners.models.tool import Calibration, CalibrationWarning, Tool, ToolType
from partners.models.tool_grant import DiagnosticTool, GrantWarning, ToolGrant
from partners.models.tool_use import ToolUse, ToolUseOutcome

__all__ = [
    "Absence",
    "Adjustment",
    "AgendaItem",
    "ApplicationOutlet",
    "Article",
    "ArticleVersion",
    "ArticleWords",
    "Authorisation",
    "BenchmarkCase",
    "Calibration",
    "CalibrationWarning",
    "Certificate",
    "CheckItem",
    "CheckList",
    "CheckVersion",
    "Clause",
    "ContractClause",
    "ContractVersion",
    "CooperationPlan",
    "CooperationTask",
    "Course",
    "CourseSession",
    "Decision",
    "DiagnosticTool",
    "Enrolment",
    "ExamAttempt",
    "ExamPaper",
    "ExpiryWarning",
    "GrantWarning",
    "GroupMember",
    "InspectionPlan",
    "Invitation",
    "Meeting",
    "MeetingCycle",
    "Opinion",
    "Outlet",
    "OutletDraw",
    "OutletInspection",
    "OutletInspectionAnswer",
    "OutletInspectionFinding",
    "Partner",
    "PartnerApplication",
    "PartnerContract",
    "PlanGoal",
    "PlanPost",
    "PlanReading",
    "PlanResource",
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
    "Tool",
    "ToolGrant",
    "ToolType",
    "ToolUse",
    "ToolUseOutcome",
    "Topic",
]
