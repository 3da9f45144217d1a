"""A history of three documents, as data: what stood in them first, and every edit since, in order.

`TEXTS` gives each document its paragraphs and sections, id → (Chinese, Japanese). An `Edit` gives new texts
to ids (None leaves that language as it is), says `after` which id a new one stands, and to which ids the
words of a paragraph `went`: what is not among them is gone from the page.
"""

from dataclasses import dataclass, field

CHIPS, TRADE, NOTICE = "articles/chips", "articles/trade", "press-releases/notice"
Both = tuple[str | None, str | None]

TITLES = {CHIPS: ("芯片管制备忘", "チップ規制の覚書"), TRADE: ("贸易谈判纪要", "通商交渉の記録"),
          NOTICE: ("关于许可证的通告", "許可証に関する告示")}

TEXTS: dict[str, dict[str, Both]] = {
    CHIPS: {
        "p1": ("主管部门上周公布了三份指导意见。", "主管官庁は先週、3件のガイダンスを公表した。"),
        "background": ("背景", "背景"),
        "p2": ("先进芯片的出口自三年前起须经许可。", "先端チップの輸出は3年前から許可制になっている。"),
        "p3": ("指导意见不是法律。它只说明主管部门如何理解现行条例。企业仍须自行判断交易的风险。",
               "ガイダンスは法律ではない。現行の規則を主管官庁がどう解するかを示すにとどまる。取引の危険は企業が自ら判断しなければならない。"),
        "legal-effect": ("法律效力", "法的効力"),
        "p4": ("法院并不受这些意见的约束，但会予以参考。", "裁判所はこの見解に拘束されないが、参考にはする。"),
        "p5": ("违反条例的企业可被列入实体清单。", "規則に違反した企業はエンティティー・リストに載ることがある。"),
        "p6": ("盟国政府要求延长过渡期。目前尚无答复。", "同盟国の政府は経過期間の延長を求めている。回答はまだない。"),
    },
    TRADE: {
        "p1": ("双方于五月在日内瓦会谈。", "双方は5月にジュネーブで協議した。"),
        "p2": ("第一轮谈关税。第二轮谈出口管制。第三轮谈投资审查。",
               "第1回は関税を扱った。第2回は輸出管理を扱った。第3回は投資審査を扱った。"),
        "p3": ("会谈气氛坦诚。", "協議は率直な雰囲気で行われた。"),
        "p4": ("双方同意设立工作组。", "双方は作業部会の設置に合意した。"),
        "p5": ("下一次会谈的日期另行商定。", "次回の日程は改めて定める。"),
        "p6": ("本纪要不构成任何一方的承诺。", "この記録はいずれの側の約束ともならない。"),
    },
    NOTICE: {
        "p1": ("自下月1日起，许可证申请改为网上提交。", "来月1日から、許可証の申請はオンラインで受け付ける。"),
        "p2": ("纸质申请表不再发放。", "紙の申請書は配布しない。"),
        "p3": ("申请人应当提供最终用户的名称和地址。", "申請者は最終需要者の名称と住所を示さなければならない。"),
        "p4": ("审查期限为30日。", "審査の期限は30日とする。"),
        "p5": ("必要时可延长15日。", "必要があれば15日延長できる。"),
        "p6": ("对决定不服的，可以申请复议。复议期间不停止执行。",
               "決定に不服がある者は審査を請求できる。請求は執行を妨げない。"),
    },
}


@dataclass(frozen=True)
class Edit:
    """`kind` is insert, split, merge, move, rewrite, delete, or change (of single words)."""

    document: str
    kind: str
    texts: dict[str, Both] = field(default_factory=dict)
    went: dict[str, tuple[str, ...]] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    waits: bool = False  # whether the translation has still to follow

    def __str__(self) -> str:
        return f"{self.document}: {self.kind} {', '.join(self.texts or self.went)}"


EDITS = (
    Edit(CHIPS, "insert", {"p2a": ("去年又增加了12个品种。", "昨年さらに12品目が加わった。")}, after={"p2a": "p2"}),
    Edit(CHIPS, "split", {
        "p3": ("指导意见不是法律。", "ガイダンスは法律ではない。"),
        "p3a": ("它只说明主管部门如何理解现行条例。企业仍须自行判断交易的风险。",
                "現行の規則を主管官庁がどう解するかを示すにとどまる。取引の危険は企業が自ら判断しなければならない。")},
        {"p3": ("p3", "p3a")}, {"p3a": "p3"}),
    Edit(CHIPS, "split", {  # a part is split again
        "p3a": ("它只说明主管部门如何理解现行条例。", "現行の規則を主管官庁がどう解するかを示すにとどまる。"),
        "p3aa": ("企业仍须自行判断交易的风险。", "取引の危険は企業が自ら判断しなければならない。")},
        {"p3a": ("p3a", "p3aa")}, {"p3aa": "p3a"}),
    Edit(TRADE, "split", {  # into three
        "p2": ("第一轮谈关税。", "第1回は関税を扱った。"),
        "p2a": ("第二轮谈出口管制。", "第2回は輸出管理を扱った。"),
        "p2b": ("第三轮谈投资审查。", "第3回は投資審査を扱った。")},
        {"p2": ("p2", "p2a", "p2b")}, {"p2a": "p2", "p2b": "p2a"}),
    Edit(TRADE, "merge", {"p3": ("会谈气氛坦诚。双方同意设立工作组。",
                                 "協議は率直な雰囲気で行われた。双方は作業部会の設置に合意した。")},
         {"p4": ("p3",)}),
    Edit(TRADE, "merge", {"p3": ("第三轮谈投资审查。会谈气氛坦诚。双方同意设立工作组。",
                                 "第3回は投資審査を扱った。協議は率直な雰囲気で行われた。双方は作業部会の設置に合意した。")},
         {"p2b": ("p3",)}),
    Edit(CHIPS, "move", {"p1a": ("盟国政府要求延长过渡期。目前尚无答复。", "同盟国の政府は経過期間の延長を求めている。回答はまだない。")},
         {"p6": ("p1a",)}, {"p1a": "p1"}),
    Edit(CHIPS, "split", {"p1a": ("盟国政府要求延长过渡期。", "同盟国の政府は経過期間の延長を求めている。"),
                          "p1b": ("目前尚无答复。", "回答はまだない。")},
         {"p1a": ("p1a", "p1b")}, {"p1b": "p1a"}),
    Edit(NOTICE, "delete", went={"p2": ()}),
    Edit(NOTICE, "rewrite", {"p3": ("填报信息若有不实，许可证即予撤销，三年之内不得再次申领。",
                                    "記載に偽りがあれば許可を取り消し、その後3年は再び願い出ることを認めない。")}),
    Edit(CHIPS, "rewrite", {"p4": (None, "これらは司法の判断を縛るものではないものの、しんしゃくされうる。")}),
    Edit(NOTICE, "change", {"p1": ("自下月15日起，许可证申请改为网上提交。", None)}, waits=True),
    Edit(NOTICE, "change", {"p1": (None, "来月15日から、許可証の申請はオンラインで受け付ける。")}),
    Edit(TRADE, "change", {"p1": (None, "双方は5月、ジュネーブで協議を行った。")}),
    Edit(NOTICE, "merge", {"p4": ("审查期限为30日，必要时可延长15日。", "審査の期限は30日とし、必要があれば15日延長できる。")},
         {"p5": ("p4",)}),
    Edit(NOTICE, "merge", {"p6": ("审查期限为30日，必要时可延长15日。对决定不服的，可以申请复议。复议期间不停止执行。",
                                  "審査の期限は30日とし、必要があれば15日延長できる。決定に不服がある者は審査を請求できる。請求は執行を妨げない。")},
         {"p4": ("p6",)}),
    Edit(TRADE, "move", {"p1a": ("本纪要不构成任何一方的承诺。", "この記録はいずれの側の約束ともならない。")},
         {"p6": ("p1a",)}, {"p1a": "p1"}),
    Edit(TRADE, "delete", went={"p1a": ()}),
    Edit(TRADE, "change", {"p5": ("下一次会谈的日期尚未商定。", "次回の日程はまだ決まっていない。")}),
    Edit(TRADE, "change", {"p5": ("下一次会谈的日期另行商定。", "次回の日程は改めて定める。")}),  # as it was
    Edit(NOTICE, "split", {  # in the original; the translation follows later
        "p6": ("审查期限为30日，必要时可延长15日。", None),
        "p7": ("对决定不服的，可以申请复议。复议期间不停止执行。", None)},
        {"p6": ("p6", "p7")}, {"p7": "p6"}, waits=True),
    Edit(NOTICE, "split", {
        "p6": (None, "審査の期限は30日とし、必要があれば15日延長できる。"),
        "p7": (None, "決定に不服がある者は審査を請求できる。請求は執行を妨げない。")},
        {"p6": ("p6", "p7")}, {"p7": "p6"}),
    Edit(CHIPS, "merge", {"background": ("背景与效力", "背景と効力")}, {"legal-effect": ("background",)}),
)
