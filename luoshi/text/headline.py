"""The headline of a page: which of its first lines it is made of, and who speaks under it."""

from __future__ import annotations

from luoshi.text.furniture import ANY_LABEL, BARE_LABEL, DATE, WHEN, WIDGET
from luoshi.text.names import name_end
from luoshi.text.owners import names_unit
from luoshi.text.patterns import pattern
from luoshi.text.sentences import Span, trim
from luoshi.text.wordlists import any_of

DOC_NO = pattern(
    r"[\u3400-\u9fff]{0,14}[〔（【]20?\d{2}[〕）】] ?第?\d{1,4}号|(?![年月日])[\u3400-\u9fff]{1,10}字第 ?\d{4,14} ?号"
    r"|[\u3400-\u9fff]{2,12}〔20\d{2}〕\d{1,4}"
)
TITLE_END = pattern(
    r"(?:通知|意见|方案|办法|决定|决议|报告|公告|通告|通报|规定|细则|要点|计[划画]|规划|清单|纪要|纪录|记录|议事录|讲话|讲话稿|致辞|致词|发言|主持词|分解表?|分工表?|措施|批复|函|召开|举行|举办|开幕|闭幕|启动|大会|会议|动员会|推进会|[座谈调度部署总结表彰分析现场办公协调]会|号|情况|任务|安排|总结|预案|纲要|台账|一览表|项目表|任务表|行动|仪式|典礼|启动礼)(?:（[^）]{1,16}）)?$"
)
_LETTERHEAD = pattern(
    r".{2,30}文件$|[〔（【]?\d{4}[〕）】]?年? ?第 ?[一二三四五六七八九十百\d]{1,5} ?(?:期|号).{0,8}$|第 ?[一二三四五六七八九十百\d]{1,6} ?期$|（第 ?[一二三四五六七八九十百\d]{1,6} ?期）$|（?总第? ?\d{1,6} ?期）?|内部资料.{0,40}|内部文件.{0,20}|秘密.{0,40}|机密.{0,40}|绝密.{0,40}|特急.{0,8}|加急.{0,8}|急件.{0,8}|平急.{0,4}|\d{5,6}$|[\u3400-\u9fff]{2,14}(?:简报|专报|快报|公报|内刊|通讯|督查通报|工作动态)$|附件 ?[一二三四五六七八九十\d]{0,2}：?$|附表：?$|（?草案|征求意见稿|以此为准|.{2,20}(?:门户网站|政务网|官网|网站|公众号|政府网|信息网|资讯网|新闻网|客户端)$"
)
_CAPTION = pattern(
    r"图为.{0,40}|图[一二三四五\d]?[：].{0,40}|▲.{0,40}|.{0,30}(?:摄影报道|供图|[\u3400-\u9fff]{2,4} ?[摄攝])[）。]?|（?图/.{0,20}|（?文/.{0,30}|（?图片来源.{0,20}|（?(?:资料|效果)图.{0,8}"
)
_SEPARATOR = pattern(r"[=＊*—\-_~·.…■★☆◆#━═－＿﹏☰◇●○△▲×+ ]{3,200}")
_POSTLINE = pattern(
    rf"[^，。：；]{{0,30}}{any_of('posts')} {{0,8}}[\u3400-\u9fff]{{0,2}} ?[\u3400-\u9fff]{{0,3}}$"
)
SPEECH = pattern(
    r"(?:(?:上|中|时|式|的)的?(?:重要|总结|动员|主持|部署|表态|书面)?(?:讲话|致辞|致词|发言|报告)|讲话稿|讲话提纲|发言稿|发言提纲|主持词|主持讲话|主持稿|致辞稿|^讲话|书面讲话|(?:礼|会|典礼|仪式)(?:致辞|致词|讲话)(?=全文))(?:稿|提纲|要点|摘要|全文|摘登)?(?:（[^）]{1,20}）)?$"
)
_DATED = rf"(?:[（〔]? ?(?P<d>{DATE})(?: ?星期[一二三四五六日天])?(?: ?[上下]午)? ?[）〕]?)"
_DATE_LINE = pattern(rf"{_DATED}")
_BEHIND_DATE = pattern(rf"{_DATED} {{0,8}}(?P<who>[\u3400-\u9fff ]{{2,30}})$")
_BEFORE_DATE = pattern(rf"(?P<who>[\u3400-\u9fff ]{{2,30}}?) {{0,8}}{_DATED}$")
_SIGN_LINE = pattern(rf"(?:[^，。；：]{{0,60}}?)(?P<d>{DATE})(?:（[^）]{{0,12}}）)?$")
_BARE = pattern(
    r"(?:关于|印发|转发|批转|公布|贯彻落实)|(?:20\d{2}年)?(?:第?[〇一二三四五六七八九十百\d]{1,4}[次期号])?[\u3400-\u9fff]{0,10}(?:纪要|记录|纪录|议事录|通知|通告|公告|通报|决定|批复|函)(?:（[^）]{1,12}）)?$|(?:20\d{2}年(?:度|上半年|下半年)?)?(?:全年|年度|重点|主要)?(?:工作|任务)[\u3400-\u9fff]{0,10}(?:要点|计划|总结|安排|方案|报告|清单|分解表)(?:（[^）]{1,12}）)?$"
)
_MEDIA = pattern(rf"（{any_of('page', 'media')}）$")
_HELD = pattern(r"召开|举行|举办|开展|主持|出席|调研|强调|指出|赴|到.{2,16}(?:开展|督导|检查)")
LONGEST = 4


def titled(text: str, head: list[Span], skip: set[int]) -> tuple[list[Span], list[int]]:
    """The lines of the headline and their places among the first lines."""
    runs: list[list[int]] = [[]]
    for at, span in enumerate(head):
        if at not in skip and may_title(text, span):
            runs[-1].append(at)
        elif runs[-1]:
            runs.append([])
    runs = [run for run in runs if run]
    ended = [run for run in runs if _ends(text, head, run)]
    chosen = _once(text, head, _own(text, head, (ended or runs or [[]])[0]))
    return [_without_media(text, head[at]) for at in chosen[:LONGEST]], chosen


def _once(text: str, head: list[Span], run: list[int]) -> list[int]:
    """The run without lines that were printed before: a page may name its article twice."""
    seen: set[str] = set()
    kept = []
    for at in run:
        line = text[slice(*head[at])]
        if line not in seen:
            kept.append(at)
        seen.add(line)
    return kept


def _ends(text: str, head: list[Span], run: list[int]) -> bool:
    """Whether the run ends as headlines end; a bare headline takes the organ named above it."""
    return bool(TITLE_END.search(text, *_without_media(text, head[run[-1]])))


def _own(text: str, head: list[Span], run: list[int]) -> list[int]:
    """The run without the names of the site and of the office above a headline with its own subject."""
    lines = [text[slice(*head[at])] for at in run]
    organs = next((n for n, line in enumerate(lines) if not _are_organs(line)), len(lines))
    if organs in (0, len(lines)) or _BARE.match(lines[organs]):
        return run
    return run[organs:]


def _are_organs(line: str) -> bool:
    """Whether the line is the name of one organ or of several, parted by blanks."""
    return all(_is_organ(words) for words in line.split()) or _is_organ(line)


def _is_organ(line: str) -> bool:
    words = line.replace(" ", "")
    return (
        3 <= len(words) <= 24
        and bool(names_unit(words))
        and not _HELD.search(words)
        and not any(mark in words for mark in "，、：“《")
        and "关于" not in words
    )


def _without_media(text: str, span: Span) -> Span:
    hit = _MEDIA.search(text, *span)
    return trim(text, span[0], hit.start()) if hit and hit.start() > span[0] else span


def may_title(text: str, span: Span) -> bool:
    """Whether a line may belong to a headline: no furniture, date, number, letterhead, caption."""
    line = text[slice(*span)]
    if line.startswith(("——", "--")) or line.startswith("（") and line.endswith("）"):
        return False
    if len(line) < 4 and not (SPEECH.search(line) or TITLE_END.fullmatch(line)):
        return False
    shapes = (WIDGET, _LETTERHEAD, _CAPTION, _SEPARATOR, _DATE_LINE)
    if any(shape.fullmatch(line) for shape in shapes) or _furnished(line):
        return False
    if _POSTLINE.match(line) and not TITLE_END.search(line) and not _is_organ(line):
        return False
    if line[-1] in "：；。" or WHEN.match(line) and not TITLE_END.search(line):
        return False
    if (hit := DOC_NO.search(line)) and "关于" not in line and len(hit[0]) >= min(len(line) - 6, 8):
        return False
    if _SIGN_LINE.fullmatch(line) and ("  " in line or "\t" in line):
        return False
    return not (
        WHEN.search(line) and (":" in line or len(line) < 36 and not TITLE_END.search(line))
    )


def _furnished(line: str) -> bool:
    label = BARE_LABEL.match(line.lstrip("| ").replace(" ", ""))
    if label and (label["m"] or label.end() == len(line) and len(line) > 2):
        return True
    return bool(ANY_LABEL.search(line)) and not TITLE_END.search(line) or line.startswith("▲")


def speakers(text: str, head: list[Span], title: list[int]) -> list[Span]:
    """The lines under the headline that name who speaks: post and name, or a name alone."""
    found: list[Span] = []
    if not title:
        return found
    for span in head[title[-1] + 1 :]:
        who = _who(text, span)
        if who is None:
            continue
        line = text[slice(*who)]
        name = line.replace(" ", "")
        posted = _POSTLINE.match(line) and not TITLE_END.search(line) and not _is_organ(line)
        alone = len(name) <= 4 and _is_name(name)
        if posted or alone and (found or _is_speech(text, head, title)):
            found.append(who)
    return found


def _is_name(name: str) -> bool:
    return name_end(name, 0, len(name)) == len(name)


def _is_speech(text: str, head: list[Span], title: list[int]) -> bool:
    return any(
        SPEECH.search(text[slice(*head[at])]) or "讲话" in text[slice(*head[at])] for at in title
    )


def _who(text: str, span: Span) -> Span | None:
    """The line, without a date before or behind the name and without brackets."""
    start, end = span
    if text[start] == "（" and text[end - 1] == "）":
        start, end = start + 1, end - 1
    hit = _BEHIND_DATE.fullmatch(text, start, end) or _BEFORE_DATE.fullmatch(text, start, end)
    if hit:
        return trim(text, *hit.span("who"))
    return None if WHEN.search(text, start, end) else (start, end)
