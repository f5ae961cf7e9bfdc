"""One sentence, quantity by quantity: what a later clause leaves unsaid is carried from the one before.

Carried are subject, period, place, verb of change: "đàn dê 840 con, đạt 105% kế hoạch" says two things of one subject.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import FigureRole, PeriodKind
from ingest.vi import indicators, roles
from ingest.vi.brackets import last_semicolon, open_brackets
from ingest.vi.findings import Finding, share_bases
from ingest.vi.letters import pattern
from ingest.vi.openings import Defaults, Known, is_category, opening, spoken_of
from ingest.vi.own_period import with_own_periods
from ingest.vi.quantities import Quantity
from ingest.vi.relations import (
    adjoins,
    is_its_share,
    names_base,
    own_base,
    past_level,
    planned_level,
    related,
    the_same,
)
from ingest.vi.roles import Base, Lead
from ingest.vi.scene import Scene
from ingest.vi.units import split_scale, unit_kind
from ingest.vi.whereabouts import Told, place_of

_ESTIMATED = re.compile(r"\W*(ước|dự kiến)(?!\w)")
# A capital and a colon open a new line that was joined: "... 6.418 tấn Sản lượng thóc: ...".
_LABEL = pattern(r"\s(?=[{UP}][^,;:().\d]{1,60}:\s)")
# The rest of a quantity's clause belongs to it; the next one's subject starts behind one of these.
_NEXT_CLAUSE = re.compile(r"[,;()•]|\s[-–+]\s|\s(?=và\s)|" + _LABEL.pattern)
# "tỷ lệ đạt 95% ...": what follows is no part of the indicator.
_SAYING = frozenset(("đạt", "là", "bằng", "chiếm", "chiếm tỷ trọng", "chiếm tỷ lệ", "đạt tỷ lệ"))
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


class Walk:
    """One sentence: holds what is known so far while its quantities are visited in order."""

    def __init__(
        self,
        scene: Scene,
        sentence: tuple[int, int],
        quantities: list[Quantity],
        defaults: Defaults,
        paragraph: Known,
    ) -> None:
        self.scene, self.sentence, self.quantities, self.defaults = scene, sentence, quantities, defaults
        # Up to ``tail`` everything belongs to the head or to an earlier quantity.
        first = quantities[0].start if quantities else sentence[1]
        self.paragraph, self.tail = opening(scene, sentence, first, paragraph, defaults)
        self.known = self.paragraph
        self.outer: list[tuple[int, Known]] = []  # (open bracket, what was known before it)
        self.by_unit: dict[str, str] = {}
        self.placed: dict[str, tuple[str, str | None]] = {}  # unit -> the first indicator and its place
        self.series = ("", "")  # what the things of an enumeration are of, and the last of them joined to it
        self.visited = False

    def findings(self) -> list[tuple[Quantity, Finding]]:
        """Visit the quantities; bases left open in a chain of changes are filled from the one that names it."""
        found: list[tuple[Quantity, Finding]] = []
        for one in self.quantities:
            found.append((one, self._visit(one, self._next_start(one.end), found[-1] if found else None)))
        self.paragraph = replace(self.paragraph, spoken=spoken_of(self.scene, self.sentence, self.paragraph, found))
        told = with_own_periods(self.scene, self.sentence, share_bases(self.scene.text, found), self.defaults)
        return related(self.scene.text, self.scene.low, self.sentence, told)

    def _next_start(self, at: int) -> int:
        """Return where the next quantity starts, or a label before it."""
        start = next((quantity.start for quantity in self.quantities if quantity.start >= at), self.sentence[1])
        label = _LABEL.search(self.scene.text, at, start + 1)
        return label.start() if label else start

    def _visit(self, quantity: Quantity, limit: int, before: tuple[Quantity, Finding] | None) -> Finding:
        scene = self.scene
        bracket = self._bracket(quantity)
        start = self._segment_start(quantity, bracket)
        self._date(start, quantity)
        self._locate(start, quantity)
        lead = roles.read_lead(scene.quiet, start, quantity.start)
        base = roles.base_after(scene.text, scene.low, quantity.end, limit)
        if not base.text:
            base = roles.base_before(scene.text, scene.low, start, quantity.start)
            if base.text and base.end > start:
                lead = replace(lead, cut=min(lead.cut, max(start, scene.low.rfind("so", start, base.end))))
        if not base.text and lead.verbs[:1] == ("bằng",) and quantity.unit == "%":
            base = own_base(scene.text, scene.low, scene.shown, quantity.end, limit)
        if self._is_chained(quantity, start, lead):
            lead = replace(lead, verbs=(self.known.change,))
        verb, past = roles.exceeded(scene.quiet, scene.text, start, lead.cut)
        if verb:
            lead, base = replace(lead, cut=scene.low.rfind(verb, start, lead.cut), verbs=(verb,)), past
        if not lead.hedge and (estimated := _ESTIMATED.match(scene.low, start, quantity.start)):
            lead = replace(lead, hedge=estimated[1])
        finding = self._judge(quantity, limit, start, lead, base, before)
        self.known = replace(self.known, change=lead.change)
        self.visited = True
        return finding

    def _judge(
        self,
        quantity: Quantity,
        limit: int,
        start: int,
        lead: Lead,
        base: Base,
        before: tuple[Quantity, Finding] | None,
    ) -> Finding:
        scene, known = self.scene, self.known
        subject = indicators.subject_of(scene.shown, start, lead.cut)
        subject = indicators.after_with(subject) if self.visited else subject
        if self._is_base_of(quantity, before) and before is not None:
            self.tail = max(self.tail, quantity.end)
            if (then := past_level(before[1])) is not None:
                return then
            if before[1].role is FigureRole.PLAN_RATIO or before[1].base_is_plan:
                return planned_level(before[1])
            return replace(before[1], role=FigureRole.LEVEL, indicator=before[1].base, base="", hedge="")
        by = None if lead.change and base.is_plan else roles.planned(scene.quiet, start, quantity.start)
        target = by is not None or roles.aims_at(
            scene.low, self.sentence[0], quantity.start, listed=self.defaults.aiming
        )
        if by is not None:
            subject = ""
            if self.outer and not any(start <= one.span.start < quantity.start for one in scene.mentions):
                self.known = known = replace(known, period=self.outer[-1][1].period)
        linked = the_same(scene.text, quantity, before)
        if linked is not None:
            self.tail = max(self.tail, quantity.end)
            return replace(linked, role=linked.role if linked.role is not FigureRole.YOY_RATIO else FigureRole.LEVEL)
        role = roles.role_of(
            unit=quantity.unit, whole=quantity.whole, lead=lead, base=base,
            subject=f"{subject} {scene.low[start : quantity.start]}".lower(),
            compared=self._compared(quantity, limit, before),
        )  # fmt: skip
        if quantity.sign and role is FigureRole.LEVEL:
            role = FigureRole.CHANGE
        indicator = self._indicator(quantity, start, lead, subject, role, base)
        if target and role in (FigureRole.LEVEL, FigureRole.PROGRESS, FigureRole.PLAN_RATIO, FigureRole.CHANGE):
            role = FigureRole.TARGET
        self.tail = max(self.tail, base.end if base.end > quantity.end else quantity.end)
        return Finding(
            indicator, role, role is not FigureRole.LEVEL and lead.falls and not quantity.sign,
            by or base.text, lead.hedge, self.known.period, known.place,
        )  # fmt: skip

    def _indicator(self, quantity: Quantity, start: int, lead: Lead, subject: str, role: FigureRole, base: Base) -> str:
        """Build the indicator and remember it; what a ratio or a change says is said of the topic before."""
        scene, known = self.scene, self.known
        subject = indicators.next_member(subject, known.place, self.placed.get(quantity.unit))
        ratio = role in (FigureRole.PLAN_RATIO, FigureRole.YOY_RATIO, FigureRole.CHANGE, FigureRole.SHARE)
        ratio = ratio or (bool(base.text) and quantity.unit == "%")
        share = unit_kind(quantity.unit) == "percent" and not ratio
        bracket = _IN_BRACKETS.match(scene.text, quantity.end) if share else None
        end = at = bracket.end() if bracket else quantity.end
        said = role is FigureRole.SHARE or (share and subject and set(lead.verbs) & _SAYING)
        if not said and not (base.end > quantity.end and base.end <= at + len(base.text) + 12 and ratio):
            end = indicators.noun_phrase(scene.low, at, self._next_start(at), share=share)
        counted = unit_kind(quantity.unit) == "count"
        if counted and not subject and not ratio and end == at:
            # "06/11 xã đạt chuẩn ...": nothing but what follows says which
            end = indicators.description(scene.low, at, self._next_start(at))
        noun = (indicators.tidy if share else indicators.trim)(scene.shown[at:end])
        self.tail = max(self.tail, end if at == quantity.end else quantity.end)
        if ratio and not subject:
            name = scene.text[quantity.unit_start : quantity.end] if counted and noun else ""
            own = " ".join(part for part in (name, noun) if part) if counted else ""
            known_by = self.by_unit.get(quantity.unit) if counted else ""
            return (
                self.by_unit.get(own.lower())
                or own
                or known_by
                or known.topic
                or (self.known.head or self.defaults.subject)
            )
        subject, main = self._with_main(quantity, subject, noun)
        scale, base_unit = split_scale(quantity.unit)
        written = scene.text[quantity.unit_start : quantity.end].split() if counted else []
        unit_word = " ".join(written[len(scale.split()) :])
        enough = quantity.unit.startswith(indicators.SORTED) or indicators.is_scene(scene.shown, start, lead.cut)
        if counted and (noun or (" " not in subject and base_unit != "con") or base_unit not in indicators.CLASSIFIERS):
            noun = " ".join(part for part in (unit_word, noun) if part)
        topic = self._topic(subject, noun, bare=noun == unit_word and not enough)
        self.known = replace(known, topic=topic, subject=topic if main == subject and counted else main)
        if quantity.unit_start < quantity.end or not self.outer:  # a part in brackets is not what is spoken of
            self.by_unit[quantity.unit] = topic
        if noun:
            self.by_unit[noun.lower()] = topic
        self.placed.setdefault(quantity.unit, (topic, known.place))
        return topic

    def _with_main(self, quantity: Quantity, subject: str, noun: str) -> tuple[str, str]:
        """Return a subject with what it leaves unsaid before it, and what the figures behind it go on with."""
        known = self.known
        if indicators.is_generic(subject):
            near = known.topic if adjoins(self.scene.low, self.quantities, quantity) else ""
            main = near or known.subject or known.topic or (self.known.head or self.defaults.subject)
            return indicators.join(main, subject), main
        if not self.visited and not noun and indicators.happens(subject):
            subject = indicators.join(known.head or known.spoken, subject)
        elif subject and known.head != subject and (is_category(known.head) or indicators.is_short(subject)):
            subject = indicators.join(known.head, subject)
        return subject, subject or known.subject

    def _topic(self, subject: str, noun: str, *, bare: bool) -> str:
        if subject:
            glued = f"{subject} {noun}".strip()
            return subject if noun.lower() in subject.lower() else glued
        carried = self.known.topic or ("" if noun else self.known.spoken) or (self.known.head or self.defaults.subject)
        if not noun:
            return carried
        if not bare:
            return indicators.join(self.known.head, noun)
        # Of several things told off one by one each is of the first's subject: "11 nghị quyết, 5 kế hoạch, 3 chỉ thị".
        before, joined = self.series
        carried = before if carried == joined else carried
        self.series = (carried, indicators.join(carried, noun))
        return self.series[1]

    def _bracket(self, quantity: Quantity) -> int:
        """Return the offset after the innermost open bracket (0 for none), keeping what was known outside it."""
        opened = [self.sentence[0] + at for at in open_brackets(self.scene.text[self.sentence[0] : quantity.start])]
        while self.outer and self.outer[-1][0] not in opened:
            self.known = replace(self.outer.pop()[1], change="")
        for at in opened:
            if at not in [place for place, _ in self.outer]:
                self.outer.append((at, self.known))
                self.known = replace(self.known, change="", topic=self._spoken_of(at) or self.known.topic)
        return opened[-1] + 1 if opened else 0

    def _spoken_of(self, bracket: int) -> str:
        """Return the subject that stands before a bracket: "vốn dư (khoảng 15 tỷ đồng)"."""
        start = self._next_clause(self.tail, bracket) if self.visited else self.tail
        if start >= bracket or (self.visited and start == self.tail):
            return ""
        start = max(start, self.scene.text.rfind(";", start, bracket) + 1)
        return indicators.subject_of(self.scene.shown, start, roles.read_lead(self.scene.quiet, start, bracket).cut)

    def _segment_start(self, quantity: Quantity, bracket: int) -> int:
        tail = self.tail if self.tail <= quantity.start else bracket
        start = max(tail, bracket, self.sentence[0])
        if self.visited and start == tail:
            start = self._next_clause(tail, quantity.start)
        since = max(tail, bracket, self.sentence[0])
        semicolon = last_semicolon(self.scene.text[since : quantity.start])
        if semicolon >= 0:
            start = max(start, since + semicolon + 1)
            head = self.known.head if ":" in self.paragraph.head else self.paragraph.head
            before = self.known  # only a bare "kinh phí" or number looks back over a semicolon
            running = before.period is not None and before.period.kind is PeriodKind.CUMULATIVE
            period = before.period if running else self.paragraph.period
            self.known = Known(before.topic, before.subject, head, period, self.paragraph.place)
        return start

    def _next_clause(self, tail: int, limit: int) -> int:
        """Skip what is left of the last quantity's clause, a closed bracket included."""
        rest = _NEXT_CLAUSE.search(self.scene.text, tail, limit)
        if rest is None:
            return tail
        closing = self.scene.text.find(")", rest.end(), limit) if rest[0] == "(" else -1
        return self._next_clause(closing + 1, limit) if closing >= 0 else rest.end()

    def _is_chained(self, quantity: Quantity, start: int, lead: Lead) -> bool:
        """ "(tăng 11 vụ, 09 người bị thương ...)": the second quantity goes on with the verb of the first."""
        between = self.scene.text[start : quantity.start].strip(" ,")
        if not self.known.change or lead.verbs or between not in ("", "và"):
            return False
        end = indicators.noun_phrase(self.scene.low, quantity.end, self._next_start(quantity.end), share=False)
        told = self.scene.shown[quantity.unit_start : end].lower() in self.by_unit
        return bool(self.outer) or told

    def _is_base_of(self, quantity: Quantity, before: tuple[Quantity, Finding] | None) -> bool:
        """Tell whether it is the base just named, in brackets: "đạt 26% kế hoạch (420 giấy)"."""
        opened = self.scene.text[self.tail : quantity.start].strip() == "("
        return before is not None and opened and not quantity.unit.startswith("%") and names_base(*before)

    def _compared(self, quantity: Quantity, limit: int, before: tuple[Quantity, Finding] | None) -> str:
        """Return the words that may say what a bare "bằng 98%" refers to."""
        bare = roles.stands_bare(self.scene.low, quantity.end, limit) and not is_its_share(quantity, before)
        return self.scene.low[slice(*self.sentence)] if bare else ""

    def _date(self, start: int, quantity: Quantity) -> None:
        for mention in self.scene.mentions:
            inside = start <= mention.span.start and mention.span.end <= quantity.start
            if inside and self.scene.is_strong(mention, start, quantity.start):
                self.known = replace(
                    self.known, period=self.defaults.resolved(mention.period, within=self.known.period)
                )

    def _locate(self, start: int, quantity: Quantity) -> None:
        outer = self.outer[-1][1].place if self.outer else self.paragraph.place
        told = Told(self.known.place, outer, in_brackets=bool(self.outer))
        self.known = replace(self.known, place=place_of(self.scene, self.sentence[0], start, quantity, told))
