"""Pages, feeds, mails: good ones and hostile ones."""

import time
from datetime import date

import pytest

from seamwatch.errors import ReadError
from seamwatch.model import Report
from seamwatch.read import Given, read_bytes
from seamwatch.read.html import plain_text
from seamwatch.read.limits import HTML_TAGS, TEXT_MB

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>هجوم قرب القرية</title>
<meta property="og:site_name" content="وكالة محلية">{date}</head><body><nav><a href="/">Home</a></nav><article>
<h1>هجوم قرب القرية</h1><p>هاجم مسلحون نقطة للجيش قرب القرية الليلة الماضية دون وقوع خسائر بين الجنود.</p>
<p>وقال مصدر أمني إن القوة ردت على مصادر النيران ولاذ المهاجمون بالفرار.</p></article></body></html>"""
DATES = (
    '<meta property="article:published_time" content="2022-02-16T18:40+03:00">',
    '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-02-16T18:40:00+03:00"}]}</script>',
    '<meta name="date" content="16 February 2022 18:40">',
)


def read(data, name):
    outcomes = list(read_bytes(data if isinstance(data, bytes) else data.encode(), Given(name, name, 3.0)))
    return [o for o in outcomes if isinstance(o, Report)], [str(o) for o in outcomes if isinstance(o, ReadError)]


@pytest.mark.parametrize("stamp", DATES)
@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("windows-1256", "cp1256"), ("utf-8", "cp1256")])
def test_a_page(stamp, charset, encoding):
    (report,), errors = read(PAGE.format(charset=charset, date=stamp).encode(encoding), "p.html")
    assert not errors and (report.title, report.source, report.lang) == ("هجوم قرب القرية", "وكالة محلية", "ar")
    assert report.day == date(2022, 2, 16) and report.published.hour == 15
    assert report.text.startswith("هاجم مسلحون") and report.text.count("\n\n") == 1


def test_a_page_under_another_name_and_a_page_without_date():
    (report,), _ = read(PAGE.format(charset="utf-8", date=""), "page.txt")
    assert report.day is None and report.title == "هجوم قرب القرية"


HOSTILE_PAGES = {
    "tags": b"<p>a</p>" * HTML_TAGS,
    "nesting": b"<div>" * (HTML_TAGS - 1) + b"words",
    "attributes": b"<p " + b" ".join(b'a%d="x"' % i for i in range(20_000)) + b">words",
    "size": b"<p>" + b"x" * (TEXT_MB * 1_000_000),
    "scripts only": b"<html><body><script>var words = 'no';</script></body></html>",
    "packed": b"\x1f\x8b\x08\x00rubbish",
    "unclosed": b'<a "' * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_hostile_pages_give_one_error_soon(name):
    start = time.process_time()
    reports, errors = read(HOSTILE_PAGES[name], "p.html")
    assert not reports and len(errors) == 1 and errors[0].startswith("p.html: ") and "rule:" in errors[0]
    assert time.process_time() - start < 10


def test_fragments():
    assert (
        plain_text("<p>One &amp; <b>two</b></p><p>three<br>four</p><script>x</script>") == "One & two\n\nthree\n\nfour"
    )
    assert plain_text("a < b") == "a < b" and plain_text("<!-- only -->") == ""


RSS = """<?xml version="1.0"?>{dtd}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>A wire</title><language>en-gb</language>
<item><guid>g1</guid><title>A raid &amp; a find</title><pubDate>Sun, 25 Feb 2018 22:30:00 +0300</pubDate>
<dc:creator>Nobody Named</dc:creator><description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description></item>
<item><guid>g2</guid><title>Second</title><source url="http://x.example">An agency</source>
<description>Three</description></item>
{more}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><id>e1</id><title>A raid</title>
<published>2018-02-25T22:30:00+03:00</published>
<content type="html">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>"""


def test_feeds():
    reports, errors = read(RSS.format(dtd="", more=""), "f.xml")
    assert not errors and [r.external_id for r in reports] == ["g1", "g2"]
    assert (reports[0].title, reports[0].text, reports[0].lang) == ("A raid & a find", "One.\n\nTwo.", "en")
    assert reports[0].day == date(2018, 2, 25) and [r.source for r in reports] == ["A wire", "An agency"]
    assert "Nobody" not in repr(reports)  # authors are persons
    (entry,), _ = read(ATOM, "f.atom")
    assert (entry.external_id, entry.text, entry.source, entry.day) == ("e1", "Words.", "Desk", date(2018, 2, 25))


def test_a_broken_feed_gives_what_it_can_and_says_so():
    reports, errors = read(RSS.format(dtd="", more="<item><title>x & y &nope;"), "f.xml")
    assert len(reports) >= 2 and "broken XML" in errors[-1]


LAUGHS = "<!DOCTYPE r [" + "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9)) + '<!ENTITY a0 "ha">]>'
FOREIGN = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
HOSTILE_FEEDS = {
    "laughs": RSS.format(dtd=LAUGHS, more="<item><title>&a9;</title></item>"),
    "laughs in broken XML": RSS.format(dtd=LAUGHS, more="<item><title>&a9;</item>"),
    "foreign file": RSS.format(dtd=FOREIGN, more="<item><title>&x;</title></item>"),
    "nested": "<rss version='2.0'><channel>" + "<a>" * 50_000,
    "no feed": "<?xml version='1.0'?><root><a/></root>",
    "no entries": "<rss version='2.0'><channel><title>x</title></channel></rss>",
}


@pytest.mark.parametrize("name", HOSTILE_FEEDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_hostile_feeds_give_one_error(name, encoding):
    reports, errors = read(HOSTILE_FEEDS[name].encode(encoding), "f.xml")
    assert not reports and len(errors) == 1 and errors[0].startswith("f.xml: ")


MAIL = """Subject: =?utf-8?b?2YfYrNmI2YU=?=
Date: Sat, 05 Mar 2022 08:10:00 +0300
From: "Some Body" <some.body@office.example>
Message-ID: <m1@office.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p>Eight men were seen.</p><p>Nobody is hurt.</p>
--b
Content-Disposition: attachment; filename="note.txt"

Another sighting near the mill.
--b
Content-Disposition: attachment; filename="pack.zip"
Content-Transfer-Encoding: base64

UEsDBAAAAAA=
--b
Content-Type: image/png
Content-ID: <logo>

x
--b
Content-Type: message/rfc822

Subject: Forwarded
Date: Fri, 04 Mar 2022 10:00:00 +0300

Inner words.
--b--
"""


def test_a_mail_with_attachments():
    reports, errors = read(MAIL, "m.eml")
    assert [(r.title, r.text) for r in reports] == [
        ("هجوم", "Eight men were seen.\n\nNobody is hurt."),
        ("", "Another sighting near the mill."),
        ("Forwarded", "Inner words."),
    ]
    assert [r.day for r in reports] == [date(2022, 3, 5), date(2022, 3, 5), date(2022, 3, 4)]
    assert reports[0].source == "office.example" and reports[1].origin == "m.eml!note.txt"
    assert len(errors) == 1 and "m.eml!pack.zip" in errors[0] and "unpack it first" in errors[0]
    assert "Some Body" not in repr(reports) and "some.body" not in repr(reports)


def test_a_mail_that_is_one_file_and_a_subject_alone():
    _, (error,) = read("Subject: x\nContent-Type: application/pdf\n\n%PDF-1.4 rubbish", "m.eml")
    assert "cannot be opened" in error and "m.eml!" in error
    (report,), _ = read("Subject: Two hurt near the mill\n\n", "m.eml")
    assert report.title == "Two hurt near the mill"


HEAD = b"Subject: x\nDate: Sat, 05 Mar 2022 08:10:00 +0300\n"
HOSTILE_MAILS = {
    "comments": HEAD + b"From: " + b"(" * 100_000 + b"a@b.example\n\nbody",
    "parameters": HEAD + b"Content-Type: text/plain; " + b"a=b; " * 50_000 + b"\n\nbody",
    "comments in type": HEAD + b"Content-Type: " + b"(" * 50_000 + b"\n\nbody",
    "parts": HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(1000)),
    "charset": HEAD + b"Content-Type: text/plain; charset=none-such\n\nbody \xff",
    "no headers": b"just words\n",
    "date": b"Subject: x\nDate: junk\n\nbody",
}


@pytest.mark.parametrize("name", HOSTILE_MAILS)
def test_hostile_mails_end_soon_in_a_report_or_an_error(name):
    start = time.process_time()
    reports, errors = read(HOSTILE_MAILS[name], "m.eml")
    assert reports or errors
    assert time.process_time() - start < 5
