"""What is not damaged stays as it is, to the letter."""

import pytest

from luoshi.text import restore
from tests.text.restore.checks import checked
from tests.text.simulator import Converter, halved

CLEAN = {
    "lesson": "我(wǒ)們(men)在(zài)學(xué)校(xiào)學(xué)習(xí)漢(hàn)語(yǔ)，老(lǎo)師(shī)教(jiāo)我(wǒ)發(fā)音(yīn)。",
    "lesson of rare words": "踔(chuō)厲奮發，漷(huǒ)縣，嶗(láo)山，皋(gāo)，亳(bó)州，發(fā)。",
    "toneless lesson": "發(fa)展(zhan)經(jing)濟(ji)，學(xue)習(xi)語(yu)言(yan)。",
    "bopomofo": "發(ㄈㄚ)展(ㄓㄢˇ)經(ㄐㄧㄥ)濟(ㄐㄧˋ)，學(ㄒㄩㄝˊ)習(ㄒㄧˊ)。",
    "dialogue": "「真的嗎??」他問。「為什麼!?」「什麼?!,你瘋了??」她說:「還要多久?、多遠?」",
    "code": "if (x > 0) { return f(x) ?? g(y)?.h(); } // 檢查 (fā) ?! ??= 0",
    "english": "What?! (GDP) fā is not a word? Is it?, she asked; naïve café (résumé)?",
    "simplified": "发展经济（GDP），学习语言？！真的吗？？他说：“好。。。。。。”",
    "traditional original": "後來，他們裏面發佈了說明書（試行），係由國務院發出。",
    "trailing off": "我想。。。。。。也許，是這樣。。。。。。吧？",
    "url": "https://example.org/?q=發展&amp;p=1?,x",
    "one fragment": "統(tǒng)一",
}


@pytest.mark.parametrize("name", CLEAN)
def test_clean_text_is_a_fixed_point(name: str) -> None:
    result = checked(CLEAN[name])
    assert result.text == CLEAN[name]


@pytest.mark.parametrize("half_width", [False, True])
def test_official_prose_is_a_fixed_point(
    paragraphs: list[str], written: dict[str, str], half_width: bool
) -> None:
    simplified = "\n".join(paragraphs)
    for text in (simplified, Converter(written).traditional(simplified)):
        given = halved(text) if half_width else text
        assert restore(given).repairs == ()


def test_one_fragment_is_proposed_and_not_applied() -> None:
    (repair,) = checked("統(tǒng)一").repairs
    assert (repair.status, repair.before, repair.after) == ("proposed", "(tǒng)", "")


PLANTED = "(GDP)(一)(lian)(試行)踔(chuō)漷(huǒ)嶗(láo)(A股)(2023年)(2)"


def test_planted_parentheses_survive_inside_damage(seed_page: str) -> None:
    for place in range(0, len(seed_page), 211):
        if seed_page[place - 1 : place] not in "\n，":
            place = seed_page.index("\n", place) if "\n" in seed_page[place:] else 0
        result = checked(seed_page[:place] + PLANTED + seed_page[place:])
        assert PLANTED in result.text
        at = result.text.index(PLANTED)
        assert result.to_restored(place) == at
        assert result.to_received(at) == place


def test_clean_paragraphs_change_nothing_in_damaged_ones(
    seed_page: str, paragraphs: list[str], written: dict[str, str]
) -> None:
    alone = restore(seed_page)
    clean = Converter(written).traditional("\n".join(paragraphs)) + "\n"
    after = restore(clean + seed_page)
    assert after.text == clean + alone.text
    shifted = [(r.start - len(clean), r.end - len(clean), r.status) for r in after.repairs]
    assert shifted == [(r.start, r.end, r.status) for r in alone.repairs]


def test_a_simplified_header_does_not_spoil_the_body(seed_page: str) -> None:
    header = "国产视频_时间发现这个_问题进来_产业区_为什么关学_" * 30 + "\n"
    assert restore(header + seed_page).text == header + restore(seed_page).text
