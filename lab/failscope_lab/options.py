"""What a cluster of the lab is made of: versions, names, addresses and settings that differ from the files in conf/."""
from dataclasses import dataclass, field, fields


@dataclass
class Options:
    """One cluster. Every field has the value of docker-compose.yml as its default."""

    name: str = "lab"
    patroni: str = "4.0.5"
    postgres: str = "15"
    etcd: str = "3.4"
    scope: str = "demo"
    members: list = field(default_factory=lambda: ["pg1", "pg2"])
    dcs: list = field(default_factory=lambda: ["etcd1", "etcd2", "etcd3"])
    proxy: str = "haproxy"
    pooler: str = "pgbouncer"
    client: str = "monitor"
    subnet: str = "192.168.90"
    first_address: int = 11
    # What is pid 1 of a member's box: "container" (Patroni itself) or "host" (an init that outlives it).
    boxes: str = "container"
    # Members that are there but not started by `up`.
    later: list = field(default_factory=list)
    # "PATH=VALUE", "MEMBER:PATH=VALUE": see configuration.py.
    settings: list = field(default_factory=list)
    # "MEMBER=+7s": how far that member's clock is off.
    skew: list = field(default_factory=list)
    # "MEMBER=SCOPE": members of another Patroni cluster on the same etcd, such as a standby cluster.
    scopes: list = field(default_factory=list)
    data_megabytes: int = 700

    @classmethod
    def from_mapping(cls, mapping):
        """From a scenario's [cluster] table or from parsed arguments; an unknown key is an error."""
        unknown = set(mapping) - {f.name for f in fields(cls)}
        if unknown:
            raise ValueError(f"unknown cluster option: {', '.join(sorted(unknown))}")
        return cls(**{k: v for k, v in mapping.items() if v is not None})

    @property
    def services(self):
        """Every service in start order."""
        return [*self.dcs, *self.members, self.proxy, self.pooler, self.client]

    def address(self, service):
        return f"{self.subnet}.{self.first_address + self.services.index(service)}"

    def scope_of(self, member):
        return dict(entry.split("=", 1) for entry in self.scopes).get(member, self.scope)

    def skew_of(self, member):
        return dict(entry.split("=", 1) for entry in self.skew).get(member)
