"""What the journal says of training, examinations, certificates and proofs (R115, R142, R174)."""

from django.utils.translation import gettext_lazy as _

from partners.choices.training import EnrolmentState
from portal.journal.verbs import register

ENROLLED = register(
    "training_enrolled",
    _("Enrolled for training"),
    _("%(actor)s enrolled %(staff)s: %(state)s"),
    icon="user-plus",
    colour="blue",
    words={"state": EnrolmentState},
)
ENROLMENT_CANCELLED = register(
    "training_enrolment_cancelled",
    _("Enrolment cancelled"),
    _("%(actor)s cancelled the enrolment of %(staff)s: %(reason)s. Moved up from the waiting list: %(moved_up)s"),
    icon="user-minus",
)
SESSION_CALLED_OFF = register(
    "training_called_off",
    _("Session called off"),
    _("%(actor)s called off session %(number)s: %(reason)s"),
    icon="calendar-x",
    colour="red",
)
ATTENDANCE_RECORDED = register(
    "training_attendance",
    _("Attendance recorded"),
    _("%(actor)s recorded the attendance. Attended: %(attended)s. Absent: %(absent)s"),
    icon="checkup-list",
    colour="green",
)
MATERIAL_ADDED = register(
    "training_material", _("Training material added"), _("%(actor)s added “%(file)s”"), icon="paperclip"
)
EXAM_BEGUN = register(
    "exam_begun",
    _("Examination begun"),
    _("%(actor)s began the examination %(course)s: %(questions)s questions of seed %(seed)s, until %(closes)s"),
    icon="pencil",
    colour="blue",
)
EXAM_PASSED = register(
    "exam_passed",
    _("Examination passed"),
    _("%(actor)s handed in: %(right)s of %(of)s right, %(percent)s %%, pass mark %(pass)s %%: passed"),
    icon="circle-check",
    colour="green",
)
EXAM_FAILED = register(
    "exam_failed",
    _("Examination failed"),
    _("%(actor)s handed in: %(right)s of %(of)s right, %(percent)s %%, pass mark %(pass)s %%: not passed"),
    icon="circle-x",
    colour="red",
)
CERTIFICATE_REVOKED = register(
    "certificate_revoked",
    _("Certificate revoked"),
    _("%(actor)s revoked certificate %(number)s for %(subject)s: %(reason)s"),
    icon="certificate-off",
    colour="red",
)
PROOF_RECORDED = register(
    "proof_recorded",
    _("Qualification checked"),
    _("%(actor)s checked “%(requirement)s”: %(result)s. %(note)s"),
    icon="clipboard-check",
    colour="teal",
)
