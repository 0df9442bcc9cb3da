"""A lived-in retro of a real incident, so that a newcomer sees every stage filled within seconds.

The facts are those of published incident reviews, told in our own words and without any responder's name; the
meeting around them (people, votes, dates) is invented, and the files say so. Leaves reading and writing the
files to `archive`, and where the demo is put to `cli`.
"""

from retrotui.demo.files import demo_retro, demo_retros, write_demo

__all__ = ["demo_retro", "demo_retros", "write_demo"]
