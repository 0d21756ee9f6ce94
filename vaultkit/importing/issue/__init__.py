"""Issues of any tracker: what they are (`model`), their note (`note`), the ids of their comments (`block_id`), reading
their JSON fields (`fields`), and how texts refer to them (`references`).

A tracker's source fills in an `Issue` and gets its `Entry` from `note.entry`. Nothing here knows a particular tracker,
but `references`, which has one line for each way of writing a reference.
"""
