from luoshi.org import wiring


class DeliveryConfig(wiring.DomainConfig):
    name = "luoshi.delivery"
    label = "delivery"
