"""GeoJSON: the units as points; those without coordinates have no geometry."""

from __future__ import annotations

from pydantic_core import to_json

from cityfolio.publish.tables import ReleasedTable

__all__ = ["units_geojson"]


def units_geojson(units: ReleasedTable) -> bytes:
    """A FeatureCollection (RFC 7946) with one feature a unit: longitude before latitude, all other columns as properties."""
    features = []
    for row in units.rows:
        held = {name: cell for name, cell in zip(units.names, row, strict=True) if cell is not None}
        latitude, longitude = held.pop("lat", None), held.pop("lon", None)
        placed = isinstance(latitude, float) and isinstance(longitude, float)
        features.append(
            {
                "type": "Feature",
                "id": held.get("unit"),
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if placed else None,
                "properties": held,
            }
        )
    return to_json({"type": "FeatureCollection", "features": features}) + b"\n"
