"""Findings and the schema's dictionary from what was found in the folded text."""

from __future__ import annotations

from collections import Counter
from typing import Any

from luoshi.text import commitments, honours, meeting, names, people, results, theme
from luoshi.text.dates import Moment
from luoshi.text.document import Document
from luoshi.text.fold import fold
from luoshi.text.labels import ROLES
from luoshi.text.reading import Finding, Reading
from luoshi.text.rows import Row, general, hard
from luoshi.text.sentences import Span, sentences
from luoshi.text.sure import Sheet, judged
from luoshi.text.targets import Figure
from luoshi.text.vague import vague_words
from luoshi.text.walk import Found

PAGE_FIELDS = ("title", "published", "signed", "doc_no", "source", "column", "clicks")


class _Writer:
    """Collects findings while the dictionary is made; spans come in as folded, go out as raw."""

    def __init__(self, made: Document) -> None:
        self.made = made
        self.folded = made.folded
        self.findings: list[Finding] = []

    def value(self, span: Span) -> str:
        return self.folded.value(*span)

    def note(
        self, kind: str, span: Span, value: dict[str, Any], rules: tuple[str, ...], **more: Any
    ) -> None:
        start, end = self.folded.span(*span)
        self.findings.append(Finding(kind, start, end, value, rules=rules, **more))

    def raw(self, spans: list[Span]) -> list[list[int]]:
        place = self.folded.span
        return [list(place(*span)) for span in spans]

    def quoted(self, span: Span) -> dict[str, Any]:
        start, end = self.folded.span(*span)
        return {"start": start, "end": end, "quote": self.folded.raw[start:end]}


def reading(made: Document, found: Found) -> Reading:
    """The reading of a document."""
    writer = _Writer(made)
    head = _page(writer)
    met = _meeting(writer, found)
    body = {
        "meeting": met,
        "themes": _themes(writer, found),
        "areas": _areas(writer, found),
        "directives": [_directive(writer, row) for row in found.rows],
        "results": _results(writer, found),
    }
    whole = {"kind": made.kind, "n_chars": len(made.folded.raw), **head, **body}
    counts = Counter(finding.kind for finding in writer.findings)
    sheet = Sheet(made.folded.raw, made.kind, counts, official=made.official)
    ordered = sorted(
        judged(writer.findings, sheet),
        key=lambda finding: (finding.start, finding.end, finding.kind),
    )
    return Reading(tuple(ordered), whole)


def _page(writer: _Writer) -> dict[str, Any]:
    facts = writer.made.page
    values: dict[str, Any] = dict.fromkeys(PAGE_FIELDS)
    if facts.title:
        values["title"] = " ".join(writer.value(span) for span in facts.title)
    values["published"], values["signed"] = writer.made.published, writer.made.signed
    values["clicks"] = facts.click_count
    for name, span in (
        ("doc_no", facts.doc_no),
        ("source", facts.source),
        ("column", facts.column),
    ):
        values[name] = writer.value(span) if span else None
    spans = {
        "title": (facts.title[0][0], facts.title[-1][1]) if facts.title else None, "published": facts.published,
        "signed": facts.signed, "doc_no": facts.doc_no, "source": facts.source, "column": facts.column, "clicks": facts.clicks,
    }  # fmt: skip
    for name in PAGE_FIELDS:
        span = spans[name]
        if span is not None and values[name] is not None:
            key = {"title": "text", "published": "date", "signed": "date", "clicks": "count"}.get(
                name, "text"
            )
            writer.note(name, span, {key: values[name]}, (f"page-{name}",))
    return values


def _meeting(writer: _Writer, found: Found) -> dict[str, Any] | None:
    made = writer.made
    met = made.meeting
    if met is None:
        return None
    text = made.text
    paragraphs = made.opening + made.told
    folk = _people(writer, paragraphs)
    if made.kind == "D":
        met.agenda = _minutes_agenda(made, found)
    elif made.kind == "A":
        met.agenda = meeting.agenda(text, made.opening, made.told)
    head = [made.text[slice(*span)] for span in made.page.title]
    posts = [fold(post).text for person in folk for post in person["posts"]]
    home = honours.home_level(posts) or honours.home_level(head)
    praised = honours.honours(text, paragraphs, home) if made.kind == "A" else []
    pledged = (
        commitments.pledges(text, paragraphs) if made.kind == "A" else commitments.Pledges([], None)
    )
    value = {
        "name": writer.value(met.name) if met.name else None, "date": met.date, "time_of_day": met.time_of_day,
        "people": folk, "agenda": [writer.quoted(span) for span in met.agenda],
        "honours": [_honour(writer, h) for h in praised],
        "commitments": [_pledge(writer, span) for span in pledged.units], "commitment_count": pledged.count,
    }  # fmt: skip
    for span in met.agenda:
        writer.note("agenda", span, writer.quoted(span), ("agenda",))
    if pledged.counted:
        writer.note(
            "commitment_count", pledged.counted, {"count": pledged.count}, ("pledge-count",)
        )
    place = met.name or met.day
    if place:
        doubts = ("year-assumed",) if met.date and met.date.startswith("XXXX") else ()
        facts = {"name": value["name"], "date": met.date, "time_of_day": met.time_of_day}
        spans = {"date": writer.raw([met.day])} if met.day else {}
        writer.note("meeting", place, facts, ("meeting-held",), spans=spans, doubts=doubts)
    return value


def _minutes_agenda(made: Document, found: Found) -> list[Span]:
    """The items of minutes: the outermost numbered ones, else what each paragraph was about."""
    announced = meeting.announced(made.text, made.lines)
    if len(announced) > 1:
        return announced
    if found.items:
        opened = set(made.opening)
        items = [block for block in found.items if (block.start, block.end) not in opened]
        outer = min((block.level for block in items), default=0)
        items = [block for block in items if block.level == outer]
        return meeting.minutes_agenda(made.text, items)
    told = [(b.start, b.end) for b in made.blocks if (b.start, b.end) not in made.opening]
    return meeting.unnumbered_agenda(made.text, told)


def _people(writer: _Writer, paragraphs: list[Span]) -> list[dict[str, Any]]:
    made = writer.made
    bodies = [(b.start, b.end) for b in made.blocks]
    opening = paragraphs + [span for span in made.tail if made.kind == "D"]
    folk = people.people(made.text, opening, bodies) if made.kind in ("A", "D") else []
    if made.speech or made.page.congress:
        folk = _speaker(writer) + folk
    rows = []
    for person in folk:
        row = {
            "name": _called(writer, person),
            "posts": [writer.value(post) for post in person.posts],
            "acts": person.acts,
        }
        rows.append(row)
        writer.note(
            "person",
            person.name,
            row,
            ("post-and-name",),
            spans={
                "name": writer.raw([person.name, *([person.given] if person.given else [])]),
                "posts": writer.raw(person.posts),
            },
        )
    return rows


def _called(writer: _Writer, person: people.Person) -> str:
    """The name without blanks; a given name printed behind the post joins the surname."""
    given = writer.value(person.given) if person.given else ""
    return "".join((writer.value(person.name) + given).split())


def _speaker(writer: _Writer) -> list[people.Person]:
    """Who speaks: the line under the title with post and name, or post and name on two lines."""
    text, spans = writer.made.text, writer.made.page.speakers
    act = "report" if writer.made.page.congress else "speak"
    for index, span in enumerate(spans):
        named = people.mentions(text, *span)
        if named:
            return [people.Person(named[0].name, named[0].posts, [act])]
        ends = names.post_end(text, *span)
        if ends and ends[-1] == span[1] and index + 1 < len(spans):
            return [people.Person(spans[index + 1], [span], [act])]
    return [people.Person(spans[0], [], [act])] if spans else []


def _honour(writer: _Writer, honour: honours.Honour) -> dict[str, Any]:
    row = {
        "title": writer.value((honour.start, honour.end)),
        "level": honour.level,
        "kinds": list(honour.kinds),
    }
    writer.note("honour", (honour.start, honour.end), row, ("honour-title",))
    return row


def _pledge(writer: _Writer, span: Span) -> dict[str, Any]:
    row = {"unit": writer.value(span)}
    writer.note("commitment", span, row, ("pledge",))
    return row


def _themes(writer: _Writer, found: Found) -> list[dict[str, Any]]:
    made = writer.made
    rows = []
    for one in theme.themes(made.text, 0, made.clock.year, found.behind):
        row = {
            "name": writer.value((one.start, one.end)),
            "year": one.year,
            "status": "previous" if one.previous else "current",
        }
        writer.note("theme", (one.start, one.end), row, ("theme-year",))
        rows.append(row)
    return rows


def _areas(writer: _Writer, found: Found) -> list[str]:
    names = []
    for span in found.areas:
        names.append(writer.value(span))
        writer.note("area", span, {"name": names[-1]}, ("area",))
    return names


def _moment(writer: _Writer, moment: Moment) -> dict[str, Any]:
    return {
        "text": writer.made.folded.quote(moment.start, moment.end),
        "value": moment.value or None,
        "kind": moment.kind,
    }


def _target(writer: _Writer, metric: Span, figure: Figure) -> dict[str, Any]:
    return {
        "metric": writer.value(metric),
        "operator": figure.operator,
        "value": figure.value,
        "unit": _unit(writer, figure),
    }


def _unit(writer: _Writer, figure: Figure) -> str:
    """The unit in the script of the page."""
    return writer.value(figure.unit_at) if figure.unit_at[1] else figure.unit


def _directive(writer: _Writer, row: Row) -> dict[str, Any]:
    text = writer.made.text
    words = writer.folded.value
    owners: dict[str, list[str]] = {
        role: [words(*span) for span in row.owners[role]] if role in row.owners else []
        for role in ROLES
    }
    bound = hard(text, row)
    value: dict[str, Any] = {
        **writer.quoted((row.start, row.end)), "area": writer.value(row.area) if row.area else None, **owners,
        "deadline": _moment(writer, row.deadline) if row.deadline else None,
        "milestones": [{"text": writer.made.folded.quote(*span), "value": m.value or None} for span, m in row.milestones],
        "targets": [_target(writer, metric, figure) for metric, figure in row.targets],
        "verbs": list(dict.fromkeys([words(*span) for span in row.verbs])), "strength": "hard" if bound else "soft",
    }  # fmt: skip
    spans = {role: writer.raw(row.owners[role]) for role in ROLES if row.owners.get(role)}
    if row.deadline:
        spans["deadline"] = writer.raw([(row.deadline.start, row.deadline.end)])
    if row.targets:
        spans["targets"] = writer.raw([(f.start, f.end) for _, f in row.targets])
    if row.area:
        spans["area"] = writer.raw([row.area])
    open_words = vague_words(text, row)
    if open_words:
        spans["vague"] = writer.raw(open_words)
    facts = {key: kept for key, kept in value.items() if key not in ("start", "end", "quote")}
    doubts = _doubts(text, row, vague=bool(open_words) or not bound)
    writer.note(
        "directive",
        (row.start, row.end),
        facts,
        tuple(row.rules),
        spans=spans,
        doubts=doubts,
    )
    return value


def _doubts(text: str, row: Row, *, vague: bool) -> tuple[str, ...]:
    doubts = list(row.doubts)
    if not any(row.owners.values()):
        doubts.append("no-owner")
    elif all(general(text, span) for spans in row.owners.values() for span in spans):
        doubts.append("general-owner")
    if row.deadline is None:
        doubts.append("no-deadline")
    elif row.deadline.assumed:
        doubts.append("year-assumed")
    if vague:
        doubts.append("vague")
    return tuple(doubts)


def _results(writer: _Writer, found: Found) -> list[dict[str, Any]]:
    made = writer.made
    rows = [(row.start, row.end) for row in found.rows]
    seen = set(found.past)
    bodies = [b.body for b in made.blocks if b.body] + made.tail
    whole = [one for body in bodies for one in sentences(made.text, *body)]
    free = [(a, b) for a, b in whole if (a, b) not in seen]
    taken = sorted(found.progress)
    scattered = [
        (a, b)
        for a, b in results.scattered(made.text, free, made.clock)
        if not results.covers(taken, a, b)
    ]
    told = sorted({*found.past, *found.progress, *scattered})
    claims = results.results(made.text, told, rows, made.clock)
    out = []
    for claim in claims:
        figure = claim.figure
        value = {
            **writer.quoted((claim.start, claim.end)), "metric": writer.value(claim.metric),
            "value": figure.value if figure else None, "unit": _unit(writer, figure) if figure else None,
            "rank": writer.value(claim.rank) if claim.rank else None,
        }  # fmt: skip
        facts = {key: kept for key, kept in value.items() if key not in ("start", "end", "quote")}
        writer.note(
            "result",
            (claim.start, claim.end),
            facts,
            ("result-figure" if figure else "result-rank",),
        )
        out.append(value)
    return out
