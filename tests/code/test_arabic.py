"""Arabic reports, of our own wording, through the whole coder."""

from __future__ import annotations

import functools
from datetime import date

import pytest
import whole_reports
from whole_reports import check, toll

from seamwatch.code.hits import load_finder
from seamwatch.code.text import normalise
from seamwatch.packs import load_pack

coded = functools.partial(whole_reports.coded, "ar")
only = functools.partial(whole_reports.only, "ar")


def terms(text: str) -> set[tuple[str, str]]:
    folded = normalise(text, "ar").text
    return {(h.kind, h.value) for h in load_finder(load_pack(), "ar").find(folded, lambda hit: True)}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("وبالعبوات", ("means", "ied")),
        ("للجيش", ("actors", "iraqi_army")),
        ("الجنود", ("actors", "iraqi_army")),
        ("فهاجموا", ("act", "attack")),
        ("والبيشمركة", ("actors", "peshmerga")),
        ("مسلحوه", ("actors", "isis")),
        ("بقذائف الهاون", ("means", "mortar")),
        ("استُشهِد", ("harm", "killed")),
    ],
)
def test_what_is_written_onto_a_word_does_not_hide_it(text: str, term: tuple[str, str]) -> None:
    assert term in terms(text)


@pytest.mark.parametrize("text", ["محافظة", "عسكرية", "لاحقا", "القوات", "بواجهته", "لنقل البضائع"])
def test_letters_that_only_look_like_a_term(text: str) -> None:
    found = terms(text)
    assert not {kind for kind, _ in found} & {"act", "harm", "speech", "people"}
    assert ("actors", "state_officials") not in found


@pytest.mark.parametrize(
    ("text", "kind", "initiator", "target", "losses"),
    [
        (
            "هاجم مسلحون من تنظيم داعش، مساء أمس، نقطة للشرطة الاتحادية جنوبي داقوق، ما أسفر عن مقتل ثلاثة من عناصرها.",
            "armed_clash",
            ("isis",),
            ("federal_police",),
            {"forces killed": 3},
        ),
        (
            "انفجرت عبوة ناسفة، صباح اليوم، بدورية للجيش العراقي قرب الحويجة، ما أسفر عن مقتل جندي وإصابة اثنين آخرين.",
            "explosion",
            (),
            ("iraqi_army",),
            {"forces killed": 1, "forces wounded": 2},
        ),
        (
            "نفذت طائرات القوة الجوية ضربة جوية على كهف لعناصر داعش في جبال حمرين أدت إلى مقتل خمسة إرهابيين.",
            "air_strike",
            ("iraqi_air_force",),
            ("isis",),
            {"militants killed": 5},
        ),
        (
            "أقدم مسلحون من داعش على خطف راعيين في أطراف قضاء خانقين.",
            "abduction",
            ("isis",),
            ("civilians",),
            {"civilians abducted": 2},
        ),
        (
            "ألقت مفارز الاستخبارات القبض على ثلاثة إرهابيين في أيمن الموصل.",
            "arrest",
            ("iraqi_forces",),
            ("militants",),
            {"militants arrested": 3},
        ),
        (
            "عثرت قوة من الحشد الشعبي على مضافة لداعش تحتوي على عبوات ناسفة ومواد غذائية في جبال حمرين.",
            "find",
            ("pmf",),
            ("isis",),
            {},
        ),
        (
            "اغتال مسلحون مجهولون مدنياً بأسلحة كاتمة للصوت أمام منزله في كركوك.",
            "attack_on_civilians",
            ("militants",),
            ("civilians",),
            {"civilians killed": 1},
        ),
        (
            "قتل ضابط برتبة نقيب وجنديان وأصيب خمسة جنود بكمين لداعش على طريق كركوك.",
            "armed_clash",
            ("isis",),
            ("iraqi_army",),
            {"forces killed": 3, "forces wounded": 5},
        ),
        (
            "تمكنت قوة من الجيش العراقي من قتل إرهابيين اثنين في منطقة الرشاد.",
            "armed_clash",
            ("iraqi_army",),
            ("militants",),
            {"militants killed": 2},
        ),
        (
            "فجر انتحاري نفسه وسط سوق شعبي في طوز خورماتو، ما أدى إلى مقتل 7 مدنيين وإصابة 21 آخرين.",
            "suicide_attack",
            ("militants",),
            ("civilians",),
            {"civilians killed": 7, "civilians wounded": 21, "militants killed": 1},
        ),
        (
            "قصفت المدفعية التركية قرى حدودية قرب العمادية وأصيب مدنيان بجروح.",
            "indirect_fire",
            ("turkish_army",),
            ("civilians",),
            {"civilians wounded": 2},
        ),
    ],
)
def test_an_incident(
    text: str, kind: str, initiator: tuple[str, ...], target: tuple[str, ...], losses: dict[str, object]
) -> None:
    check(only(text), kind, initiator, target, losses)


def test_bounds_and_duals() -> None:
    record = only("استشهد ما لا يقل عن ستة من البيشمركة وأصيب عنصران بهجوم لداعش على محور قره تبه.")
    assert toll(record) == {"forces killed": [6, None], "forces wounded": 2}


def test_the_day_of_the_event_beats_that_of_the_announcement() -> None:
    record = only("قال مصدر أمني، اليوم الأربعاء، إن أربعة إرهابيين قُتلوا بضربة جوية في جبال حمرين مساء أمس.")
    assert record.date is not None
    assert record.date.first == date(2021, 6, 15)


@pytest.mark.parametrize(
    "text",
    [
        "لقي ثلاثة أشخاص مصرعهم بحادث سير على طريق كركوك مساء اليوم.",
        "انتهت المباراة بين فريقي كركوك وديالى بالتعادل وأصيب لاعب في قدمه.",
        "دعا محافظ كركوك إلى تشكيل قوة مشتركة لمنع أي هجوم محتمل.",
        "اجتاح تنظيم داعش الموصل في حزيران 2014.",
        "بحث وزير النفط مع وفد الشركة خطط التطوير.",
    ],
)
def test_what_is_no_incident(text: str) -> None:
    assert coded(text) == []


def test_a_village_that_no_list_knows_is_named() -> None:
    record = only("هاجم عناصر داعش قرية النخيلات العليا في قضاء داقوق وقتلوا مدنيين اثنين.")
    assert record.target == ("civilians",)


@pytest.mark.parametrize(
    "text",
    [
        "أصيب أربعة ركاب بجروح في تصادم مروع بين حافلتين على طريق داقوق.",
        "رأى قائممقام خانقين أن التنظيم يستغل هذا الفراغ لتنفيذ هجمات وخطف مزارعين.",
        "تدربت سرايا من البيشمركة على اقتحام المباني وصد هجوم بالذخيرة الحية قرب السليمانية.",
        "استبعد محافظ كركوك قدرتهم على شن هجمات أو خطف مدنيين.",
    ],
)
def test_accidents_purposes_drills_and_doubts_are_no_incidents(text: str) -> None:
    assert coded(text) == []


def test_a_tight_plan_is_no_court() -> None:
    record = only("وجه طيران الجيش ضربات محكمة إلى مخابئ داعش في جبال مكحول وقتل أربعة إرهابيين.")
    assert record.type == "air_strike"


def test_fields_told_before_they_were_set_on_fire() -> None:
    record = only("احترق حقل من الحنطة في قرية النخيلات بعد أن أضرم مسلحون النار فيه مساء الثلاثاء.")
    assert record.type == "sabotage"
