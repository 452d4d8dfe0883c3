"""Calls by which programs ask a person: widgets and prompts, with choices or a ready answer."""

from __future__ import annotations

from scanner.discovery.vocabulary import words

CHOICES = words("selectbox radio select_slider multiselect pills segmented_control")
"""Widgets of Streamlit whose second argument, `options`, is what may be chosen."""
TYPED = words("text_input")
"""The widget of Streamlit whose second argument, `value`, stands there until something is typed."""
PROMPTS = words("click.prompt typer.prompt rich.prompt.Prompt.ask")
COMPONENTS = words("gradio.Dropdown gradio.Radio gradio.CheckboxGroup gradio.Textbox")
ASKING = CHOICES | TYPED | {name.rpartition(".")[2] for name in PROMPTS | COMPONENTS}
"""Last words of the names of all these."""
