from luoshi.org import wiring


class ProgrammeConfig(wiring.DomainConfig):
    name = "luoshi.programme"
    label = "programme"
