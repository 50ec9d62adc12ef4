"""One line a message, with every part; and it survives the way between processes."""

import inspect
import pickle

from seamwatch import errors
from seamwatch.errors import ReadError, SeamwatchError


def test_message_names_what_where_rule_and_remedy_on_one_line() -> None:
    error = ReadError("0 bytes", where="a b.txt", rule="a report has words", remedy="save it\nagain")
    assert str(error) == "a b.txt: 0 bytes (rule: a report has words); save it again"


def test_errors_pickle_with_their_parts() -> None:
    again = pickle.loads(pickle.dumps(ReadError("x", where="w", rule="r", remedy="m")))
    assert isinstance(again, ReadError) and (again.what, again.where, again.rule, again.remedy) == ("x", "w", "r", "m")


def test_one_tree_and_the_drawing_at_its_head_is_whole() -> None:
    assert errors.__doc__ is not None
    for name, cls in inspect.getmembers(errors, inspect.isclass):
        if cls.__module__ == errors.__name__:
            assert issubclass(cls, SeamwatchError)
            assert name in errors.__doc__
