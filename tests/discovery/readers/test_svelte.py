from scanner.discovery.readers.svelte import READER
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded
from scanner.records.sighting import Scope


def scripts(text, file):
    views = READER.read(Source(file, text, "svelte", Scope.SHIPPED))
    return [(v.source.language, v.source.text, v.source.locate(1, 1, 1, 1).line) for v in views
            if isinstance(v, Embedded)]  # fmt: skip


def test_both_scripts_of_a_component_are_handed_on():
    text = "<script context='module'>let a</script>\n{#if a < b}\n<p>{a}</p>\n{/if}\n"
    text += "<script lang='ts'>let b</script>"
    assert scripts(text, "A.svelte") == [("javascript", "let a", 1), ("typescript", "let b", 5)]


def test_the_front_block_of_astro_is_a_program():
    assert scripts("---\nconst a = 1;\n---\n<p>{a}</p>", "A.astro") == [("typescript", "const a = 1;", 2)]
