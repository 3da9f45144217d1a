"""What fits a schema: our quick judgement is that of jsonschema, for values that are nearly right too."""

import copy
import random

import pytest
from jsonschema import Draft202012Validator
from scratch import CORPUS

from kb import fits, yamldata

SCHEMAS = sorted(path.stem for path in yamldata._SCHEMAS.glob("*.json"))
# Values of each kind, at the edges of what schemas ask for.
STRANGE = (None, True, False, 0, 1, -1, 7, "", " ", "　", "字", "真的 あ", "x" * 301,
           "1951", "1951-10", "2026-02-30", "2026-11-22", "2026-11-22\n", "２０２６-11-22",
           "https://www.example.org/通知", "http://", "javascript:0", "0123456789ab", "p12", "p12\n",
           "zh-Hans", "translation", [], [1, 1], [True, 1], ["字", "字"], {}, {"ja": "字"},
           {"family": "山田", "given": "太郎"}, {"family": ""})


def examples(schema):
    """Each value that a schema gives as an example, with the schema that is to allow it."""
    if isinstance(schema, list):
        for one in schema:
            yield from examples(one)
    elif isinstance(schema, dict):
        if isinstance(schema.get("examples"), list):
            yield from schema["examples"]
        for one in schema.values():
            yield from examples(one)


def whole(schema):
    """Values of which each key has one of its examples."""
    for chosen in (0, -1):
        yield {key: rule["examples"][chosen] for key, rule in schema["properties"].items()
               if "examples" in rule}


def written():
    """What stands at the head of the pages and in the data files of the corpus."""
    for path in sorted(CORPUS.rglob("*.md")):
        text = path.read_text("utf-8")
        if text.startswith("---\n"):
            yield yamldata.load(text[4:text.index("\n---\n", 3) + 1], file="")[0].values
    for path in sorted(CORPUS.rglob("*.yml")):
        if path.name != "mkdocs.yml":
            yield yamldata.load(path.read_text("utf-8"), file="")[0].values


def places(value, path=()):
    """The way to each value within `value`."""
    yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*path, key))


def edited(value, chance, parts):
    """`value` with one thing in it that is another one, is gone, or has come."""
    value = copy.deepcopy(value)
    path = chance.choice(list(places(value)))
    within = value
    for key in path[:-1]:
        within = within[key]
    at = within[path[-1]] if path else value
    if isinstance(at, dict) and chance.random() < 0.5:
        at[chance.choice(("ja", "kind", "text", "on", "mood", *at))] = chance.choice(parts)
    elif isinstance(at, list) and chance.random() < 0.5:
        at.append(chance.choice((*parts, *at)))
    elif not path:
        return chance.choice(parts)
    elif chance.random() < 0.3:
        del within[path[-1]]
    else:
        within[path[-1]] = chance.choice(parts)
    return value


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_fits_is_what_jsonschema_allows(name):
    schema = yamldata._validator_schema(name)
    ours, chance = fits.judge(schema), random.Random(name)
    other = Draft202012Validator(schema, format_checker=yamldata.formats())
    parts = (*STRANGE, *examples(schema))
    beginnings = [*whole(schema), *written()]
    allowed = [one for one in beginnings if other.is_valid(one)]
    assert allowed or name == "state"  # made by the site: the corpus holds none
    for value in (*parts, *beginnings):
        assert ours(value) == other.is_valid(value), value
    judged = []
    for _ in range(600):
        value = chance.choice(allowed or beginnings)
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            value = edited(value, chance, parts) if isinstance(value, dict) else value
        judged.append(ours(value))
        assert judged[-1] == other.is_valid(value), value
    assert not allowed or {True, False} == set(judged)


def test_a_schema_with_a_keyword_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="a schema with “oneOf”"):
        fits.judge({"properties": {"term": {"oneOf": [{"type": "string"}]}}})
