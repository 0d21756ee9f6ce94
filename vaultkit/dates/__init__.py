"""How people write dates: one date, one line or one name at a time. Pure; knows no note, no export and no file.

`words` are the names of weekdays, months and eras, `forms` the spellings of a date, `heading` a line that is a date,
`offset` what follows its time, `prose` dates within sentences, `leading` the date with which a name or a property
begins; `titles` tells a short title beside a date from a sentence; `calendar` knows which numbers are a day. What the
dates of a whole text mean together (day or month first, a year that is not written) is in `importing.date_headings` and
`date_order`.
"""
