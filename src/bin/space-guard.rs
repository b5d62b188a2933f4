//! The `space-guard` command: the furnace guard, in a program of its own.

use std::process::ExitCode;

fn main() -> ExitCode {
    space::guard::main(std::env::args_os().skip(1))
}
