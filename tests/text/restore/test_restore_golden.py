"""The pages of the golden set come back exactly."""

from collections import Counter

import pytest

from luoshi.text.restore_model import load_keys
from tests.text.conftest import GOLDEN
from tests.text.restore.checks import checked
from tests.text.simulator import Converter


def test_the_seed_comes_back_with_133_repairs_one_of_them_inferred(seed_page: str) -> None:
    result = checked(seed_page)
    assert result.text.strip() == (GOLDEN / "A01/restored.txt").read_text("utf-8").strip()
    assert Counter(repair.status for repair in result.repairs) == {"exact": 132, "inferred": 1}
    (inferred,) = (repair for repair in result.repairs if repair.status == "inferred")
    assert (inferred.kind, inferred.after) == ("misaligned", "擔使命")
    assert inferred.candidates[0].text == "擔使命"
    assert len(inferred.candidates) > 1
    assert sum(candidate.score for candidate in inferred.candidates) <= 1.0001


@pytest.mark.parametrize("name", ["A21", "A22", "A25"])
def test_a_written_page_comes_back(name: str) -> None:
    received = (GOLDEN / name / "received.txt").read_text("utf-8")
    restored = (GOLDEN / name / "restored.txt").read_text("utf-8")
    assert checked(received).text.strip() == restored.strip()


def test_the_simulator_makes_the_seed_again(seed_page: str, written: dict[str, str]) -> None:
    restored = (GOLDEN / "A01/restored.txt").read_text("utf-8")
    keys = {"聯": "lián"}
    keys |= {c: r for c, r in load_keys().items() if f"{c}({r})" in seed_page}
    assert len(keys) == 25
    entered = restored.replace("\xa0", "&nbsp;")  # the spaces of the date line came as markup
    received = Converter(written, keys).damage_traditional(entered)
    assert received.replace("&nbsp;", "\xa0") == seed_page


def test_restoration_strips_nothing() -> None:
    assert checked("\n\n \ufeff發(fā)展\ue319 \r\n\n").text.startswith("\n\n \ufeff")
