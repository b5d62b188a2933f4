//! `space door simulate-board`: simulates an ACCX board on a pseudo-terminal.

use std::{
    io::{self, BufRead as _, BufReader, IsTerminal as _, Read as _, Write as _},
    path::PathBuf,
};

use serde_json::{Value, json};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc::{self, UnboundedReceiver},
};

use crate::{
    cli::{CliError, Context},
    domain::model::Code,
    hardware::accx::simulated::{BoardAction, Fault, Happening, Seen, plug_in},
};

const HELP: &str = "\
fob 15408774     hold a fob to reader 1 (for another reader: fob 15408774 2)
passcode 0042    type a passcode and #
noise            garble a frame from the keypad
reset            press the board's button
unplug, plug     unplug the board, plug it in again
deaf 3           do not receive the next 3 commands (without a number: the next one)
silent 3         carry out the next 3 commands without an answer
late             answer the next command only when another one arrives
refuse 3         refuse the next 3 commands
Ctrl-D           quit";

/// The longest line that is accepted, in bytes.
const LONGEST: u64 = 1000;

/// The arguments of `space door simulate-board`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Keep a link to the board's port at this path, which stays the same
    #[arg(long, value_name = "PATH")]
    link: Option<PathBuf>,
}

/// Runs until the end of the input or a signal.
///
/// # Errors
/// Fails if no pseudo-terminal is available, or if the link cannot be made.
pub(crate) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(simulate(ctx, args));
    // A thread waits for input, perhaps for ever.
    runtime.shutdown_background();
    done
}

async fn simulate(ctx: &Context, args: Args) -> Result<(), CliError> {
    let mut board = plug_in(args.link)
        .map_err(|error| CliError::user(format!("the board cannot be plugged in: {error}")))?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut lines = lines();
    if io::stdin().is_terminal() {
        ctx.say(HELP)?;
    }
    loop {
        tokio::select! {
            biased;
            _ = tokio::signal::ctrl_c() => return Ok(()),
            _ = terminate.recv() => return Ok(()),
            Some(seen) = board.next() => show(ctx, &seen)?,
            line = lines.recv() => match line.as_deref().map(actions) {
                Some(Ok(actions)) => actions.into_iter().for_each(|action| board.act(action)),
                Some(Err(words)) if ctx.json => print(&json!({ "error": words }))?,
                Some(Err(words)) => ctx.say(words)?,
                None => return Ok(()),
            },
        }
    }
}

/// Reads lines in a thread of its own.
fn lines() -> UnboundedReceiver<String> {
    let (sender, lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        let mut input = BufReader::new(io::stdin());
        loop {
            let mut line = Vec::new();
            let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
            let line = String::from_utf8_lossy(&line).into_owned();
            if !matches!(read, Ok(1..)) || sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// Returns the actions in a line, or a sentence about it, which never repeats a passcode.
fn actions(line: &str) -> Result<Vec<BoardAction>, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (verb, rest) = words.split_first().unwrap_or((&"help", &[]));
    Ok(match (*verb, rest) {
        ("fob", [number]) => vec![fob(number, 1)?],
        ("fob", [number, "1"]) => vec![fob(number, 1)?],
        ("fob", [_, "2"]) => {
            return Err("this firmware (0.03) does not report reader 2, so the simulated board does not either".into());
        }
        ("passcode", [digits]) => {
            Code::passcode(digits)?;
            vec![BoardAction::Press(format!("{digits}#"))]
        }
        ("noise", []) => vec![BoardAction::Noise(0xd5), BoardAction::Press("#".into())],
        ("reset", []) => vec![BoardAction::Reset],
        ("unplug", []) => vec![BoardAction::Unplug],
        ("plug", []) => vec![BoardAction::Plug],
        ("late", []) => vec![BoardAction::InjectFault(Fault::Late)],
        ("deaf", times) => repeat(&Fault::Deaf, times)?,
        ("silent", times) => repeat(&Fault::Silent, times)?,
        ("refuse", times) => repeat(&Fault::Refuse, times)?,
        ("help" | "?", _) => return Err(HELP.to_owned()),
        _ => return Err("the board cannot do that; `help` lists what it can do".to_owned()),
    })
}

fn fob(number: &str, reader: u8) -> Result<BoardAction, String> {
    let code = Code::fob(number)?;
    let fob = code.loggable().and_then(|it| it.parse().ok()).filter(|fob| *fob <= 0xff_ffff);
    let fob = fob.ok_or("this board reads fobs of 24 bits: 0 to 16777215")?;
    Ok(BoardAction::PresentFob { fob, reader })
}

fn repeat(fault: &Fault, times: &[&str]) -> Result<Vec<BoardAction>, String> {
    let times = match times {
        [] => Some(1),
        [times] => times.parse().ok().filter(|times| (1..=1000).contains(times)),
        _ => None,
    };
    let times = times.ok_or("give the number of commands, from 1 to 1000")?;
    Ok(vec![BoardAction::InjectFault(fault.clone()); times])
}

fn show(ctx: &Context, seen: &Seen) -> Result<(), CliError> {
    let (value, words) = match seen {
        Seen::Plugged(path) => (
            json!({ "event": "plugged", "path": path }),
            format!("plugged in at {}", path.display()),
        ),
        Seen::Unplugged => (json!({ "event": "unplugged" }), "unplugged".to_owned()),
        Seen::Opened => {
            (json!({ "event": "opened" }), "a host opened the port; the board was reset".to_owned())
        }
        Seen::Closed => (json!({ "event": "closed" }), "the host closed the port".to_owned()),
        Seen::Board(Happening::Relay { relay, on }) => (
            json!({ "event": "relay", "relay": relay, "on": on }),
            format!("relay {relay} {}", if *on { "energised" } else { "released" }),
        ),
        Seen::Board(Happening::Light { reader, on }) => (
            json!({ "event": "light", "reader": reader, "on": on }),
            format!("light of reader {reader} {}", if *on { "on" } else { "off" }),
        ),
        Seen::Failed(words) => {
            (json!({ "error": words }), format!("the board cannot be plugged in: {words}"))
        }
    };
    if ctx.json { print(&value) } else { ctx.say(words) }
}

fn print(value: &Value) -> Result<(), CliError> {
    Ok(writeln!(io::stdout().lock(), "{value}")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_something_done_to_the_board() {
        let fob = BoardAction::PresentFob { fob: 15_408_774, reader: 1 };
        for (line, expected) in [
            ("fob 15408774", vec![fob.clone()]),
            (" fob 235,7814 1\n", vec![fob]),
            ("passcode 0042", vec![BoardAction::Press("0042#".into())]),
            ("noise", vec![BoardAction::Noise(0xd5), BoardAction::Press("#".into())]),
            ("unplug", vec![BoardAction::Unplug]),
            ("deaf 2", vec![BoardAction::InjectFault(Fault::Deaf); 2]),
            ("late", vec![BoardAction::InjectFault(Fault::Late)]),
        ] {
            assert_eq!(actions(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_answered_without_a_passcode() {
        for line in [
            "",
            "dance",
            "fob",
            "fob 99999999",
            "fob 7 2",
            "passcode 44x55661",
            "deaf 0",
            "deaf 1 2",
        ] {
            let words = actions(line).unwrap_err();
            assert!(!words.is_empty() && !words.contains("55661"), "{line}: {words}");
        }
    }
}
