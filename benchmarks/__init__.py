"""What retrotui costs, against bare parts, measured in one run: `python -m benchmarks`.

Everything with a screen runs in a pseudo-terminal, as a person has it. What is compared takes turns, so that
a busy machine is busy for both; what counts is the median. The folder's and the wording's own measurements
are in `benchmarks.folder` and `benchmarks.wording`.
"""
