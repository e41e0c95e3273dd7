"""The values that travel between the phases: frozen, slotted, without behaviour beyond their own shape."""
