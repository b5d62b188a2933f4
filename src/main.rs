//! The `space` command.

fn main() {}
