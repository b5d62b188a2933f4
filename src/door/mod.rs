//! The program that opens doors: a pure machine, joined to its wires. It speaks to no network.
