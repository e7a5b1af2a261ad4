"""A paper with a mark of secrecy near its top does not come in; the word in a sentence is no mark."""

from __future__ import annotations

import pytest

from luoshi.intake import receiving
from luoshi.intake.models import Document
from luoshi.intake.secrecy import secrecy_mark
from luoshi.kernel.errors import Invalid
from tests.world import SAMPLE


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★1年\n关于某事的通知", "机密"),
        ("000012\n絕密★啟用前\n特急", "絕密"),
        ("秘　密\n某区人民政府文件", "秘密"),
        ("特急 机密\n某区人民政府文件", "机密"),
        ("某区人民政府文件 秘密★长期", "秘密"),
        ("密级：秘密\n标题", "秘密"),
        ("秘密 6个月\n标题", "秘密"),
        ("关于加强保密工作的通知\n要保守国家秘密，不得泄露机密。", ""),
        ("商业秘密保护条例", ""),
        ("秘密花园\n第一章", ""),
        ("", ""),
        ("标题\n" + "一" * 900 + "\n机密★1年", ""),
    ],
)
def test_a_mark_is_told_from_the_word(text: str, mark: str) -> None:
    assert secrecy_mark(text) == mark


def test_the_seed_carries_no_mark() -> None:
    assert secrecy_mark(SAMPLE.read_text("utf-8")) == ""


def test_a_marked_paper_is_refused_before_anything_is_saved(database: object) -> None:
    with pytest.raises(Invalid) as refused:
        receiving.examine("机密★1年\n关于某事的通知\n各单位要落实。".encode(), "通知.txt")
    assert (refused.value.code, refused.value.values["mark"]) == ("secrecy_mark", "机密")
    assert not Document.objects.exists()
