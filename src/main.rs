//! The `space` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    space::cli::main(std::env::args_os())
}
