"""What the schedule asks of training: warnings before certificates end, and attempts that nobody handed in."""

from django_tasks import task

from partners.actions import certificate, exam


@task()
def warn_of_expiry() -> int:
    """Each morning; answers how many were warned of."""
    return certificate.warn_of_expiry()


@task()
def close_overdue_exams() -> int:
    """Attempts whose time is up are marked with what was answered."""
    return exam.close_overdue()
