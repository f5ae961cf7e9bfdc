"""The recipe that makes the shipped embedding model; needs the ``train`` extra, never imported by the service.

``python -m ingest.training --data ../shared/data/train --out ingest/model`` builds the folder,
``python -m ingest.training.evaluate`` prints its figures on the tuning set.
"""
