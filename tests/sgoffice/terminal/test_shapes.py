"""What the client reads stands in the API's document, with the types that it expects."""

import inspect
import typing
from types import NoneType

import pytest

from sgoffice.terminal import shapes
from tests.contract.operations import document

SHAPES = [one for _, one in inspect.getmembers(shapes, typing.is_typeddict)]
_TYPES = {str: "string", int: "integer", bool: "boolean", NoneType: "null", dict: "object"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_what_the_client_reads_is_in_the_document(shape):
    schema = document()["components"]["schemas"][shape.__name__]

    wrong = {
        name: schema["properties"].get(name)
        for name, expected in typing.get_type_hints(shape).items()
        if name not in schema["required"] or told(schema["properties"][name]) != wanted(expected)
    }

    assert wrong == {}


def told(schema):
    """The types that a schema allows: JSON's words, names of schemas, lists of either."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        meant = document()["components"]["schemas"][name]
        return {meant["type"]} if "enum" in meant else {name}
    parts = schema.get("allOf") or schema.get("oneOf")
    if parts:
        return set().union(*map(told, parts))
    types = {schema["type"]} if isinstance(schema["type"], str) else set(schema["type"])
    return {("list", *told(schema["items"]))} if types == {"array"} else types


def wanted(expected):
    """The same of a type of the client."""
    if typing.get_origin(expected) is list:
        return {("list", *wanted(typing.get_args(expected)[0]))}
    if typing.is_typeddict(expected):
        return {expected.__name__}
    if expected in _TYPES:
        return {_TYPES[expected]}
    if typing.get_origin(expected) is dict:
        return {"object"}
    return set().union(*map(wanted, typing.get_args(expected)))
