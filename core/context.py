"""What the current request says about itself, for the audit trail, without passing a request around."""

from contextvars import ContextVar

# Address the request came from; empty in background work and on the villagers' pages, which leave no trace.
client_address: ContextVar[str] = ContextVar("client_address", default="")
