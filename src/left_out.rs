//! Messages of a program that was built without some of its features.

/// How to get the whole program.
pub const INSTALL: &str = "install the whole program: `cargo install --path . --features full`";

/// Says that a part of the program is missing.
#[must_use]
pub fn without(part: &str) -> String {
    format!("this `space` was built without {part}")
}

/// Says that the devices on wires are missing, and how to get them.
#[must_use]
pub fn wires() -> String {
    format!("{}; {INSTALL}", without("devices on wires"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_names_a_feature_that_brings_all_others() {
        let manifest = include_str!("../Cargo.toml");
        let (_, features) = manifest.split_once("\n[features]\n").unwrap();
        let (features, _) = features.split_once("\n[").unwrap();
        let lines = features.lines().filter(|line| !line.starts_with('#'));
        let all: Vec<_> = lines.filter_map(|line| line.split_once(" = ")).collect();
        let (_, full) = all.iter().find(|(name, _)| *name == "full").unwrap();
        assert!(INSTALL.ends_with("--features full`"));
        for (name, _) in all.iter().filter(|(name, _)| !["default", "full"].contains(name)) {
            assert!(full.contains(&format!("\"{name}\"")), "{name} is not in {full}");
        }
        assert!(include_str!("../README.md").contains("cargo install --path . --features full"));
    }
}
