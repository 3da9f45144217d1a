"""What a fork adds to MkDocs: other plugins' hooks see what they expect, or the build says clearly why not."""

import pytest
from host import build
from scratch import CONFIG, project, site_of, write

HOOKS = {
    "sees the text": """
def on_page_markdown(markdown, page, config, files):
    assert page.meta.get("kind") or markdown.lstrip().startswith("#"), markdown
    if page.file.src_uri == "articles/chips.md":
        assert "首先，BIS很不严谨。" in markdown and "{ #p1 }" in markdown
""",
    "leaves out line breaks at both ends": """
def on_page_markdown(markdown, page, config, files):
    return markdown.strip()
""",
    "changes the page": """
def on_page_content(html, page, config, files):
    assert page.file.src_uri != "articles/chips.md" or '<p id="p1">' in html
    assert page.toc is not None
    return html + "<p>另加一行。</p>"
""",
}
REFUSED = {
    "the text of docs/articles/chips.md": """
def on_page_markdown(markdown, page, config, files):
    return markdown.replace("很不严谨", "十分严谨")
""",
    "the text of docs/index.md": """
def on_page_read_source(page, config):
    return "# 换掉" if page.file.src_uri == "index.md" else None
""",
    "docs/articles/chips.md is left out": """
def on_files(files, config):
    if file := files.get_file_from_path("articles/chips.md"):
        files.remove(file)
    return files
""",
    "a plugin adds the page extra.md": """
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
@event_priority(-300)
def on_files(files, config):
    files.append(File.generated(config, "extra.md", content="# 外来"))
    return files
""",
    "the Markdown extension “admonition”": """
def on_config(config):
    config.markdown_extensions.append("admonition")
    return config
""",
}


def site_with(root, hook, config=CONFIG):
    project(root)
    site_of(root)
    write(root, {"hook.py": hook, "mkdocs.yml": config + "\nhooks: [hook.py]\n"})
    return build(root, root / "site")


@pytest.mark.parametrize("what", HOOKS)
def test_hooks_see_texts_and_finished_pages(tmp_path, what):
    done = site_with(tmp_path, HOOKS[what])
    assert done.returncode == 0, done.stdout + done.stderr
    html = (tmp_path / "site/ja/articles/chips/index.html").read_text("utf-8")
    assert ("另加一行。" in html) == (what == "changes the page")


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_check_and_no_search_would_see_is_refused(tmp_path, what):
    done = site_with(tmp_path, REFUSED[what])
    printed = done.stdout + done.stderr
    assert done.returncode == 1 and what in printed and "Traceback" not in printed, printed
    assert not (tmp_path / "site/articles/chips/index.html").exists()


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_a_page_that_the_configuration_leaves_out_is_no_hit_that_leads_nowhere(tmp_path, key):
    done = site_with(tmp_path, "", f"{CONFIG}\n{key}: /articles/\n")
    printed = done.stdout + done.stderr
    assert done.returncode == 1 and "docs/articles/chips.md is left out" in printed, printed
    assert key in printed and "Traceback" not in printed


def test_addresses_that_end_in_html_are_refused(tmp_path):
    done = site_with(tmp_path, "", CONFIG.replace("use_directory_urls: true", "use_directory_urls: false"))
    assert done.returncode == 1 and "use_directory_urls" in done.stdout + done.stderr


def test_an_extension_that_the_configuration_names_reads_the_texts(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    write(tmp_path, {"mkdocs.yml": CONFIG.replace("  - attr_list\n", "  - attr_list\n  - admonition\n"),
                     "docs/note.md": "# 页\n\n!!! note \"提示\"\n    须先申请许可。\n", "docs_ja/note.md": "# ページ\n"})
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    from kb import project as projects
    from kb.languages import CHINESE

    blocks = projects.read(tmp_path).corpus.page("note.md", CHINESE).blocks
    assert [(one.text, one.line, one.last_line) for one in blocks] == [
        ("页", 1, 1), ("提示", 3, 3), ("须先申请许可。", 4, 4)]
