"""A total and the parts that it divides into: "six people, two of them policemen"."""

from __future__ import annotations

from seamwatch.code.items import Item
from seamwatch.code.reading import Sentence
from seamwatch.model import Figure


def shares(sentence: Sentence, chosen: list[Item], rest: list[Item]) -> list[Item]:
    """A total or the parts that it divides into, whichever tells more."""
    told = [i for i in chosen if not i.part] or chosen
    total = told[0].amount
    if total is None:
        return told
    if len(told) > 2 and "," in sentence.between(told[0].end, told[1].begin) and added(told[1:]) == total.low:
        return _divided(told[0], told[1:])  # "five men, the commander and four soldiers, were killed"
    listed = [i for i in rest if not i.part]
    if len(told) == 1 and len(listed) > 1 and added(listed) == total.low:
        return _divided(told[0], listed)
    if len(told) == 1:
        return _without(told[0], total, [i for i in rest if i.partitive or (i.part and i.amount)])
    return told


def added(items: list[Item]) -> int:
    """How many a list comes to, one for each that has no number."""
    return sum(i.amount.low if i.amount else 1 for i in items)


def _divided(total: Item, parts: list[Item]) -> list[Item]:
    groups = {i.group for i in parts}
    if (groups <= {"", total.group} and total.group) or groups == {""}:
        return [total]
    for item in parts:
        item.figure = item.amount or Figure.exactly(1)
    return parts


def _without(total: Item, amount: Figure, parts: list[Item]) -> list[Item]:
    """ "Fourteen dead, two of them policemen": 2 and 12; "eight people, a child among them": civilians."""
    kept: list[Item] = []
    left = amount.low
    owned = total.who is not None and total.who.owned
    for item in parts:
        own = item.amount
        other = item.group in ("forces", "militants") or (item.group == "civilians" and total.group == "forces")
        soft = total.group == "militants" and not (item.who and item.who.code)  # "nine terrorists, a leader"
        if owned or soft or own is None or own.high != own.low or not other or item.group == total.group:
            continue
        if own.low < left:
            left -= own.low
            kept.append(item)
    if kept:
        rest = Figure(left, None) if amount.high is None else Figure.exactly(left)
        return [Item(total.begin, total.end, rest, total.who, total.others, of=total.of, rest=True), *kept]
    civil = [i.who for i in parts if i.group == "civilians"]
    if civil and not total.group and len(civil) == len(parts):
        total.of = civil[0]
    return [total]
