"""Headings end their lines between words, in both languages and in any browser."""

import pytest
from host import build
from lxml import html
from scratch import project, site_of, write

from kb import phrases, reading
from kb.marks import phrases as marks
from kb.reading import trees


@pytest.mark.parametrize(("tag", "parted"), [
    ("zh-Hans", "撤销|人工智能|扩散|规则，|并加强|管控"),          # no word is divided
    ("zh-Hans", "政府|与企业的|共识"),                              # 与 leads, 的 follows
    ("zh-Hans", "“选边站”的|算盘|是什么"),                          # a short quotation is one
    ("zh-Hans", "《出口管理条例》|（EAR）|第744.21节"),
    ("zh-Hans", "BIS Guidance|与Export Administration Regulations的|关系"),
    ("ja", "北辰エンコーダーの|全島|販売規制など、|嵐海の|3つの|「通告」について"),
    ("ja", "米国商務省、|バイデン政権の|AI拡散規則を|撤回し、|半導体の|輸出管理を|強化"),
    # No line of a phone has room for the whole name.
    ("ja", "ホクシン製|エンコーダーモジュールの|販売規制について"),
])
def test_a_heading_is_parted_between_words(tag, parted):
    found = phrases.phrases(parted.replace("|", ""), tag)
    assert "|".join(found) == parted


@pytest.mark.parametrize(("tag", "text"), [("zh-Hans", "法律效力"), ("ja", "法的効力"), ("ja", "")])
def test_a_heading_that_fits_any_line_is_left_as_it_is(tag, text):
    assert phrases.phrases(text, tag) == (text,)
    assert phrases.marked(text, tag) == text


def test_nothing_is_added_to_what_a_heading_says_and_nothing_in_it_is_lost():
    text = "## 第一条：在**全球范围**禁用[昇腾芯片](x.md)及EAR { #first }\n\n正文一句，不在标题里，所以不动。\n"
    root = reading.read(text, reading.Settings()).tree()
    before = root.text_content() if hasattr(root, "text_content") else "".join(root.itertext())
    marks.mark(root, "zh-Hans")
    assert "".join(root.itertext()) == before
    written = trees.inner(root)
    assert '<span class="kb-words">第一条：<wbr>在<strong>全球' in written
    assert "</wbr>" not in written and "<wbr>" not in written.partition("</h2>")[2]
    assert html.fromstring(f"<div>{written}</div>").xpath("//h2//strong//text()") == ["全球", "范围"]


@pytest.mark.parametrize(("prefix", "folder"), [("", "docs"), ("ja/", "docs_ja")])
def test_titles_in_lists_and_contents_are_parted_too_and_the_title_of_the_window_is_not(
        tmp_path, prefix, folder):
    title = {"docs": "岚海贸易许可局公布三份通告", "docs_ja": "嵐海貿易許可局が3つの通告を公表した"}[folder]
    project(tmp_path)
    write(site_of(tmp_path), {f"{folder}/articles/index.md": f"---\nkind: index\nlists: articles\n---\n\n# {title}\n"})
    assert build(tmp_path, tmp_path / "site").returncode == 0
    page = (tmp_path / "site" / prefix / "articles/index.html").read_text("utf-8")
    assert page.count("<wbr>") == len(phrases.phrases(title, "ja" if prefix else "zh-Hans")) - 1
    assert f"<title>{title} — " in page
