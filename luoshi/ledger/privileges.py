"""What the application's role may do on PostgreSQL, where it does not own the tables."""

from __future__ import annotations

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from luoshi.ledger.triggers import GUARDED


def set_privileges(connection: BaseDatabaseWrapper, role: str) -> None:
    """Grant the role what it needs and take away UPDATE and DELETE on the ledger, in one transaction."""
    quoted = connection.ops.quote_name(role)
    guarded = ", ".join(GUARDED)
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {guarded}, django_migrations FROM {quoted}",
        f"REVOKE INSERT ON django_migrations FROM {quoted}",
    ]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def owns_ledger(connection: BaseDatabaseWrapper) -> bool:
    """Whether the role of this connection owns the ledger's tables (PostgreSQL only)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, tableowner, 'MEMBER') FROM pg_tables "
            "WHERE tablename = 'ledger_event'"
        )
        row = cursor.fetchone()
    return bool(row and row[0])
