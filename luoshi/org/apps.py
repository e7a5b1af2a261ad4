from importlib import import_module

from luoshi.org import wiring


class OrgConfig(wiring.DomainConfig):
    name = "luoshi.org"
    label = "org"

    def ready(self) -> None:
        super().ready()
        import_module("luoshi.ledger.policy").fill(import_module("luoshi.org.policy").may)
