"""The demonstration: two invented departments, their people and products, told by calling the actions at the time of each act."""
