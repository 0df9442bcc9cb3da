"""Retros out and in: write-ups, action items, timelines. One module for each format; import what you need."""
