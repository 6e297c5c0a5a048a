"""Median and 90th percentile as one aggregate on either database, exact to the last digit."""

import json
from fractions import Fraction
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, JSONField
from django.db.models.expressions import BaseExpression
from django.db.models.sql.compiler import SQLCompiler

from kpi.rules.distribution import percentile


class Percentiles(Aggregate):
    """(median, 90th percentile) of a column by linear interpolation, NULLs left out; (None, None) of nothing.

    PostgreSQL sorts once for both; SQLite has no percentile, so it hands over the column and Python sorts it.
    """

    function = "PERCENTILE_CONT"
    template = "%(function)s(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = JSONField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, function="JSON_GROUP_ARRAY", template="%(function)s(%(expressions)s)", **extra
        )

    @property
    def convert_value(self) -> Any:
        return _pair

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        return [_pair]  # not the JSON field's own: PostgreSQL answers with an array


def _pair(value: Any, expression: BaseExpression, connection: BaseDatabaseWrapper) -> tuple[Any, Any]:
    if value is None:
        return None, None
    if isinstance(value, str):
        ordered = sorted(number for number in json.loads(value) if number is not None)
        return percentile(ordered, Fraction(1, 2)), percentile(ordered, Fraction(9, 10))
    return value[0], value[1]
