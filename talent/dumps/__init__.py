"""The whole knowledge base as files: written in constant memory from one moment of the database, published whole or
not at all."""

from talent.dumps.build import DumpRunning, Progress, build, is_due
from talent.dumps.catalogue import DumpFile, Manifest, file_of, folder_of, published
from talent.dumps.folders import sweep
from talent.dumps.tables import TABLES, Column, Table, columns_of
from talent.dumps.writers import Parquet, cells, csv_lines, json_lines

__all__ = [
    "TABLES",
    "Column",
    "DumpFile",
    "DumpRunning",
    "Manifest",
    "Parquet",
    "Progress",
    "Table",
    "build",
    "cells",
    "columns_of",
    "csv_lines",
    "file_of",
    "folder_of",
    "is_due",
    "json_lines",
    "published",
    "sweep",
]
