"""The words that label the parts of a report, in English, Arabic and Sorani. Language, not an area."""

from __future__ import annotations

# Lines at the head of a text: "Source: …". Keys are lower case.
HEADERS = {
    "title": ("title", "subject", "headline", "العنوان", "عنوان", "الموضوع", "ناونیشان", "سەردێڕ", "بابەت"),
    "source": ("source", "agency", "outlet", "organisation", "organization", "المصدر", "الجهة", "سەرچاوە"),
    "date": (
        *("date", "published", "publication date", "date published", "published on", "posted", "sent"),
        *("التاريخ", "تاريخ", "تاريخ النشر", "تاريخ الخبر", "نشر في", "نُشر في", "بەروار", "ڕێکەوت", "رێکەوت"),
    ),
    "from": ("from", "من", "لە"),
    "lang": ("lang", "language", "اللغة", "زمان"),
    "source_kind": ("source_kind", "source kind", "kind", "نوع المصدر"),
    "id": ("id", "report id", "ref", "reference", "الرقم", "العدد", "ژمارە"),
}

# Columns of tables and fields of JSON. The first of a list wins where several are present and filled.
FIELDS = {
    "id": ("id", "report_id", "external_id", "event_id_cnty", "data_id", "guid", "relid", "ref"),
    "date": (
        *("published", "date", "published_at", "date_published", "pubdate", "publication_date", "report_date"),
        *("event_date", "date_start", "timestamp", "التاريخ", "تاريخ النشر", "بەروار", "ڕێکەوت"),
    ),
    "title": ("title", "headline", "subject", "source_headline", "العنوان", "ناونیشان", "سەردێڕ"),
    "text": (
        *("text", "body", "content", "content_text", "report", "article", "notes", "description", "summary"),
        *("النص", "نص الخبر", "الخبر", "دەق", "ناوەڕۆک"),
    ),
    "source": ("source", "source_original", "source_office", "outlet", "publisher", "agency", "المصدر", "سەرچاوە"),
    "source_kind": ("source_kind",),
    "lang": ("lang", "language", "اللغة", "زمان"),
}

# SALUTE and SPOTREP forms, by letter or word.
FORM = {
    "size": ("size", "s", "strength", "الحجم", "العدد", "القوة", "قەبارە", "ژمارە"),
    "activity": ("activity", "a", "النشاط", "الحدث", "الفعالية", "چالاکی", "ڕووداو"),
    "location": ("location", "l", "loc", "grid", "الموقع", "المكان", "شوێن", "شوێنی ڕووداو"),
    "unit": ("unit", "u", "uniform", "unit/uniform", "الوحدة", "الجهة", "یەکە", "لایەن"),
    "time": (
        *("time", "t", "dtg", "time/dtg", "dtg/time", "date/time", "date-time group", "time of incident"),
        *("الوقت", "الزمان", "وقت الحادث", "كات", "کات", "کاتی ڕووداو"),
    ),
    "equipment": ("equipment", "e", "eqpt", "weapons", "التجهيز", "التجهيزات", "السلاح", "المعدات", "کەلوپەل", "چەک"),
    "remarks": ("remarks", "r", "assessment", "action", "الملاحظات", "ملاحظات", "تێبینی"),
}

MONTHS = {
    1: ("january", "jan", "يناير", "كانون الثاني", "کانوونی دووەم", "كانوونی دووەم"),
    2: ("february", "feb", "فبراير", "شباط", "شوبات"),
    3: ("march", "mar", "مارس", "آذار", "اذار", "أذار", "ئازار", "ئادار"),
    4: ("april", "apr", "أبريل", "ابريل", "إبريل", "نيسان", "نیسان"),
    5: ("may", "مايو", "أيار", "ايار", "مايس", "ئایار", "ئایاری"),
    6: ("june", "jun", "يونيو", "يونيه", "حزيران", "حوزەیران"),
    7: ("july", "jul", "يوليو", "يوليه", "تموز", "تەمموز", "تەمووز", "تەممووز"),
    8: ("august", "aug", "أغسطس", "اغسطس", "آب", "اب", "ئاب"),
    9: ("september", "sept", "sep", "سبتمبر", "أيلول", "ايلول", "ئەیلوول", "ئەیلول"),
    10: ("october", "oct", "أكتوبر", "اكتوبر", "تشرين الأول", "تشرين الاول", "تشرینی یەکەم"),
    11: ("november", "nov", "نوفمبر", "تشرين الثاني", "تشرینی دووەم"),
    12: ("december", "dec", "ديسمبر", "كانون الأول", "كانون الاول", "کانوونی یەکەم", "كانوونی یەکەم"),
}
