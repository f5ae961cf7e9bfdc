"""The catalogue: which reports there are, their versions, passages, figures and jobs. The truth (invariant 2).

- ``records``: what the catalogue hands out (``VersionInfo``, ``StoredVersion``, ``Job``).
- ``store``: ``open_catalogue(url)`` and ``Catalogue``; ``jobs``: the job list.
- ``tables``, ``codec``, ``engine``, ``migrations``: how it is kept.

It does not read files, embed anything or know the index: ``ingest.pipeline`` keeps the three in step.
"""
