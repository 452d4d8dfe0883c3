from scanner.discovery.readers.vue import READER
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Embedded
from scanner.records.sighting import Scope

TEXT = """<script setup lang="ts">
const model = ref<string>('o1/n1')
</script>

<template>
  <Chat v-if="a < b" model="o2/n2" :class="{ 'a/b': x }" />
</template>

<style scoped>
.a { background: url(c/d) }
</style>
"""


def test_scripts_are_handed_on_and_attributes_are_names():
    script, name = READER.read(Source("A.vue", TEXT, "vue", Scope.SHIPPED))
    assert isinstance(script, Embedded)
    assert (script.source.language, script.source.text) == (
        "typescript",
        "\nconst model = ref<string>('o1/n1')\n",
    )
    assert script.source.locate(2, 27, 2, 34).line == 2
    assert isinstance(name, Assignment)
    assert (name.target, name.value[0].value, name.location.line) == ("model", "o2/n2", 6)
