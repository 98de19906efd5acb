"""The statistics against what others published. The figures below are facts from the sources named beside them.

Not among them: a printed space-time permutation statistic with its total of cases, of which no source was found; it has
the form of the Poisson ratio, which is held to SaTScan's printout, and its shuffling is held to exchangeability.
"""

import numpy as np
import pytest

from heed.core.patterns.scan import chance_of_cluster, cluster_ratio, knox, strongest_cluster
from heed.core.patterns.series import C2_GUARD, ears, farrington, quieter

NEWPORT = [
    1, 1, 1, 3, 3, 1, 2,
    1, 0, 3, 3, 3, 1, 0, 0, 0, 1, 3, 0, 2, 2, 3, 3, 0, 3, 2, 1, 2, 1, 1, 0, 3, 1, 2, 0, 0, 2, 5, 2, 0, 3, 6, 1, 2, 1,
    2, 0, 2, 0, 3, 9, 41, 45, 17, 3, 3, 5, 11, 5,
]  # fmt: skip
"""Salmonella Newport in Germany, cases a week: the last seven weeks of 2010 and the 52 of 2011. SurvStat@RKI, Robert
Koch Institute, as the R package surveillance carries them (salmNewport, summed over the federal states)."""
FIRST_BOUNDS = [3.278854, 3.278854, 3.436517, 3.855617]
"""EARS C1 with alpha 0.05 for the first four weeks of 2011: that package's own test of earsC."""

BURKITT = """
300 302 413; 291 270 472; 326 263 511; 299 376 689; 267 327 730; 266 356 847; 267 345 871; 262 338 899
268 335 921; 335 275 1134; 302 272 1190; 301 304 1214; 302 272 1224; 324 337 1322; 260 338 1399
306 385 1480; 284 362 1503; 293 332 1549; 274 353 1567; 263 333 1607; 307 386 1615; 274 357 1657
297 282 1688; 288 365 1695; 283 366 1714; 290 352 1811; 284 341 1813; 286 341 1910; 282 350 1986
292 278 1996; 305 381 2049; 298 378 2053; 299 381 2075; 287 342 2081; 276 380 2103; 261 345 2204
273 347 2209; 284 357 2215; 266 361 2239; 285 360 2272; 278 350 2281; 305 321 2349; 293 332 2351
297 375 2373; 332 273 2377; 256 345 2388; 275 357 2411; 267 350 2412; 267 301 2419; 286 379 2424
322 332 2488; 278 349 2510; 280 356 2512; 276 354 2533; 261 343 2545; 323 298 2588; 260 346 2616
283 352 2617; 282 361 2629; 308 390 2658; 293 275 2695; 331 272 2715; 266 308 2766; 280 354 2772
301 271 2800; 279 361 2888; 321 280 2996; 292 391 3027; 315 307 3118; 323 333 3153; 282 302 3149
269 348 3149; 330 349 3173; 281 302 3237; 330 396 3245; 328 341 3266; 264 323 3275; 303 382 3286
264 285 3302; 259 337 3308; 329 350 3323; 328 351 3342; 284 351 3346; 309 370 3422; 329 270 3453
273 347 3453; 295 267 3500; 262 353 3530; 281 352 3570; 325 335 3576; 288 341 3614; 302 248 3636
315 273 3661; 295 377 3693; 284 358 3716; 272 376 3773; 305 369 3790; 279 318 3806; 290 339 3843
311 376 3848; 288 256 3848; 324 284 3851; 287 353 3973; 283 364 3976; 267 337 3878; 280 298 3963
275 326 3985; 281 299 4079; 313 365 4080; 273 332 4107; 283 363 4118; 304 366 4133; 308 387 4156
330 275 4194; 260 339 4195; 289 335 4207; 268 314 4212; 329 268 4213; 264 298 4213; 274 342 4216
286 373 4235; 263 346 4258; 265 335 4273; 269 340 4277; 260 359 4290; 279 355 4336; 284 399 4339
270 337 4352; 267 363 4383; 320 282 4385; 282 315 4441; 303 377 4492; 303 247 4518; 264 297 4554
303 337 4565; 289 380 4610; 270 330 4628; 262 335 4637; 274 342 4638; 262 333 4700; 262 333 4700
267 369 4701; 255 290 4708; 267 336 4750; 273 309 4751; 270 328 4764; 270 339 4780; 265 334 4806
276 360 4822; 276 360 4848; 283 363 4858; 305 374 4861; 264 326 4862; 286 361 4888; 278 333 4891
257 344 4914; 302 395 4918; 275 378 4932; 290 361 4944; 279 362 4948; 300 255 4964; 270 357 4975
290 356 5001; 291 368 5002; 283 361 5072; 270 325 5135; 266 332 5199; 267 367 5353; 300 364 5358
268 390 5361; 276 337 5489; 293 396 5495; 273 345 5505; 267 338 5530; 278 367 5578; 310 387 5583
298 268 5588; 266 332 5599; 279 340 5641; 266 361 5643; 267 344 5650; 272 370 5661; 327 383 5702
265 335 5728; 310 387 5752; 279 339 5753; 277 379 5755; 258 350 5775
"""
"""Burkitt's lymphoma in West Nile, Uganda, 1961 to 1975, 188 cases: east, north (km / 10), day since 1960. Williams and
others 1978; Bailey and Gatrell 1995, chapter 3."""

LEUKAEMIA = [(106, 62.13, 14.78), (42, 21.24, 8.29), (85, 49.71, 11.577255), (38, 17.79, None)]
"""Leukaemia in New York State, 552 cases: cases inside, expected, log likelihood ratio as SaTScan prints them, given in
the tests of the R package smerc. The expected are rounded to two digits."""


def test_ears_c1_gives_the_published_bounds():
    bound = ears(NEWPORT, alpha=0.05)
    assert np.isnan(bound[:7]).all()
    assert bound[7:11] == pytest.approx(FIRST_BOUNDS, abs=5e-7)


def test_the_outbreak_of_2011_is_seen_and_then_hides_itself():
    bound = ears(NEWPORT, alpha=0.001)
    weeks = [7 + n for n in range(52) if NEWPORT[7 + n] > bound[7 + n]]
    assert NEWPORT.index(41) in weeks
    assert NEWPORT.index(17) not in weeks, "its own first weeks are in its past: why ours ends weeks before"
    assert NEWPORT.index(45) in [
        n for n in range(len(NEWPORT)) if NEWPORT[n] > ears(NEWPORT, guard=C2_GUARD)[n]
    ]


def test_knox_on_burkitts_lymphoma():
    east, north, day = np.array(
        [case.split() for case in BURKITT.replace("\n", ";").split(";") if case.strip()], int
    ).T
    assert len(day) == 188
    found = knox(east, north, day, near=20, soon=5)
    assert found.seen == 13
    assert found.expected == pytest.approx(3429 * 52 / 17578)
    assert found.chance == pytest.approx(0.2223, abs=5e-5)


@pytest.mark.parametrize(("seen", "expected", "ratio"), [row for row in LEUKAEMIA if row[2]])
def test_kulldorffs_poisson_ratio_is_satscans(seen, expected, ratio):
    # A hundredth of a case in what is expected moves the ratio by less than this.
    assert float(cluster_ratio(seen, expected, 552)) == pytest.approx(ratio, abs=0.012)
    assert float(cluster_ratio(expected, seen, 552)) == 0.0


def test_a_cluster_in_space_and_time_by_hand():
    """Nine cases at one place over nine steps, three more at another in the last two: E = 3 x 5 / 12."""
    near = np.zeros((12, 12), bool)
    near[:9, :9] = near[9:, 9:] = True
    steps = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 7, 8, 8])
    best = strongest_cluster(near, steps, 4)
    assert best.members == (9, 10, 11)
    assert best.expected == pytest.approx(3 * 5 / 12)
    assert best.ratio == pytest.approx(3 * np.log(3 / 1.25) + 9 * np.log(9 / 10.75))
    assert 0.001 <= chance_of_cluster(near, steps, 4, best.ratio, 199) < 0.2


def test_without_a_cluster_the_chance_is_fair():
    """Times dealt out at random: the chance is below a tenth about one time in ten."""
    random = np.random.default_rng(3)
    low = 0
    for _ in range(60):
        place, steps = random.random((20, 2)), random.integers(0, 8, 20)
        near = np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)) < 0.3
        ratio = strongest_cluster(near, steps, 3).ratio
        low += chance_of_cluster(near, steps, 3, ratio, 39) <= 0.1
    assert low <= 13


def test_farringtons_limit_is_that_of_a_poisson_mean_where_nothing_spreads():
    steady = [4] * 60
    assert farrington(steady)[-1] == pytest.approx(
        4 * (1 + 2 / 3 * 3.0902 * np.sqrt((4 + 4 / 55) / 16)) ** 1.5, rel=1e-4
    )
    assert farrington([0] * 60)[-1] == 0.0


def test_a_source_that_falls_silent_is_told_and_one_that_goes_on_is_not():
    assert float(quieter(0, 260, 6, 52)) > 6
    assert float(quieter(31, 260, 6, 52)) == 0.0
    assert float(quieter(0, 1, 6, 52)) < 1
