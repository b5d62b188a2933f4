//! The words for yes and no.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Reads `yes` or `no`, and what else people write for them.
pub(in crate::cli) fn yes_or_no() -> impl TypedValueParser<Value = bool> + use<> {
    PossibleValuesParser::new([
        PossibleValue::new("yes").aliases(["y", "true", "on", "1"]),
        PossibleValue::new("no").aliases(["n", "false", "off", "0"]),
    ])
    .map(|word| matches!(word.to_lowercase().as_str(), "yes" | "y" | "true" | "on" | "1"))
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command};

    use super::*;

    #[test]
    fn the_words_are_yes_and_no_and_others_are_understood() {
        let option = Arg::new("news").long("news").ignore_case(true).value_parser(yes_or_no());
        let mut command = Command::new("x").arg(option);
        for (word, answer) in
            [("yes", true), ("Yes", true), ("on", true), ("no", false), ("0", false)]
        {
            let read = command.try_get_matches_from_mut(["x", "--news", word]).unwrap();
            assert_eq!(read.get_one::<bool>("news"), Some(&answer), "{word}");
        }
        assert!(command.try_get_matches_from_mut(["x", "--news", "perhaps"]).is_err());
        assert!(command.render_help().to_string().contains("[possible values: yes, no]"));
    }
}
