from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel


def line(max_length: int) -> StringConstraints:
    """A text in one line. Without control characters: PostgreSQL cannot store a NUL."""
    return StringConstraints(min_length=1, max_length=max_length, pattern=r"^\P{Cc}*$")


class Schema(BaseModel):
    """snake_case here, camelCase in JSON; also made from rows of a database."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, from_attributes=True)


NAME_LENGTH, TEXT_LENGTH = 200, 2000
Name = Annotated[str, line(NAME_LENGTH)]
Text = Annotated[str, line(TEXT_LENGTH)]


def one_line(text: str) -> str:
    """What people write has lines; control characters have no place in it."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
