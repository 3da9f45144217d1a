"""Trees as other generators' users write them are sites as they are: their front matter is left out with a
warning, everything they show is found."""

import re
import shutil
from pathlib import Path

import pytest
import torture
from conftest import serve
from host import build
from scratch import CONFIG, ROOT, write

from kb import project as projects
from kb.languages import CHINESE, JAPANESE

FOREIGN = Path(__file__).parent / "foreign"

# What is asked for → the place that must be among the hits.
ASKED = {
    "docusaurus": {
        "zh-Hans": {
            "快速上手": "intro/", "没有写入权限": "intro/#常见错误", "compliance init 我的项目": "intro/#安装",
            "为什么需要Node.js？": "intro/#常见错误", "模板引擎": "intro/#常见错误", "视网速而定": "intro/#fn:time",
            "书面声明": "guides/layout/#字段说明", "2. 每个品目": "guides/layout/#目录结构", "流程": "guides/layout/#字段说明"},
        "ja": {"雛形がない": "ja/intro/#よくあるエラー", "3. 提出の前に": "ja/guides/layout/#構成", "略号": "ja/guides/layout/#項目"},
    },
    "jekyll": {
        "zh-Hans": {
            "第七百三十六条": "posts/2024-05-01-rules/#第二部分", "过渡期": "posts/2024-05-01-rules/#fn:1",
            "curl": "posts/2024-05-01-rules/#第三部分", "北京市某路一号": "about/#联系方式", "模型权重": "posts/2024-05-01-rules/#第一部分"},
        "ja": {"1項を追加": "ja/posts/2024-05-01-rules/#第2部", "東京都某区": "ja/about/#連絡先"},
    },
}


@pytest.fixture(scope="module", params=sorted(ASKED))
def foreign(request, tmp_path_factory):
    root = tmp_path_factory.mktemp(request.param)
    shutil.copytree(FOREIGN / request.param, root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "theme", root / "theme")
    write(root, {"mkdocs.yml": CONFIG, "docs/index.md": "# 首页\n", "docs_ja/index.md": "# ホーム\n",
                 "docs/img/flow.png": torture._PNG})
    done = build(root, root / "site", SITE_URL="https://x.example/")
    assert done.returncode == 0, done.stdout + done.stderr
    return request.param, root


def test_it_builds_and_its_front_matter_is_a_warning(foreign, kb):
    _, root = foreign
    code, printed = kb(root, "check")
    codes = set(re.findall(r": (KB\d+) ", printed))
    assert codes <= {"KB111", "KB502"}, printed
    assert code == (1 if "KB502" in codes else 0)


def test_what_it_shows_is_found_at_an_id_that_the_page_has(foreign, page):
    name, root = foreign
    server, address = serve(root / "site")
    page.goto(address)
    for tag, asked in ASKED[name].items():
        for query, place in asked.items():
            urls = page.evaluate("""async ([module, query, language]) => {
              const { search } = await import(module)
              return (await search(query, { language })).map((hit) => decodeURIComponent(hit.url))
            }""", [f"{address}assets/kb/search.js", query, tag])
            assert address + place in urls, (query, urls)
            path, _, anchor = place.partition("#")
            html = (root / "site" / path / "index.html").read_text("utf-8")
            assert not anchor or f'id="{anchor}"' in html
    server.shutdown()


def test_links_of_the_tree_lead_to_its_pages(foreign):
    name, root = foreign
    found = projects.read(root)
    for language in (CHINESE, JAPANESE):
        for page in found.corpus.pages.values():
            html = (root / "site" / page.place / "index.html").read_text("utf-8")
            content = html[html.index("<article") : html.index("</article>")]
            assert ".md" not in " ".join(re.findall(r'(?:href|src)="([^"#]*)', content.partition("kb-edit")[0])), page.file
    assert name in ASKED and language
