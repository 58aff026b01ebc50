"""Network namespaces: one per service on a bridge in a namespace of its own. No way leads out of them."""
import ctypes
import os
import re
import socket
import subprocess
import threading

CLONE_NEWNET = 0x40000000


class Network:
    """The namespaces of one cluster. Names are PREFIX-SERVICE and PREFIX-hub."""

    def __init__(self, prefix, options):
        self.prefix = prefix
        self.options = options
        self.filters = []

    def namespace(self, service):
        return f"{self.prefix}-{service}"

    def path(self, service):
        return f"/run/netns/{self.namespace(service)}"

    def inside(self, service, *command, check=True, text=None):
        """Runs a command in a service's namespace."""
        run = subprocess.run(["nsenter", f"--net={self.path(service)}", *command], input=text, capture_output=True, text=True)
        if check and run.returncode:
            raise RuntimeError(f"{' '.join(command)} in {service}: {run.stderr.strip()}")
        return run

    def create(self):
        self.destroy()
        subprocess.run(["ip", "netns", "add", self.namespace("hub")], check=True)
        self.inside("hub", "ip", "link", "add", "br0", "type", "bridge")
        self.inside("hub", "ip", "link", "set", "br0", "up")
        for service in [*self.options.services, "observer"]:
            self.add_host(service)

    def add_host(self, service):
        number = [*self.options.services, "observer"].index(service)
        address = f"{self.options.subnet}.{self.options.first_address + number}"
        subprocess.run(["ip", "netns", "add", self.namespace(service)], check=True)
        port = self.port(service)
        self.inside("hub", "ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", self.namespace(service))
        self.inside("hub", "ip", "link", "set", port, "master", "br0", "up")
        for command in (["link", "set", "lo", "up"], ["address", "add", f"{address}/24", "dev", "eth0"], ["link", "set", "eth0", "up"]):
            self.inside(service, "ip", *command)
        self.inside(service, "nft", "-f", "-", text=EMPTY_FILTER)

    def port(self, service):
        """The bridge's end of a service's cable; interface names end at 15 characters."""
        return f"port{[*self.options.services, 'observer'].index(service)}"

    def cable(self, service, plugged):
        """Pulls a service's cable at the bridge: the host itself sees its link down only by the silence."""
        self.inside("hub", "ip", "link", "set", self.port(service), "up" if plugged else "down")

    def interface(self, service, up):
        """Takes the host's own interface up or down, as stopping a container does."""
        self.inside(service, "ip", "link", "set", "eth0", "up" if up else "down")

    def filter(self, service, chain, rule):
        """Adds a packet filter rule in a service's namespace: chain is `input` or `output`."""
        self.inside(service, "nft", "add", "rule", "inet", "lab", chain, *rule.split())
        self.filters.append((service, chain, rule))

    def heal(self):
        """Takes every filter away and plugs every cable in."""
        for service in {entry[0] for entry in self.filters}:
            self.inside(service, "nft", "-f", "-", text="flush table inet lab\n", check=False)
        self.filters = []
        for service in self.options.services:
            self.cable(service, plugged=True)

    def destroy(self):
        """Deletes the namespaces of this prefix, also those that an earlier run left."""
        listing = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True).stdout
        for name in re.findall(rf"^({re.escape(self.prefix)}-\S+)", listing, re.M):
            subprocess.run(["ip", "netns", "delete", name], capture_output=True)

    def socket(self, service, family=socket.AF_INET, kind=socket.SOCK_DGRAM):
        return socket_in(self.path(service), family, kind)


EMPTY_FILTER = """table inet lab {
  chain input { type filter hook input priority 0; }
  chain output { type filter hook output priority 0; }
}
"""


def socket_in(namespace_path, family=socket.AF_INET, kind=socket.SOCK_STREAM):
    """A socket that belongs to another network namespace. Only a thread of its own enters that namespace."""
    result = []

    def create():
        with open(namespace_path) as handle:
            if ctypes.CDLL(None, use_errno=True).setns(handle.fileno(), CLONE_NEWNET):
                result.append(OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno())))
                return
        result.append(socket.socket(family, kind))

    thread = threading.Thread(target=create)
    thread.start()
    thread.join()
    if isinstance(result[0], OSError):
        raise result[0]
    return result[0]
