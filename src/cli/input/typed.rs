//! What somebody typed, so that an error names that instead of a file which they never saw.

use std::{collections::BTreeMap, sync::OnceLock};

use clap::{ArgMatches, Command, parser::ValueSource};

use crate::{
    cli::{CliError, ErrorKind},
    domain::model::{Finding, FindingCode},
};

/// The options and arguments of this process by the names of their fields: how each is called, and what
/// was typed.
static TYPED: OnceLock<BTreeMap<String, (String, String)>> = OnceLock::new();

/// Fields whose option has another name.
const RENAMED: [(&str, &str); 2] = [("time_zone", "zone"), ("reference_prefix", "prefix")];

/// Remembers what was typed for the command that is carried out.
pub(in crate::cli) fn remember(mut command: &Command, mut matches: &ArgMatches) {
    while let Some((name, inner)) = matches.subcommand()
        && let Some(verb) = command.find_subcommand(name)
    {
        (command, matches) = (verb, inner);
    }
    let typed = command.get_arguments().filter_map(|arg| {
        let id = arg.get_id().as_str();
        let given = matches.value_source(id) == Some(ValueSource::CommandLine);
        let value = matches.get_raw(id).filter(|_| given)?.next()?.to_string_lossy().into_owned();
        let name = match arg.get_long() {
            Some(long) => format!("--{long}"),
            None => id.to_uppercase(),
        };
        Some((id.to_owned(), (name, value)))
    });
    // A process has one command line.
    let _ = TYPED.set(typed.collect());
}

/// Puts findings about what was typed in the words of whoever typed it; `written` says which files the
/// command writes.
#[must_use]
pub(in crate::cli) fn in_their_words(
    mut error: CliError,
    written: impl Fn(&str) -> bool,
) -> CliError {
    let Some(typed) = TYPED.get() else { return error };
    let mut all = !error.findings.is_empty();
    for finding in &mut error.findings {
        match of_typed(finding, typed).filter(|_| written(&finding.path)) {
            Some(mended) => *finding = mended,
            None => all &= !finding.is_error(),
        }
    }
    if all {
        error.kind = ErrorKind::User;
        if let [only] = error.findings.as_slice() {
            error.message = format!("{}: {}", only.path, only.message);
            error.findings.clear();
        }
    }
    error
}

/// Puts a warning about a calendar in the words of whoever named its file: to them, its lines are those
/// of that file.
#[must_use]
pub(in crate::cli) fn about_calendars(findings: &[Finding]) -> Vec<Finding> {
    let typed = TYPED.get().and_then(|it| it.get("timespec"));
    findings.iter().map(|it| of_calendar(it, typed).unwrap_or_else(|| it.clone())).collect()
}

fn of_calendar(finding: &Finding, typed: Option<&(String, String)>) -> Option<Finding> {
    let about = finding.message.strip_prefix("`timespec`: ")?;
    let (_, file) = typed.filter(|_| finding.code == FindingCode::AmbiguousTimespec)?;
    Some(Finding { path: file.clone(), message: about.to_owned(), ..finding.clone() })
}

fn of_typed(finding: &Finding, typed: &BTreeMap<String, (String, String)>) -> Option<Finding> {
    let (field, about) = finding.message.strip_prefix('`')?.split_once("` ")?;
    let field = RENAMED.iter().find(|(it, _)| *it == field).map_or(field, |(_, option)| option);
    let (name, value) = typed.get(field)?;
    let says = |starts: &[&str]| starts.iter().any(|start| about.starts_with(start));
    let cut = |at: &str| about.split_once(at).map(|(_, rest)| rest);
    let told = match (cut(", which "), cut("`: ").or_else(|| cut(", but "))) {
        (Some(rest), _) if says(&["is `", "names "]) => rest.to_owned(),
        (_, Some(rest)) if says(&["is `", "is \"", &format!("is {value}")]) => {
            format!("cannot be used: {rest}")
        }
        _ if says(&["is not ", "is no ", "has ", "must "]) => about.to_owned(),
        _ => format!("cannot be used: {}", finding.message),
    };
    let told = told.replace(", or null", "");
    Some(Finding { path: name.clone(), message: format!("\"{value}\" {told}"), ..finding.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_odd_about_a_calendar_is_said_of_the_file_that_was_named() {
        let typed = ("TIMESPEC".to_owned(), "class.ics".to_owned());
        let path = "facilities/laser/requirements/x.json";
        let odd = |code| Finding::warning(code, path, "`timespec`: line 7: two readings");
        let told = of_calendar(&odd(FindingCode::AmbiguousTimespec), Some(&typed)).unwrap();
        assert_eq!(
            (told.path.as_str(), told.message.as_str()),
            ("class.ics", "line 7: two readings")
        );
        assert_eq!(of_calendar(&odd(FindingCode::AmbiguousTimespec), None), None);
        assert_eq!(of_calendar(&odd(FindingCode::BadTimespec), Some(&typed)), None);
    }

    #[test]
    fn a_finding_names_the_option_and_what_was_typed() {
        let given = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let typed = BTreeMap::from([
            ("email".to_owned(), given("--email", "grace@example")),
            ("tier".to_owned(), given("--tier", "standart")),
            ("currency".to_owned(), given("--currency", "pounds")),
            ("prefix".to_owned(), given("--prefix", "1")),
        ]);
        for (message, told) in [
            (
                "`email` is not a valid e-mail address: write one like ada@example.org, or null",
                Some(
                    "\"grace@example\" is not a valid e-mail address: write one like ada@example.org",
                ),
            ),
            ("`tier` names standart, which is not a tier", Some("\"standart\" is not a tier")),
            (
                "`currency` is `POUNDS`, which is not a currency",
                Some("\"pounds\" is not a currency"),
            ),
            (
                "`reference_prefix` is `1`: write letters",
                Some("\"1\" cannot be used: write letters"),
            ),
            ("`email` is \"x\", but y", Some("\"grace@example\" cannot be used: y")),
            (
                "`email` is where letters go",
                Some("\"grace@example\" cannot be used: `email` is where letters go"),
            ),
            ("`joined` is before 1900", None),
            ("is missing", None),
        ] {
            let finding = Finding::error(FindingCode::BadEmail, "a.json", message);
            let found = of_typed(&finding, &typed);
            assert_eq!(found.map(|it| it.message).as_deref(), told, "{message}");
        }
    }
}
