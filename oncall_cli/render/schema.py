"""JSON Schema (draft 7) of each kind of record, for editors: made from the models, so that both say the same."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union, get_args, get_origin

from oncall_cli.model.record import Part, Record
from oncall_cli.model.scalar import Scalar, TextParser
from oncall_cli.model.zone import Zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.fields import FieldInfo

Schema: TypeAlias = dict[str, Any]
Annotation: TypeAlias = object

DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_text(kind: str, record: type[Record]) -> str:
    """Return the schema of a kind of record as JSON; the same models give the same bytes."""
    return json.dumps(record_schema(kind, record), indent=2, ensure_ascii=False) + "\n"


def record_schema(kind: str, record: type[Record]) -> Schema:
    """Return the schema of a kind of record; its parts stand once each under ``definitions``."""
    definitions: dict[str, Schema] = {}
    body = _Builder(definitions).part(record)
    # an address would have to answer; a name need not
    head = {"$schema": DRAFT, "$id": f"urn:oncall-cli:schema:{kind}", "title": kind}
    return {**head, **body, "definitions": dict(sorted(definitions.items()))}


def about(record: type[Part]) -> str:
    """Return the sentence that says what a kind of record, or a part of one, is."""
    return inspect.cleandoc(record.__doc__ or "").replace("``", "'")


class _Builder:
    """Makes schemas of annotations, and keeps those of the parts that it meets."""

    def __init__(self, definitions: dict[str, Schema]) -> None:
        self.definitions = definitions

    def part(self, cls: type[Part]) -> Schema:
        """Return the schema of a mapping."""
        fields = {field.alias or name: (name, field) for name, field in cls.model_fields.items()}
        said = _descriptions(cls)
        found: Schema = {
            "description": about(cls),
            "type": "object",
            "properties": {key: self._field(field, said.get(name, "")) for key, (name, field) in fields.items()},
        }
        if needed := [key for key, (_, field) in fields.items() if field.is_required()]:
            found["required"] = needed
        return {**found, "additionalProperties": False, **_plain(cls.further)}

    def _field(self, field: FieldInfo, said: str) -> Schema:
        told = self._value(field.annotation, field.metadata)
        description = " ".join(filter(None, (said, told.pop("description", ""))))
        schema = told if field.is_required() else _or_nothing(told)
        default = _default(field)
        return {"description": description, **schema, **({} if default is None else {"default": default})}

    def _value(self, annotation: Annotation, metadata: Iterable[object] = ()) -> Schema:
        """Return the schema of what an annotation accepts."""
        parser = next((each for each in metadata if isinstance(each, TextParser)), None)
        if parser:
            return _scalar(parser.written, parser.describes, parser.example)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._value(arguments[0], [*arguments[1:], *metadata])
        if origin in (Union, UnionType):
            return self._choice([each for each in arguments if each is not NoneType])
        if origin is tuple:
            least = max((getattr(each, "min_length", 0) for each in metadata), default=0)
            return {"type": "array", "items": self._value(arguments[0]), **({"minItems": least} if least else {})}
        if origin is dict:
            return self._named(*arguments)
        assert isinstance(annotation, type), annotation
        return self._class(annotation)

    def _choice(self, choices: list[Annotation]) -> Schema:
        if len(choices) == 1:
            return self._value(choices[0])
        return {"anyOf": [self._value(each) for each in choices]}

    def _named(self, key: Annotation, value: Annotation) -> Schema:
        """Return the schema of a mapping whose keys are names; a part that needs nothing may say nothing."""
        named = self._value(key)
        names = {word: named[word] for word in ("pattern", "maxLength", "enum") if word in named}
        inner = self._value(value)
        part = value if isinstance(value, type) and issubclass(value, Part) else None
        needs_something = part is not None and any(field.is_required() for field in part.model_fields.values())
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": inner if needs_something else _or_nothing(inner),
        }

    def _class(self, cls: type) -> Schema:
        if issubclass(cls, Part):
            if cls.__name__ not in self.definitions:
                self.definitions[cls.__name__] = {}
                self.definitions[cls.__name__] = self.part(cls)
            reference = {"$ref": f"#/definitions/{cls.__name__}"}
            return {"anyOf": [self._value(cls.shorthand), reference]} if cls.shorthand else {"allOf": [reference]}
        if issubclass(cls, StrEnum):
            return {"enum": [each.value for each in cls]}
        assert issubclass(cls, Scalar), cls
        if cls is Zone:
            self.definitions["Zone"] = _plain(cls.written())
            return _scalar({"allOf": [{"$ref": "#/definitions/Zone"}]}, cls.describes, cls.example)
        return _scalar(cls.written(), cls.describes, cls.example)


def _scalar(written: Any, describes: str, example: str) -> Schema:
    """Return the schema of a scalar, with what an editor says to a value that does not fit."""
    schema: Schema = _plain(written)
    if describes == "some text":
        return schema  # a text needs no example, which an editor would offer everywhere
    needs = f"needs {describes}, such as '{example}'"
    complaint = {"patternErrorMessage": needs} if "pattern" in schema else {}
    return {"description": f"It {needs}.", "examples": [example], **schema, **complaint}


def _or_nothing(schema: Schema) -> Schema:
    """Return the schema that accepts nothing as well: our reader takes ``key:`` for a key that is not there."""
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*types, "null"]}
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    (word,) = {"anyOf", "allOf"} & set(schema)
    choices = schema[word] if word == "anyOf" else [{"allOf": schema[word]}]
    rest = {key: value for key, value in schema.items() if key != word}
    return {**rest, "anyOf": [*choices, {"type": "null"}]}


def _default(field: FieldInfo) -> str | bool | int | None:
    value = field.default
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Scalar):
        return str(value)
    return value if isinstance(value, (str, bool, int)) else None


def _plain(value: Any) -> Any:
    """Return a copy in the words of JSON alone, in the order in which it was written."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _descriptions(cls: type[Part]) -> dict[str, str]:
    """Return what the model says of each of a part's fields, in the text below it."""
    found: dict[str, str] = {}
    for each in reversed(cls.__mro__):
        if issubclass(each, Part):
            found |= _below_fields(each)
    return found


@cache
def _below_fields(cls: type[Part]) -> dict[str, str]:
    # Python forgets the texts below fields; keeping them in calls would make the models hard to read
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(str(text.value.value))
        for field, text in zip(body.body, body.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }
