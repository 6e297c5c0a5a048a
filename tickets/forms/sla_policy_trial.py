"""The form of a made-up case on which a policy is tried: what was received, and what happened when."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.choices import ServiceTier
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from tickets.choices import Category, Channel
from tickets.rules.region import REGIONS
from tickets.rules.sla_clock import Case, Event

#: What may happen in a made-up case: verb and facts of the journal entry that stands for it.
HAPPENINGS: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "call": (_("Customer called by telephone"), "contact", {"outward": True, "channel": "phone"}),
    "written": (_("Customer answered in writing"), "contact", {"outward": True, "channel": "mail"}),
    "register": (_("Registered"), "register", {}),
    "dispatch": (_("Dispatched"), "dispatch", {}),
    "accept": (_("Accepted"), "accept", {}),
    "on_site": (_("Diagnosed, on site"), "diagnose", {"mode": "on_site"}),
    "remote": (_("Diagnosed, remote"), "diagnose", {"mode": "remote"}),
    "arrive": (_("Arrived on site"), "arrive", {}),
    "start": (_("Work started"), "start", {}),
    "wait_customer": (_("Suspended: waiting for the customer"), "suspend", {"reason": "customer"}),
    "wait_parts": (_("Suspended: waiting for parts"), "suspend", {"reason": "parts"}),
    "wait_approval": (_("Suspended: waiting for an approval"), "suspend", {"reason": "approval"}),
    "resume": (_("Resumed"), "resume", {}),
    "complete": (_("Completed"), "complete", {}),
    "confirm": (_("Confirmed by the customer"), "confirm", {}),
    "reject": (_("Not solved, says the customer"), "reject", {}),
    "follow_up": (_("Followed up"), "follow_up", {}),
}
ROWS = 8
_MOMENT = "%Y-%m-%dT%H:%M"


class CaseForm(NamesItsFields, forms.Form):
    """A case that never was. Times are those of Asia/Shanghai."""

    category = forms.ChoiceField(label=_("Problem type"), choices=Category.choices, initial=Category.FAULT)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE)
    tier = forms.ChoiceField(label=_("Service tier"), choices=ServiceTier.choices, initial=ServiceTier.BASIC)
    region = forms.ChoiceField(
        label=_("Region"), choices=[("", _("Every region")), *((name, name) for name in REGIONS)], required=False
    )
    contract = forms.CharField(label=_("Agreement number"), max_length=60, required=False)
    received_at = forms.DateTimeField(
        label=_("Received at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    )
    as_of = forms.DateTimeField(
        label=_("Seen at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        help_text=_("Empty: when the last of it happened."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_at"].initial = clock.local(clock.now()).replace(hour=10, minute=0, tzinfo=None)
        happened = [("", "—"), *((code, label) for code, (label, _verb, _facts) in HAPPENINGS.items())]
        for number in range(1, ROWS + 1):
            self.fields[f"event_{number}"] = forms.ChoiceField(
                label=_("What happened"), choices=happened, required=False
            )
            self.fields[f"at_{number}"] = forms.DateTimeField(
                label=_("When"),
                required=False,
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """What happened and when, side by side."""
        return [(self[f"event_{number}"], self[f"at_{number}"]) for number in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in range(1, ROWS + 1):
            what, at = values.get(f"event_{number}"), values.get(f"at_{number}")
            if what and not at and f"at_{number}" not in self.errors:
                self.add_error(f"at_{number}", gettext("Say when it happened."))
            if at and not what:
                self.add_error(f"event_{number}", gettext("Say what happened."))
            if what and at and values.get("received_at") and at < values["received_at"]:
                self.add_error(f"at_{number}", gettext("Nothing happens before the ticket is received."))
        return values

    def case(self) -> Case:
        values = self.cleaned_data
        given = {name: values[name] or None for name in ("category", "channel", "tier", "region", "contract")}
        return Case(received_at=values["received_at"], **given)

    def events(self) -> list[Event]:
        values, found = self.cleaned_data, []
        for number in range(1, ROWS + 1):
            if values[f"event_{number}"]:
                _label, verb, facts = HAPPENINGS[values[f"event_{number}"]]
                found.append(Event(verb, values[f"at_{number}"], facts))
        return sorted(found, key=lambda event: event.at)

    def seen_at(self) -> datetime:
        """The moment at which the case is looked at."""
        times = [self.cleaned_data["received_at"], *(event.at for event in self.events())]
        return self.cleaned_data["as_of"] or max(times)
