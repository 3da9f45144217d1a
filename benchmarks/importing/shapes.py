"""The shapes that news, ministry and blog pages have, with made-up markup and made-up things around a text.

In: a `Text`. Out: the HTML of a page. Each shape has its own habits: what it calls its parts, how it marks a
paragraph, what it puts into the midst of a text and below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple


class Text(NamedTuple):
    """`parts` as (kind, words): p, h, l or q."""

    language: str
    title: str
    source: str
    author: str
    date: str
    parts: Sequence[tuple[str, str]]


# What stands around a text, in each language.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "home": "首页", "menu": "新闻,财经,科技,港口,专题,图片", "place": "当前位置", "share": "分享到：微信 微博 QQ空间",
        "related": "相关阅读", "links": "三号泊位完成改造|新航线下月开通|物流园区招商启动|去年吞吐量创新高|码头夜间作业调整",
        "hot": "热门文章", "comments": "网友评论", "foot": "版权所有 {source} 未经授权不得转载 港ICP备20260000号",
        "about": "关于我们 | 联系我们 | 网站地图", "ad": "广告：海运保险限时优惠，立即咨询客服领取礼包",
        "ad2": "长按二维码关注本站公众号，获取每日港口行情", "editor": "责任编辑：石岩", "read": "阅读 3,208", "font": "字号：大 中 小",
        "prev": "上一篇：冷库扩建工程通过验收", "next": "下一篇：港区道路夜间封闭施工", "tags": "标签：港口 设备 备案",
        "caption": "图为码头作业现场。（资料图）", "by": "作者", "from": "来源", "index": "索引号：GC-2026-0412", "number": "发文机关：{source}",
        "print": "打印本页 关闭窗口", "profile": "作者简介", "bio": "长期关注港口与物流，曾在三家媒体工作，现为自由撰稿人。",
        "summary": "昨日，两家企业签署合作协议，计划三年内建成区域性备件中心。", "login": "登录 注册", "search": "搜索",
        "c1": "写得很好，我们公司上个月刚刚登记完，流程确实不复杂，就是照片要求太多。", "c2": "登记以后数据给谁看？文章没有说清楚，希望作者再写一篇。",
        "subscribe": "订阅我们的周报，每周五早上送到你的邮箱。", "toc": "目录", "disclaimer": "声明：本文仅代表作者个人观点，与本站立场无关。",
    },
    "ja": {
        "home": "ホーム", "menu": "ニュース,経済,技術,港湾,特集,写真", "place": "現在位置", "share": "シェアする ツイート ブックマーク",
        "related": "関連記事", "links": "3号岸壁の改修が完了|新航路、来月就航へ|物流団地で企業誘致|昨年の取扱量が過去最高|夜間荷役の時間を変更",
        "hot": "アクセスランキング", "comments": "コメント", "foot": "© 2026 {source} 無断転載を禁じます", "about": "会社概要 | お問い合わせ | サイトマップ",
        "ad": "PR：海上保険がいまなら無料体験、お申し込みはこちら", "ad2": "公式アカウントを友だち追加して、毎朝の港湾情報を受け取ろう。", "editor": "文責：石井",
        "read": "閲覧数 3,208", "font": "文字サイズ：大 中 小", "prev": "前の記事：冷蔵庫の増築工事が完了", "next": "次の記事：臨港道路を夜間通行止め",
        "tags": "タグ：港湾 設備 届出", "caption": "岸壁での荷役作業の様子（資料写真）", "by": "執筆", "from": "出典", "index": "更新日：2026年4月2日",
        "number": "担当：{source}", "print": "印刷する ページの先頭へ戻る", "profile": "この記事を書いた人",
        "bio": "港湾と物流を取材して20年。三つの媒体を経て、現在はフリーで執筆している。", "summary": "2社は業務提携に合意し、3年以内に部品の共同拠点を設ける計画を明らかにした。",
        "login": "ログイン 会員登録", "search": "検索", "c1": "とても参考になりました。うちの会社も先月届け出ましたが、写真の条件が細かくて苦労しました。",
        "c2": "集めたデータを誰が見るのかが気になります。続きの記事を期待しています。", "subscribe": "メールマガジンに登録すると、毎週金曜日の朝に最新号が届きます。",
        "toc": "目次", "disclaimer": "掲載されている記事・写真の無断転載を禁じます。",
    },
}


def _of(text: Text) -> Callable[[str], str]:
    return lambda key: escape(_WORDS[text.language][key].format(source=text.source))


def _links(w: Callable[[str], str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{n}.html">{one}</a></{tag}>' for n, one in enumerate(w("links").split("|")))


def _menu(w: Callable[[str], str]) -> str:
    return "".join(f'<li><a href="/{n}/">{one}</a></li>' for n, one in enumerate((w("home"), *w("menu").split(","))))


def _parts(text: Text, heading: str = "<h2>{}</h2>", quotation: str = "<blockquote><p>{}</p></blockquote>",
           paragraph: str = "<p>{}</p>", between: str = "", at: int = 2) -> str:
    """The parts of a text; `between` stands after the part number `at`."""
    found, items = [], []
    for number, (kind, words) in enumerate(text.parts):
        if kind != "l" and items:
            found.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if kind == "l":
            items.append(f"<li>{escape(words)}</li>")
        else:
            found.append({"h": heading, "q": quotation, "p": paragraph}[kind].format(escape(words)))
        if number == at:
            found.append(between)
    return "\n".join([*found, *([f"<ul>{''.join(items)}</ul>"] if items else [])])


def portal(text: Text) -> str:
    """A news portal: columns, an advertisement in the midst of the text, all in the holder of the article."""
    w = _of(text)
    return f"""<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>{escape(text.title)}_{escape(text.source)}</title>
<meta property="og:title" content="{escape(text.title)}"><meta name="author" content="{escape(text.author)}">
<meta property="article:published_time" content="{text.date}T09:30:00+08:00"><script>var a = "<p>{w('ad')}</p>";</script></head><body>
<div class="top"><span>{w('login')}</span><ul class="gnav">{_menu(w)}</ul></div>
<div class="crumbs">{w('place')}：<a href="/">{w('home')}</a> &gt; <a href="/n/">{w('menu').split(',')[0]}</a></div>
<div class="wrap"><div class="left"><h1>{escape(text.title)}</h1>
<div class="meta"><span>{text.date} 09:30</span> <span>{w('from')}：{escape(text.source)}</span> <span>{w('by')}：{escape(text.author)}</span></div>
<div class="article-body"><figure><img src="a.jpg"><figcaption>{w('caption')}</figcaption></figure>
{_parts(text, "<p><strong>{}</strong></p>", "<p>{}</p>", "<p>　　{}</p>", f'<div class="ad-box"><p>{w("ad")}</p></div>')}
<p class="editor">{w('editor')}</p></div>
<div class="share">{w('share')}</div><div class="related"><h3>{w('related')}</h3><ul>{_links(w)}</ul></div></div>
<div class="right"><h3>{w('hot')}</h3><ol>{_links(w)}</ol><div class="card"><h4>{w('links').split('|')[0]}</h4><p>{w('summary')}</p></div></div></div>
<div class="footer"><p>{w('about')}</p><p>{w('foot')}</p></div></body></html>"""


def ministry(text: Text) -> str:
    """A ministry: a table of data above the text, printing below it."""
    w = _of(text)
    year, month, day = text.date.split("-")
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={{charset}}"><title>{escape(text.title)} - {escape(text.source)}</title>
<meta name="ArticleTitle" content="{escape(text.title)}"><meta name="PubDate" content="{text.date}"><meta name="ContentSource" content="{escape(text.source)}"></head>
<body><table width="100%" class="head"><tr><td>{escape(text.source)}</td><td>{w('search')}</td><td>{w('about')}</td></tr></table>
<table class="nav"><tr>{''.join(f'<td><a href="/{n}">{one}</a></td>' for n, one in enumerate(w('menu').split(',')))}</tr></table>
<div id="location">{w('place')}： <a href="/">{w('home')}</a> &gt;&gt; <a href="/tz">{w('menu').split(',')[4]}</a></div>
<table class="info"><tr><td>{w('index')}</td><td>{w('number')}</td></tr></table>
<div id="zoom_area"><div class="title">{escape(text.title)}</div><div class="time">{year}年{int(month)}月{int(day)}日</div><div class="zi">{w('font')}</div>
<div id="zoom" class="TRS_Editor">{_parts(text, "<p><b>{}</b></p>", "<p>{}</p>", '<p style="text-indent:2em">{}</p>')}</div></div>
<div class="tools">{w('print')}</div><div class="bottom"><p>{w('about')}</p><p>{w('foot')}</p></div></body></html>"""


def blog(text: Text) -> str:
    """A blog: comments, a profile and a sidebar with sentences of their own."""
    w = _of(text)
    return f"""<!doctype html><html><head><meta charset="{{charset}}"><title>{escape(text.title)} | {escape(text.source)}</title><style>p{{{{margin:0}}}}</style></head><body>
<header><a href="/">{escape(text.source)}</a><p>{w('subscribe')}</p></header>
<div id="content"><div class="post"><h2 class="entry-title">{escape(text.title)}</h2><p class="date">{text.date} ／ {w('tags')}</p>
<div class="entry">{_parts(text, "<h3>{}</h3>")}
<p class="ad2">{w('ad2')}</p></div>
<div class="author"><h4>{w('profile')}</h4><p>{escape(text.author)}</p><p>{w('bio')}</p></div>
<div class="pn"><a href="/a">{w('prev')}</a> <a href="/b">{w('next')}</a></div>
<div id="comments"><h3>{w('comments')}（2）</h3><div class="c"><p>{w('c1')}</p></div><div class="c"><p>{w('c2')}</p></div></div></div></div>
<div id="sidebar"><h3>{w('hot')}</h3><ul>{_links(w)}</ul><p>{w('bio')}</p></div><div id="foot">{w('foot')}</div></body></html>"""


def old(text: Text) -> str:
    """An old system: one cell of a table, paragraphs parted by breaks, nothing that says what is what."""
    w = _of(text)
    lines = "<br>\n<br>\n".join(f"　　{escape(words)}" if kind in "pq" else f"<b>{escape(words)}</b>" if kind == "h"
                                else f"　　{escape(words)}" for kind, words in text.parts)
    return f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={{charset}}"><TITLE>{escape(text.title)}</TITLE></HEAD><BODY>
<TABLE WIDTH=760 ALIGN=center><TR><TD>{' | '.join(f'<A HREF="/{n}">{one}</A>' for n, one in enumerate(w('menu').split(',')))}</TD></TR></TABLE>
<TABLE WIDTH=760 ALIGN=center><TR><TD WIDTH=560><CENTER><FONT SIZE=5><B>{escape(text.title)}</B></FONT></CENTER>
<CENTER>{text.date} {w('from')}：{escape(text.source)} {w('read')}</CENTER><HR>
<FONT SIZE=3>{lines}</FONT><HR><P ALIGN=right>{w('editor')}</P></TD>
<TD WIDTH=200 VALIGN=top><B>{w('hot')}</B><BR>{''.join(f'<A HREF="/{n}">{one}</A><BR>' for n, one in enumerate(w('links').split('|')))}</TD></TR></TABLE>
<CENTER>{w('about')}<BR>{w('foot')}</CENTER></BODY></HTML>"""


def modern(text: Text) -> str:
    """A page of today: named parts, a contents list, an aside in the midst of the text, a notice below it."""
    w = _of(text)
    toc = "".join(f'<li><a href="#s{n}">{escape(words)}</a></li>' for n, (kind, words) in enumerate(text.parts) if kind == "h")
    return f"""<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>{escape(text.title)} – {escape(text.source)}</title>
<link rel="canonical" href="https://www.example.org/{text.date}/item.html"><meta property="og:title" content="{escape(text.title)}"></head><body>
<a href="#main">{w('about').split(' ')[0]}</a><header><nav><ul>{_menu(w)}</ul></nav></header>
<main id="main"><article><header><h1>{escape(text.title)}</h1><p><time datetime="{text.date}">{text.date}</time> · {escape(text.author)}</p></header>
<nav class="toc"><p>{w('toc')}</p><ol>{toc}</ol></nav>
<section>{_parts(text, between=f'<aside class="promo"><p>{w("subscribe")}</p></aside>', at=3)}</section>
<footer><p>{w('disclaimer')}</p><ul class="share">{''.join(f'<li>{one}</li>' for one in w('share').split(' '))}</ul></footer></article>
<section class="related"><h2>{w('related')}</h2>{''.join(f'<div class="teaser"><a href="/{n}">{one}</a><p>{w("summary")}</p></div>' for n, one in enumerate(w('links').split('|')))}</section></main>
<footer><p>{w('foot')}</p></footer></body></html>"""


def account(text: Text) -> str:
    """An account of a messenger: each paragraph wrapped twice, comments as long as a short text."""
    w = _of(text)
    wrapped = "".join(
        f'<section style="margin:8px"><span style="font-size:15px"><strong>{escape(words)}</strong></span></section>'
        if kind == "h" else f'<section><span style="font-size:15px">{escape(words)}</span></section><section><br></section>'
        for kind, words in text.parts)
    return f"""<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>{escape(text.title)}</title>
<meta property="og:title" content="{escape(text.title)}"></head><body><div id="page"><h1 class="rich_title">{escape(text.title)}</h1>
<div id="meta_content"><span>{escape(text.author)}</span> <a href="#">{escape(text.source)}</a> <em>{text.date} 08:00</em></div>
<div class="rich_content" id="js_content">{wrapped}<section><span>{w("ad2")}</span></section></div>
<div class="tool"><span>{w("read")}</span><span>{w("share")}</span></div><div id="cmt"><p>{w("comments")}</p>
<div><strong>A</strong><p>{w("c1")}</p></div><div><p>{w("c2")}</p></div></div></div></body></html>"""


def tables(text: Text) -> str:
    """Tables within tables: a row for each paragraph."""
    w = _of(text)
    rows = "".join(f'<tr><td class="tx" colspan=2>{"　" if kind != "h" else ""}{escape(words)}</td></tr>'
                   for kind, words in text.parts)
    menu = "".join(f"<td><a href=/{n}>{one}</a></td>" for n, one in enumerate(w("menu").split(",")))
    return f"""<html><head><meta http-equiv=content-type content="text/html; charset={{charset}}"><title>{escape(text.title)}</title></head>
<body><table><tr><td><table><tr><td><a href=/>{w("home")}</a></td>{menu}</tr></table></td></tr><tr><td><table width=100%>
<tr><td align=center class=bt>{escape(text.title)}</td></tr>
<tr><td align=center>{w("from")}：{escape(text.source)}　{text.date}　{w("font")}</td></tr>{rows}</table></td></tr>
<tr><td>{w("print")}</td></tr><tr><td align=center>{w("foot")}</td></tr></table></body></html>"""


def magazine(text: Text) -> str:
    """A magazine: a box of related pages in the midst of the text, teasers with sentences and days around it."""
    w = _of(text)
    teasers = "".join(f'<div class="box"><h3><a href="/{n}">{one}</a></h3><p>{w("summary")}</p><span>2026.01.0{n + 1}</span></div>'
                      for n, one in enumerate(w("links").split("|")))
    box = f'<div class="p-box"><p>{w("related")}</p><p><a href="/9">{w("next")}</a></p></div>'
    body = _parts(text, '<h2 class="hd">{}</h2>', '<div class="quote">{}</div>', '<p class="tx">{}</p>', box, 1)
    return f"""<!doctype html><html><head><meta charset="{{charset}}"><title>{escape(text.title)} : {escape(text.source)}</title>
<link rel=canonical href="https://m.example.net/a/1"></head><body><div class="l-header"><p>{escape(text.source)}</p><ul>{_menu(w)}</ul></div>
<div class="l-main"><div class="p-entry"><p class="cat">{w("tags")}</p><h1>{escape(text.title)}</h1><p class="byline">{escape(text.author)}</p>
<p class="day">{text.date.replace("-", ".")}</p><div class="p-entry__body">{body}</div><p class="note">{w("disclaimer")}</p></div>
<div class="p-list">{teasers}</div></div><div class="l-side"><p>{w("hot")}</p>{teasers}</div>
<div class="l-footer"><p>{w("about")}</p><small>{w("foot")}</small></div></body></html>"""


def review(text: Text) -> str:
    """A review: everything in plain paragraphs of one element, captions, credits, editors, notices and counters too."""
    w = _of(text)
    said = {"zh": ("首页 财经 科技 港口 下载客户端", "资料图：码头作业现场。图／港城视觉", "（作者系港口研究所研究员）", "责任编辑：石岩　校对：吴敏",
                   "点赞 236 收藏 评论(48)", "来源:{source} 作者:{author} 阅读 1.8万"),
            "ja": ("ホーム 経済 科学技術 港湾 アプリをダウンロード", "資料写真：埠頭での作業。写真／港城ビジュアル", "（筆者は港湾研究所研究員）",
                   "担当編集：石田　校正：呉", "いいね 236 お気に入り コメント(48)", "出典：{source} 著者：{author} 閲覧 1.8万")}[text.language]
    if text.language == "ja":
        notice = "<div>このページは機械によって自動的に翻訳されました。内容の正確さは保証されません。</div>"
    else:
        notice = "<div>本页面由机器自动翻译，仅供参考。</div>"
    data = said[5].format(source=escape(text.source), author=escape(text.author))
    body = _parts(text, "<p><b>{}</b></p>", between=f"<p>{said[1]}</p>", at=2)
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={{charset}}"><title>{escape(text.title)} - {escape(text.source)}</title></head><body>
{notice}<div>{said[0]}</div><h1>{escape(text.title)}</h1><p>{text.date} 10:24 {data}</p>
{body}
<p>{said[2]}</p><p>{said[3]}</p><div>{said[4]}</div><h3>{w("related")}</h3><ul>{_links(w)}</ul><div>{w("foot")}</div></body></html>"""


def gazette(text: Text) -> str:
    """A gazette: data in many small elements above the title and below it, some with labels that texts have too."""
    w = _of(text)
    source, title = escape(text.source), escape(text.title)
    above = {"zh": (f"标　　题：{title}", "索 引 号：GC-2026-0412 主题分类：商务、海关\\口岸管理", f"发文机关：{source} 成文日期：{text.date}",
                    "文　　号：港商发〔2026〕12号 有效性：有效", "公开方式：主动公开", "体裁分类：通知"),
             "ja": (f"件名：{title}", "文書番号：港商第12号", f"所管課：{source}", f"ページ番号：1024 公開日：{text.date}", "対象：事業者", "種別：通知")}
    below = {"zh": f"发布日期：{text.date} 字号：[ <a>大</a> <a>中</a> <a>小</a> ]</span> <span>[打印]</span> <span>分享到：",
             "ja": f"公開日：{text.date} 文字サイズ：<a>小</a> <a>中</a> <a>大</a></span> <span>印刷"}
    rows = "".join(f"<li>{one}</li>" for one in above[text.language])
    return f"""<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>{title}_{source}</title></head><body>
<div class="head"><a href="/">{w('home')}</a> {w('search')}</div><div class="crumb">{w('place')}：<a href="/">{w('home')}</a> &gt; <a href="/z">{w('menu').split(',')[4]}</a></div>
<div class="xxgk"><ul class="data">{rows}</ul></div><div class="con"><h1>{title}</h1><div class="attr"><span>{below[text.language]}</span></div>
<div class="view">{_parts(text, "<p><strong>{}</strong></p>", "<p>{}</p>", "<p>　　{}</p>")}</div></div>
<div class="rel"><h4>{w('related')}</h4><ul>{_links(w)}</ul></div><div class="foot"><p>{w('about')}</p><p>{w('foot')}</p></div></body></html>"""


def daily(text: Text) -> str:
    """The electronic edition of a newspaper: its name, the day and the page beside each other, data below the text."""
    w = _of(text)
    source, title = escape(text.source), escape(text.title)
    year, month, day = (int(one) for one in text.date.split("-"))
    said = {"zh": (f"{source} {year}年{month}月{day}日 第03版", f"时间：{text.date} 09:30:00 来源：{source} 作者：{escape(text.author)} 浏览次数：1,204",
                   f"原文链接：https://www.example.org/{text.date}/3.htm", "责任编辑：石岩 校对：吴敏 A+ A-"),
            "ja": (f"{source} {year}年{month}月{day}日 5時00分 有料記事", f"{text.date} 10:00 配信 出典：{source} 執筆：{escape(text.author)} 閲覧数 1,204 回",
                   f"URL：https://www.example.org/{text.date}/3.htm", "担当編集：石田 校正：呉 記事ID：1024")}[text.language]
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={{charset}}"><title>{title}</title></head><body>
<div id="bar">{w('login')} {w('about')}</div><div id="paper"><div id="day">{said[0]}</div><h2 id="t">{title}</h2><div id="i">{said[1]}</div>
<div id="ozoom">{_parts(text, "<p><b>{}</b></p>", paragraph="<p>{}</p>")}</div><div id="e">{said[3]}</div><div id="u">{said[2]}</div></div>
<div id="list"><b>{w('hot')}</b><ul>{_links(w)}</ul></div><div id="foot">{w('foot')}</div></body></html>"""


SHAPES = (portal, ministry, blog, old, modern, account, tables, magazine, review, gazette, daily)
