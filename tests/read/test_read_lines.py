"""Lines to paragraphs."""

import textwrap

from seamwatch.read import Given, read_bytes
from seamwatch.read.lines import is_wrapped, unwrap

SENTENCES = "The patrol went along the road to the village and came under fire from the ridge above it. " * 4
LOG = "0540 bang near the mill\n1412 smoke west of the village, wheat\n1420 aware. two men seen leaving\n1431 all back."


def test_lines_become_paragraphs():
    page = "Short head\r\nThe patrol went along the road to the\r\nvillage and came under fire from the\r\nridge.\r\n"
    page += "• two hurt\r\n• one gone"
    assert unwrap(page).split("\n\n") == [
        "Short head",
        "The patrol went along the road to the village and came under fire from the ridge.",
        "• two hurt",
        "• one gone",
    ]
    assert unwrap("the oper\ufffe\r\nation") == "the operation"


def test_texts_and_mails_broken_at_a_width_are_joined():
    wrapped = textwrap.fill(SENTENCES, 72)
    assert is_wrapped(wrapped) and unwrap(wrapped) == SENTENCES.strip()
    (report,) = read_bytes(f"{wrapped}\n\n{wrapped}\n".encode(), Given("a.txt", "a.txt"))
    assert report.text == f"{SENTENCES.strip()}\n\n{SENTENCES.strip()}"
    (mail,) = read_bytes(f"Subject: x\nFrom: a@b.example\n\n{wrapped}\n".encode(), Given("m.eml", "m.eml"))
    assert mail.text == SENTENCES.strip()


def test_logs_lists_and_plain_paragraphs_keep_their_lines():
    assert not is_wrapped(LOG) and not is_wrapped(SENTENCES) and not is_wrapped("")
    (report,) = read_bytes(LOG.encode(), Given("a.txt", "a.txt"))
    assert report.text == LOG
