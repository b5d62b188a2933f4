//! The command line of `space-guard`, which is only as large as the guard itself.

use std::{
    ffi::OsString,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use lexopt::{Arg, Parser, ValueExt as _};

use super::{Options, off, run};
use crate::{
    config::{GUARD_PATH, GuardConfig, Trust},
    service::Show,
};

/// Shown by `--help`.
const HELP: &str = "\
Cut the furnace when it is too warm, whatever anybody else wants

This is the furnace guard in a small program of its own, as the system runs it.

Usage: space-guard <COMMAND> [OPTIONS]

Commands:
  run  Guard the furnace until stopped
  off  Open the relay, so that heat is off

Options:
  --config <FILE>  The configuration of the guard [default: /etc/space/guard.toml]
  --json           Print JSON, for programs
  --rehearsal      Rehearse: without a furnace, with a configuration that anybody may write
  --speed <TIMES>  How many times faster than it is time passes in a rehearsal [default: 1]
  --help           Print help
  --version        Print the version
";

/// What is to be done.
#[derive(PartialEq, Eq, Debug)]
enum Verb {
    Run,
    Off,
}

/// What was asked for.
#[derive(PartialEq, Eq, Debug)]
struct Request {
    verb: Verb,
    config: PathBuf,
    json: bool,
    /// How many times faster time passes, in a rehearsal.
    rehearsal: Option<u32>,
}

/// What the command line says.
enum Said {
    Do(Request),
    Print(String),
}

/// Why nothing more is done; the numbers are those of every command of ours.
enum Failure {
    /// Of the command line: 1.
    User(String),
    /// Of the configuration, with what was found in it: 2.
    Data(String, Vec<String>),
    /// Of the machine: 70.
    Machine(String),
}

/// Does what the arguments say, which begin after the name of the program.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let done = match parse(args) {
        Ok(Said::Do(request)) => carry_out(&request),
        Ok(Said::Print(text)) => print(&text),
        Err(error) => Err(Failure::User(format!("{error}; see `space-guard --help`"))),
    };
    let (code, message, findings) = match done {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::User(message)) => (1, message, Vec::new()),
        Err(Failure::Data(message, findings)) => (2, message, findings),
        Err(Failure::Machine(message)) => (70, message, Vec::new()),
    };
    let mut text = format!("error: {message}\n");
    for finding in findings {
        text.push_str(&format!("  error: {finding}\n"));
    }
    let _ = io::stderr().write_all(text.as_bytes()); // nobody may be there to read it
    ExitCode::from(code)
}

fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Said, lexopt::Error> {
    let mut parser = Parser::from_args(args);
    let (mut verb, mut config, mut json) = (None, PathBuf::from(GUARD_PATH), false);
    let (mut rehearsal, mut speed) = (false, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Value(word) if verb.is_none() && word == "run" => verb = Some(Verb::Run),
            Arg::Value(word) if verb.is_none() && word == "off" => verb = Some(Verb::Off),
            Arg::Long("config") => config = parser.value()?.into(),
            Arg::Long("json") => json = true,
            Arg::Long("rehearsal") => rehearsal = true,
            Arg::Long("speed") => speed = Some(parser.value()?.parse::<u32>()?),
            Arg::Long("help") | Arg::Short('h') => return Ok(Said::Print(HELP.into())),
            Arg::Long("version") | Arg::Short('V') => {
                return Ok(Said::Print(
                    concat!("space-guard ", env!("CARGO_PKG_VERSION"), "\n").into(),
                ));
            }
            other => return Err(other.unexpected()),
        }
    }
    if speed.is_some() && !rehearsal {
        return Err("`--speed` needs `--rehearsal`".into());
    }
    let speed = speed.unwrap_or(1);
    if !(1..=1_000).contains(&speed) {
        return Err("`--speed` is 1 to 1000".into());
    }
    let verb = verb.ok_or("say `run` or `off`")?;
    Ok(Said::Do(Request { verb, config, json, rehearsal: rehearsal.then_some(speed) }))
}

fn carry_out(request: &Request) -> Result<(), Failure> {
    let trust = if request.rehearsal.is_some() { Trust::Anybody } else { Trust::Root };
    let machine = |error: super::GuardError| Failure::Machine(error.to_string());
    match request.verb {
        Verb::Run => {
            let config = GuardConfig::read(&request.config, trust)
                .map_err(|error| Failure::Data(error.to_string(), error.findings()))?;
            let show = Show::on_output(request.json, false);
            let options = Options { config, rehearsal: request.rehearsal, show };
            run(&options, io::stdout()).map_err(machine)
        }
        Verb::Off => {
            let relay = GuardConfig::read_relay(&request.config, trust)
                .map_err(|error| Failure::Data(error.to_string(), error.findings()))?;
            off(&relay).map_err(machine)?;
            print("the relay is open: heat is off\n")
        }
    }
}

fn print(text: &str) -> Result<(), Failure> {
    io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::Machine(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Result<Said, String> {
        parse(line.split_whitespace().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_line_says_what_to_do() {
        let asks = |line: &str| match said(line) {
            Ok(Said::Do(request)) => request,
            _ => panic!("{line}"),
        };
        let plain =
            Request { verb: Verb::Run, config: GUARD_PATH.into(), json: false, rehearsal: None };
        assert_eq!(asks("run"), plain);
        let off = Request { verb: Verb::Off, config: "g.toml".into(), ..plain };
        assert_eq!(asks("off --config=g.toml"), off);
        let rehearsed = Request { json: true, rehearsal: Some(20), verb: Verb::Run, ..off };
        assert_eq!(asks("--json run --rehearsal --speed 20 --config g.toml"), rehearsed);
        assert_eq!(asks("run --rehearsal").rehearsal, Some(1));
    }

    #[test]
    fn what_it_does_not_understand_it_refuses() {
        for (line, words) in [
            ("", "say `run` or `off`"),
            ("run off", "off"),
            ("heat", "heat"),
            ("run --limit 90", "--limit"),
            ("run --config", "--config"),
            ("run --speed 20", "needs `--rehearsal`"),
            ("run --rehearsal --speed 0", "1 to 1000"),
            ("run --rehearsal --speed fast", "fast"),
        ] {
            let error = said(line).err().unwrap_or_else(|| panic!("{line}"));
            assert!(error.contains(words), "{line}: {error}");
        }
        for line in ["--help", "run -h", "--version"] {
            assert!(matches!(said(line), Ok(Said::Print(_))), "{line}");
        }
    }
}
