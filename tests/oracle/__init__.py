"""An independent reading of the contract, and worlds to try it on."""
