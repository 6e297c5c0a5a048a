"""Words of posts, training, examinations and certificates, with label and colour (R115–R119, R173–R176)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class RequirementKind(models.TextChoices):
    """What a post may ask of its holder (R173, R174)."""

    COURSE = "course", _("Course with certificate")
    SKILL = "skill", _("Skill")
    DOCUMENT = "document", _("Document")
    APPEARANCE = "appearance", _("Appearance")
    CONDUCT = "conduct", _("Conduct")
    ETHICS = "ethics", _("Professional ethics")


class ItemState(ColouredChoices):
    """How somebody stands to one requirement."""

    HELD = "held", "green", pgettext_lazy("qualification", "Held")
    EXPIRING = "expiring", "yellow", pgettext_lazy("qualification", "Expires soon")
    EXPIRED = "expired", "red", _("Expired")
    REVOKED = "revoked", "red", pgettext_lazy("certificate", "Revoked")
    MISSING = "missing", "red", pgettext_lazy("qualification", "Missing")


class CourseKind(ColouredChoices):
    """Kinds of training (R176)."""

    INDUCTION = "induction", "blue", _("Induction training")
    ON_THE_JOB = "on_the_job", "teal", _("On-the-job training")
    NEW_PRODUCT = "new_product", "purple", _("New product training")
    ETIQUETTE = "etiquette", "orange", _("Service etiquette")


class SessionMode(models.TextChoices):
    """Where a session takes place."""

    CLASSROOM = "classroom", _("Classroom")
    ONLINE = "online", pgettext_lazy("training", "Online")


class EnrolmentState(ColouredChoices):
    """From the enrolment to the trainer's list."""

    ENROLLED = "enrolled", "blue", pgettext_lazy("training", "Enrolled")
    WAITING = "waiting", "yellow", pgettext_lazy("training", "On the waiting list")
    ATTENDED = "attended", "green", pgettext_lazy("training", "Attended")
    ABSENT = "absent", "red", pgettext_lazy("training", "Absent")
    CANCELLED = "cancelled", "secondary", pgettext_lazy("training", "Enrolment cancelled")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")


class Difficulty(ColouredChoices):
    """How hard a question is."""

    EASY = "easy", "green", _("Easy")
    MEDIUM = "medium", "yellow", pgettext_lazy("difficulty", "Medium")
    HARD = "hard", "red", _("Hard")


class AttemptState(ColouredChoices):
    """Where an attempt at an examination stands."""

    OPEN = "open", "blue", pgettext_lazy("examination", "Under way")
    PASSED = "passed", "green", pgettext_lazy("examination", "Passed")
    FAILED = "failed", "red", pgettext_lazy("examination", "Failed")


class CertificateSource(models.TextChoices):
    """Why there is a certificate."""

    EXAM = "exam", _("Training and examination")
    BY_HAND = "by_hand", _("Issued by the brand")
    RECORDED = "recorded", _("Recorded from earlier papers")


class CertificateState(ColouredChoices):
    """How a certificate stands on a day."""

    VALID = "valid", "green", pgettext_lazy("certificate", "Valid")
    EXPIRING = "expiring", "yellow", pgettext_lazy("qualification", "Expires soon")
    EXPIRED = "expired", "red", _("Expired")
    REVOKED = "revoked", "red", pgettext_lazy("certificate", "Revoked")
    FUTURE = "future", "secondary", pgettext_lazy("certificate", "Not yet valid")


class WorkState(ColouredChoices):
    """Whether somebody may take tickets, as far as certificates and requirements go."""

    ALL = "all", "green", _("May take tickets")
    SOME = "some", "yellow", _("May take tickets of some lines")
    NONE = "none", "red", _("May not take tickets")
