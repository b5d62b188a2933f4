//! Says how the program is linked.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        // rrule brings a table of all time zones that is a quarter of the program's pages to be
        // relocated at each start, whoever is asked: of the time of a short command it is a third.
        // Placed at a fixed address nothing is. Libraries, heap and stack stay randomised.
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
