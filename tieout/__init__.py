"""tieout: find out, every night, where borrowers' repayments went."""

__version__ = "0.1.0"
