"""Engines that explain contracts, behind one interface."""
