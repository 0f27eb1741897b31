"""Neighbours: one Chinese sentence after another, each a little unlike the last, and every move that it tells.

The people are invented, and so is what is told of real firms.
"""

from datetime import date

import pytest

from articles.extraction import Document, extract
from articles.extraction.organisations import canonical

# Text, title, and a line for each move: who: from > to, kind, status; groups as least-most/of.
TOLD = [
    (
        "字节跳动向青年科学家孙逸发出邀请，希望请他加入公司参与研发。",
        "",
        [],
    ),
    (
        "OpenAI 至少七名研究员跳槽至 Meta。他们包括沈澜和谷歌前研究员韩松林。",
        "",
        [
            "7-None/None: OpenAI > Meta, hire, reported",
            "沈澜: OpenAI > Meta, hire, reported",
            "韩松林: Google > Meta, hire, reported",
        ],
    ),
    (
        "百度至少有三位高管离职。他们是沈澜、韩松林和陈立。",
        "",
        [
            "3-None/None: Baidu > -, departure, reported",
            "沈澜: Baidu > -, departure, reported",
            "陈立: Baidu > -, departure, reported",
            "韩松林: Baidu > -, departure, reported",
        ],
    ),
    (
        "多名研究员已离开百度。其中沈澜加入了腾讯。",
        "",
        ["None-None/None: Baidu > -, departure, reported", "沈澜: Baidu > Tencent, hire, reported"],
    ),
    (
        "多名研究员已离开百度。其中有两人是骨干。他们是公司的核心。",
        "",
        ["None-None/None: Baidu > -, departure, reported"],
    ),
    (
        "沈澜昨天写道，自己已经加入小米的大模型团队。",
        "",
        ["沈澜: - > Xiaomi, hire, confirmed"],
    ),
    (
        "海桐科技联合创始人韩松林已被董事会罢免。",
        "",
        ["韩松林: 海桐科技 > -, departure, reported"],
    ),
    (
        "年仅 30 岁的沈嘉宁（Jianing Shen）——前 OpenAI 核心开发者——空降 Meta。",
        "",
        ["Jianing Shen: OpenAI > Meta, hire, reported"],
    ),
    (
        "字节跳动已挖走智谱核心成员秦舟，百度联合创始人、模型预训练负责人黄文灏。二人曾同窗。",
        "",
        ["秦舟: Zhipu AI > ByteDance, hire, reported", "黄文灏: Baidu > ByteDance, hire, reported"],
    ),
    (
        "OpenAI 深受其害，7 月一次被挖走了八名核心技术骨干。",
        "",
        ["8-8/None: OpenAI > -, departure, reported"],
    ),
    (
        "Meta 从 OpenAI 挖走了四名参与缔造多个关键模型的核心研究员。",
        "",
        ["4-4/None: OpenAI > Meta, hire, reported"],
    ),
    (
        "腾讯官宣 27 岁的前 OpenAI 研究员沈澜将出任首席科学家。",
        "",
        ["沈澜: OpenAI > Tencent, hire, planned"],
    ),
    (
        "陈立自 2023 年 7 月起在特斯拉担任人工智能总监。",
        "",
        ["陈立: - > Tesla, hire, reported"],
    ),
    (
        "传出技术高管柏舟从百度离职的消息。柏舟于 2022 年 9 月加入百度。2013 年柏舟开始在英特尔工作。",
        "百度高管柏舟离职",
        [
            "柏舟: - > Baidu, hire, reported",
            "柏舟: - > Intel, hire, reported",
            "柏舟: Baidu > -, departure, rumoured",
        ],
    ),
    (
        "2014 年，金叶加入百度，负责百度在美国成立的海桐研发中心。",
        "",
        ["金叶: - > Baidu, hire, reported"],
    ),
    (
        "2016 年 4 月，韩松林通过内部邮件宣布成立“百度搜索公司”。",
        "",
        [],
    ),
    (
        "韩松林高喊口号，百度也呈现出一边“引退”、一边“引援”的态势。",
        "",
        [],
    ),
    (
        "作为前谷歌工程师的周启明上月加入了字节跳动。",
        "",
        ["周启明: Google > ByteDance, hire, reported"],
    ),
    (
        "来自谷歌的三名研究员已加入 OpenAI。",
        "",
        ["3-3/None: Google > OpenAI, hire, reported"],
    ),
    (
        "据报道，三名来自谷歌 DeepMind 的研究员将加盟微软。",
        "",
        ["3-3/None: Google DeepMind > Microsoft, hire, planned"],
    ),
    (
        "消息称，前者去了腾讯，后者去了百度。",
        "",
        [],
    ),
    (
        "林舟和沈澜上周双双离开商汤，前者加入腾讯，后者加入百度。",
        "",
        ["林舟: SenseTime > Tencent, hire, reported", "沈澜: SenseTime > Baidu, hire, reported"],
    ),
    (
        "海桐科技曾向沈澜发出邀请，被其婉拒。",
        "",
        ["沈澜: - > 海桐科技, hire, declined"],
    ),
    (
        "Meta 试图招揽 OpenAI 首席研究官马克·陈，但遭到拒绝。",
        "",
        ["马克·陈: OpenAI > Meta, hire, declined"],
    ),
    (
        "谷歌 DeepMind 研究员韩松林被微软挖走。",
        "",
        ["韩松林: Google DeepMind > Microsoft, hire, reported"],
    ),
    (
        "智谱副总裁魏书远被曝离职。",
        "",
        ["魏书远: Zhipu AI > -, departure, reported"],
    ),
    (
        "沈澜获任海桐科技首席科学家。",
        "",
        ["沈澜: - > 海桐科技, hire, reported"],
    ),
    (
        "海桐科技官宣，前百度副总裁沈澜出任首席执行官。",
        "",
        ["沈澜: Baidu > 海桐科技, hire, confirmed"],
    ),
    (
        "沈澜近日履新，出任云帆智算首席技术官，此前她是商汤的研究总监。",
        "",
        ["沈澜: SenseTime > 云帆智算, hire, reported"],
    ),
    (
        "离开字节跳动后，沈澜转投月之暗面。",
        "",
        ["沈澜: ByteDance > Moonshot AI, hire, reported"],
    ),
    (
        "前特斯拉 AI 总监周启明空降小米，出任自动驾驶负责人。",
        "",
        ["周启明: Tesla > Xiaomi, hire, reported"],
    ),
    (
        "时隔两年，周启明重返谷歌。",
        "",
        ["周启明: - > Google, return, reported"],
    ),
    (
        "周启明二次入职字节跳动，担任豆包大模型负责人。",
        "",
        ["周启明: - > ByteDance, return, reported"],
    ),
    (
        "字节跳动 AI Lab 总监沈澜内部转岗至 Seed 团队。",
        "",
        ["沈澜: - > ByteDance, internal, reported"],
    ),
    (
        "百度 CTO 周启明卸任，由沈澜接棒。",
        "",
        ["周启明: Baidu > -, departure, reported", "沈澜: - > Baidu, internal, reported"],
    ),
    (
        "周启明从微软离职后自立门户，创办了拾光智能。",
        "",
        ["周启明: Microsoft > 拾光智能, founding, reported"],
    ),
    (
        "商汤前研究总监沈澜另起炉灶，成立了拾光智能。",
        "",
        ["沈澜: SenseTime > 拾光智能, founding, reported"],
    ),
    (
        "周启明带队出走字节跳动，带走了五名工程师。",
        "",
        ["5-5/None: ByteDance > -, departure, reported", "周启明: ByteDance > -, departure, reported"],
    ),
    (
        "沈澜加入 Meta 超级智能实验室，与她一同加入的还有前同事何嘉树和 Peter Lund。",
        "",
        ["Peter Lund: - > Meta, hire, reported", "何嘉树: - > Meta, hire, reported", "沈澜: - > Meta, hire, reported"],
    ),
    (
        "OpenAI 的 Anna Novak、Leo Brandt 以及 Mei Tanaka 已跳槽至 Anthropic。",
        "",
        [
            "Anna Novak: OpenAI > Anthropic, hire, reported",
            "Leo Brandt: OpenAI > Anthropic, hire, reported",
            "Mei Tanaka: OpenAI > Anthropic, hire, reported",
        ],
    ),
    (
        "周启明与前同事沈澜联合创办了拾光智能。",
        "",
        ["周启明: - > 拾光智能, founding, reported", "沈澜: - > 拾光智能, founding, reported"],
    ),
    (
        "英伟达宣布收购拾光智能。交易完成后，拾光智能创始人沈澜及其团队将整体加入英伟达。",
        "",
        ["None-None/None: 拾光智能 > Nvidia, acquihire, planned", "沈澜: 拾光智能 > Nvidia, acquihire, planned"],
    ),
    (
        "论文的 14 名作者中，已有 7 人离开谷歌。",
        "",
        ["7-7/14: Google > -, departure, reported"],
    ),
    (
        "近半数的创始成员已经离开 xAI。",
        "",
        ["None-None/None: xAI > -, departure, reported"],
    ),
    (
        "过去半年，至少有十余名研究员从苹果跳槽到 Meta。",
        "",
        ["10-None/None: Apple > Meta, hire, reported"],
    ),
    (
        "超过 20 名员工已从 Thinking Machines Lab 离职。",
        "",
        ["20-None/None: Thinking Machines Lab > -, departure, reported"],
    ),
    (
        "xAI 的 12 名联合创始人中已有半数离职。",
        "",
        ["6-6/12: xAI > -, departure, reported"],
    ),
    (
        "周启明（Kevin Zhou）本周告诉员工，他将离开苹果。这位研究员将加入 Meta。",
        "",
        ["Kevin Zhou: Apple > Meta, hire, planned"],
    ),
    (
        "周启明是商汤的首席科学家。该研究员已于上月离职，加入了阶跃星辰。",
        "",
        ["周启明: SenseTime > StepFun, hire, reported"],
    ),
    (
        "欧阳娜娜曾在百度任职八年。欧阳上周加入了美团。",
        "",
        ["欧阳娜娜: Baidu > Meituan, hire, reported"],
    ),
    (
        "據知情人士透露，谷歌工程師林書豪已離職，轉投 Meta。",
        "",
        ["林書豪: Google > Meta, hire, reported"],
    ),
    (
        "xAI 前成员 Igor Stanev 创办了一家 AI 安全公司。",
        "",
        ["Igor Stanev: xAI > -, founding, reported"],
    ),
    (
        "这家公司的核心团队多为“字节系”。",
        "",
        [],
    ),
    (
        "谷歌系创业者周启明去年创立拾光智能。",
        "",
        ["周启明: - > 拾光智能, founding, reported"],
    ),
    (
        "周启明否认将加入字节跳动。",
        "",
        ["周启明: - > ByteDance, hire, denied"],
    ),
    (
        "网传百度副总裁沈澜将离职，百度回应称消息不实。",
        "",
        ["沈澜: Baidu > -, departure, denied"],
    ),
    (
        "传沈澜或将加入小米。",
        "",
        ["沈澜: - > Xiaomi, hire, rumoured"],
    ),
    (
        "据悉，沈澜已加入小米，负责具身智能团队。",
        "",
        ["沈澜: - > Xiaomi, hire, reported"],
    ),
    (
        "沈澜在领英上宣布，自己已加入小米担任首席科学家。",
        "",
        ["沈澜: - > Xiaomi, hire, confirmed"],
    ),
    (
        "小米今日宣布，任命沈澜为集团副总裁，向雷军汇报。",
        "",
        ["沈澜: - > Xiaomi, hire, confirmed"],
    ),
    (
        "沈澜计划于下月离开小米。",
        "",
        ["沈澜: Xiaomi > -, departure, planned"],
    ),
    (
        "腾讯已聘请 OpenAI 前研究员姚志远领导混元大模型团队。",
        "",
        ["姚志远: OpenAI > Tencent, hire, reported"],
    ),
    (
        "从微软跳槽到谷歌仅半年的研究员 Daniel Roth 又回到了微软。",
        "",
        ["Daniel Roth: Google > Microsoft, return, reported", "Daniel Roth: Microsoft > Google, hire, reported"],
    ),
    (
        "苹果大模型负责人庞志明已向公司提出辞职，下一站是 Meta。",
        "",
        ["庞志明: Apple > Meta, hire, reported"],
    ),
    (
        "36氪从多个独立信源获悉，字节跳动 Seed 团队视频生成负责人蒋文博已于近日离职，其职位由语音方向负责人殷若安暂时接管。截至发稿，字节跳动方面未予置评。",
        "",
        ["殷若安: - > ByteDance, internal, reported", "蒋文博: ByteDance > -, departure, reported"],
    ),
    (
        "据彭博社援引知情人士报道，苹果基础模型团队的四名工程师近几周相继离职，其中两人加入 Meta，另外两人分别去了 OpenAI 和 Anthropic。",
        "",
        ["2-2/4: Apple > Meta, hire, reported", "4-4/None: Apple > -, departure, reported"],
    ),
    (
        "彭博社报道称，苹果负责 Siri 搜索的高管 Daniel Hoff 将于下周离开公司，加入 Meta 的超级智能实验室。",
        "",
        ["Daniel Hoff: Apple > Meta, hire, planned"],
    ),
    (
        "Meta 发言人证实，公司已聘请前谷歌 DeepMind 研究总监 Laura Stein 领导一个新的多模态小组。",
        "",
        ["Laura Stein: Google DeepMind > Meta, hire, confirmed"],
    ),
    (
        "OpenAI 首席执行官奥特曼在内部信中表示，首席研究官陈立言将离开公司，去探索新的机会，由现任研究副总裁 Hanna Berg 接任。",
        "",
        ["Hanna Berg: - > OpenAI, internal, planned", "陈立言: OpenAI > -, departure, planned"],
    ),
    (
        "海桐科技（688777.SH）公告，公司董事会同意聘任方以宁女士为公司副总经理，任期自董事会审议通过之日起至第三届董事会届满之日止。",
        "",
        ["方以宁: - > 海桐科技, hire, confirmed"],
    ),
    (
        "海桐科技公告，董事、副总经理方以宁因个人原因申请辞去公司副总经理职务，辞职后不在公司担任任何职务。",
        "",
        ["方以宁: 海桐科技 > -, departure, confirmed"],
    ),
    (
        "方以宁，2018 年毕业于清华大学，同年加入微软亚洲研究院，2021 年加入字节跳动 AI Lab，2023 年底离职创办拾光智能。",
        "",
        [
            "方以宁: - > Microsoft, hire, reported",
            "方以宁: ByteDance > 拾光智能, founding, reported",
            "方以宁: Microsoft > ByteDance, hire, reported",
        ],
    ),
    (
        "公开资料显示，方以宁曾先后任职于百度和腾讯，2020 年加盟商汤，任研究院副院长。",
        "",
        ["方以宁: Tencent > SenseTime, hire, reported"],
    ),
    (
        "小米大模型团队迎来新成员：前 DeepSeek 研究员罗思齐已正式入职，将负责 MiMo 的后训练。",
        "",
        ["罗思齐: DeepSeek > Xiaomi, hire, reported"],
    ),
    (
        "“我今天离开 xAI 了。”联合创始人 Karl Weber 在 X 上写道，“下一步，我会创办一家专注 AI 安全的公司。”",
        "",
        ["Karl Weber: xAI > -, founding, confirmed"],
    ),
    (
        "月之暗面回应称，公司核心团队稳定，网传联合创始人汪骏离职的消息不属实。",
        "",
        ["汪骏: Moonshot AI > -, departure, denied"],
    ),
    (
        "OpenAI 前首席技术官米拉·穆拉蒂创办的 Thinking Machines Lab 又失一员：联合创始人 Andrew Tulloch 已转投 Meta。",
        "",
        [
            "Andrew Tulloch: Thinking Machines Lab > Meta, hire, reported",
            "米拉·穆拉蒂: OpenAI > Thinking Machines Lab, founding, reported",
        ],
    ),
    (
        "本周，智谱、MiniMax 两家公司均有高管变动：智谱 COO 张帆离任，MiniMax 副总裁刘华转投阶跃星辰。",
        "",
        ["刘华: MiniMax > StepFun, hire, reported", "张帆: Zhipu AI > -, departure, reported"],
    ),
    (
        "理想汽车智驾负责人夏中恒、贾鹏、王佳佳先后离职，三人均已投身具身智能创业。",
        "",
        [
            "夏中恒: Li Auto > -, founding, reported",
            "王佳佳: Li Auto > -, founding, reported",
            "贾鹏: Li Auto > -, founding, reported",
        ],
    ),
    (
        "前华为“天才少年”、智元机器人联合创始人彭志飞透露，公司从特斯拉 Optimus 团队引进了三位工程师。",
        "",
        ["3-3/None: Tesla > AgiBot, hire, confirmed"],
    ),
    (
        "谷歌以 24 亿美元获得 Windsurf 的技术授权，其 CEO Varun Mohan、联合创始人 Douglas Chen 及部分研发人员将加入谷歌 DeepMind。",
        "",
        [
            "Douglas Chen: Windsurf > Google DeepMind, acquihire, planned",
            "None-None/None: Windsurf > Google DeepMind, acquihire, planned",
            "Varun Mohan: Windsurf > Google DeepMind, acquihire, planned",
        ],
    ),
    (
        "腾讯混元团队近期动作频频：AI Lab 主任退休，前微软研究员胡汉东加入，负责多模态。",
        "",
        ["胡汉东: Microsoft > Tencent, hire, reported"],
    ),
    (
        "AMD 宣布收购芯片初创公司 Enosemi，后者团队约 16 人将整体并入 AMD。",
        "",
        ["16-16/None: Enosemi > AMD, acquihire, planned"],
    ),
    (
        "斯坦福大学教授李松年将休假一年，出任英伟达机器人研究部门负责人。",
        "",
        ["李松年: Stanford University > Nvidia, hire, planned"],
    ),
    (
        "京东探索研究院院长陶大成去年加盟南洋理工大学，何晓东接任院长一职。",
        "",
        ["何晓东: - > JD.com, internal, reported", "陶大成: JD.com > Nanyang Technological University, hire, reported"],
    ),
    (
        "3 月 12 日，蔚来创始人李斌在内部会上宣布，自动驾驶研发副总裁任少平因个人原因离职，由算法负责人白宇利接任。",
        "",
        ["任少平: NIO > -, departure, confirmed", "白宇利: - > NIO, internal, confirmed"],
    ),
    (
        "早在今年 1 月，Anthropic 就从 OpenAI 挖走了安全负责人 Jan Lund。",
        "",
        ["Jan Lund: OpenAI > Anthropic, hire, reported"],
    ),
    (
        "Jan Lund 曾在 DeepMind 担任研究员，2021 年加入 OpenAI，2024 年转投 Anthropic。",
        "",
        ["Jan Lund: Google DeepMind > OpenAI, hire, reported", "Jan Lund: OpenAI > Anthropic, hire, reported"],
    ),
    (
        "聯發科延攬前高通資深副總 James Lin 出任技術長。",
        "",
        ["James Lin: Qualcomm > 聯發科, hire, reported"],
    ),
    (
        "滴滴自动驾驶公司 COO 孟醒宣布离职，加入五源资本任合伙人。",
        "",
        ["孟醒: Didi > 5Y Capital, hire, confirmed"],
    ),
    (
        "Safe Superintelligence 由 Ilya Sutskever、Daniel Gross 和 Daniel Levy 于 2024 年 6 月共同创立。",
        "",
        [
            "Daniel Gross: - > Safe Superintelligence, founding, reported",
            "Daniel Levy: - > Safe Superintelligence, founding, reported",
            "Ilya Sutskever: - > Safe Superintelligence, founding, reported",
        ],
    ),
    (
        "过去一年间，已有超过 12 名研究人员离开 DeepMind 加入微软。",
        "",
        ["12-None/None: Google DeepMind > Microsoft, hire, reported"],
    ),
    (
        "他的老同事、前谷歌大脑研究员 Peter Novak 也在同一天宣布加盟 Mistral。",
        "",
        ["Peter Novak: Google > Mistral AI, hire, confirmed"],
    ),
    (
        "前微软全球副总裁沈向阳在卸任后回到清华大学任双聘教授。",
        "",
        ["沈向阳: Microsoft > Tsinghua University, return, reported"],
    ),
    (
        "Cohere 任命前 Meta 高管 Joelle Bernard 为首席 AI 官，并聘请前 Uber 财务主管 Francois Roy 担任首席财务官。",
        "",
        ["Francois Roy: Uber > Cohere, hire, confirmed", "Joelle Bernard: Meta > Cohere, hire, confirmed"],
    ),
    (
        "Character.AI 今日官宣，Meta 前商业产品副总裁 Karan Dev 出任 CEO，原临时 CEO Dominic Perella 转任首席法务官。",
        "",
        ["Dominic Perella: - > Character.AI, internal, confirmed", "Karan Dev: Meta > Character.AI, hire, confirmed"],
    ),
    (
        "宇树科技 90 后联合创始人陈力悄然退出，天眼查显示其已不再担任公司监事。",
        "",
        ["陈力: Unitree > -, departure, reported"],
    ),
    (
        "被 OpenAI 解雇后，Leopold Ash 创办了一家投资公司。",
        "",
        ["Leopold Ash: OpenAI > -, founding, reported"],
    ),
    (
        "她最早在阿里达摩院做预训练，2022 年转到幻方旗下的 DeepSeek，2025 年加入小米。她叫罗思齐。",
        "",
        [],
    ),
    (
        "1. OpenAI：研究副总裁 Liam Fedus 离职创业\n2. 微软：聘请前亚马逊高管 Jay Parikh\n3. 小米：王腾被辞退",
        "",
        [
            "Jay Parikh: Amazon > Microsoft, hire, reported",
            "Liam Fedus: OpenAI > -, founding, reported",
            "王腾: Xiaomi > -, departure, reported",
        ],
    ),
    (
        "香港应科院前副总裁聂家乐获聘为数码港首席技术总监。",
        "",
        ["聂家乐: ASTRI > Cyberport, hire, reported"],
    ),
    (
        "Figure 的首席科学家 Corey Lim 表示，他已离开公司，目前没有确定去向。",
        "",
        ["Corey Lim: Figure AI > -, departure, confirmed"],
    ),
    (
        "前谷歌研究员 Noam Levi 和 Daniel Cruz 两人 2021 年离职创办了 Character.AI。",
        "",
        [
            "Daniel Cruz: Google > Character.AI, founding, reported",
            "Noam Levi: Google > Character.AI, founding, reported",
        ],
    ),
    (
        "Anthropic 由一群前 OpenAI 员工于 2021 年创立。",
        "",
        ["None-None/None: OpenAI > Anthropic, founding, reported"],
    ),
    (
        "Adept 联合创始人兼 CEO David Luan 及部分团队成员已加入亚马逊 AGI 部门。",
        "",
        ["David Luan: Adept > Amazon, hire, reported", "None-None/None: Adept > Amazon, hire, reported"],
    ),
    (
        "何小鹏宣布，小鹏汽车自动驾驶中心负责人李力耘卸任，由世界基座模型负责人刘先明接任。",
        "",
        ["刘先明: - > XPeng, internal, confirmed", "李力耘: XPeng > -, departure, confirmed"],
    ),
    (
        "吴新宙从小鹏汽车加入英伟达，担任汽车业务副总裁，向黄仁勋汇报。",
        "",
        ["吴新宙: XPeng > Nvidia, hire, reported"],
    ),
    (
        "昨日，李想在微博上宣布，理想汽车 CTO 谢炎将不再分管自动驾驶。",
        "",
        [],
    ),
    (
        "零一万物联合创始人谷雪梅已离职筹备新的创业项目。",
        "",
        ["谷雪梅: 01.AI > -, founding, reported"],
    ),
    (
        "阿里国际数字商业集团副总裁许主洪已于今年初加入，任首席科学家，此前在 Salesforce 亚洲研究院任院长。",
        "",
        ["许主洪: Salesforce > Alibaba, hire, reported"],
    ),
    (
        "微软亚洲研究院前副院长周明 2020 年创办澜舟科技，2022 年 A 轮融资过亿元。",
        "",
        ["周明: Microsoft > Langboat, founding, reported"],
    ),
    (
        "苹果挖来谷歌前 Gemini 工程副总裁 Amar Rao，由其出任 AI 副总裁，接替即将退休的 John Keller。",
        "",
        ["Amar Rao: Google > Apple, hire, reported", "John Keller: Apple > -, departure, planned"],
    ),
    (
        "两位消息人士称，至少八名员工已离开 Safe Superintelligence，其中包括联合创始人 Daniel Gross，他去了 Meta。",
        "",
        [
            "8-None/None: Safe Superintelligence > -, departure, reported",
            "Daniel Gross: Safe Superintelligence > Meta, hire, reported",
        ],
    ),
    (
        "阿里巴巴今日宣布，蒋凡将兼任淘天集团 CEO，戴珊转任集团副主席。",
        "",
        ["戴珊: - > Alibaba, internal, confirmed", "蒋凡: - > Alibaba, internal, planned"],
    ),
    (
        "张宏江已卸任智源研究院理事长，由黄铁军接任。",
        "",
        ["张宏江: BAAI > -, departure, reported", "黄铁军: - > BAAI, internal, reported"],
    ),
    (
        "“我将在本月底离开 Stripe，加入 Anthropic 担任首席技术官。”拉胡尔·帕蒂尔在领英发文称。",
        "",
        ["拉胡尔·帕蒂尔: Stripe > Anthropic, hire, planned"],
    ),
    (
        "字节跳动前大模型研究负责人乔木被辞退后，加入了一家创业公司。",
        "",
        ["乔木: ByteDance > -, departure, reported"],
    ),
    (
        "面壁智能完成新一轮融资，CEO 李大海表示，公司今年将引进更多人才。",
        "",
        [],
    ),
    (
        "月之暗面联合创始人张宇韬此前担任循环智能首席技术官。",
        "",
        [],
    ),
    (
        "知情人士称，苹果已聘请波士顿动力前工程主管 Dana Scott 加入其机器人团队，她已于本周一到岗。",
        "",
        ["Dana Scott: Boston Dynamics > Apple, hire, reported"],
    ),
    (
        "传闻多时的字节跳动与吴永辉“联姻”终于落定，吴永辉已正式入职字节。",
        "",
        ["吴永辉: - > ByteDance, hire, reported"],
    ),
    (
        "文远知行首席运营官林知远成为了机器人公司逐际动力的联合创始人。",
        "",
        ["林知远: WeRide > LimX Dynamics, hire, reported"],
    ),
    (
        "零一万物有 3 位核心高管离职，包括联合创始人林知远和沈澜。",
        "",
        [
            "3-3/None: 01.AI > -, departure, reported",
            "林知远: 01.AI > -, departure, reported",
            "沈澜: 01.AI > -, departure, reported",
        ],
    ),
    (
        "商汤研究院院长林知远大概率会离职。",
        "",
        ["林知远: SenseTime > -, departure, rumoured"],
    ),
    (
        "据多家媒体报道，腾讯从字节跳动挖角两位研究员，分别是林知远与沈澜，两人即将加入腾讯混元团队。",
        "",
        ["林知远: ByteDance > Tencent, hire, planned", "沈澜: ByteDance > Tencent, hire, planned"],
    ),
    (
        "曾在百度担任工程师的林知远已任南京大学副教授。",
        "",
        ["林知远: Baidu > Nanjing University, hire, reported"],
    ),
    (
        "据报道，前 OpenAI 研究副总裁 Lena Ortiz 已悄悄加入苹果，担任基础模型负责人。苹果未予置评。",
        "",
        ["Lena Ortiz: OpenAI > Apple, hire, reported"],
    ),
    (
        "林知远此前是蚂蚁集团副总裁，上月加盟京东，任京东探索研究院院长。",
        "",
        ["林知远: Ant Group > JD.com, hire, reported"],
    ),
    (
        "小鹏汽车自动驾驶负责人林知远将于本月底卸任，接替者为原英伟达总监沈澜。",
        "",
        ["林知远: XPeng > -, departure, planned", "沈澜: Nvidia > XPeng, hire, planned"],
    ),
    (
        "昨天，智谱 COO 林知远被曝已离职，智谱方面确认了该消息。",
        "",
        ["林知远: Zhipu AI > -, departure, confirmed"],
    ),
    (
        "OpenAI 的三位研究员 Ana Silva、Ben Ito 和 Carla Roy 本周转投 Meta。",
        "",
        [
            "Ana Silva: OpenAI > Meta, hire, reported",
            "Ben Ito: OpenAI > Meta, hire, reported",
            "Carla Roy: OpenAI > Meta, hire, reported",
        ],
    ),
    (
        "知情人士透露，字节跳动已挖来苹果前工程师 Ravi Anand，负责端侧模型。",
        "",
        ["Ravi Anand: Apple > ByteDance, hire, reported"],
    ),
    (
        "Mistral AI 今日宣布任命前 Salesforce 高管 Paul Lenoir 为首席营收官。",
        "",
        ["Paul Lenoir: Salesforce > Mistral AI, hire, confirmed"],
    ),
    (
        "林知远婉拒了 OpenAI 的邀请，选择留在 DeepSeek。",
        "",
        ["林知远: DeepSeek > OpenAI, hire, declined"],
    ),
    (
        "林知远确认已离开小红书，正在筹备一家机器人公司。",
        "",
        ["林知远: Xiaohongshu > -, founding, confirmed"],
    ),
    (
        "有传言称，苹果 AI 主管 John Keller 可能转投 Meta。",
        "",
        ["John Keller: Apple > Meta, hire, rumoured"],
    ),
    (
        "针对沈澜将离职的传闻，海桐科技发言人予以否认。",
        "",
        ["沈澜: 海桐科技 > -, departure, denied"],
    ),
    (
        "苹果研究员沈澜、顾远分别跳槽至特斯拉和 Meta。",
        "",
        ["沈澜: Apple > Tesla, hire, reported", "顾远: Apple > Meta, hire, reported"],
    ),
    ("研究员沈澜，据报道已正式加盟小米。", "", ["沈澜: - > Xiaomi, hire, reported"]),
    (
        "沈澜2009年加入中芯国际，2014年起担任公司首席财务官。",
        "",
        ["沈澜: - > SMIC, hire, reported", "沈澜: - > SMIC, internal, reported"],
    ),
    ("沈澜是腾讯研究员。看似是零星跳槽，其实是一场争夺。", "", []),
    (
        "英伟达官宣朱承岳、焦剑涵两位清华系科学家入职。",
        "",
        ["朱承岳: - > Nvidia, hire, confirmed", "焦剑涵: - > Nvidia, hire, confirmed"],
    ),
    (
        "小米研究科学家 Lin Zhao 今天在 X 上说：“我今天被小米裁了。”",
        "",
        ["Lin Zhao: Xiaomi > -, departure, confirmed"],
    ),
    (
        "小米首席科学家沈澜在备忘录里谈到调整。但细看之下，被裁的主要都是研究部门的人。",
        "",
        [],
    ),
    (
        "海桐科技宣布调整。此外，该公司本周解雇了9名高管。",
        "",
        ["9-9/None: 海桐科技 > -, departure, reported"],
    ),
    (
        "据悉，MiniMax语音事业部总裁沈澜，联合创始人顾远离职。",
        "",
        ["沈澜: MiniMax > -, departure, reported", "顾远: MiniMax > -, departure, reported"],
    ),
    (
        "苹果一个月内有四位 AI 专家相继离职，且全部加入竞争对手 Meta。",
        "",
        ["4-4/None: Apple > Meta, hire, reported"],
    ),
    (
        "Nan Lu 去了 OpenAI。先来看看加入了 Meta 的苹果老将 Jian Zhou。从2005年加入，到如今离开，他待了二十年。",
        "",
        ["Jian Zhou: Apple > -, departure, reported", "Nan Lu: - > OpenAI, hire, reported"],
    ),
    (
        "腾讯调整了架构。2023年沈澜上任，兼任阿里云董事长。",
        "",
        ["沈澜: - > Alibaba, hire, reported"],
    ),
    (
        "OpenAI 从 Google DeepMind 挖来三位视觉模型（ViT）论文核心作者。Meta 近期从 OpenAI 连挖四名华人核心研究员。",
        "",
        ["3-3/None: Google DeepMind > OpenAI, hire, reported", "4-4/None: OpenAI > Meta, hire, reported"],
    ),
    ("谷歌首席执行官沈澜发布邮件。竞争对手已向离职团队伸出橄榄枝。", "", []),
    ("海桐科技创始人沈澜不再主持公司事务。", "", ["沈澜: 海桐科技 > -, departure, reported"]),
]


def told(text, title):
    moves = extract(Document("d", text, "zh", title=title, published=date(2025, 6, 18))).moves
    return sorted(f"{_who(m)}: {_org(m.origin)} > {_org(m.destination)}, {m.kind}, {m.status}" for m in moves)


def _who(move):
    cohort = move.cohort
    return move.person.name if move.person else f"{cohort.min}-{cohort.max}/{cohort.of}"


def _org(end):
    return canonical(end.org) if end and end.org else "-"


@pytest.mark.parametrize(("text", "title", "expected"), TOLD)
def test_it_reads_every_move_of_the_sentence(text, title, expected):
    assert told(text, title) == expected
