"""How staff stand to what their posts and product lines ask for (R115, R173–R175)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from partners.choices.training import EnrolmentState, ItemState, RequirementKind
from partners.models import Certificate, Enrolment, PostRequirement, ProductLine, Staff, StaffProof
from partners.rules.qualification import TICKET_POSTS, Term, is_met, state_of
from portal.kernel import clock
from portal.kernel.words import joined


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement of one person: what it is, how he stands to it, until when."""

    key: str
    name: str
    kind: str
    state: ItemState
    until: date | None = None
    bars_work: bool = False
    requirement: PostRequirement | None = None
    certificate: Certificate | None = None

    @property
    def met(self) -> bool:
        return is_met(self.state)

    def lack(self) -> str:
        """What is missing in words, for whoever is refused."""
        words = {
            ItemState.EXPIRED: _("“%(name)s” expired on %(until)s"),
            ItemState.REVOKED: _("“%(name)s” was revoked"),
        }
        return words.get(self.state, _("“%(name)s” is missing")) % {"name": self.name, "until": self.until}


class Held:
    """What some people hold, fetched at once: certificates, and proofs and attendances where anything asks for them."""

    def __init__(self, people: Sequence[Staff], requirements: Sequence[PostRequirement]) -> None:
        self.by_line: dict[tuple[int, int], list[Certificate]] = defaultdict(list)
        self.by_course: dict[tuple[int, int], list[Certificate]] = defaultdict(list)
        for row in Certificate.objects.filter(staff__in=people).order_by("valid_until"):
            if row.product_line_id:
                self.by_line[row.staff_id, row.product_line_id].append(row)
            if row.course_id:
                self.by_course[row.staff_id, row.course_id].append(row)
        self.attended = self._attended(people, requirements)
        self.proofs = self._proofs(people, requirements)

    @staticmethod
    def _attended(people: Sequence[Staff], requirements: Sequence[PostRequirement]) -> dict[tuple[int, int], date]:
        """When somebody attended courses that give no certificate."""
        plain = [r.course_id for r in requirements if r.course is not None and not r.course.valid_months]
        if not plain:
            return {}
        rows = Enrolment.objects.filter(
            staff__in=people, session__course__in=plain, state=EnrolmentState.ATTENDED
        ).values_list("staff_id", "session__course_id", "session__ends_at")
        return {(staff, course): clock.local(ended).date() for staff, course, ended in rows}

    @staticmethod
    def _proofs(people: Sequence[Staff], requirements: Sequence[PostRequirement]) -> dict[tuple[int, int], StaffProof]:
        """The newest proof of each person and requirement."""
        if all(requirement.kind == RequirementKind.COURSE for requirement in requirements):
            return {}
        rows = StaffProof.objects.filter(staff__in=people, requirement__in=requirements)
        return {(row.staff_id, row.requirement_id): row for row in rows.order_by("checked_on", "pk")}

    def for_line(self, person: Staff, line: ProductLine, today: date) -> Item:
        """How somebody stands to the certificate of a product line."""
        rows = self.by_line.get((person.pk, line.pk), [])
        state, until = state_of(map(_term, rows), today)
        name = _("Certificate %(line)s") % {"line": line.name}
        return Item(f"line:{line.pk}", name, RequirementKind.COURSE, state, until, True, None, _best(rows, until))

    def for_requirement(self, person: Staff, wanted: PostRequirement, today: date) -> Item:
        """How somebody stands to one requirement of his post."""
        rows: list[Certificate] = []
        if wanted.course_id:
            rows = self.by_course.get((person.pk, wanted.course_id), [])
            terms = [_term(row) for row in rows]
            attended = self.attended.get((person.pk, wanted.course_id))
            terms += [Term(attended)] if attended else []
        else:
            proof = self.proofs.get((person.pk, wanted.pk))
            terms = [Term(proof.checked_on, proof.valid_until)] if proof and proof.met else []
        state, until = state_of(terms, today)
        return Item(
            f"post:{wanted.pk}", wanted.name, wanted.kind, state, until, wanted.bars_work, wanted, _best(rows, until)
        )


def _term(row: Certificate) -> Term:
    return Term(row.valid_from, row.valid_until, row.revoked_at is not None)


def _best(rows: Iterable[Certificate], until: date | None) -> Certificate | None:
    return next((row for row in rows if row.valid_until == until and row.revoked_at is None), None)


def standing_of(people: Sequence[Staff], today: date) -> dict[int, list[Item]]:
    """Every requirement of each person, by pk: line certificates of his outlet first, then those of his post.

    A fixed number of queries; `people` come with outlet and its product lines prefetched.
    """
    requirements = list(_requirements(Q(post__in={person.post for person in people})))
    held = Held(people, requirements)
    return {person.pk: _items(person, requirements, held, today) for person in people}


def _items(person: Staff, requirements: Sequence[PostRequirement], held: Held, today: date) -> list[Item]:
    lines = list(person.outlet.product_lines.all())
    served = {line.pk for line in lines}
    wanted = [line for line in lines if line.needs_certificate and person.post in TICKET_POSTS]
    items = [held.for_line(person, line, today) for line in wanted]
    for requirement in requirements:
        if requirement.post != person.post:
            continue
        if requirement.product_line_id and requirement.product_line_id not in served:
            continue
        # The certificate of the line's own course is shown once, as that of the line.
        course = requirement.course
        if course is not None and any(course.product_line_id == line.pk for line in wanted):
            continue
        items.append(held.for_requirement(person, requirement, today))
    return items


def lacks_for_work(people: Sequence[Staff], line: ProductLine | None, today: date) -> dict[int, list[Item]]:
    """What keeps each of these people from a ticket of the line, by pk; an empty list means: may work (R115, R175)."""
    barring = list(_requirements(Q(bars_work=True), Q(product_line=None) | Q(product_line=line)))
    held = Held(people, barring)
    found: dict[int, list[Item]] = {}
    for person in people:
        items = [held.for_requirement(person, wanted, today) for wanted in barring if wanted.post == person.post]
        if line is not None and line.needs_certificate:
            items.insert(0, held.for_line(person, line, today))
        found[person.pk] = [item for item in items if not item.met]
    return found


def ready_counts(outlets: Iterable[int], line: ProductLine | None, today: date) -> dict[int, int]:
    """How many people of each outlet are on duty and may work on the line; three queries for all outlets (R115)."""
    people = list(Staff.objects.filter(outlet__in=outlets, active=True, on_duty=True))
    lacks = lacks_for_work(people, line, today)
    counts: dict[int, int] = defaultdict(int)
    for person in people:
        counts[person.outlet_id] += not lacks[person.pk]
    return counts


def lacks_of_outlet(outlet: int, line: ProductLine | None, today: date) -> list[str]:
    """For a refusal: who is on duty at an outlet and what each of them lacks; nothing where somebody may work."""
    people = list(Staff.objects.filter(outlet=outlet, active=True, on_duty=True))
    lacks = lacks_for_work(people, line, today)
    if not people or not all(lacks.values()):
        return []
    return [
        _("%(what)s: %(value)s") % {"what": person.name, "value": joined(item.lack() for item in lacks[person.pk])}
        for person in people
    ]


def _requirements(*conditions: Q) -> Iterable[PostRequirement]:
    return PostRequirement.objects.filter(*conditions, active=True).select_related("course").order_by("kind", "code")
