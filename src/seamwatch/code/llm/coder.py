"""A language model as coder, behind the same protocol as the rules: a report and a pack in, a coding out.

The model only proposes: `answer.sift` keeps what the report's own words carry. Where the model gives nothing usable the
rules code the report, and the coding says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from seamwatch.code.coder import code_report
from seamwatch.code.llm.answer import sift
from seamwatch.code.llm.endpoint import Endpoint, ask
from seamwatch.code.llm.form import MAX_CHARS, messages, schema
from seamwatch.code.reading import read
from seamwatch.errors import ModelServerError
from seamwatch.model import Coding, Report
from seamwatch.packs import Pack

FELL_BACK = "coded by the rules, since the model gave nothing usable:"


@dataclass(frozen=True, slots=True)
class LlmCoder:
    """Codes reports through an endpoint."""

    endpoint: Endpoint

    @property
    def name(self) -> str:
        """What claims are signed with."""
        return f"llm {self.endpoint.model}"

    def __call__(self, report: Report, pack: Pack) -> Coding:
        """The model's coding of a report, or the rules' with a note that says why."""
        try:
            answer = ask(self.endpoint, messages(report, pack), schema(pack.codes))
        except ModelServerError as error:
            coding = code_report(report, pack)
            return replace(coding, notes=(*coding.notes, f"{FELL_BACK} {error.what}"))
        coding = sift(answer, read(report, pack), self.name)
        if len(report.text) > MAX_CHARS:
            coding = replace(coding, notes=(*coding.notes, f"the model read only the first {MAX_CHARS} characters"))
        return coding
