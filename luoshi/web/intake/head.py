"""The head of a document's pages: what it is and binds, 漏项核对, its faces, what can be done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.intake import states
from luoshi.intake.models import Document, RepairDecision
from luoshi.intake.queries import Tally
from luoshi.intake.rules import Coverage
from luoshi.kernel.actor import Actor
from luoshi.programme import states as linking
from luoshi.programme.models import Programme
from luoshi.web.intake import words
from luoshi.web.intake.acts import button, offered, opening, whose
from luoshi.web.intake.facts import KINDS as FACTS
from luoshi.web.intake.forms import ClosingForm, StandAsForm

_SHADES = (
    (linking.ORDERED, "c1"), (linking.MERGED, "c2"), (linking.COVERED, "c3"), (linking.GENERAL, "c4"),
    (linking.ELSEWHERE, "c0"), (linking.TO_DETAIL, "c6"), (linking.FILED, "c0"),
)  # fmt: skip
_GAP = 0.4  # hundredths of the bar, between two parts


def document(of: Document, viewer: Actor, drafted: Sequence[Programme]) -> dict[str, Any]:
    """The document as `_document_head.html` draws it."""
    binding = of.standing == states.BASIS
    url = reverse("web:document_original", args=[of.pk])
    return {
        "code": of.pk,
        "title": of.title or (of.file.name if of.file else "") or _("没有标题"),
        "binding": binding,
        "kind_words": _("这份文件里的任务要求要逐句对应。")
        if binding
        else _("只说了会上讲过什么，不具约束；漏项核对只作提示。"),
        "source": " ".join(filter(None, (of.source, of.number))),
        "published": of.published_on,
        "digest": f"{of.digest[:4]}…{of.digest[-4:]}",
        "versions": [{"label": _("原件"), "url": url}],
        "acts": _acts(of, viewer, drafted),
    }


def coverage(found: Coverage, of: Document, *, swap: bool = False) -> dict[str, Any]:
    """漏项核对 as `_coverage.html` draws it."""
    url = reverse("web:document", args=[of.pk])
    labels = dict(linking.LINK_KINDS)
    counts = [(shade, str(labels[kind]), found.by_kind.get(kind, 0)) for kind, shade in _SHADES]
    counts += [("c7", _("未对应"), found.unlinked), ("c5", _("待确认"), found.unconfirmed)]
    total = found.directives + found.unconfirmed
    return {
        "total": total,
        "binding": of.standing == states.BASIS,
        "hint": _hint(found, of),
        "parts": _bar(counts, total, url),
        "rejected": _("另有 %(n)s 句不采纳") % {"n": found.rejected} if found.rejected else "",
    }


def tabs(of: Document, tallies: Iterable[Tally], current: str) -> list[dict[str, Any]]:
    """任务要求, 要素与会议, 还原记录, with their counts."""
    rows = list(tallies)
    found = (
        ("document", _("任务要求"), sum(each.count for each in rows if each.kind == "directive")),
        ("document_facts", _("要素与会议"), sum(each.count for each in rows if each.kind in FACTS)),
        ("document_repairs", _("还原记录"), len(of.repairs)),
    )
    return [
        {"label": label, "url": reverse(f"web:{name}", args=[of.pk]), "count": count,
         "current": name == current}
        for name, label, count in found
    ]  # fmt: skip


def repairs(of: Document, decisions: Iterable[RepairDecision] = ()) -> dict[str, Any]:
    """How many repairs of each certainty, and 还原 133 处，其中推断 1 处；存疑 2 处；判定 1 处（收文某 1）."""
    counts = Counter(repair["status"] for repair in of.repairs)
    done = counts["exact"] + counts["inferred"]
    uncertain = counts["uncertain"] + counts["proposed"]
    said = [_("还原 %(n)s 处，其中推断 %(m)s 处") % {"n": done, "m": counts["inferred"]}]
    if uncertain:
        said.append(_("存疑 %(n)s 处") % {"n": uncertain})
    if counts["decided"]:
        said.append(_decided(counts["decided"], decisions))
    return {
        "certain": counts["exact"],
        "inferred": counts["inferred"],
        "uncertain": uncertain,
        "decided": counts["decided"],
        "words": _("；").join(said) if counts else _("原文完好，没有还原"),
        "url": reverse("web:document_repairs", args=[of.pk]),
    }


def _decided(count: int, decisions: Iterable[RepairDecision]) -> str:
    """判定 3 处（收文某 2、主任某 1）."""
    by = Counter(
        each.decided_by.name
        for each in decisions
        if each.state == states.DECIDED and each.decided_by
    )
    said = _("人工判定 %(n)s 处") % {"n": count}
    names = words.joined(f"{name} {times}" for name, times in by.most_common())
    return said + _("（%(words)s）") % {"words": names} if names else said


def whose_move(of: Document, viewer: Actor, tallies: Iterable[Tally]) -> str:
    """Whose move it is, when it is not the viewer's."""
    waiting = sum(each.count for each in tallies if each.state == states.PROPOSED)
    if not waiting or offered(viewer, states.CONFIRM_SURE, of):
        return ""
    return _("还有 %(n)s 条待确认，由%(who)s来办。") % {"n": waiting, "who": whose(states.CONFIRM)}


def _hint(found: Coverage, of: Document) -> str:
    pieces = []
    if found.unconfirmed:
        pieces.append(_("%(n)s 句待确认") % {"n": found.unconfirmed})
    if found.unlinked:
        pieces.append(_("%(n)s 句未对应") % {"n": found.unlinked})
    said = _("，").join(pieces)
    if not said:
        said = _("每一句都有下文") if found.directives else ""
    if of.standing != states.BASIS:
        tail = _("参考报道只作提示")
        return _("%(said)s。%(tail)s") % {"said": said, "tail": tail} if said else tail
    return said


def _bar(counts: list[tuple[str, str, int]], total: int, url: str) -> list[dict[str, Any]]:
    """Parts of the bar with x and width in hundredths, as text: no language may put a comma there."""
    found = []
    x = 0.0
    for shade, label, count in counts:
        width = count * 100 / total if total else 0
        found.append(
            {"shade": shade, "label": label, "count": count, "url": f"{url}#findings",
             "x": f"{x:.2f}", "width": f"{max(width - _GAP, 0.2):.2f}" if count else ""}
        )  # fmt: skip
        x += width
    return found


def _acts(of: Document, viewer: Actor, drafted: Sequence[Programme]) -> list[dict[str, Any]]:
    found = []
    if offered(viewer, linking.DRAFT_PROGRAMME, Programme(document=of)) and of.state == states.READ:
        url = reverse("web:draft_programme", args=[of.pk])
        found.append(opening(_("编制清单"), url, letter="P", primary=not drafted))
    found += [opening(each.title, reverse("web:programme", args=[each.pk])) for each in drafted[:3]]
    if offered(viewer, states.STAND_AS, of):
        other = states.REFERENCE if of.standing == states.BASIS else states.BASIS
        label = words.label_of(states.STANDINGS, other)
        url = reverse("web:stand_as", args=[of.pk])
        form = StandAsForm(auto_id="stand_as_%s", initial={"standing": other})
        found.append(
            button(_("定为%(standing)s") % {"standing": label}, url, seen=of.version, form=form,
                   says=_("漏项核对从此%(binds)s。") % {"binds": _("要逐句对应") if other == states.BASIS else _("只作提示")})
        )  # fmt: skip
    found += _publicity(of, viewer)
    return found


def _publicity(of: Document, viewer: Actor) -> list[dict[str, Any]]:
    if of.publicity == states.OPEN:
        if offered(viewer, states.CLOSE_DOCUMENT, of):
            url = reverse("web:close_document", args=[of.pk])
            form = ClosingForm(auto_id="close_%s")
            says = _("原来的地址会留一页，写明已撤下和日期。原因只在轨迹里。")
            return [button(_("撤下原文"), url, seen=of.version, form=form, says=says)]
    elif offered(viewer, states.OPEN_DOCUMENT, of):
        url = reverse("web:open_document", args=[of.pk])
        return [button(_("公开原文"), url, seen=of.version)]
    return []
