"""A made-up company with known truth: demo, tutorial, load generator and test oracle in one.

``Company.tables`` holds what its systems would export: the lake's tables without ``source`` and
``recorded_at`` (see ``Company.with_recorded_at``), and ``consent`` for the directory.
``Company.truth`` holds what nobody there knows: ``customers`` (traits, archetype, drop-out time),
``risk`` (true chance of leaving, of silence, expected orders and value at the end and thirteen weeks
before, with what then happened), ``hazards`` (per customer and month), ``effects`` (every planted
effect on the log hazard, which acts alike on cooling and on leaving), ``assignments`` (campaign arms),
``duplicates`` (people with two ids) and ``products`` (hidden flaws).
"""

from .company import NAME, Company, generate, generate_batches, write

__all__ = ["NAME", "Company", "generate", "generate_batches", "write"]
