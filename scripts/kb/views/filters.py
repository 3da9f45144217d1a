"""What templates say of titles and other words that nobody wrote as markup.

In: text. Out: `FILTERS`: `english`, which marks its English passages; `phrases`, given the tag of its
language too, which also says where a line of it may end. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from kb import english, phrases

FILTERS: Mapping[str, Callable[..., Markup]] = {
    "english": lambda text: Markup(english.marked(str(text))),
    "phrases": lambda text, tag: Markup(phrases.marked(str(text), tag)),
}
