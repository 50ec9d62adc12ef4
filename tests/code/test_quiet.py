"""Reports that tell of no incident, though they speak of violence, and such as do in spite of what they speak of."""

from datetime import date

import pytest

from seamwatch.code import code_report
from seamwatch.model import Draft, make_report
from seamwatch.packs import load_pack


def drafts(title: str, text: str, day: str) -> tuple[Draft, ...]:
    report = make_report(title, text, lang="en", day=date.fromisoformat(day), source="agency", source_kind="news")
    return code_report(report, load_pack("iraq")).drafts


QUIET = [
    (
        "2023-03-14",
        "Peshmerga and army complete joint drill",
        "Units of the Peshmerga and the Iraqi army on Tuesday wrapped up a two-week exercise near Dibis "
        "in which they practised storming a village held by an imagined enemy. Helicopters fired rockets "
        "at targets on a hill and a bomb squad blew up two dummy devices. No one was hurt. The commanders "
        "praised the level of coordination.",
    ),
    (
        "2023-05-02",
        "Coalition trains Zeravani recruits",
        "Instructors from five countries put 300 recruits through their paces at a camp outside Erbil "
        "this week. The recruits cleared houses, fought off an ambush on their convoy and evacuated three "
        '"wounded" comrades. The last day ended with an assault on a mock terrorist hideout, in which '
        "four men playing militants were captured.",
    ),
    (
        "2022-09-11",
        "Counter-terrorism forces stage hostage rescue in Sulaimani",
        "Residents of the Bakrajo quarter were told not to be alarmed by gunfire on Sunday, when the "
        "counter-terrorism group stormed a bus and freed passengers held by make-believe gunmen. The "
        "scenario, the second this year, was watched by foreign guests.",
    ),
    (
        "2021-06-10",
        "Annual live fire training for artillery school",
        "The artillery school fired 40 shells and a dozen mortar rounds on the Bismaya range on Thursday "
        "as part of its yearly programme. The shots were heard in villages nearby, and the command "
        "apologised to residents.",
    ),
    (
        "2020-08-03",
        "Sinjar marks six years since genocide",
        "Thousands gathered at Mount Sinjar on Monday to mark the day six years ago when Islamic State "
        "fighters stormed the district, killing hundreds of men and carrying off more than 6,000 women "
        "and children. Some 2,800 are still missing. Candles were lit in Khanasor and in the camps of "
        "Duhok.",
    ),
    (
        "2023-10-16",
        "Six years after October 16, Kirkuk Kurds look back",
        "On 16 October six years ago the army and the Hashd attacked the Peshmerga south of Kirkuk and "
        "took the city within a day. Dozens were killed and more than 100,000 people fled. A ceremony was "
        "held at the graves of the fallen in Tuz Khurmatu on Monday morning.",
    ),
    (
        "2019-06-10",
        "Mosul remembers its fall",
        "Five years ago today some 1,500 fighters of the Islamic State drove the army out of Mosul. The "
        "group blew up shrines, executed policemen and expelled the Christians. Shopkeepers in the old "
        "town say that little has been rebuilt since.",
    ),
    (
        "2021-02-14",
        "Railway workers walk out over pay",
        "Train drivers and signalmen in Mosul and Baiji began a three-day strike on Sunday. The strike "
        "hit the oil line hardest, and a second strike is planned for next week unless the ministry pays "
        "the arrears.",
    ),
    (
        "2024-01-30",
        "Kurdistan teachers end strike",
        "Teachers in Sulaimani and Halabja ended a five-month strike on Tuesday after the first salaries "
        "of the year were paid. The strike had paralysed 1,900 schools.",
    ),
    (
        "2022-05-05",
        "Peshmerga ministry denies attack on its post",
        "The Ministry of Peshmerga on Thursday denied that one of its posts near Makhmour had been "
        'attacked overnight. "There was no attack and nobody was killed or wounded," its spokesman said, '
        "adding that the pictures doing the rounds were old.",
    ),
    (
        "2021-08-21",
        "Kirkuk police: story of kidnapping is untrue",
        "The police of Kirkuk dismissed as untrue a report on social media that three girls had been "
        "kidnapped in the Rahimawa quarter on Friday. They had been visiting relatives and are home.",
    ),
    (
        "2022-12-01",
        "Army dispels rumours of pullout from Jalawla",
        "The Diyala Operations Command said on Thursday that what some pages had published about the "
        "withdrawal of the army's 20th Brigade from Jalawla and its replacement by the Hashd was entirely "
        "without foundation.",
    ),
    (
        "2020-04-22",
        "Media cell: no explosion at Balad base",
        "The Security Media Cell said there was no truth in reports that an explosion had shaken Balad "
        "air base on Wednesday. What was heard was the controlled disposal of old ammunition.",
    ),
    (
        "2021-10-03",
        "Tribal elder rejects accusation",
        "A tribal elder of Rashad on Sunday rejected accusations that members of his tribe had attacked a "
        'checkpoint of the federal police. "Not one of our sons carried a weapon that night," he said.',
    ),
    (
        "2023-07-07",
        "Turkey refutes claim that its drone hit clinic",
        "Turkey's defence ministry denied claims by the PKK that one of its drones had struck a clinic in "
        "Sinjar and killed four people. It said that there had been no flights over the district in the "
        "past week.",
    ),
    (
        "2019-12-05",
        "Three sentenced to death over Tikrit massacre",
        "The Central Criminal Court sentenced three men to death on Thursday for taking part in the "
        "murder of cadets at Camp Speicher, where Islamic State shot 1,700 recruits in June 2014. One of "
        "them confessed that he had fired on the bound men.",
    ),
    (
        "2021-05-18",
        "Kirkuk court jails ISIS emir for life",
        "A court in Kirkuk handed down a life term to a leader of the Islamic State who had carried out "
        "bombings in Hawija and kidnapped two policemen, the Supreme Judicial Council announced on "
        "Tuesday. He was also found guilty of setting fire to a farm.",
    ),
    (
        "2022-07-19",
        "Sunni blocs agree on candidate",
        "After weeks of fire from both sides, the two Sunni blocs buried the hatchet on Tuesday and "
        "agreed on a candidate for speaker. Their rivals attacked the deal as a bombshell and promised to "
        "fight it in court. A battle over the post of governor of Kirkuk is expected.",
    ),
    (
        "2021-01-12",
        "Kirkuk oil exports jump",
        "Exports from Kirkuk shot up by 12 per cent in December, the oil ministry said on Tuesday. Output "
        "from the Avana dome was hit by a power cut on two days. The pipeline to Ceyhan carried 95,000 "
        "barrels a day.",
    ),
    (
        "2022-02-06",
        "UN: 62 attacks recorded in January",
        "The United Nations recorded 62 security incidents in Kirkuk, Diyala and Salah al-Din in January, "
        "against 80 in December. In all 31 people were killed and 44 wounded. Roadside bombs accounted "
        "for a third of the incidents.",
    ),
    (
        "2020-12-31",
        "Peshmerga count losses of the year",
        "Thirty-four Peshmerga were killed and 91 wounded in attacks by the Islamic State in 2020, the "
        "ministry said on Thursday. Most of the attacks took place in Garmian and around Makhmour. In the "
        "year before the figure was 21.",
    ),
    (
        "2020-06-02",
        "Commander: we will strike them in their caves",
        "The commander of the Garmian axis vowed on Tuesday to hunt down the militants behind recent "
        'ambushes. "We will hit them in their caves and we will not wait for them," he said.',
    ),
    (
        "2021-12-17",
        "Reward offered for clues",
        "The joint command has offered 50 million dinars for information on those who attack villages in "
        "the Qarachogh area. It published a telephone number and promised that callers would not be "
        "named.",
    ),
    (
        "2024-02-02",
        "Funeral for fallen officer",
        "Hundreds attended the funeral in Erbil on Friday of a Peshmerga colonel who died in hospital of "
        "an illness contracted at the front. He had been wounded three times in the war against the "
        "Islamic State.",
    ),
    (
        "2024-08-19",
        "Dispute over land: tribes sign truce",
        "Two tribes in Rabia whose quarrel over a well had cost seven lives since the spring signed a "
        "truce on Monday before the governor.",
    ),
    (
        "2023-08-28",
        "Electricity: towers of line repaired",
        "Repair crews put back into service on Monday the 400 kV line from Kirkuk to Diyala, which "
        "has been targeted by bombers many times in past summers. Three other lines are to be "
        "guarded by cameras.",
    ),
    (
        "2022-04-04",
        "Turkish base question raised in parliament",
        "Lawmakers asked on Monday what the government had done about the Turkish bases in Duhok, "
        "which have been the target of rocket attacks by armed groups on many occasions. A "
        "committee counts 37 posts up to 30 km inside Iraq.",
    ),
    (
        "2021-10-10",
        "How Iraqis voted in the disputed areas",
        "Voters in Khanaqin, Makhmour and Sinjar went to the polls on Sunday under heavy guard. In "
        "the last election militants had attacked two polling stations. This time, said an "
        'observer, "not a shot was fired".',
    ),
    (
        "2022-08-22",
        "Ministry: 14 killed in Turkish shelling since January",
        "Fourteen civilians have been killed and 31 wounded by Turkish shells and drones in the "
        "Kurdistan Region since January, a monitor said on Monday. More than 160 villages have been "
        "emptied since 1991.",
    ),
    (
        "2019-02-20",
        "Iraqi prisoners handed over by SDF",
        "The Syrian Democratic Forces handed over 150 Iraqi and foreign fighters of Islamic State "
        "to Iraq on Wednesday, a colonel said. They had been captured in Deir al-Zor and will be "
        "tried in Baghdad.",
    ),
    (
        "2021-05-09",
        "Mayor of Khanaqin: we need the Peshmerga back",
        "The mayor of Khanaqin on Sunday repeated his call for the Peshmerga to return. Since 2017, "
        "he said, villages have been attacked at night, farmers kidnapped and orchards burned, and "
        "no one has been caught. He warned that a massacre could happen at any time.",
    ),
    (
        "2020-05-30",
        "Harvest begins under guard",
        "Wheat harvest began near Makhmour on Saturday under the eyes of soldiers and Peshmerga. A "
        "year ago militants burned hundreds of hectares and fired on those who tried to put out the "
        "flames. Firemen with six engines stand by.",
    ),
    (
        "2022-12-31",
        "The year in figures",
        "This year ISIS carried out 112 attacks in Kirkuk, 140 in Diyala and 61 in Salah al-Din. "
        "Roadside bombs killed 48 soldiers and policemen, snipers 21. Peshmerga losses fell to nine "
        "dead.",
    ),
    (
        "2020-12-09",
        "Anniversary of victory over Daesh",
        "Iraq celebrates on Thursday the third anniversary of its victory over Daesh. Army bands "
        "played in Mosul on Wednesday. The war cost the lives of some 30,000 fighters and left half "
        "of the old city in ruins.",
    ),
    (
        "2020-11-07",
        "Body of soldier returned after six years",
        "The remains of a soldier who fell at Baiji in 2014 were brought home to Tuz Khurmatu on "
        "Saturday after a DNA test.",
    ),
    (
        "2020-10-09",
        "Sinjar agreement signed",
        "Baghdad and Erbil signed an agreement on Sinjar on Friday. Under it all armed groups are "
        "to leave and 2,500 local policemen will be hired. The PKK, which has fought Turkey since "
        "1984, rejected it. Turkish jets have bombed Sinjar several times in recent years.",
    ),
]


@pytest.mark.parametrize(("day", "title", "text"), QUIET, ids=[row[1] for row in QUIET])
def test_quiet(day: str, title: str, text: str) -> None:
    assert not drafts(title, text, day)


TOLD = [
    (
        "2021-06-10",
        "Bomber in Kirkuk",
        "A suicide bomber set off his charge among recruits in Kirkuk on Monday, killing six.",
        ["suicide_attack"],
    ),
    (
        "2021-06-10",
        "Village left",
        "Villagers abandoned Tal al-Dhahab on Monday, fearing more attacks.",
        ["displacement"],
    ),
    (
        "2021-06-10",
        "Towers blown up",
        "The ministry said on Tuesday that two pylons had been blown up near Dibis.",
        ["sabotage"],
    ),
    (
        "2021-08-03",
        "Sinjar marks seven years since genocide",
        "Thousands marked the day in Sinjar on Tuesday. On Monday a Turkish drone killed two fighters near Khanasor.",
        ["air_strike"],
    ),
    (
        "2021-05-18",
        "Faction denies involvement in attack",
        "A faction denied involvement in the attack near Taji on Monday, in which a roadside bomb killed two soldiers.",
        ["explosion"],
    ),
    (
        "2019-04-11",
        "Boy killed near Zummar",
        "On 9 April a boy died near Zummar, on ground that was a front line in 2014, when he stepped on a mine.",
        ["explosion"],
    ),
    (
        "2023-11-21",
        "Bomb in Kirkuk",
        "In 2014 the group took the town. On Monday a car bomb killed three people in Kirkuk. Two others were hurt.",
        ["explosion"],
    ),
]


@pytest.mark.parametrize(("day", "title", "text", "types"), TOLD, ids=[row[1] for row in TOLD])
def test_told_all_the_same(day: str, title: str, text: str, types: list[str]) -> None:
    assert [d.type.value for d in drafts(title, text, day)] == types
