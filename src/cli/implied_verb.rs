//! The verb that a person left out: `space dues ada` is `space dues show ada`.

use std::ffi::OsString;

use clap::{Command, error::ErrorKind};

/// The verbs that may be left out, the first that a noun has. They only read.
const IMPLIED: [&str; 2] = ["show", "list"];

/// A line that was completed.
pub(super) struct Completed {
    /// The line with the verb.
    pub line: Vec<OsString>,
    /// The verb, like `show`.
    pub verb: &'static str,
}

/// Returns a line with the verb put in, if it lacks one. Whether it was meant like that, only
/// carrying it out can tell: `space member lits` is no member, but a slip.
pub(super) fn put_in(
    command: &Command,
    line: &[OsString],
    error: &clap::Error,
) -> Option<Completed> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let named = |word: &OsString| command.find_subcommand(word);
    let (place, noun) =
        line.iter().enumerate().skip(1).find_map(|(i, word)| Some((i, named(word)?)))?;
    let takes_words = |verb: &Command| verb.get_positionals().next().is_some();
    let verb = IMPLIED.into_iter().find(|it| noun.find_subcommand(it).is_some_and(takes_words))?;
    let mut line = line.to_vec();
    line.insert(place + 1, verb.into());
    Some(Completed { line, verb })
}
