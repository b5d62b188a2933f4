//! The verb that a person left out: `space dues ada` is `space dues show ada`.

use std::ffi::OsString;

use clap::{ArgMatches, Command, Parser, error::ErrorKind};

/// The verbs that may be left out, the first that a noun has. They only read.
const IMPLIED: [&str; 2] = ["show", "list"];

/// A line as it was understood.
pub(super) struct Understood<P> {
    /// What clap found in it.
    pub matches: ArgMatches,
    /// The same, as the command line describes it.
    pub cli: P,
    /// If a verb was put in: why the line was not understood without it, and the verb.
    pub unclear: Option<(clap::Error, &'static str)>,
}

/// Reads a line; if it lacks a verb, with one. Whether it was meant like that, only carrying it out can tell:
/// `space member lits` is no member, but a slip.
///
/// # Errors
/// The line is not understood with a verb either.
pub(super) fn understood<P: Parser>(line: &[OsString]) -> Result<Understood<P>, clap::Error> {
    let unclear = match parsed(line) {
        Ok((matches, cli)) => return Ok(Understood { matches, cli, unclear: None }),
        Err(error) => error,
    };
    let Some((completed, verb)) = put_in(&P::command(), line, &unclear) else {
        return Err(unclear);
    };
    match parsed(&completed) {
        Ok((matches, cli)) => Ok(Understood { matches, cli, unclear: Some((unclear, verb)) }),
        Err(_) => Err(unclear),
    }
}

fn parsed<P: Parser>(line: &[OsString]) -> Result<(ArgMatches, P), clap::Error> {
    let matches = P::command().try_get_matches_from(line)?;
    let cli = P::from_arg_matches(&matches)?;
    Ok((matches, cli))
}

/// Returns a line with the verb put in, and the verb, if it lacks one.
fn put_in(
    command: &Command,
    line: &[OsString],
    error: &clap::Error,
) -> Option<(Vec<OsString>, &'static str)> {
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
    Some((line, verb))
}
