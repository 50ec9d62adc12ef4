"""Statements: who said what kind of thing, in three languages; whose words do not count; no names."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.code.reading import read
from seamwatch.code.statement_words import load_words
from seamwatch.code.statements import MAX_ABOUT, find_statements
from seamwatch.errors import PackError
from seamwatch.model import Statement, make_report
from seamwatch.packs import load_pack

SEED = Path(__file__).parents[2] / "../shared/reports/seed.txt"
PACK = load_pack()
ATTACK = {
    "en": "ISIS attacked an army post with mortars. ",
    "ar": "هاجم داعش نقطة للجيش بقذائف الهاون. ",
    "ckb": "داعش بە هاوەن هێرشی کردە سەر بنکەیەکی سوپا. ",
}
TWIN = (
    "Call for a common watch on the ridge",
    "In a grave appeal, a local official, the head of the Patriotic Union of Kurdistan (PUK) branch in Kifri, stressed "
    "the urgent need for joint patrols of Peshmerga and Iraqi forces. The appeal follows an attack by IS on an army "
    "post.\n\nAccording to the official, militants came to the post on three motorcycles and fought for half an hour; "
    "two of them were killed. He voiced concern at how well they were led and warned that, as things are, there is no "
    "assurance that Daesh will not strike the same post again.\n\n"
    "Political observers in the area have echoed his words, arguing that matters are likely to get worse as long as "
    "the Peshmerga stay away.\n\nThe call shows how much the two sides depend on each other.",
)


def said(words: str, lang: str = "en", *, kind: str = "news", source: str = "a news site") -> tuple[Statement, ...]:
    report = make_report("A report", words, lang=lang, source=source, source_kind=kind)
    found = find_statements(read(report, PACK))
    for statement in found:
        PACK.codes.check_statement(statement)
        assert statement.spans and all(report.words(s) == s.quote for s in statement.spans)
        assert statement.about and len(statement.about) <= MAX_ABOUT + 2
        assert statement.speaker_office
    return found


def kinds(words: str, lang: str = "en", **how: str) -> list[str]:
    return [s.kind for s in said(ATTACK[lang] + words, lang, **how)]


@pytest.mark.parametrize(
    ("lang", "words", "kind"),
    [
        ("en", "The governor of Saladin cautioned that the cells in the hills may strike at any time.", "warning"),
        ("en", "Lawmakers urged the government to close the gap between the two forces.", "appeal"),
        ("en", "A spokesperson for the Popular Mobilization Forces denied any part in the shelling.", "denial"),
        ("en", "Turkey's foreign ministry strongly condemned the bombing.", "condemnation"),
        ("en", "The army chief of staff vowed to hunt down the killers.", "commitment"),
        ("en", "According to the head of the council, the group exploits the vacuum between the armies.", "assessment"),
        ("en", "The military spokesman claimed that the town was completely under control.", "claim"),
        ("ar", "حذر محافظ صلاح الدين من أن الخلايا في الجبال قد تشن هجمات جديدة.", "warning"),
        ("ar", "وناشد مدير ناحية ديبكة الحكومة الاتحادية إرسال قوات إلى القرى.", "appeal"),
        ("ar", "ونفت هيئة الحشد الشعبي علاقتها بالقصف.", "denial"),
        ("ar", "وأدانت وزارة الخارجية التفجير.", "condemnation"),
        ("ar", "وأكد وزير البيشمركة أن قواته ستواصل ملاحقة الخلايا.", "commitment"),
        ("ar", "وقال عضو لجنة الأمن في مجلس المحافظة إن التنظيم يستغل الفراغ الأمني.", "assessment"),
        ("ckb", "پارێزگاری سەڵاحەدین هۆشداری دا کە داعش دەتوانێت هێرشی تر بکات.", "warning"),
        ("ckb", "بەڕێوەبەری ناحیەی دیبەگە داوای لە حکوومەتی عێراق کرد هێز بنێرێت بۆ گوندەکان.", "appeal"),
        ("ckb", "وتەبێژی حەشدی شەعبی هەواڵەکەی ڕەتکردەوە.", "denial"),
        ("ckb", "سەرۆکی هەرێمی کوردستان هێرشەکەی ئیدانە کرد.", "condemnation"),
        ("ckb", "وەزیری پێشمەرگە ڕایگەیاند هێزەکانیان بەردەوام دەبن لە ڕاونانی داعش.", "commitment"),
        ("ckb", "فەرماندەیەکی پێشمەرگە گوتی: داعش سوود لە بۆشایی ئەمنی وەردەگرێت.", "assessment"),
    ],
)
def test_each_kind_in_each_language(lang: str, words: str, kind: str) -> None:
    assert kinds(words, lang) == [kind]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "A security source warned that more fighters are crossing."),
        ("en", "An officer, who asked not to be named, warned of more attacks."),
        ("en", "Villagers called on the army to protect them."),
        ("en", "The prime minister offered his condolences to the families of the martyrs."),
        ("en", "The mayor of Dibaga said three soldiers were killed in the attack."),
        ("en", "The Islamic State vowed more attacks in its newsletter."),
        ("en", "The governor did not condemn the attack."),
        ("ar", "وحذر مصدر أمني من هجمات جديدة."),
        ("ar", "وطالب أهالي القرية الجيش بحمايتهم."),
        ("ar", "وقال قائممقام مخمور إن ثلاثة جنود قتلوا في الهجوم."),
        ("ckb", "سەرچاوەیەکی ئەمنی هۆشداری دا لە هێرشی تر."),
        ("ckb", "خەڵکی گوندەکە داوای پاراستن دەکەن."),
        ("ckb", "قایمقامی مەخموور گوتی سێ سەرباز لە هێرشەکەدا کوژران."),
    ],
)
def test_sources_villagers_accounts_and_condolence_are_no_statements(lang: str, words: str) -> None:
    assert kinds(words, lang) == []


def test_off_security_there_are_none() -> None:
    assert said("The minister of culture promised a new library and urged schools to come.") == ()


def test_one_sentence_may_hold_two_and_he_goes_on() -> None:
    both = "The UN special representative denounced the killing and called for restraint."
    assert kinds(both) == ["condemnation", "appeal"]
    assert kinds("The mayor of Dibaga condemned the attack. He asked for a common post.") == ["condemnation", "appeal"]
    heard = "The mayor of Dibaga said it was over. He said militants had fled. Then he warned them."
    assert kinds(heard) == ["warning"]
    assert kinds("The mayor condemned the attack. The mayor of Dibaga condemned it again.") == ["condemnation"]
    assert kinds("وقال المتحدث باسم الحكومة إنه لن نسمح بعودة الإرهاب، داعياً المواطنين إلى الحذر.", "ar") == [
        "commitment",
        "appeal",
    ]


def test_speakers_are_offices_and_organisations() -> None:
    (one,) = said(ATTACK["en"] + "The deputy commander of the Peshmerga's sixth axis warned of more attacks.")
    assert one.speaker_office == "deputy commander of the Peshmerga's sixth axis"
    assert one.speaker_org == "Peshmerga"
    (one,) = said(ATTACK["en"] + "The mayor of Dibaga sub-district warned of more attacks.")
    assert one.speaker_office == "mayor of Dibaga sub-district"
    assert one.about == "more attacks"
    (one,) = said(ATTACK["ar"] + "حذر قائممقام مخمور من تكرار الهجوم.", "ar")
    assert one.speaker_office == "قائممقام مخمور"


def test_the_source_speaks_in_its_own_report() -> None:
    (one,) = said(ATTACK["en"] + "We ask the coalition for a drone.", kind="official", source="Ministry of Peshmerga")
    assert (one.kind, one.speaker_org) == ("appeal", "Peshmerga")
    assert kinds("We ask the coalition for a drone.") == []
    assert kinds('The mayor was there. "We ask the coalition for a drone."') == ["appeal"]


NAMES = ("Zorvan", "Talimek", "Belkor", "Danush", "زورفان", "تليمك", "زۆرڤان", "تەلیمەک")  # invented, of nobody


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The mayor of Dibaga, Zorvan Talimek, warned of more attacks. Talimek urged Erbil to hear Talimek."),
        ("en", "Governor Zorvan Talimek said that the army must return."),
        ("en", "Zorvan Talimek, spokesman for the Joint Operations Command, denied that a post had fallen."),
        ("en", "Maj. Gen. Zorvan Talimek, the commander of the Peshmerga's sixth axis, vowed to hunt the cells."),
        ("en", "The minister of Peshmerga, Zorvan Talimek, told Governor Belkor Danush that the army must return."),
        (
            "en",
            "In a warning, local official Zorvan Talimek, the head of the council in Kifri, asked for joint patrols.",
        ),
        ("ar", "حذر قائممقام مخمور زورفان تليمك من تكرار الهجوم."),
        ("ar", "وطالب مدير ناحية ديبكة زورفان تليمك الحكومة الاتحادية بإرسال قوات."),
        ("ar", "وقال المتحدث باسم وزارة البيشمركة العميد زورفان تليمك إن التنظيم يستغل الفراغ الأمني."),
        ("ckb", "قایمقامی مەخموور زۆرڤان تەلیمەک هۆشداری دا لە هێرشی تر."),
        ("ckb", "بەڕێوەبەری ناحیەی دیبەگە زۆرڤان تەلیمەک داوای لە حکوومەت کرد هێز بنێرێت."),
    ],
)
def test_names_beside_an_office_are_left_out(lang: str, words: str) -> None:
    found = said(ATTACK[lang] + words, lang)
    assert found
    for statement in found:
        everything = " ".join(
            (statement.speaker_office, statement.speaker_org, statement.about, *(s.quote for s in statement.spans))
        )
        assert not [name for name in NAMES if name in everything]


def test_a_twin_of_the_seed() -> None:
    found = find_statements(read(make_report(*TWIN, lang="en"), PACK))
    assert sorted(s.kind for s in found) == ["appeal", "assessment", "warning"]
    assert [s.speaker_office for s in found if s.kind == "assessment"] == ["Political observers"]


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/reports/seed.txt")
def test_the_seed() -> None:
    title, text = SEED.read_text("utf-8").split("\n", 1)
    found = find_statements(read(make_report(title, text.strip(), lang="en"), PACK))
    assert sorted(s.kind for s in found) == ["appeal", "assessment", "warning"]
    by_kind = {s.kind: s for s in found}
    assert by_kind["warning"].speaker_org == by_kind["appeal"].speaker_org == "Kurdistan Democratic Party"
    assert "observers" in by_kind["assessment"].speaker_office


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "ar", "ckb", "fr"]))
def test_no_text_raises(words: str, lang: str) -> None:
    said(ATTACK["en"] + "The mayor warned " + words, lang)


@pytest.mark.parametrize("unit", ["the mayor said ", "Mayor Aaaa, ", "the mayor warned of more attacks. ", "A" * 40])
def test_long_texts_cost_little(unit: str) -> None:
    document = read(make_report("T", ATTACK["en"] + unit * (60_000 // len(unit)), lang="en"), PACK)
    start = time.process_time()
    find_statements(document)
    assert time.process_time() - start < 2.0


def test_a_word_table_that_breaks_the_rules_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('name = "t"\nextends = "base"\n', "utf-8")
    (tmp_path / "statements_en.toml").write_text('[kind.rumour]\nverb = ["whispered"]\n', "utf-8")
    with pytest.raises(PackError, match="rumour"):
        load_words(load_pack(tmp_path), "en")
    assert load_words(PACK, "fr") is None
