"""The project as MkDocs sees it: the only module that imports `mkdocs`.

In: MkDocs' events. Out: the Japanese tree as pages that mkdocs-static-i18n understands, collation
pages, the languages of each page, and what templates ask for. Each hook calls functions that know
nothing of MkDocs. Refuses to build from input that would break a citation.

static-i18n insists that all pages lie in one `docs_dir`, and makes each `File` anew. So `docs_ja/x.md`
is announced as `docs/x.ja.md` before it runs, and pointed at its real place after.

The steps, in the order in which MkDocs takes them, stand in ARCHITECTURE.md (“Under MkDocs”), once for each
language. The plugin with the higher priority goes first; static-i18n has -100 for files, 50 for texts.
"""

from __future__ import annotations

import datetime
import logging
import os
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment
from mkdocs.commands import serve
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from kb import corpus as corpora
from kb import refusals, suffixed, views
from kb.citation import styles
from kb.commands import transaction
from kb.files import write
from kb.languages import CHINESE, JAPANESE, LANGUAGES, Language
from kb.memory import garbage
from kb.project import Project
from kb.reporting import catalogue, text
from kb.serving.preview import Preview
from kb.serving.server import attach
from kb.targets import composed, encoded
from kb.works import late, shared
from kb.works.browser import VARIABLE
from kb.works.build import Build
from kb.works.run import Run, Stopped
from kb.works.templates import Templates, listed

_BOOK_STYLE = "assets/kb/epub.css"
# Options that may be given otherwise than in the configuration's file, and that pages show.
_SHOWN = ("site_name", "site_url", "site_description", "site_author", "repo_url", "copyright", "extra")
_PROGRAMS = ("mkdocs", "properdocs")  # which log under their names
_LOG = logging.getLogger("mkdocs.plugins.kb")


class _NoOptions(Config):
    """What mkdocs.yml may say below the plugin's name."""


class KnowledgeBase(BasePlugin[_NoOptions]):
    """Reads the project once a build, and hands each event what it needs of it."""

    project: Project
    root: Path
    today: str
    run: Run | None = None  # while a build goes on; in a preview until the next begins
    build: Build
    shared: str  # what all works are made from, besides the project
    sources: dict[str, suffixed.Source]  # of the language that is built now, but for what is there already
    book_style = browser = sheet = ""
    preview: Preview | None = None  # while `mkdocs serve` runs

    def __init__(self) -> None:
        super().__init__()
        self.templates = Templates()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        if command == "serve":
            self.preview = own = Preview(lambda: self.run.findings(self.today, own.pause) if self.run else (),
                                         late.is_one, lambda at: self.run.late(at) if self.run else None)
            # The first build has no hook around it, and would end the server before it begins.
            cast(Any, serve).build = own.guarded(cast(Any, serve).build, is_checked=False)

    def on_shutdown(self) -> None:
        if self.run:
            self.run.close()

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any) -> None:
        if self.preview:
            attach(server, self.preview, Path(config.docs_dir))
            self.templates.put_together()
            garbage.look_seldom()  # what the first build has read stays

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if (i18n := config.plugins.get("i18n")) is None:
            raise Abort("kb: the plugin “i18n” is not in mkdocs.yml; it must stand after “kb”")
        if not config.use_directory_urls:
            raise Abort("kb: use_directory_urls must be true: pages are cited by addresses that end in “/”")
        if not i18n.building:  # static-i18n builds once for each language: read once for all
            self._begin(config)
        cast(Any, config.theme).get_env = listed(config.theme.get_env)
        return config

    def _begin(self, config: MkDocsConfig) -> None:
        self.root, self.today = Path(config.docs_dir).parent, datetime.date.today().isoformat()
        self.run, target = Run(self.root, self.run, goes_on=bool(self.preview)), Path(config.site_dir)
        self.project = self.run.project
        found = (*transaction.foreign(self.root), *self.run.blocking(self.today))
        if self.preview:
            self.preview.blocking, target = found, self.preview.shown(target)
            config.theme.static_templates.discard("sitemap.xml")  # it is long, and nobody asks for it
        _refuse(refusals.of_license(config.extra.get("license")) or text.refusal(found, catalogue.language()))
        if not styles.installed():
            _LOG.info("no citation processor (`make processor`): pages offer citation files only")
        if config.nav:
            config.nav = views.ways.navigation(self.project, config.nav) or None
        self.browser = "" if self.preview else os.environ.get(VARIABLE, "")
        self.shared = shared.of(
            self.project, file=Path(config.config_file_path), values={name: config[name] for name in _SHOWN},
            plugins=config.plugins, hooks=config.hooks, theme=Path(config.theme.dirs[0]),
            navigation=config.nav, is_preview=bool(self.preview), is_printed=bool(self.browser))
        config.site_dir = self.run.into(target)

    def on_build_error(self, *, error: Exception) -> None:
        if self.run:
            self.run.end()

    @event_priority(100)
    def _announce(self, files: Files, config: MkDocsConfig) -> Files:
        # Here, when every plugin has had its say; from here on MkDocs would load them for each page in vain.
        _refuse(refusals.of_extensions(self.project, config.markdown_extensions))
        config.markdown_extensions = []
        if style := files.get_file_from_path(_BOOK_STYLE):  # stands in the books, not on the site
            self.book_style = style.content_string
            files.remove(style)
        if _language(config) is LANGUAGES[0]:
            assert self.run
            self.build = self.run.make(
                self.shared, site_url=config.site_url or "", book_style=self.book_style,
                navigation=shared.paths(config.nav), browser=self.browser)
        is_there = _language(config) is not LANGUAGES[0]  # all of the theme that both languages share
        for file in list(files):
            is_own = file.src_dir == config.docs_dir
            if file.src_uri.startswith("assets/stylesheets/main.") and not is_own:
                self.sheet = file.src_uri
            # A name that is not in NFC comes again in it, from `sources`.
            if file.src_uri != composed(file.src_uri) or (
                    self.build.is_left_out(file.src_uri) if is_own and file.is_documentation_page()
                    else not is_own and (is_there or self.build.stands(file.dest_uri, file.abs_src_path))):
                files.remove(file)
        self.sources = suffixed.sources(self.project, self.root, self.build.is_left_out)
        for uri in self.sources:
            if files.get_file_from_path(uri) is None:
                files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
        return files

    @event_priority(-200)
    def _locate(self, files: Files, config: MkDocsConfig) -> Files:
        for file in files:
            if (source := self.sources.get(file.src_uri)) is None:
                continue
            if isinstance(source, corpora.Page):
                file.abs_src_path = str(self.root / source.file)
                # MkDocs would read front matter its own way, and take “key: value” for some.
                file.content_string = "\n" + source.markdown
                file.edit_uri = None if source.is_made else source.file
            elif isinstance(source, Path):
                file.abs_src_path = str(source)
                file.edit_uri = source.relative_to(self.root).as_posix()
                japanese = self.root / JAPANESE.tree
                if not file.is_documentation_page() and source.is_relative_to(japanese):
                    suffixed.stand_at(file, source.relative_to(japanese), config.site_dir)
            else:
                file.content_string = source
                file.generated_by, file.edit_uri = "kb", None
        return files

    on_files = CombinedEvent(_announce, _locate)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Refuse pages that a plugin has added or left out."""
        for file in files.documentation_pages():
            if not hasattr(file, "norm_src_uri"):  # static-i18n has not seen it
                raise Abort(refusals.of_added_page(file.src_uri))
        in_site = InclusionLevel.is_in_serve if self.preview else InclusionLevel.is_included
        built = {file.dest_uri for file in files.documentation_pages(inclusion=in_site)}
        pages = self.project.corpus.pages.items()
        own = (page for (path, tag), page in pages
               if tag == _language(config).tag and not self.build.is_left_out(path))
        _refuse(refusals.of_left_out(own, built))
        return nav

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:
        branch, page.edit_url = config.extra.get("branch", "main"), None
        if config.repo_url and page.file.edit_uri:
            page.edit_url = f"{config.repo_url.rstrip('/')}/edit/{branch}/{encoded(page.file.edit_uri)}"
        return page

    @event_priority(100)
    def _describe(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Other plugins see the page's text and its front matter."""
        shown, template = self.build.shown(_path(page), _language(config), page.file.dest_uri)
        # Not the template that another generator's front matter names: it is not here.
        page.meta = dict(shown.front if shown else {}) | {"template": template}
        if shown is None:
            return markdown
        # `on_page_read_source`, or a hook before this one, may have changed it
        _refuse(refusals.of_text(shown, markdown))
        return shown.markdown

    @event_priority(-100)
    def _take(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """MkDocs converts nothing: each text was read once."""
        if shown := self.build.pages[page.file.dest_uri]:
            _refuse(refusals.of_text(shown, markdown))
        page.content, page.toc = "", get_toc([])
        cast(Any, page).render = lambda *_: None  # it would make a converter for each page
        return ""

    on_page_markdown = CombinedEvent(_describe, _take)

    @event_priority(100)
    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hand over the finished page with its contents list."""
        shown = self.build.pages[page.file.dest_uri]
        if shown is None:
            page.title, made = self.build.title(_path(page), _language(config))
            return made
        if "title" not in shown.front:
            page.title = shown.title
        page.toc = get_toc(cast(Any, list(shown.reading.contents)))
        page.present_anchor_ids, page.links_to_anchors = set(shown.reading.ids), {}
        return self.build.html(page.file.dest_uri)

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        self.templates.prepare(
            env, is_preview=bool(self.preview), is_printed=bool(self.browser), stylesheet=self.sheet)

    def on_page_context(self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig,
                        nav: Navigation) -> TemplateContext:
        return cast(TemplateContext, context | dict(self.build.context(page.file.dest_uri)))

    @event_priority(-200)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return self.build.add(_path(page), page.file.dest_uri, output)

    def _write(self, config: MkDocsConfig) -> None:
        """The small files that pages ask for, and the ones that programs read."""
        # MkDocs writes the day into it: two builds of one commit would differ.
        Path(config.site_dir, "sitemap.xml.gz").unlink(missing_ok=True)
        self.build.files(_language(config))

    @event_priority(-200)
    def _settle(self, config: MkDocsConfig) -> None:
        """After static-i18n has built all languages; not where MkDocs will stop because of warnings."""
        if not self.run or not self.run.site or cast(Any, config.plugins["i18n"]).building:
            return
        counted = (one for name in _PROGRAMS for one in logging.getLogger(name).handlers)
        if not (config.strict and any(one.get_counts() for one in counted if isinstance(one, CountHandler))):
            try:
                _LOG.info(self.run.settle(self.today))
            except Stopped as fault:
                raise Abort(str(fault)) from None
        config.site_dir = str(self.run.site.folder)
        self.run.end()

    on_post_build = CombinedEvent(_write, _settle)

    def on_template_context(self, context: TemplateContext, /, *, template_name: str,
                            config: MkDocsConfig) -> TemplateContext:
        return cast(TemplateContext, context | dict(views.of_all(self.project, _language(config))))

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        """`404.html` is written once, in Chinese, at the root; the Japanese one below `ja/`."""
        if template_name == "404.html" and _language(config) is not CHINESE:
            write(Path(config.site_dir, _language(config).prefix, template_name), output.encode())
            return ""
        return output


def _refuse(message: str) -> None:
    if message:
        raise Abort(message)


def _path(page: Page) -> str:
    """Where a page stands in its own tree: what static-i18n makes of the name it was announced by."""
    return str(cast(Any, page.file).norm_src_uri)


def _language(config: MkDocsConfig) -> Language:
    """The language that static-i18n is building now."""
    tag = cast(Any, config.plugins["i18n"]).current_language
    return next(language for language in LANGUAGES if language.tag == tag)
