"""What the journal says of applications and of the accounts that come of them."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

RECEIVED = register(
    "application_received", _("Application received"), _("%(actor)s entered the application of %(name)s"), icon="inbox"
)
CONFIRMED = register(
    "application_confirmed", _("Application confirmed"), _("The applicant confirmed the e-mail address"), icon="mail"
)
ENDORSED = register(
    "application_endorsed",
    _("Endorsed"),
    _("%(actor)s endorsed the application: %(reason)s"),
    icon="circle-check",
    colour="azure",
)
CLEARED = register(
    "application_cleared",
    _("Cleared by the legal department"),
    _("%(actor)s cleared the application: %(reason)s"),
    icon="gavel",
    colour="blue",
)
RETURNED = register(
    "application_returned",
    _("Returned"),
    _("%(actor)s returned the application: %(reason)s"),
    icon="arrow-back-up",
    colour="orange",
)
REJECTED = register(
    "application_rejected",
    _("Rejected"),
    _("%(actor)s rejected the application: %(reason)s"),
    icon="ban",
    colour="red",
)
RESUBMITTED = register(
    "application_resubmitted",
    _("Submitted again"),
    _("%(actor)s corrected the application and submitted it again"),
    icon="send",
    colour="azure",
)
ATTACHED = register(
    "application_paper", _("Document added"), _("%(actor)s added the document %(name)s"), icon="paperclip"
)
APPROVED = register(
    "application_approved",
    _("Approved"),
    _("%(actor)s approved the application: partner %(code)s, %(outlets)s outlets, authorised until %(valid_until)s"),
    icon="building-store",
    colour="green",
)
INVITED = register(
    "account_invited",
    _("Invited"),
    _("%(actor)s invited %(person)s as manager of %(organisation)s"),
    icon="user-plus",
)
ENTERED = register(
    "account_entered", _("Invitation taken up"), _("%(person)s chose a password and may sign in"), icon="login"
)
