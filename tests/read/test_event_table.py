"""Tables of events: every kind, every flaw told with its line, nothing else lost."""

import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.errors import ReadError
from seamwatch.events import COUNTRY, DISTRICT, EXACT, GOVERNORATE, NEAR, UNKNOWN
from seamwatch.read.csv_rows import ROW_LINES
from seamwatch.read.event_table import EventTable, read_events

TODAY = date(2018, 1, 1)
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "events"
OWN = "id,date,lat,lon,where_prec,violence,type,target,deaths\n"


def read(tmp_path: Path, text: str | bytes, name: str = "events.csv") -> EventTable:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_events(path, today=TODAY)


def told(table: EventTable) -> list[tuple[int, str, bool]]:
    return [(p.line, p.column, p.left_out) for p in table.problems]


def test_a_row_of_ones_own_comes_out_as_it_is(tmp_path: Path) -> None:
    table = read(tmp_path, OWN + "a,2017-03-01,35.5,44.4,2,sb,ied,forces,3\n")
    events = table.events
    assert (table.kind, table.rows, table.problems) == ("own", 1, ())
    assert events.ids.tolist() == ["a"] and str(events.end[0]) == str(events.start[0]) == "2017-03-01"
    assert (events.lat[0], events.lon[0], events.where_prec[0], events.deaths[0]) == (35.5, 44.4, NEAR, 3)
    assert (events.violence[0], events.type[0], events.target[0]) == ("sb", "ied", "forces")


@pytest.mark.parametrize(
    ("row", "column", "left_out"),
    [
        ("a,2017-13-01,35.5,44.4,1,sb,ied,forces,3", "date", True),
        ("a,,35.5,44.4,1,sb,ied,forces,3", "date", True),
        ("a,2017-03,35.5,44.4,1,sb,ied,forces,3", "date", True),
        ("a,2017-03-01,95.5,44.4,1,sb,ied,forces,3", "lat", True),
        ("a,2017-03-01,35.5,east,1,sb,ied,forces,3", "lon", True),
        ("a,2017-03-01,35.5,nan,1,sb,ied,forces,3", "lon", True),
        ("a,2017-03-01,35.5,,1,sb,ied,forces,3", "lat", False),
        ("a,2017-03-01,0,0,1,sb,ied,forces,3", "lat", False),
        ("a,2017-03-01,35.5,44.4,9,sb,ied,forces,3", "where_prec", False),
        ("a,2017-03-01,35.5,44.4,1,war,ied,forces,3", "violence", False),
        ("a,2017-03-01,35.5,44.4,1,sb,ied,army,3", "target", False),
        ("a,2017-03-01,35.5,44.4,1,sb,ied,forces,-1", "deaths", False),
        ("a,2017-03-01,35.5,44.4,1,sb,ied,forces,2.5", "deaths", False),
        ("a,2017-03-01,35.5,44.4,1,sb,ied,forces,many", "deaths", False),
        ("a,2017-03-01,35.5,44.4,1,sb,ied,forces,99999999999", "deaths", False),
        ("a,2019-03-01,35.5,44.4,1,sb,ied,forces,3", "date", False),
        (",2017-03-01,35.5,44.4,1,sb,ied,forces,3", "id", False),
        ("b,2017-03-01,35.5,44.4,1,sb,ied,forces,3", "id", True),
        ("a,2017-03-01,35.5,44.4,1,sb,ied,forces", "", True),
        ("a,2017-03-01,35.5,44.4,1,sb,ied,forces,3,surplus", "", True),
    ],
)
def test_one_flaw_is_told_once_and_costs_no_other_row(tmp_path: Path, row: str, column: str, left_out: bool) -> None:
    good = "b,2017-01-01,35.5,44.4,1,sb,ied,forces,1\n"
    table = read(tmp_path, OWN + good + row + "\nc,2017-12-01,35.5,44.4,1,sb,ied,forces,1\n")
    assert told(table) == [(3, column, left_out)]
    assert len(table.events) == (2 if left_out else 3) and table.left_out == int(left_out)
    assert {"b", "c"} <= set(table.events.ids.tolist())


def test_bad_values_become_unknown(tmp_path: Path) -> None:
    events = read(tmp_path, OWN + "a,2017-03-01,35.5,,1,war,ied,army,few\n").events
    assert np.isnan(events.lat[0]) and events.where_prec[0] == COUNTRY
    assert (events.violence[0], events.target[0], events.deaths[0]) == ("", "", UNKNOWN)


def test_days_the_wrong_way_round_are_turned_and_told(tmp_path: Path) -> None:
    table = read(tmp_path, "id,start,end,lat,lon\na,2017-03-05,2017-03-01,35,44\n")
    assert told(table) == [(2, "start", False)]
    assert (str(table.events.start[0]), str(table.events.end[0])) == ("2017-03-01", "2017-03-05")


def test_days_in_words_and_with_the_day_first(tmp_path: Path) -> None:
    rows = "a,1 March 2017,35,44\nb,02/03/2017,35,44\nc,2017-03-03 00:00:00,35,44\nd,٤ آذار ٢٠١٧,٣٥٫٥,44\n"
    table = read(tmp_path, "id,date,lat,lon\n" + rows)
    assert [str(day) for day in table.events.end] == [f"2017-03-0{n}" for n in range(1, 5)]
    assert table.events.lat[3] == 35.5 and not table.problems


def test_one_order_of_day_and_month_for_a_whole_column(tmp_path: Path) -> None:
    head = "id,date,lat,lon\n"
    table = read(tmp_path, head + "a,03/01/2017,35,44\nb,01/13/2017,35,44\nc,01/14/2017,35,44\n")
    assert [str(day) for day in table.events.end] == ["2017-01-13", "2017-01-14", "2017-03-01"]
    assert told(table) == [(3, "date", False)] and "month first" in table.problems[0].remedy
    table = read(tmp_path, head + "a,03/01/2017,35,44\nb,13/01/2017,35,44\n")
    assert [str(day) for day in table.events.end] == ["2017-01-03", "2017-01-13"] and not table.problems
    table = read(tmp_path, head + "a,03/01/2017,35,44\nb,13.01.2017,35,44\nc,01/14/2017,35,44\n")
    assert [str(day) for day in table.events.end] == ["2017-01-03", "2017-01-13", "2017-01-14"]
    assert told(table) == [(4, "date", False)]
    table = read(tmp_path, "id,start,end,lat,lon\na,03/01/2017,03/14/2017,35,44\n")
    assert (str(table.events.start[0]), str(table.events.end[0])) == ("2017-03-01", "2017-03-14")


def test_what_spreadsheets_add(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\r\nid;date;lat;lon;\r\na;2017-03-01;35,5;44;\r\nb;2017-03-02;35;44\r\n;;;;\r\n")
    assert table.events.ids.tolist() == ["a", "b"] and table.events.lat[0] == 35.5 and not table.problems


def test_the_message_names_line_column_rule_value_and_what_to_do(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, OWN + "a,2017-03-01,95.5,44.4,1,sb,ied,forces,3\n").problems
    rule = "degrees from -90 to 90"
    remedy = "give decimal degrees, or leave both empty"
    assert str(problem) == f"line 2, lat: got '95.5' (rule: {rule}); row left out; {remedy}"


def test_ucdp_with_and_without_precision(tmp_path: Path) -> None:
    head = "id,type_of_violence,latitude,longitude,low,best,high,date_start,date_end,country"
    row = "7.0,3.0,35,44,1.0,2,3.0,2017-03-01,2017-03-02,Iraq"
    table = read(tmp_path, f"{head}\n{row}\n")
    events = table.events
    assert table.kind == "ucdp" and events.ids[0] == "7" and events.where_prec[0] == NEAR
    assert (events.violence[0], events.target[0]) == ("os", "villagers")
    assert (events.deaths_low[0], events.deaths[0], events.deaths_high[0]) == (1, 2, 3)
    assert read(tmp_path, f"{head},where_prec\n{row},6\n").events.where_prec[0] == COUNTRY


def test_acled_precision_violence_and_months(tmp_path: Path) -> None:
    head = (
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,admin1,admin2,"
    )
    rows = [
        "A1,01 January 2017,1,Battles,Armed clash,Military Forces of Iraq,1,Islamic State,2,Kirkuk,Daquq,35,44,1,3",
        "A2,15 February 2017,3,Battles,Armed clash,Islamic State,Rebel group,Militia,Political militia,,,35,44,2,0",
        "A3,03 March 2017,1,Explosions/Remote violence,IED,Islamic State,2,Civilians (Iraq),7,,,35,44,3,1",
        "A4,04 March 2017,1,Explosions/Remote violence,IED,Islamic State,2,,0,,,35,44,1,1",
        "A5,05 March 2017,1,Violence against civilians,Attack,Unidentified Armed Group,3,Civilians,7,,,35,44,1,1",
        "A6,06 March 2017,1,Protests,Peaceful protest,Protesters (Iraq),6,,0,,,35,44,1,0",
    ]
    table = read(tmp_path, head + "latitude,longitude,geo_precision,fatalities\n" + "\n".join(rows))
    events = table.events
    assert table.kind == "acled" and not table.problems
    assert events.violence.tolist() == ["sb", "ns", "os", "", "os", ""]
    assert events.target.tolist() == ["forces", "", "villagers", "", "villagers", ""]
    assert events.where_prec.tolist() == [EXACT, DISTRICT, GOVERNORATE, EXACT, EXACT, EXACT]
    assert (str(events.start[1]), str(events.end[1])) == ("2017-02-01", "2017-02-28")
    assert events.adm2[0] == "Daquq" and events.deaths[0] == 3


def test_acled_sides_by_name_where_there_are_no_codes(tmp_path: Path) -> None:
    head = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,latitude,longitude,fatalities\n"
    rows = "A1,2017-01-01,Battles,Armed clash,Islamic State,Police Forces of Iraq (2014-),35,44,1\n"
    assert read(tmp_path, head + rows).events.violence.tolist() == ["sb"]


def test_a_list_without_ids_has_its_lines_for_them(tmp_path: Path) -> None:
    table = read(tmp_path, "date,longitude,latitude,type\n2007-02-23,44.8,33.7,SAF\n2007-02-23,44.8,33.7,SAF\n")
    assert table.events.ids.tolist() == ["line 00000002", "line 00000003"] and not table.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_encodings_and_dividers(tmp_path: Path, encoding: str, divider: str) -> None:
    lines = ["id,date,lat,lon,adm2", "a,2017-03-01,35,44,الحويجة", "b,2017-03-02,35,44,داقوق"]
    table = read(tmp_path, "\r\n".join(line.replace(",", divider) for line in lines).encode(encoding))
    assert table.events.adm2.tolist() == ["الحويجة", "داقوق"] and not table.problems


def test_quotes_over_lines_and_a_quote_left_open(tmp_path: Path) -> None:
    head = "id,date,lat,lon,type\n"
    table = read(tmp_path, head + 'a,2017-03-01,35,44,"two\nlines, and a ""word"""\nb,2017-03-02,35,44,x\n')
    assert table.events.type.tolist() == ['two\nlines, and a "word"', "x"] and not table.problems
    many = "".join(f"r{n},2017-03-02,35,44,x\n" for n in range(ROW_LINES + 9))
    table = read(tmp_path, head + 'a,2017-03-01,35,44,"open\n' + many)
    assert not table.problems and len(table.events) == ROW_LINES + 10
    table = read(tmp_path, head + 'a,2017-03-01,35,44,5" pipe\nb,2017-03-02,35,44,6" pipe\n')
    assert table.events.ids.tolist() == ["a", "b"]


def test_a_packed_file_that_is_cut_off_gives_its_whole_lines(tmp_path: Path) -> None:
    rows = "".join(f"r{n},2017-03-02,35.{n % 7},44.{n * 7919 % 1000},{n}\n" for n in range(4000))
    whole = gzip.compress(("id,date,lat,lon,deaths\n" + rows).encode())
    assert len(read(tmp_path, whole, "events.csv.gz").events) == 4000
    table = read(tmp_path, whole[: len(whole) // 2], "cut.csv.gz")
    assert 1000 < len(table.events) < 3000 and [p.rule for p in table.problems] == ["a whole file"]
    deaths = dict(zip(table.events.ids.tolist(), table.events.deaths.tolist(), strict=True))
    assert all(int(name[1:]) == n for name, n in deaths.items())


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"sep=;", "its columns are"),
        (b",,,\na,b,c,d\n", "its columns are a, b, c, d"),
        (b"name,age\na,3\n", "its columns are name, age"),
        (b"\x00\x01\x02\x03" * 50, "is no text"),
        (b"\x1f\x8bnothing", "cannot be unpacked"),
        (b"PK\x03\x04nothing", "zip archive"),
        ("الاسم,Event Time\na,3\n".encode(), "its columns are الاسم, Event Time"),
    ],
)
def test_what_is_no_table_is_refused_with_one_word(tmp_path: Path, content: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word):
        read(tmp_path, content)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="folder"):
        read_events(tmp_path)
    with pytest.raises(ReadError, match="No such file"):
        read_events(tmp_path / "none.csv")


def test_a_column_that_is_there_twice_is_told(tmp_path: Path) -> None:
    table = read(tmp_path, "id,Date,lat,lon,date\na,2017-03-01,35,44,2017-04-01\n")
    assert told(table) == [(1, "Date", False)] and str(table.events.end[0]) == "2017-03-01"


def test_a_header_alone_is_a_table_without_events(tmp_path: Path) -> None:
    table = read(tmp_path, "id,date,lat,lon")
    assert (len(table.events), table.rows, table.problems) == (0, 0, ())


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=6))
def test_whatever_the_cells_every_row_is_an_event_or_is_told(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    quoted = ["\x1f".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path.write_text("id,date,lat,lon,deaths\n" + "\n".join(quoted).replace("\x1f", ","), encoding="utf-8", newline="")
    try:
        table = read_events(path, today=TODAY)
    except ReadError as error:
        assert "no text" in error.what
        return
    assert table.left_out == sum(p.left_out for p in table.problems)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
def test_the_tables_that_we_work_with() -> None:
    table = read_events(SHARED / "ged_iraq_1989_2017.csv.gz")
    events = table.events
    assert (table.kind, table.rows, len(events), table.left_out) == ("ucdp", 7219, 7219, 0)
    assert np.bincount(events.where_prec).tolist() == [0, 5268, 906, 204, 459, 241, 139, 2]
    assert {p.rule for p in table.problems} == {"low, best and high in this order"}
    assert (events.violence == "sb").sum() == 5564
    assert len(read_events(SHARED / "sigacts_iraq_200702_200803.csv.gz").events) == 61823
