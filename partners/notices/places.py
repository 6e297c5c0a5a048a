"""What the names in the wordings of the partner network stand for, each with an example for the preview."""

from django.utils.translation import gettext_lazy as _

from portal.notify.places import describe

describe("partner", _("Partner"), _("Donghai Motor Service"))
describe("version", _("Version"), "2")
describe("valid_from", _("Valid from"), "2026-12-01")
describe("valid_until", _("Valid until"), "2027-11-30")
describe("state", _("State"), _("Legal review"))
describe("standing", _("Standing"), _("Suspended"))
describe("opinion", _("Opinion"), _("Clause 5 needs a cap."))
describe("who", _("Who asks"), _("Lin Ruohan"))
describe("region", _("Region"), "上海市")
describe("clause", _("Clause number"), "1.3")
describe("value", _("Figure"), "60")
describe("decision", _("Decision"), _("Approved"))
describe("outcome", _("Outcome"), _("Adopted"))
describe("answer", _("Answer"), _("The clause will be changed in the next version."))
describe("kind", _("Kind"), _("Service standard"))
describe("effective", _("Effective from"), "2026-12-01")
describe("summary", _("What it is about"), _("Response within 15 minutes, all low scores are called back."))
describe("opinions", _("Until when opinions are asked for"), "2026-11-30")
describe("organisation", _("Organisation"), _("Donghai Motor Service"))
describe("username", _("User name"), "donghai")
describe("plan", _("Cooperation plan"), _("Joint training of the east region"))
describe("stage", _("Stage"), _("Carrying out"))
describe("meeting", _("Meeting"), _("Service quality review, first half of 2026"))
describe("task", _("Task"), _("Send in the list of missing tools"))
describe("day", _("Day"), "2026-12-18")
describe("item", _("Agenda item"), _("Repeated faults"))
