"""What a new day does to contracts."""

from django_tasks import task

from partners.actions import contract_day


@task()
def turn_contracts_over() -> int:
    """Signed versions begin, terms end, ends are announced; answers how many contracts it touched."""
    return sum(contract_day.turn_over().values())
