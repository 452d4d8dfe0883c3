"""Words of paths that have the shape of `owner/name` and are something more ordinary."""

from __future__ import annotations

from scanner.discovery.vocabulary import words
from scanner.patterns import regex

MIME = words("application audio chemical font image message multipart text video model")
FOLDERS = words(
    "app apps artifacts assets audio bin build cache checkpoint checkpoints ckpt ckpts code config"
    " configs conf content data dataset datasets debug dev dist docker docs downloads etc example"
    " examples files fixtures github home images img include input inputs lib local log logs media mnt"
    " model models node_modules opt out output outputs packages path paths pretrained pretrained_models"
    " public refs repositories third_party submodules release releases resources results root run runs"
    " saved saves sbin scripts server share shared spec specs src srv static storage sys templates test"
    " tests tmp tools train trained usr users util utils var vendor volume volumes weights work workdir"
    " workspace www"
)
PARTS_OF_CODE = words(
    "tools config configs scripts src utils assets docs logs templates static public lib bin tmp cache"
)
"""Folders of a project that no repository is called by, below whatever they stand."""
CHECKPOINT = regex(r"checkpoint-\d+")
"""What a trainer calls the folder of one of its states."""
CALLS_OF_SERVICES = words("chat/completions responses/compact threads/runs realtime/sessions realtime/calls")
"""Paths below the address of a service that answers as OpenAI's does (openai 3.54.0, resources/)."""
