"""站点读音对: what one page of a site taught serves its later pages, until somebody revokes it."""

from __future__ import annotations

import pytest

from luoshi.intake import deciding, pairs, receiving
from luoshi.intake.models import Document, SitePair
from luoshi.intake.sites import pairs_for
from luoshi.kernel.errors import NotAllowed, Stale, WrongState
from luoshi.ledger.audit import audit
from luoshi.officialdoc.receive import received
from luoshi.text import restore
from tests.together import everything
from tests.world import World

HEAD = "海洋工作會(huì)議召開(kāi)\n時間：2024-02-19　來源：云溪發(fā)布\n"
# 漁 and 嶺 are no keys of the table: the first page proves 漁(yú) by itself, the second cannot
FIRST = HEAD + "會(huì)議要求發(fā)展漁(yú)業，保護漁(yú)民，建設漁(yú)港。區(qū)農業局負責。"
SECOND = HEAD + "會(huì)議指出，漁(yú)船要按時回港，區(qū)應急局負責。"
WEAK = "漁汛將至\n時間：2024-03-19　來源：云溪發(fā)布\n漁船回港，嶺上嶺下都要落實。"


def take_in(world: World, text: str, name: str = "一.txt") -> Document:
    data = text.encode()
    document = receiving.take_in(
        data, name, receiving.examine(data, name, received), by=world.actor("clerk")
    )
    return Document.objects.get(pk=document.pk)


def test_a_pair_of_the_site_counts_as_one_of_the_table() -> None:
    assert "漁(yú)船" in restore(SECOND).text
    assert "漁(yú)船" not in restore(SECOND, pairs=[("漁", "yú")]).text
    again = restore(SECOND, pairs=[("漁", "yú")])
    assert restore(again.text, pairs=[("漁", "yú")]).text == again.text


def test_a_weak_page_is_as_its_site_is() -> None:
    assert restore(WEAK).profile.state == "weak"
    assert restore(WEAK, pairs=[]).profile.state == "damaged"
    assert "發(fā)" not in restore(WEAK, pairs=[]).text
    assert (
        restore("漁船回港，都要落實。", pairs=[]).repairs == restore("漁船回港，都要落實。").repairs
    )


@pytest.mark.both
def test_what_a_page_taught_serves_the_later_pages_of_its_site(world: World) -> None:
    first = take_in(world, FIRST)
    assert first.site == "云溪发布"
    (row,) = SitePair.objects.all()
    assert (row.character, row.reading, row.state) == ("漁", "yú", "learned")
    assert row.documents == [[first.pk, 3]]
    second = take_in(world, SECOND, "二.txt")
    assert "漁船要按時回港" in second.restored
    row.refresh_from_db()
    assert row.documents == [[first.pk, 3], [second.pk, 1]]
    assert "發(fā)" not in take_in(world, WEAK, "三.txt").restored
    assert audit().whole


@pytest.mark.both
def test_a_revoked_pair_changes_nothing_received_and_serves_no_later_page(world: World) -> None:
    first, by = take_in(world, FIRST), world.actor("clerk")
    row = SitePair.objects.get()
    row = pairs.revoke_pair(row, by=by, seen=row.version)
    assert Document.objects.get(pk=first.pk).restored == first.restored
    assert "漁(yú)船" in take_in(world, SECOND, "二.txt").restored
    row.refresh_from_db()
    assert (row.state, len(row.documents)) == ("revoked", 1)
    with pytest.raises(WrongState):
        pairs.revoke_pair(row, by=by, seen=row.version)
    row = pairs.reinstate_pair(row, by=by, seen=row.version)
    assert pairs_for("云溪发布") == {("漁", "yú")}
    with pytest.raises(Stale):
        pairs.revoke_pair(row, by=by, seen=row.version - 1)


def test_another_site_learns_nothing(world: World) -> None:
    take_in(world, FIRST)
    other = take_in(world, SECOND.replace("云溪", "望川"), "二.txt")
    assert "漁(yú)船" in other.restored


def test_what_a_person_takes_out_is_a_pair_of_the_site(world: World) -> None:
    document = take_in(world, SECOND)
    assert not SitePair.objects.exists()
    number = next(
        number
        for number, record in enumerate(document.receipt, start=1)
        if record["status"] == "proposed"
    )
    deciding.decide_repair(document, number, "offered", "", by=world.actor("clerk"), seen=0)
    row = SitePair.objects.get()
    assert (row.character, row.reading, row.documents) == ("漁", "yú", [[document.pk, 1]])


def test_only_the_desk_revokes(world: World) -> None:
    take_in(world, FIRST)
    row, before = SitePair.objects.get(), everything()
    with pytest.raises(NotAllowed):
        pairs.revoke_pair(row, by=world.actor("inspector"), seen=row.version)
    assert everything() == before
