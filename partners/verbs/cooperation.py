"""What the journal says of cooperation plans and their tasks (R071–R078)."""

from django.utils.translation import gettext_lazy as _

from partners.choices.cooperation import PlanStage, Side
from portal.journal.verbs import register

PLAN_WRITTEN = register(
    "cooperation_written", _("Plan written"), _("%(actor)s wrote the plan “%(title)s”"), icon="pencil"
)
PLAN_REVISED = register(
    "cooperation_revised", _("Plan changed"), _("%(actor)s changed the plan: %(what)s. %(note)s"), icon="edit"
)
PLAN_AGREED = register(
    "cooperation_agreed",
    _("Plan agreed"),
    _("%(actor)s agreed to the plan for the %(side)s"),
    icon="circle-check",
    colour="teal",
    words={"side": Side},
)
PLAN_ADVANCED = register(
    "cooperation_advanced",
    _("Next stage"),
    _("%(actor)s moved the plan on to “%(stage)s”"),
    icon="arrow-right",
    colour="blue",
    words={"stage": PlanStage},
)
PLAN_EVALUATED = register(
    "cooperation_evaluated",
    _("Effect evaluated"),
    _("%(actor)s judged the effect: %(result)s Adjusted: %(adjustment)s"),
    icon="gauge",
    colour="purple",
)
PLAN_SUMMED_UP = register(
    "cooperation_summed_up",
    _("Experience written down"),
    _("%(actor)s wrote down: %(lessons)s"),
    icon="bulb",
    colour="orange",
)
PLAN_STOPPED = register(
    "cooperation_stopped", _("Stopped"), _("%(actor)s stopped the plan: %(reason)s"), icon="ban", colour="red"
)
PLAN_POSTED = register("cooperation_posted", _("Message"), _("%(actor)s: %(text)s"), icon="message", colour="azure")

TASK_GIVEN = register(
    "task_given",
    _("Task given"),
    _("%(actor)s gave “%(title)s” to %(owner)s until %(due)s"),
    icon="clipboard-list",
    colour="blue",
)
TASK_DONE = register(
    "task_done", _("Task done"), _("%(actor)s reported: %(result)s"), icon="circle-check", colour="green"
)
MORE_TIME_ASKED = register(
    "task_time_asked",
    _("More time asked for"),
    _("%(actor)s asked for time until %(until)s: %(reason)s"),
    icon="clock",
    colour="orange",
)
MORE_TIME_DECLINED = register(
    "task_time_declined",
    _("More time declined"),
    _("%(actor)s declined time until %(until)s; the due day stays %(due)s: %(reason)s"),
    icon="calendar-x",
    colour="red",
)
TASK_EXTENDED = register(
    "task_extended",
    _("Task extended"),
    _("%(actor)s moved the due day from %(before)s to %(until)s: %(reason)s"),
    icon="calendar",
    colour="azure",
)
TASK_CANCELLED = register(
    "task_cancelled", _("Task cancelled"), _("%(actor)s cancelled the task: %(reason)s"), icon="ban", colour="red"
)
TASK_REOPENED = register(
    "task_reopened",
    _("Task opened again"),
    _("%(actor)s opened the task again until %(until)s: %(reason)s"),
    icon="arrow-back-up",
    colour="orange",
)
