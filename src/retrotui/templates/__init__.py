"""Agendas and prompts as data: the templates that come with the program, and a team's own."""

from retrotui.templates.library import SHIPPED_IDS, TemplateSet, load_templates, read_file, shipped, source
from retrotui.templates.model import Column, Template, TemplateStage

__all__ = [
    "SHIPPED_IDS",
    "Column",
    "Template",
    "TemplateSet",
    "TemplateStage",
    "load_templates",
    "read_file",
    "shipped",
    "source",
]
