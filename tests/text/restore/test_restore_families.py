"""Each family of damage, and its proof by the page."""

import pytest

from tests.text.restore.checks import checked

PAGE = "會(huì)議強調(diào)，要發(fā)展產(chǎn)業(yè)，學(xué)習(xí)經(jīng)驗。\ue319\n"


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("關(guān)于創(chuàng)新", "關于創新"),
        ("重?fù)?dān)在肩", "重擔在肩"),
        ("勇?lián)?\ue319、敢碰硬", None),
        ("推進會??h委書記", "推進會。縣委書記"),
        ("翻一番?,F(xiàn)在全村", "翻一番。現在全村"),
        ("數據升級到j(luò)ovi", "數據升級到jovi"),
        ("已有1８?jìng)€(gè)國家", "已有1８個國家"),
        ("發(fā)(fā)展", "發展"),
    ],
)
def test_a_spot_comes_back(received: str, expected: str | None) -> None:
    result = checked(PAGE + received)
    if expected is not None:
        assert result.text.splitlines()[1] == expected
    else:
        assert any(r.kind == "misaligned" for r in result.repairs)


def test_spaces_at_the_head_of_a_paragraph_come_back() -> None:
    result = checked(PAGE + "? ? ? ?會議指出")
    assert result.text.endswith("\n\xa0 \xa0 \xa0 \xa0會議指出")
    assert result.repairs[-1].kind == "unencodable"


def test_a_comma_before_every_mark_goes() -> None:
    text = "會議指出,。要加快發展,、提高,、認真,。推進,；落實,。"
    assert checked(text).text == "會議指出。要加快發展、提高、認真。推進；落實。"


def test_marks_written_seven_times_are_written_once() -> None:
    text = "全区，，，，，，，认真学习，，，，，，，落实。。。。。。。加快、、、、、、、提高。。。。。。。"
    assert checked(text).text == "全区，认真学习，落实。加快、提高。"


def test_eaten_markup_is_a_doubt() -> None:
    result = checked(PAGE + "他說?ldquo;好")
    assert [r.before for r in result.repairs if r.kind == "markup"] == ["?ldquo;"]


def test_a_learned_pair_needs_a_common_character_twice() -> None:
    result = checked(PAGE + "維(wéi)護穩定，維(wéi)修。嶗(láo)山嶗(láo)水。")
    assert "維護穩定，維修。嶗(láo)山嶗(láo)水。" in result.text
    assert dict(result.profile.learned) == {"維": "wéi"}


def test_a_page_damaged_twice_comes_back() -> None:
    assert checked(PAGE.replace(")", ")(", 0) + "態(tài)(tài)度").text.endswith("態度")


def test_a_page_that_is_half_lesson_keeps_the_lesson() -> None:
    lesson = (
        "我(wǒ)在(zài)學(xué)校(xiào)學(xué)習(xí)漢(hàn)語(yǔ)，老(lǎo)師(shī)教(jiāo)我(wǒ)。\n"
    )
    result = checked(lesson + PAGE)
    assert result.text.startswith(lesson)
    assert result.text.endswith("要發展產業，學習經驗。\ue319\n")


def test_a_character_eaten_behind_a_run_stays_a_doubt() -> None:
    result = checked(PAGE + "紅星新聞?dòng)浾?楊奕通訊員")
    assert result.text.endswith("紅星新聞記者?楊奕通訊員")
    (doubt,) = (r for r in result.repairs if r.kind == "drop")
    assert (doubt.status, doubt.before) == ("uncertain", "?")


def test_shouting_on_a_clean_page_needs_more_than_a_likely_reading() -> None:
    text = "為什麼這樣說??m在這裡沒有說過??A股漲了?!h在哪裡"
    assert checked(text).text == text
