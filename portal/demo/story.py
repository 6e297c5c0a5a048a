"""One ticket's life: a generator that says when its next step is due and makes it when it is called then."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from portal.accounts.actor import NOBODY, Actor
from portal.demo import pace, pictures
from portal.demo.network import Network, Shop
from portal.demo.script import SPOKEN, URGENCY, Script
from tickets.actions import closure, intake, progress, request
from tickets.choices import CancelReason, Category, Channel
from tickets.models import Ticket

Times = Iterator[datetime]


class Enough(Exception):
    """The ticket stands where it is to be left."""


class Story:
    """What all stories share: time, the people who act, and how a request is taken in."""

    ticket: Ticket
    #: How many quarters after the beginning of all stories this one began.
    quarters = 0.0

    def __init__(self, network: Network, script: Script, elder: Ticket | None = None) -> None:
        self.network, self.script, self.random = network, script, script.random
        self.at, self.elder = script.received_at, elder
        self.desk = self.random.choice(network.desks)
        self.urgent = script.category == Category.EMERGENCY

    def play(self) -> Times:
        """The moments of the steps; each step happens when the next moment is asked for."""
        yield self.at
        try:
            self.receive()
            yield from self.take_in()
            yield from self.serve()
        except Enough:
            return

    def serve(self) -> Times:
        """What happens after registration."""
        raise NotImplementedError

    # time

    def wait(self, low: float, high: float, *, office: bool = True) -> Times:
        """Some minutes; by daylight, unless it is urgent. A story with a limit hurries to be there in time."""
        if self.script.limit is not None:
            target = self.at + (self.script.limit - self.at) * self.random.uniform(0.1, 0.35)
        else:
            target = self.at + timedelta(minutes=pace.spread(self.random, low, high))
            if office and not self.urgent:
                target = pace.at_work(target, self.random)
        yield from self.until(target)

    def until(self, target: datetime) -> Times:
        """Time passes."""
        self.at = target
        yield target

    def done(self, ticket: Ticket) -> None:
        """The ticket after a step; the story ends where it was to end."""
        self.ticket = ticket
        if self.script.stop == ticket.state:
            raise Enough

    def is_late_in_the_day(self) -> bool:
        """Whether the outlets will not get to it today, so that the desk speaks with the customer itself."""
        return self.script.limit is None and not pace.is_daytime(self.at + timedelta(minutes=75))

    @property
    def customer(self) -> Actor:
        return Actor.customer(self.ticket.pk, self.ticket.contact_name)

    # the steps of the intake

    def receive(self) -> None:
        script, served = self.script, self.script.served
        spoken = script.channel in SPOKEN
        known = spoken or self.random.random() < 0.6
        self.done(
            request.receive(
                self.desk if spoken else NOBODY,
                channel=script.channel,
                title=script.title,
                description=script.description,
                customer=served.customer if known else None,
                contact=served.contact if known else None,
                customer_name=served.customer.name,
                contact_name=served.contact.name,
                contact_phone=served.contact.phone,
                contact_email=served.contact.email,
                region=served.customer.region,
                address=served.customer.address,
                product_line=served.equipment.product_line,
                product_model=served.equipment.model,
                serial_number=served.equipment.serial_number,
                files=[] if spoken else self.photos("现场照片"),
            )
        )

    def photos(self, subject: str) -> list[Any]:
        wanted = self.script.draws("photo", 1)
        return [pictures.photo(self.random, self.script.served.line, subject)] if wanted else []

    def take_in(self) -> Times:
        """Register, correct, ask; a few requests end here."""
        quick = self.script.channel in SPOKEN
        slow = not quick and self.random.random() < 0.05
        low, high = (0.2, 0.9) if self.script.channel == Channel.CHAT else (2, 7) if quick else (4, 14)
        yield from self.wait(low, 45 if slow else high, office=False)
        self.done(intake.register(self.desk, self.ticket, **self.intake()))
        if self.script.cancel:
            yield from self.cancel()
        if not self.urgent and self.script.draws("add_information", 1):
            yield from self.wait(3, 12, office=False)
            self.done(request.add_information(self.customer, self.ticket, self.script.words("add_information")))
        if not self.urgent and self.script.draws("amend", 1):
            yield from self.wait(2, 8, office=False)
            served = self.script.served
            facts = {"serial_number": served.equipment.serial_number, "contact_phone": served.contact.phone}
            self.done(intake.amend_intake(self.desk, self.ticket, reason=self.script.words("amend"), **facts))

    def intake(self) -> dict[str, Any]:
        script, served = self.script, self.script.served
        equipment = served.equipment
        category = script.category
        if script.draws("reclassify", 1) and category == Category.FAULT:
            script.turns.add("reclassify")
            category = Category.CONSULTATION if self.random.random() < 0.5 else Category.EMERGENCY
        return {
            "category": category,
            "urgency": self.random.choice(URGENCY[Category(category)]),
            "customer": served.customer,
            "contact": served.contact,
            "customer_name": served.customer.name,
            "contact_name": served.contact.name,
            "contact_phone": served.contact.phone,
            "contact_email": served.contact.email,
            "region": served.customer.region,
            "address": served.customer.address,
            "product_line": equipment.product_line,
            "product_model": equipment.model,
            "serial_number": equipment.serial_number,
            "contract_number": equipment.contract_number,
            "warranty_until": equipment.warranty_until,
            "equipment": equipment,
            "agreement": served.agreement,
            "description": script.description,
            "first_opinion": script.words(f"opinion_{script.category}"),
        }

    def cancel(self) -> Times:
        """The customer withdraws, or the desk finds that it was asked before."""
        yield from self.wait(20, 400)
        script = self.script
        double = self.elder if script.cancel == CancelReason.DUPLICATE else None
        if script.cancel == CancelReason.DUPLICATE and double is None:
            script.cancel = CancelReason.WITHDRAWN
        mine = script.cancel == CancelReason.WITHDRAWN and self.random.random() < 0.6
        note = {"withdrawn": "客户来电称已自行恢复", "duplicate": "与前一工单重复", "mistake": "误操作登记"}
        actor = self.customer if mine else self.desk
        self.done(closure.cancel(actor, self.ticket, script.cancel, note[script.cancel], duplicate_of=double))
        raise Enough

    def call(self, actor: Actor, *, opinion: bool = False) -> None:
        """Somebody speaks with the customer and logs it."""
        words = "opinion_said" if opinion else f"contact_{self.script.category}"
        channel = Channel.PHONE if self.urgent or self.random.random() < 0.8 else Channel.CHAT
        ticket = progress.contact(
            actor, self.ticket, channel=channel, summary=self.script.words(words), opinion=opinion
        )
        self.done(ticket)

    def quality(self, shop: Shop, quarters: float) -> float:
        """How good the shop is that many quarters after the story's beginning of time."""
        return min(0.995, max(0.5, shop.quality + shop.trend * quarters))
