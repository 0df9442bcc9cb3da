"""A folder of ten thousand retros: a generator, and what the folder costs."""
