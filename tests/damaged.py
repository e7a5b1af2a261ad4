"""An invented report, damaged by the simulator as a page converter does, with doubts left to decide."""

from __future__ import annotations

from functools import cache

from luoshi.text import restore
from luoshi.text.restore_model import load_keys, load_worlds
from luoshi.text.restore_records import Restoration
from tests.text.simulator import Converter

REPORT = """云溪区召开“提质增效年”动员大会
发布时间：2024-02-19　来源：云溪发布　点击：318
2月18日上午，云溪区召开“提质增效年”动员大会。区委书记何敬之出席并讲话，区长罗望舒主持会议。
会议指出，过去一年，全区上下勇担使命，团结奋斗，经济总量稳步提高，规模以上工业增加值增长8.2%。不能因为80%的任务已经完成就松劲，要再接再厉。
会议强调，区工业和信息化局牵头，年底前新增规模以上企业80家，勇担8000万元的技术改造投资任务，力争突破1亿元。
要改善民生，区住房和城乡建设局牵头，改造老旧小区32个，因为2.5万户居民的期待，要确保10月底前全部完工。
区水务局负责，让人们在2024年底前都能用上新水厂的水，供水管网漏损率降到9%以下；让人们在36个小区都能直饮。
区妇联负责，关心创业女性，让她们在12家工厂学得一技之长；她们在，阵地就在；让她们在8个街道都找得到娘家人，让人们在20个村居都看得到变化。
要优化营商环境，哪里有人们在，哪里就有服务，区行政审批局负责，6月底前将企业开办时间压缩到1个工作日，让人们在15分钟内办成事。
要压实责任，不因为难，也不因为小就不做，各责任单位要在3月10日前报送实施方案，使每项工作有布置、有落实、有成效。
会上，区委副书记宣读了表彰决定，12个先进集体受到表彰；6个单位作了表态发言。"""


@cache
def page() -> str:
    """The report as it was received: annotated, cut at its marks, a byte lost here and there."""
    return Converter(load_worlds().written, load_keys()).damage(REPORT)


@cache
def restored() -> Restoration:
    """The page as the real restoration gives it back."""
    return restore(page())
