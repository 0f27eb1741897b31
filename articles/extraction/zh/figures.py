"""What a figure of pay in Chinese is: the part of pay, its period and its kind, from the words around it."""

from __future__ import annotations

import re

from articles.extraction import compensation, vicinity
from articles.extraction.claims import CompensationKind, Component
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.money import Amount
from articles.extraction.patterns import either
from articles.extraction.zh import clauses, payers
from articles.extraction.zh.clauses import wording

_WORDS = table("zh/pay")
_NOUNS: dict[str, Component] = _WORDS["nouns"]
_NOUN = rf"(?P<noun>{either(_NOUNS)})"
_TRAP = re.compile(either(_WORDS["traps"]))
# "$120K + 股票期权 的薪资": what comes on top.
_PLUS = r"(?:[+＋]\s?(?:\d[\d.%-]*\s?)?(?:的)?(?:股票期权|期权|股权|股票|奖金|equity)\s?)?"
# 1亿美元签约奖金, 数百万美元的限制性股票, 10 亿美元的个人薪酬方案, 2亿美元年薪.
_AFTER = re.compile(
    rf"^(?:不等|以上|左右|之间|/年|/月|/小时|\([^)]{{0,20}}\)|（[^）]{{0,20}}）)*\s?{_PLUS}(?:的|级)?\s?[“\"]?"
    rf"[^,，。;；:：、!！?？\d(（+]{{0,12}}?{_NOUN}"
)
# 年薪在 100 万到 200 万美元之间, 薪酬范围从 … 到 ….
_BEFORE = re.compile(rf"{_NOUN}(?!竞争|差距|与)(?P<link>[^。;；!！?？]{{0,28}})$")
# 以每年 900 万元挽留; 2023 年董事长领了 512 万元.
_TEMPTED = re.compile(
    r"^的?(?:年薪|条件|价格|待遇|总包|方案|报价|合同|合约|现金|巨资|天价)?\s?(?:挽留|留人|留住|挖|聘请|请|招揽|招募|相邀|邀请)"
)
_TEMPTED_WITH = re.compile(r"以\s?(?:每年|每月|[一两二三四五六七八十\d]{1,2}\s?年|年薪|约|超过|近|高达|总额|\s)*$")
_TOOK = re.compile(r"(?:领|拿|挣|赚)(?:了|到|到了|取|走)?\s?(?:约|近|超过)?\s?$")
# 每位员工平均可获得近 150 万元.
_EACH = re.compile(
    r"(?:每[位名个]?员工|人均|每人)[^,，。;；]{0,6}(?:获得|拿到|分得|领到|到手)\s?(?:约|近|超过|高达)?\s?$"
)
_PEOPLE_PAID = re.compile(r"董事长|总裁|高管|经理|首席|CEO|CTO|创始人|员工|工程师|研究员|他|她|架构师|科学家")
# 授予价值290亿美元的股份 is pay, 持有…的股份 is not.
_GRANTED = re.compile(r"(?:授予|奖励|发放)[^,，。;；]{0,30}?的?(?:股份|股票)")
_SHARES = frozenset({"股份", "股权", "股票"})
_HOLDS = re.compile(r"(?:拥有|持有|出售|套现|减持|增持|抛售|转让|回购)[^。;；]{0,24}$")
# What all of a staff costs together.
_PAYROLL = re.compile(
    r"(?:员工|职工|全员)(?:的)?(?:薪酬|工资|薪资)(?:总额|总计|合计|支出)?(?:约|达|为|近|超|高达|\s)*$"
)
# 一季度薪酬总额为116亿元, 总酬金成本是…
_TOTAL_PAYROLL = re.compile(
    r"(?:薪酬总额|总酬金|酬金成本|薪酬成本|福利开支|雇员福利|薪酬支出|人工成本|酬金总额)[^,，。;；\d]{0,8}$"
)
_LEAST_PAYROLL = 100_000_000
_GOING_RATE = re.compile(r"(?:普遍|市场|行情|平均)价格")
_STAFF_COST = re.compile(
    r"(?:人才|用人|人力)成本[^,，。]{0,4}(?:平均|人均)|(?:平均|人均)(?:每人)?的?(?:人才|用人|人力)成本"
)
# 110k×14, 120-150k,14薪: by the month, so many times a year.
_TIMES_A_YEAR = re.compile(r"^[,、\s]{0,2}[×xX*]?\s?1[2-9](?:\.5)?\s?(?:薪|个月)|^\s?[×xX*]\s?1[2-9](?!\d)")
_PER_TIME = re.compile(r"^\s?[/每一]\s?(?:天|日|周|小时|个?月|年)")
_AT_WORK = re.compile(r"招|薪|岗位|职位|实习|兼职|雇|时薪|上岗|合同工|收入|工资|挣|赚")
# 硕士给到70万元, 应届生开到50万.
_GIVEN_TO = re.compile(r"(?:给到|开到|开价|出价|给出|开出|开了|给了)了?\s?(?:约|近|超过|高达)?\s?$")
# 接着是技术岗30~50W, 运营岗20W+.
_POST_BEFORE = re.compile(
    r"(?:技术|算法|研发|开发|产品|运营|设计|测试|前端|后端|数据|工程|客户端|AI)岗(?:位)?(?:在|约|是|给到|大概|大约|\s)*$"
)
_LEAST_A_YEAR = 100_000
_GRADES = re.compile(r"岗|硕士|博士|本科|应届|校招|毕业生|工程师|研究员|科学家|程序员|实习生|人才")
_YEARLY = re.compile(r"^\s?(?:美元|美金|元)?\s?(?:/|每|一)\s?年|^[^,，。;；]{0,3}/年")
_VERB = re.compile(rf"{payers.GIVES}(?:了|到|着)?[^。;；!！?？]{{0,24}}$")
_PEOPLE = re.compile(either(_WORDS["people"]))
_MANY_PEOPLE = re.compile(either([w for w in _WORDS["people"] if w not in {"他", "她", "负责人"}]))
_STAFFS = re.compile(either(_WORDS["staffs"]))
_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("day", re.compile(r"日薪|每[天日]|/[天日]|一天|日结")),
    ("hour", re.compile(r"时薪|每小时|/小时|/时|/hr|一小时")),
    ("month", re.compile(r"月薪|每月|每个月|/月|月均|一个月|月工资|平均月|月收入|月入|每人每月")),
    (
        "year",
        re.compile(r"年薪|每年|/年|一年|年均|年收入|年度|年包|年入|年总|全年|年化|总年薪|第一年|首年"),
    ),
    ("one_time", re.compile(r"一次性|签约|签字|入职奖")),
)
_YEARS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "十": 10}
_MANY_YEARS = re.compile(
    rf"(?<![\d第])(?P<n>{either(_YEARS)}|[2-9]|10)\s?年(?:期|内|间|总|合计|共|的|合约|合同|"
    rf"薪|高达|最高)|(?:为期|未来|分|超过|至少)\s?(?P<m>{either(_YEARS)}|[2-9]|10)\s?年"
)
# 150万美元,分两年归属.
_VESTS = re.compile(
    rf"[^,，。;；\d]{{0,10}}[,，]?\s?(?:将|需)?(?:分|在|于)\s?(?:未来\s?)?(?P<n>{either(_YEARS)}|[2-9]|10)\s?年(?:内)?(?:归属|兑现|发放|解锁|行权|到账|支付|付清|给付)"
)
_YEARS_BEFORE = re.compile(rf"(?<![\d第])(?P<n>{either(_YEARS)}|[2-9]|10)\s?年\s?(?:共|总计|合计|高达|最高|总额)?\s?$")
_CONVERTED = re.compile(
    r"(?:美元|英镑|欧元|日元|卢比|港元|新台币|加元|澳元|韩元|法郎|元)[(（]\s?[^)）\d]{0,4}$|[(（]\s?(?:约合|约为|约|折合|合|相当于|人民币)[^)）]{0,6}$|(?:约合|折合)[^,，。]{0,6}$"
)
_STAFF = re.compile(r"人均|每人|工资|签约|员工|研究员|研究人员|工程师|挖|薪|年终|留任|绩效|入职|科学家|高管|跳槽|人才")
_EARNERS = re.compile(r"员工|研究员|研究人员|工程师|程序员|人均|个人|薪")
_HIRED = re.compile(r"薪|待遇|挖|入职|加盟|聘|研究员|科学家|工程师|签约奖|招揽|招募|招人|候选人|人才|跳槽")
_BUSINESS = re.compile(r"集团|业务|上市|客户|重复性|营业|部门|季度|增长率|同比")
_CHANGE = re.compile(
    r"(?:高出|多出|多了|少了|相差|高了|低了|增加|上涨|上调|涨|减少|下降|下调|缩水)了?\s?(?:约|近|超过)?$"
)
_CONTEST = re.compile(
    r"比赛|竞赛|大赛|黑客松|参加|活动|参与者|参赛|优胜|第一名|赢取|赢得|瓜分|项目|漏洞|夺冠|选手|推荐"
)
_OFFERING = re.compile(either(_WORDS["offering"]))
_PAID = re.compile(either(_WORDS["paid"]))
_GIVES = re.compile(
    r"给[^,，。;；]{1,14}的(?:[一两二三四五六\d]年)?(?:年薪|月薪|条件|薪酬|待遇|底薪|薪资|总包)|以[^,，。;；]{1,16}(?:请|聘|挖|争夺|争抢)"
)
# 离开时她的年薪已经超过…: what somebody had.
_HAD = re.compile(
    r"(?:时|当时|离职前|离开前|入职时|此前)[^,，。;；\d]{0,4}(?:他|她|其)?的?(?:年薪|月薪|薪资|总包|年收入|薪酬)"
)
# 开出年薪50万是普遍价格: told of everybody, whoever offers.
_PLAINLY_TYPICAL = re.compile(r"普遍|罕见|常见|均值|平均|中位数|人均|屡见不鲜|比比皆是")
# 核心员工的年收入超过…
_EARNED = re.compile(
    r"(?:员工|人员|研究员|工程师|成员|科学家|高管|他|她)们?的?(?:年|月|总)?收入|税前(?:年薪|薪酬|报酬|总薪)"
)
_RAISED = re.compile(r"把[^,，。;；]{1,16}(?:加到|提到|涨到|提高到|加码到)")
_USUAL = re.compile(r"平均|中位数|人均|普遍|罕见|常见|一般|中值|均值|不等|公开资料|年报|现有|在职")
_HIRES = re.compile(r"招兵买马|招聘|招人|在招|起招|急招|诚聘|抢人|挖人|招揽|招募")
# 从80万元提到110万元: the first was paid before.
_WAS_PAID = re.compile(r"^\s?(?:一路|直接|一下)?(?:提|涨|加|升|增|翻|调)(?:高|薪|整)?(?:到|至|为)")
_TYPICAL = re.compile(either(_WORDS["typical"]))
_COUNTER = re.compile(either(_WORDS["counter"]))
# 要求时薪提高到15英镑 asks for pay; 找到年薪5万美元以上的工作 hopes for it.
_ASKED = re.compile(
    r"(?:要求|呼吁|争取|希望|期望|渴望|梦想)(?:能够?|可以)?(?:将|把|获得|得到|赚取|赚到|拿到|领到|挣到)?(?:最低)?(?:时薪|工资|薪资|薪水|月薪|年薪|每小时|每月)?(?:能|可以)?"
    r"(?:提高|涨|增加|达)?[到至]?[^,，。\d]{0,4}$|(?:取代|替代|代替|完成|撰写|胜任|匹敌|媲美)\s?(?:年薪|月薪|时薪)?[^,，。\d]{0,4}$|找到(?:一份|了)?(?:年薪|月薪|时薪)?[^,，。\d]{0,3}$"
)
# 第一年就能行权变现1亿美元.
_VESTED = re.compile(
    r"(?:(?:第[一二三四]|首|每|头)年|入职当年)[^,，。;；\d]{0,6}(?:行权|变现|兑现|归属|到手|解锁|落袋|入账|拿到|保底)[^,，。;；\d]{0,6}$"
)
# “亿元薪酬”这个词汇 names no pay.
_SAYING = re.compile(
    r"[^,，。;；]{0,4}[”\"」』]\s?[^,，。;；]{0,14}(?:词汇?|概念|神话|说法|传说|标签|字眼)|(?:时代|俱乐部|门槛)[”\"」』]"
)
# 工资加年终奖接近60万.
_SUM = re.compile(r"(?:工资|薪资|薪水|月薪|底薪|年薪)\s?[+＋和加与]\s?(?:年终奖|奖金|绩效|股票|期权)[^,，。\d]{0,6}$")
_SALARY_TOTAL = re.compile(r"总包|股票形式|股权|薪酬|总薪")


def is_hiring(reading: Reading, sentence: Sentence, text: str, amount: Amount) -> bool:
    """Whether the text tells of a search for people, so that a figure without 平均 is what the employer offers."""
    around = clauses.clause(text, amount.start, amount.end)
    if _USUAL.search(text[max(0, around.start - 30) : around.end]):
        return False
    near = [wording(reading, s) for s in vicinity.before(reading, sentence.start, most=2)]
    return any(_HIRES.search(words) for words in (text, *near))


def judge(text: str, amount: Amount) -> tuple[Component, str, float] | None:
    """The component that makes the figure pay, with the rule that saw it; None where it is something else."""
    right, left = text[amount.end : amount.end + 26], text[max(0, amount.start - 44) : amount.start]
    around = clauses.clause(text, amount.start, amount.end)
    words = text[around.start : around.end]
    if _ASKED.search(left) or (
        _TRAP.search(_GRANTED.sub("", words)) and "薪" not in words and not _STAFF_COST.search(words)
    ):
        return None
    if amount.vague and _SAYING.match(right) and text[: amount.start].rstrip().endswith(("“", '"', "「", "『")):
        return None
    if _SUM.search(left):
        return "total", "sum", 0.75
    if _VESTED.search(left) and _PEOPLE.search(text):
        return "total", "vested", 0.65
    whole = _PAYROLL.search(left) or (_TOTAL_PAYROLL.search(left) and not _OFFICERS.search(words))
    if whole and (amount.min or 0) >= _LEAST_PAYROLL:
        return None
    if _TIMES_A_YEAR.match(right):
        return "salary", "months", 0.8
    after = _AFTER.search(right)
    if (
        after is not None
        and _TRAP.search(_following(right[: after.end() + 4], words)) is None
        and _about_people(after["noun"], text)
    ):
        return _NOUNS[after["noun"]], "noun-after", 0.9
    before = _last(_BEFORE, left)
    plain_number = amount.currency is None and text[amount.start : amount.end].isdigit()
    if (
        before is not None
        and not (plain_number and len(before["link"]) > 6)
        and _TRAP.search(before["link"] + re.split(r"[,，。;；:：(（]", _GOING_RATE.sub("", right[:8]))[0]) is None
        and _CHANGE.search(before["link"]) is None
        and not (before["noun"] in _SHARES and _HOLDS.search(left[: before.start()]))
        and _about_people(before["noun"], text)
    ):
        return _NOUNS[before["noun"]], "noun-before", 0.85
    if (_TEMPTED.match(right) and left.rstrip().endswith("以")) or (
        _TEMPTED_WITH.search(left) and _TEMPTED.match(right)
    ):
        return "total", "tempted", 0.7
    if _EACH.search(left):
        return ("bonus" if re.search(r"奖金|分红|年终奖", text[: amount.start]) else "total"), "each", 0.7
    if _TOOK.search(left) and _PEOPLE_PAID.search(text):
        return "total", "took", 0.65
    if _PER_TIME.match(right) and _AT_WORK.search(words) and _MANY_PEOPLE.search(words):
        return "salary", "timed", 0.65
    if _POST_BEFORE.search(left) and (amount.min or 0) >= _LEAST_A_YEAR and amount.currency in {None, "CNY"}:
        return "total", "post", 0.6
    if _GIVEN_TO.search(left) and _GRADES.search(
        left if _is_monthly(text, amount) else text[around.start : amount.start]
    ):
        return ("salary" if _is_monthly(text, amount) else "total"), "given", 0.65
    if _YEARLY.search(right) and _VERB.search(left) and _PEOPLE.search(text):
        return ("total" if _SALARY_TOTAL.search(text) else "salary"), "verb", 0.7
    return None


# 开了36k: in thousands of yuan, wages are told by the month.
_IN_THOUSANDS = re.compile(r"\d\s?[kK]")
_MOST_A_MONTH = 150_000


def _is_monthly(text: str, amount: Amount) -> bool:
    largest = max(v for v in (amount.min, amount.max) if v is not None)
    thousands = _IN_THOUSANDS.search(text[amount.start : amount.end]) is not None
    return thousands and amount.currency in {None, "CNY"} and largest <= _MOST_A_MONTH


# 薪酬套餐 is no 套餐 that is sold.
_PACKAGE = re.compile(r"(?:薪酬|薪资|待遇)的?(?:套餐|福利|规模)")


def _following(right: str, clause: str) -> str:
    """The words after a figure; without 的股份 where the clause grants them."""
    right = _PACKAGE.sub("", right)
    return right.replace("的股份", "") if _GRANTED.search(clause) else right


def is_conversion(text: str, amount: Amount) -> bool:
    """(约合7400万英镑): the figure before it in another currency."""
    return _CONVERTED.search(text[max(0, amount.start - 8) : amount.start]) is not None


def _about_people(noun: str, text: str) -> bool:
    """Nouns that also speak of trade or prizes are pay only where the sentence is about people at work."""
    if noun.endswith("数字"):
        return "薪" in text
    if noun in {"收入", "年收入"}:
        return _EARNERS.search(text) is not None and _BUSINESS.search(text) is None
    if noun == "合同":
        return _HIRED.search(text) is not None
    if noun in {"奖金", "奖励"}:
        return _STAFF.search(text) is not None and _CONTEST.search(text) is None
    if noun not in {
        "报价",
        "价码",
        "合同",
        "收入",
        "年收入",
        "回报",
        "奖励",
        "股票",
        "股权",
        "期权",
        "股份",
        "奖金",
        "待遇",
        "条件",
        "offer",
        "Offer",
        "邀约",
    }:
        return True
    return _PEOPLE.search(text) is not None or _GRANTED.search(text) is not None


def _last(pattern: re.Pattern[str], left: str) -> re.Match[str] | None:
    """The match that begins last, so nearest to the figure; 基本年薪 stands before its own 年薪."""
    best, at = None, 0
    while (match := pattern.search(left, at)) is not None:
        if best is None or match.start() >= best.end(1):
            best = match
        at = match.start() + 1
    return best


# 2024 年从公司领取的报酬总额, CEO 去年的薪酬总额: of that year.
_OF_THE_YEAR = re.compile(
    r"(?:20\d\d\s?年(?:度)?|去年|上年|今年|前年|年报|财年)(?![^,，。;；]{0,3}[月加入跳])[^。;；]{0,40}(?:薪酬|报酬|薪资|收入|总薪酬|奖励|薪水)"
)
_OFFICERS = re.compile(r"董事长|首席|总裁|总经理|CEO|CTO|CFO|COO|高管|董事|监事|领取|人均|平均")
_HALF_YEAR = re.compile(r"[上下]半年|半年(?:度|内|的)|[一二三四]季度|季度")


def period_of(text: str, amount: Amount, component: Component, kind: CompensationKind) -> str:
    """The period named nearest to the figure; by the component where the text names none."""
    if component == "signing_bonus":
        return "one_time"
    around = clauses.clause(text, amount.start, amount.end)
    opens = around.start
    if text[:opens].rstrip(' “"').endswith(":"):
        # “平均月薪”:7.09万
        opens = clauses.clause(text, max(0, len(text[:opens].rstrip(' “"')) - 1), amount.end).start
    left = text[max(opens, amount.start - 30) : amount.start]
    right = text[amount.end : min(around.end, amount.end + 16)]
    vesting = _MANY_YEARS.search(text[max(0, amount.start - 24) : amount.start]) if component == "equity" else None
    if vesting is not None:
        written = str(vesting["n"] or vesting["m"])
        return f"multi_year:{_YEARS.get(written) or int(written)}"
    if (vests := _VESTS.match(text[amount.end : amount.end + 26])) is not None:
        return f"multi_year:{_YEARS.get(vests['n']) or int(vests['n'])}"
    for window in (right, left):
        years = _MANY_YEARS.search(window) or (_YEARS_BEFORE.search(window) if window is left else None)
        if years is not None:
            written = str(years["n"] or years.groupdict().get("m"))
            return f"multi_year:{_YEARS.get(written) or int(written)}"
        hits = [(m.start(), name) for name, p in _PERIODS if (m := p.search(window)) is not None]
        hits = [hit for hit in hits if not (component in {"equity", "salary"} and hit[1] == "one_time")]
        if hits:
            return min(hits)[1] if window is right else max(hits)[1]
    if _HALF_YEAR.search(text[around.start : amount.start]):
        return "total"
    if component == "salary":
        # 人均月薪为 7 万元,2020 年为 6 万元: told in the clause before.
        told = [
            (m.end(), name) for name, p in _PERIODS[:3] for m in p.finditer(text[max(0, amount.start - 30) : opens])
        ]
        if told:
            return max(told)[1]
    if component == "total" and _is_pay_of_the_year(text[: amount.start]):
        return "year"
    if component in {"salary", "total"} and _is_monthly(text, amount):
        return "month"
    return compensation.default_period(component, amount, kind)


def _is_pay_of_the_year(before: str) -> bool:
    """Whether the words before a figure tell what officers or all staff had in a year, as yearly reports do."""
    return _OF_THE_YEAR.search(before) is not None and _OFFICERS.search(before) is not None


def kind_of(text: str, amount: Amount) -> CompensationKind:
    around = clauses.clause(text, amount.start, amount.end)
    near = text[max(0, around.start - 30) : min(len(text), around.end + 10)]
    if text[: amount.start].rstrip().endswith("从") and _WAS_PAID.match(text[amount.end : amount.end + 8]):
        return "paid"
    if _TOOK.search(text[: amount.start]):
        return "paid"
    if _HAD.search(text[around.start : amount.start]):
        return "paid"
    if _COUNTER.search(near) or _RAISED.search(near):
        return "counteroffer"
    if _PLAINLY_TYPICAL.search(text[around.start : min(len(text), around.end + 10)]):
        return "typical"
    if _EARNED.search(text[around.start : amount.end + 8]) and not _USUAL.search(near):
        return "paid"
    if _is_pay_of_the_year(text[: amount.start]) and not _USUAL.search(near):
        return "paid"
    if _GIVES.search(near) and not _USUAL.search(near):
        return "offered"
    if _OFFERING.search(near) and "平均" not in near and "中位数" not in near:
        return "offered"
    if _TYPICAL.search(near):
        return "typical"
    if _PAID.search(near):
        return "paid"
    if payers.of_any_payer(text[: amount.start]):
        return "offered"
    staff = _STAFFS.search(text[max(0, around.start - 20) : amount.start]) or _POST_BEFORE.search(text[: amount.start])
    return "typical" if staff else "offered"
