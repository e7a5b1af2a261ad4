from luoshi.org import wiring


class IntakeConfig(wiring.DomainConfig):
    name = "luoshi.intake"
    label = "intake"
