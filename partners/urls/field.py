"""Addresses of the pages on which partner staff keep their own house; include under field/, before the tickets'."""

from django.urls import URLPattern, URLResolver, path

from partners.urls import training
from partners.views import (
from partners.views import absence, calendar, contract, knowledge, standard, stock, stock_count, tool, tool_grant
    absence,
    calendar,
    contract,
    cooperation,
    cooperation_task,
    knowledge,
    meeting,
    outlet_inspection_house,
    standard,
    stock,
    stock_count,
)

app_name = "house"
urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/", calendar.month, name="calendar"),
    path("absences/", absence.absences, name="absences"),
    path("absences/new/", absence.absence_form, name="absence_new"),
    path("absences/<int:pk>/", absence.absence_form, name="absence"),
    path("absences/<int:pk>/cancel/", absence.absence_cancel, name="absence_cancel"),
    path("contracts/", contract.contracts, name="contracts"),
    path("contracts/<int:pk>/", contract.contract, name="contract"),
    path("contracts/<int:pk>/v<int:number>/", contract.contract, name="contract_version"),
    path("cooperation/", cooperation.index, name="cooperation"),
    path("cooperation/tasks/", cooperation_task.index, name="tasks"),
    path("cooperation/tasks/<str:number>/", cooperation_task.page, name="task"),
    path("cooperation/<int:pk>/", cooperation.page, name="plan"),
    path("meetings/", meeting.index, name="meetings"),
    path("meetings/<int:pk>/", meeting.page, name="meeting"),
    path("knowledge/", knowledge.knowledge, name="knowledge"),
    path("knowledge/mine/", knowledge.mine, name="contributions"),
    path("knowledge/recommended/", knowledge.recommended, name="recommended"),
    path("knowledge/<str:number>/", knowledge.article, name="article"),
    path("inspections/", outlet_inspection_house.index, name="inspections"),
    path("findings/<int:pk>/", outlet_inspection_house.finding, name="finding"),
    path("standards/", standard.index, name="standards"),
    path("standards/<int:pk>/", standard.page, name="standard"),
    path("standards/<int:pk>/clause/<int:clause>/", standard.propose, name="standard_propose"),
    *training.urlpatterns,
    path("stock/", stock.stock, name="stock"),
    path("stock/moves/", stock.moves, name="stock_moves"),
    path("stock/<int:place>/<int:part>/", stock.part, name="stock_part"),
    path("stock/<int:place>/<int:part>/<slug:way>/", stock.move, name="stock_move"),
    path("tools/", tool.tools, name="tools"),
    path("tools/new/", tool.tool_new, name="tool_new"),
    path("tools/<int:pk>/", tool.tool, name="tool"),
    path("tools/<int:pk>/change/", tool.tool_change, name="tool_change"),
    path("tools/<int:pk>/calibrate/", tool.tool_calibrate, name="tool_calibrate"),
    path("tools/<int:pk>/state/", tool.tool_state, name="tool_state"),
    path("diagnostics/", tool_grant.tool_grants, name="tool_grants"),
    path("diagnostics/log/", tool_grant.tool_uses, name="tool_uses"),
    path("diagnostics/<int:pk>/ask/", tool_grant.tool_ask, name="tool_ask"),
    path("counts/", stock_count.counts, name="counts"),
    path("counts/<str:number>/", stock_count.count, name="count"),
]
