"""Invented nights, each told by three desks in three languages: (day of the reports, English, Arabic, Sorani)."""

STORIES: dict[str, tuple[str, str, str, str]] = {
    "post at Daquq": (
        "2021-03-11",
        "Islamic State gunmen attacked a federal police post south of Daquq late on Wednesday "
        "night, killing three policemen and wounding two, a security source said.",
        "قال مصدر أمني إن مسلحين من تنظيم داعش هاجموا مساء الأربعاء نقطة للشرطة الاتحادية جنوب "
        "داقوق، ما أسفر عن مقتل ثلاثة من عناصر الشرطة وإصابة اثنين آخرين.",
        "سەرچاوەیەکی ئەمنی ڕایگەیاند، چەکدارانی داعش شەوی چوارشەممە هێرشیان کردە سەر بنکەیەکی "
        "پۆلیسی فیدراڵ لە باشووری داقوق، لە ئەنجامدا سێ پۆلیس کوژران و دوو پۆلیسی دیکە بریندار "
        "بوون.",
    ),
    "bomb near Hawija": (
        "2021-04-20",
        "A roadside bomb struck an army patrol near Hawija on Monday, killing one soldier and "
        "wounding four others, the army said.",
        "انفجرت عبوة ناسفة يوم الاثنين في دورية للجيش العراقي قرب الحويجة، ما أدى إلى مقتل جندي وإصابة أربعة آخرين.",
        "ڕۆژی دووشەممە بۆمبێکی چێنراو لە نزیک حەویجە بە دەوریەیەکی سوپای عێراقدا تەقییەوە، "
        "سەربازێک کوژرا و چوار سەربازی دیکە بریندار بوون.",
    ),
    "village near Makhmour": (
        "2021-12-04",
        "Militants of the Islamic State stormed a village near Makhmour on Thursday night, "
        "killing three villagers and wounding two others, local officials said.",
        "اقتحم مسلحو داعش ليلة الخميس قرية قرب مخمور وقتلوا ثلاثة من الأهالي وأصابوا اثنين آخرين، بحسب مسؤولين محليين.",
        "شەوی پێنجشەممە چەکدارانی داعش هێرشیان کردە سەر گوندێک لە نزیک مەخموور و سێ هاووڵاتییان "
        "کوشت و دوو هاووڵاتی دیکەیان بریندار کرد.",
    ),
    "Peshmerga at Qara Tapa": (
        "2022-01-15",
        "Two Peshmerga fighters were killed and five wounded when Islamic State militants "
        "attacked their post near Qara Tapa on Friday night, the Peshmerga ministry said.",
        "أعلنت وزارة البيشمركة مقتل اثنين من عناصر البيشمركة وإصابة خمسة آخرين في هجوم لتنظيم "
        "داعش على نقطة لهم قرب قره تبه ليلة الجمعة.",
        "وەزارەتی پێشمەرگە ڕایگەیاند، شەوی هەینی چەکدارانی داعش هێرشیان کردە سەر پێگەیەکی "
        "پێشمەرگە لە نزیک قەرەتەپە و دوو پێشمەرگە شەهید بوون و پێنج پێشمەرگەی دیکە بریندار "
        "بوون.",
    ),
    "mortars on Jalawla": (
        "2021-08-02",
        "Four mortar shells hit a residential quarter of Jalawla on Sunday, wounding three civilians, police said.",
        "سقطت أربع قذائف هاون على حي سكني في جلولاء يوم الأحد، ما أسفر عن إصابة ثلاثة مدنيين، بحسب الشرطة.",
        "ڕۆژی یەکشەممە چوار هاوەن بە گەڕەکێکی جەلەولا کەوتن و سێ هاووڵاتی مەدەنی بریندار بوون.",
    ),
    "air strike in Hamrin": (
        "2021-06-17",
        "Iraqi F-16 jets struck a hideout of the Islamic State in the Hamrin mountains on "
        "Wednesday, killing five militants, the Security Media Cell said.",
        "أعلنت خلية الإعلام الأمني أن طائرات F-16 عراقية قصفت يوم الأربعاء وكرا لداعش في جبال "
        "حمرين، ما أدى إلى مقتل خمسة إرهابيين.",
        "شانەی ڕاگەیاندنی ئەمنی ڕایگەیاند، ڕۆژی چوارشەممە فڕۆکەکانی F-16ی عێراق حەشارگەیەکی "
        "داعشیان لە چیاکانی حەمرین بۆردومان کرد و پێنج چەکداری داعش کوژران.",
    ),
    "abduction at Khanaqin": (
        "2021-05-12",
        "Gunmen of the Islamic State kidnapped two shepherds near Khanaqin on Tuesday, a local official said.",
        "اختطف مسلحون من داعش راعيين قرب خانقين يوم الثلاثاء، بحسب مسؤول محلي.",
        "ڕۆژی سێشەممە چەکدارانی داعش دوو شوانیان لە نزیک خانەقین ڕفاند، بەرپرسێکی ناوخۆیی وای گوت.",
    ),
    "arrests in Kirkuk": (
        "2021-09-08",
        "Police in Kirkuk arrested four suspected Islamic State members on Tuesday, a statement said.",
        "ألقت الشرطة في كركوك القبض على أربعة مشتبه بانتمائهم إلى داعش يوم الثلاثاء، بحسب بيان.",
        "ڕۆژی سێشەممە پۆلیس لە کەرکووک چوار گومانلێکراوی سەر بە داعشی دەستگیر کرد، لە بەیاننامەیەکدا هات.",
    ),
    "suicide bomber in Tuz Khurmatu": (
        "2021-02-22",
        "A suicide bomber blew himself up in a market in Tuz Khurmatu on Sunday, killing six "
        "civilians and wounding fifteen, police and medics said.",
        "فجر انتحاري نفسه في سوق بطوزخورماتو يوم الأحد، ما أدى إلى مقتل ستة مدنيين وإصابة خمسة عشر آخرين، بحسب الشرطة.",
        "ڕۆژی یەکشەممە خۆکوژێک لە بازاڕێکی دووزخورماتوو خۆی تەقاندەوە و شەش هاووڵاتی کوژران و "
        "پازدە کەسی دیکە بریندار بوون.",
    ),
    "fields burned at Dibis": (
        "2021-05-30",
        "Islamic State militants set fire to wheat fields near Dibis on Saturday night, farmers said.",
        "أضرم مسلحو داعش النار في حقول القمح قرب الدبس ليلة السبت، بحسب فلاحين.",
        "شەوی شەممە چەکدارانی داعش کێڵگە گەنمەکانی نزیک دوبزیان سووتاند، جووتیارانی ناوچەکە وایان گوت.",
    ),
    "operation south of Kirkuk": (
        "2021-10-14",
        "Federal police killed three Islamic State militants in an operation in the Rashad area "
        "south of Kirkuk on Wednesday, a statement said.",
        "قتلت الشرطة الاتحادية ثلاثة من عناصر داعش في عملية أمنية في ناحية الرشاد جنوب كركوك يوم الأربعاء، بحسب بيان.",
        "ڕۆژی چوارشەممە پۆلیسی فیدراڵ لە ئۆپەراسیۆنێکدا لە ناوچەی ڕەشاد لە باشووری کەرکووک سێ چەکداری داعشی کوشت.",
    ),
    "checkpoint at Altun Kupri": (
        "2021-07-06",
        "One Peshmerga was killed and three were wounded when militants opened fire on a "
        "checkpoint near Altun Kupri on Monday evening.",
        "قتل عنصر من البيشمركة وأصيب ثلاثة آخرون عندما فتح مسلحون النار على حاجز قرب التون كوبري مساء الاثنين.",
        "ئێوارەی دووشەممە چەکداران تەقەیان لە بازگەیەک کرد لە نزیک پردێ و پێشمەرگەیەک شەهید بوو "
        "و سێ پێشمەرگەی دیکە بریندار بوون.",
    ),
}

# Two attacks of one night, not far from each other: (day of the reports, reports of the first, of the second)
CROWDED: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "a post and a village near Daquq and Taza": (
        "2021-03-11",
        (
            "Islamic State gunmen attacked a police post in Daquq on Wednesday night, killing three policemen.",
            "هاجم مسلحو داعش ليلة الأربعاء نقطة للشرطة في داقوق ما أدى إلى مقتل ثلاثة من الشرطة.",
        ),
        (
            "A roadside bomb hit an army vehicle in Taza Khurmatu on Wednesday night, wounding two soldiers.",
            "انفجرت عبوة ناسفة ليلة الأربعاء على عجلة للجيش في تازة خورماتو ما أدى إلى إصابة جنديين.",
        ),
    ),
    "two posts near Jalawla and Saadiya": (
        "2021-11-19",
        (
            "Gunmen attacked an army post in Jalawla on Thursday night, killing two soldiers.",
            "هاجم مسلحون ليلة الخميس نقطة للجيش في جلولاء ما أدى إلى مقتل جنديين.",
        ),
        (
            "Gunmen attacked an army post in Saadiya on Thursday night, killing five soldiers.",
            "هاجم مسلحون ليلة الخميس نقطة للجيش في السعدية ما أدى إلى مقتل خمسة جنود.",
        ),
    ),
    "two villages of one district": (
        "2021-12-04",
        (
            "Militants attacked the village of Khidirjija on Thursday night, killing three villagers.",
            "هاجم مسلحون ليلة الخميس قرية خضرجيجة وقتلوا ثلاثة من الأهالي.",
        ),
        (
            "Militants kidnapped two farmers from a village near Qarachogh on Thursday night.",
            "اختطف مسلحون ليلة الخميس مزارعين اثنين من قرية قرب قره جوغ.",
        ),
    ),
}
