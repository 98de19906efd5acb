"""National Grid eastings and northings as latitude and longitude, and how far two points are apart.

Source: Ordnance Survey, "A guide to coordinate systems in Great Britain": annexe B and C (Airy 1830, National Grid) and
section 6.6 (the seven-parameter Helmert transformation from OSGB36 to WGS 84). Helmert is good to about 5 m across
Great Britain, and up to 7 m at its edges; the middle of a postcode is itself often 50 m from the door.
"""

import math

type Degrees = tuple[float, float]
"""(latitude, longitude), WGS 84 unless said otherwise."""

AIRY = (6_377_563.396, 6_356_256.909)
WGS84 = (6_378_137.0, 6_356_752.314245)
_SCALE, _LAT0, _LON0, _E0, _N0 = 0.9996012717, math.radians(49), math.radians(-2), 400_000.0, -100_000.0
_SHIFT = (446.448, -125.157, 542.060)
_TURN = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_GROW = -20.4894e-6
_EARTH = 6_371_008.8
"""Mean radius in metres."""


def grid_to_degrees(easting: float, northing: float) -> Degrees:
    """WGS 84 degrees of a point of the National Grid of Great Britain, both in metres. Not for the Irish Grid."""
    latitude, longitude = grid_to_airy(easting, northing)
    return _from_cartesian(_moved(_cartesian(latitude, longitude, AIRY)), WGS84)


def grid_to_airy(easting: float, northing: float) -> Degrees:
    """OSGB36 degrees (on the Airy ellipsoid) of a point of the National Grid, both in metres; exact to millimetres."""
    a, b = AIRY
    squared = 1 - (b / a) ** 2
    phi = _LAT0
    arc = 0.0
    while True:
        phi += (northing - _N0 - arc) / (a * _SCALE)
        arc = _arc(phi)
        if abs(northing - _N0 - arc) < 1e-5:
            break
    sin, tan = math.sin(phi), math.tan(phi)
    nu = a * _SCALE / math.sqrt(1 - squared * sin**2)
    rho = a * _SCALE * (1 - squared) / (1 - squared * sin**2) ** 1.5
    eta = nu / rho - 1
    d, t = easting - _E0, tan**2
    latitude = phi - tan / (2 * rho * nu) * d**2
    latitude += tan / (24 * rho * nu**3) * (5 + 3 * t + eta - 9 * t * eta) * d**4
    latitude -= tan / (720 * rho * nu**5) * (61 + 90 * t + 45 * t**2) * d**6
    sec = 1 / math.cos(phi)
    longitude = _LON0 + sec / nu * d - sec / (6 * nu**3) * (nu / rho + 2 * t) * d**3
    longitude += sec / (120 * nu**5) * (5 + 28 * t + 24 * t**2) * d**5
    longitude -= sec / (5040 * nu**7) * (61 + 662 * t + 1320 * t**2 + 720 * t**3) * d**7
    return math.degrees(latitude), math.degrees(longitude)


def metres_between(one: Degrees, other: Degrees) -> float:
    """The way over the ground between two points in degrees, in metres, on a sphere: good to half a percent."""
    (lat1, lon1), (lat2, lon2) = ([math.radians(each) for each in point] for point in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def _arc(phi: float) -> float:
    """The developed arc of the meridian from the true origin, in metres."""
    a, b = AIRY
    n = (a - b) / (a + b)
    less, more = phi - _LAT0, phi + _LAT0
    return (
        b
        * _SCALE
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * math.sin(less) * math.cos(more)
            + (1.875 * n**2 + 1.875 * n**3) * math.sin(2 * less) * math.cos(2 * more)
            - 35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more)
        )
    )


def _cartesian(
    latitude: float, longitude: float, ellipsoid: tuple[float, float]
) -> tuple[float, float, float]:
    a, b = ellipsoid
    squared = 1 - (b / a) ** 2
    phi, lam = math.radians(latitude), math.radians(longitude)
    nu = a / math.sqrt(1 - squared * math.sin(phi) ** 2)
    return (
        nu * math.cos(phi) * math.cos(lam),
        nu * math.cos(phi) * math.sin(lam),
        nu * (1 - squared) * math.sin(phi),
    )


def _moved(point: tuple[float, float, float]) -> tuple[float, float, float]:
    """OSGB36 to WGS 84."""
    x, y, z = point
    (tx, ty, tz), (rx, ry, rz), s = _SHIFT, _TURN, 1 + _GROW
    return tx + s * x - rz * y + ry * z, ty + rz * x + s * y - rx * z, tz - ry * x + rx * y + s * z


def _from_cartesian(point: tuple[float, float, float], ellipsoid: tuple[float, float]) -> Degrees:
    x, y, z = point
    a, b = ellipsoid
    squared = 1 - (b / a) ** 2
    flat = math.hypot(x, y)
    phi = math.atan2(z, flat * (1 - squared))
    for _ in range(5):
        nu = a / math.sqrt(1 - squared * math.sin(phi) ** 2)
        phi = math.atan2(z + squared * nu * math.sin(phi), flat)
    return math.degrees(phi), math.degrees(math.atan2(y, x))
