"""The end of every story: the customer signs, rates or is asked, low scores are called back, the desk closes."""

from collections.abc import Iterable

from portal.demo import pace, pictures
from portal.demo.handing import Handed
from portal.demo.story import Times
from tickets.actions import closure, completion, delivery, feedback
from tickets.choices import TicketState

#: One ticket in so many ends with a delivery.
HANDED_OVER = 9
SCORES = ("timeliness", "competence", "attitude", "overall")


class Ended(Handed):
    """A story that comes to an end."""

    #: How content the customer is beside the partner's quality.
    bonus = 0.0

    def confirm(self) -> Times:
        """The customer signs by his link; some send the paper form to the desk."""
        yield from self.wait(20, 1500)
        contact = self.script.served.contact.name
        if self.script.draws("scan", 1):
            actor, picture = self.desk, pictures.scan(self.random)
        else:
            actor, picture = self.customer, pictures.signature(self.random)
        remark = self.script.words("remark_good")
        self.done(completion.confirm(actor, self.ticket, signed_by=contact, signature=picture, remark=remark))

    def follow(self) -> Times:
        """Rated by most; the others are telephoned; then closed. Now and then a mended part is handed over first."""
        if int(self.ticket.number[-4:]) % HANDED_OVER == 0:
            self.done(delivery.deliver(self.desk, self.ticket, self.at))
        if self.random.random() < 0.74 or self.script.stop == TicketState.CLOSED:
            yield from self.wait(30, 2600)
            yield from self._rate()
        else:
            yield from self.wait(900, 3400)
            self._ask(reached=self.random.random() < 0.8)
        yield from self.wait(200, 2800)
        self.done(closure.close(self.desk, self.ticket))

    def _rate(self) -> Times:
        scores = self._scores()
        anonymous = self.random.random() < 0.16
        words = "praise" if scores["overall"] >= 4 else "neutral" if scores["overall"] == 3 else "critic"
        said = self.script.words(words) if self.random.random() < 0.6 else ""
        rated = feedback.rate(self.customer, self.ticket, **scores, suggestions=said, anonymous=anonymous)
        self.done(rated)
        if min(scores.values()) < 3 and not anonymous:
            missed = pace.late(self.random, 0.9)
            yield from self.wait(*((3500, 6000) if missed else (60, 480)))
            self._call_back()

    def _scores(self) -> dict[str, int]:
        """Four scores around the partner's quality; a rejection or a reopening is not forgotten."""
        mood = self.skill + self.bonus - 0.09 * self.ticket.rejections - 0.08 * (self.ticket.cycle - 1)
        overall = self._score(mood)
        scores = {name: min(5, max(1, overall + self.random.choice((0, 0, 0, 0, 1, -1)))) for name in SCORES}
        return {**scores, "overall": overall}

    def _score(self, mood: float) -> int:
        draw = self.random.random()
        limits: Iterable[tuple[float, int]] = (
            (0.18 + 1.0 * (mood - 0.62) * 1.25, 5),
            (0.62 + 1.0 * (mood - 0.62) * 0.9, 4),
            (0.88 + (mood - 0.62) * 0.26, 3),
            (0.97, 2),
        )
        return next((score for limit, score in limits if draw < limit), 1)

    def _call_back(self) -> None:
        said = {name: self.script.words(f"callback_{name}") for name in ("cause", "measures", "result")}
        self.done(feedback.call_back(self.desk, self.ticket, **said))

    def _ask(self, *, reached: bool) -> None:
        words = self.script.words("follow_up")
        self.done(feedback.follow_up(self.desk, self.ticket, reached=reached and "无人" not in words, result=words))
