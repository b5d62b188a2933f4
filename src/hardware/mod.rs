//! Things on wires: readers and strikes.
