"""The coder that asks a language model, for whoever runs one: every value with a verbatim quote, or it is dropped."""

from seamwatch.code.llm.coder import FELL_BACK, LlmCoder
from seamwatch.code.llm.endpoint import KEY_VARIABLE, Endpoint

__all__ = ["FELL_BACK", "KEY_VARIABLE", "Endpoint", "LlmCoder"]
