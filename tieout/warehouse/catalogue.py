"""The catalogue of break categories, made from the headers of sql/breaks."""

from collections.abc import Mapping

import pyarrow as pa

from tieout.warehouse.models import Model

_SCHEMA = pa.schema(
    [
        ("category", pa.string()),
        ("category_zh", pa.string()),
        ("family", pa.string()),
        ("rank", pa.int64()),
        ("severity", pa.string()),
        ("means", pa.string()),
        ("remedy", pa.string()),
    ]
)


def catalogue(models: Mapping[str, Model]) -> pa.Table:
    """One row a category, by rank: the header of its file, so that it cannot drift."""
    members = [model for model in models.values() if model.schema == "breaks" and model.family]
    rows = [
        {
            "category": model.member,
            "category_zh": model.header["zh"],
            "family": model.header["family"],
            "rank": model.rank,
            "severity": model.header["severity"],
            "means": model.header["means"],
            "remedy": model.header["remedy"],
        }
        for model in sorted(members, key=lambda model: model.rank)
    ]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)
