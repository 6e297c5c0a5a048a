"""A released check list, and inspections in each state, as the actions make them."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partners.actions import outlet_inspection, outlet_inspection_list
from partners.actions.outlet_inspection_plan import plan
from partners.choices.outlet_inspection import PhotoNeed, Result, Section
from partners.models import CheckItem, CheckList, CheckVersion, Outlet, OutletInspection
from portal.accounts.actor import Actor
from portal.kernel import clock

ITEMS: tuple[dict[str, Any], ...] = (
    {"number": "1.1", "section": Section.SIGNAGE, "text": "门头标识符合视觉形象规范", "weight": 2, "days": 10},
    {
        "number": "2.1",
        "section": Section.CLEANLINESS,
        "text": "整洁、明亮、有序",
        "weight": 1,
        "photo": PhotoNeed.NEVER,
    },
    {"number": "3.1", "section": Section.WAITING, "text": "座椅、饮用水、Wi-Fi 齐备", "weight": 1, "days": 3},
    {"number": "5.1", "section": Section.SAFETY, "text": "高压作业防护到位", "weight": 4, "core": True, "days": 1},
)


def photo(name: str = "现场.png") -> SimpleUploadedFile:
    """A picture as a telephone sends it."""
    data = BytesIO()
    Image.new("RGB", (8, 8), "#2f6f4f").save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/png")


def draft(actor: Actor, code: str = "WD-01", items: tuple[dict[str, Any], ...] = ITEMS) -> CheckVersion:
    """A draft with its items."""
    check_list = CheckList.objects.create(code=code, title="网点服务环境检查表")
    version = outlet_inspection_list.draft(actor, check_list)
    for place, item in enumerate(items):
        CheckItem.objects.create(version=version, place=place, requirement="R109", **item)
    return version


def released(actor: Actor, code: str = "WD-01", items: tuple[dict[str, Any], ...] = ITEMS) -> CheckVersion:
    """As `draft`, in force from today."""
    return outlet_inspection_list.release(actor, draft(actor, code, items), clock.today())


def check_list_of(actor: Actor) -> CheckList:
    """The list of most stories, made when first asked for."""
    return CheckList.objects.filter(code="WD-01").first() or released(actor).check_list


def planned(actor: Actor, outlet: Outlet, day: date | None = None, **values: Any) -> OutletInspection:
    """An inspection for tomorrow."""
    return plan(actor, outlet, check_list_of(actor), day or clock.today() + timedelta(days=1), **values)


def under_way(actor: Actor, outlet: Outlet, **values: Any) -> OutletInspection:
    """Begun by the actor, nothing answered yet."""
    return outlet_inspection.begin(actor, planned(actor, outlet, **values))


def answered(actor: Actor, row: OutletInspection, **results: str) -> OutletInspection:
    """Every item passed, but those named `i1_1=Result.FAIL`; these with remark and photo."""
    for one in row.answers.select_related("item", "inspection"):
        result = results.get(f"i{one.item.number.replace('.', '_')}", Result.PASS)
        fault = result in (Result.FAIL, Result.PARTLY)
        photos = [photo()] if fault and one.item.photo != PhotoNeed.NEVER else []
        remark = "灯箱不亮" if fault else "" if result == Result.PASS else "本店没有"
        outlet_inspection.answer(actor, one, result, remark, photos)
    return row


def submitted(actor: Actor, outlet: Outlet, kind: dict[str, Any] | None = None, **results: str) -> OutletInspection:
    """Handed in; findings at the items named."""
    row = answered(actor, under_way(actor, outlet, **(kind or {})), **results)
    return outlet_inspection.submit(actor, row, representative="王店长")
