"""A program that has one pydantic model and makes one value of it."""

from pydantic import BaseModel


class Note(BaseModel):
    """A note."""

    text: str
    line: int = 1


print(Note(text="the error rate rises").text)
