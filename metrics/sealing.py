"""The seal on the secrets of delivery sources (trust.md S-27)."""

from records.sealing import Seal, Unsealable

__all__ = ["Unsealable", "is_of_today", "seal", "unseal"]

_seal = Seal(b"gatehouse: secrets of delivery sources")
seal, unseal, is_of_today = _seal.seal, _seal.unseal, _seal.is_of_today
