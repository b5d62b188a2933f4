//! The questions about the server and about what is connected; each has an option, too.

use super::{
    args::Args,
    doorway::Doorway,
    found::Found,
    pin_set::{EXAMPLE, PinSet},
    plugged,
    wiring::Wiring,
};
use crate::{
    cli::{CliError, Context, input::prompt},
    domain::model::Slug,
};

/// Returns the address of the shared repository.
///
/// # Errors
/// Fails if there is nobody to ask, or if the machine already follows another repository.
pub(super) fn remote(args: &Args, found: &Found) -> Result<String, CliError> {
    match (&args.remote, &found.mirror) {
        (Some(url), Some(known)) if url != known => Err(CliError::user(format!(
            "this machine follows {known} already, and not {url}"
        ))
        .hint(
            "to begin anew, move /var/lib/space-fetch/mirror.git and /var/lib/space/space.git away",
        )),
        (Some(url), _) | (None, Some(url)) => Ok(url.clone()),
        (None, None) if args.asks() => loop {
            let url = prompt::line("Shared repository, like git@server:space.git", None)?;
            if !url.is_empty() {
                return Ok(url);
            }
        },
        (None, None) => Err(CliError::user("the address of the shared repository is missing")
            .hint("give it, like --remote git@server:space.git")),
    }
}

/// Returns what is connected; `known` are the facilities of the records, if they are here yet.
///
/// # Errors
/// Fails if there is nobody to ask.
pub(super) fn wiring(ctx: &Context, args: &Args, known: &[Slug]) -> Result<Wiring, CliError> {
    if let Some(wiring) = args.wiring() {
        return Ok(wiring);
    }
    let mut wiring =
        Wiring { board: args.board.clone(), pins: args.pins.clone(), doors: args.facility.clone() };
    let is_said = args.simulated || args.board.is_some() || !args.pins.is_empty();
    if !is_said {
        if args.asks() {
            devices(ctx, &mut wiring)?;
        } else {
            wiring.board = Some(the_only_board()?);
        }
    }
    if wiring.doors.is_empty() {
        if !args.asks() {
            return Err(CliError::user("which facility is at which reader is missing")
                .hint("give it, like --facility frontdoor=reader1"));
        }
        doors(ctx, &mut wiring, known)?;
    }
    Ok(wiring)
}

/// Returns the port of a board that nobody has named.
fn the_only_board() -> Result<std::path::PathBuf, CliError> {
    match &plugged::boards()[..] {
        [board] => Ok(board.clone()),
        found => {
            let found: Vec<String> = found.iter().map(|it| it.display().to_string()).collect();
            let found = if found.is_empty() { "no board".to_owned() } else { found.join(", ") };
            Err(CliError::user("what is connected is missing").hint(format!(
                "give --board PORT, --pins {EXAMPLE}, or --simulated; plugged in: {found}"
            )))
        }
    }
}

/// Asks what opens the doors.
fn devices(ctx: &Context, wiring: &mut Wiring) -> Result<(), CliError> {
    let boards = plugged::boards();
    for board in &boards {
        ctx.warn(format!("plugged in: {}", board.display()))?;
    }
    let usual = match boards.first() {
        Some(board) => board.display().to_string(),
        None if plugged::has_pins() => "pins".to_owned(),
        None => "simulated".to_owned(),
    };
    let question = "What opens the doors: the port of a board, `pins`, or `simulated`";
    let answer = prompt::line(question, Some(&usual))?;
    match answer.as_str() {
        "simulated" => return Ok(()),
        "pins" => {}
        port => wiring.board = Some(port.into()),
    }
    let what = match wiring.board {
        Some(_) => "Button and contact on pins of door",
        None => "Pins of door",
    };
    let example = if wiring.board.is_some() { "button=22,contact=23" } else { EXAMPLE };
    loop {
        let door = wiring.pins.len() + 1;
        let question = format!("{what} {door}, by BCM number, like {example} (Enter: no more)");
        let answer = prompt::line(&question, None)?;
        if answer.is_empty() {
            if wiring.board.is_some() || !wiring.pins.is_empty() {
                return Ok(());
            }
            continue;
        }
        match answer.parse::<PinSet>() {
            Ok(set) if wiring.board.is_none() && !set.has_reader() => {
                ctx.warn("a door needs a reader: d0 and d1")?;
            }
            Ok(set) => wiring.pins.push(set),
            Err(error) => ctx.warn(error)?,
        }
    }
}

/// Asks which facility is at which reader.
fn doors(ctx: &Context, wiring: &mut Wiring, known: &[Slug]) -> Result<(), CliError> {
    let names: Vec<&str> = known.iter().map(Slug::as_str).collect();
    ctx.warn(format!("the facilities of the records: {}", names.join(", ")))?;
    loop {
        let number = wiring.doors.len() + 1;
        let usual = if number == 1 { names.first().copied() } else { None };
        let more = if number == 1 { "" } else { " (Enter: no more)" };
        let question = format!("Facility at reader {number}{more}");
        let answer = prompt::line(&question, usual)?;
        if answer.is_empty() {
            if wiring.doors.is_empty() {
                continue;
            }
            return Ok(());
        }
        if !names.contains(&answer.as_str()) {
            ctx.warn(format!("there is no facility `{answer}`"))?;
            continue;
        }
        let relay = prompt::line("Relay that opens it", Some(&number.to_string()))?;
        match format!("{answer}=reader{number},relay{relay}").parse::<Doorway>() {
            Ok(door) => wiring.doors.push(door),
            Err(_) => ctx.warn(format!("`{relay}` is not the number of a relay"))?,
        }
    }
}
