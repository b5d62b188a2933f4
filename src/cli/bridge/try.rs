//! `space bridge try`: shows what would become of a message.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Serialize;

use super::place::{self, PlaceArgs};
use crate::{
    app::carry_out,
    cli::{
        CliError, Context,
        output::{table, written::WriteAnswer},
        write,
    },
    domain::messages::{self, Batch, Message, Outcome, Terms},
};

/// What a message would do.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Tried {
    /// The outcome, in one word.
    outcome: Option<&'static str>,
    /// The outcome, in a sentence.
    words: String,
    /// What would be committed.
    change: Option<WriteAnswer>,
}

/// The arguments of `space bridge try`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The file with the message, or - for standard input
    #[arg(value_name = "FILE")]
    message: PathBuf,

    #[command(flatten)]
    place: PlaceArgs,
}

/// Shows what would become of a message if it arrived now. The exit code is 1 if it is not valid.
///
/// # Errors
/// Fails if the message or the space cannot be read, or if the checks would refuse the change.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<ExitCode, CliError> {
    let config = args.place.config()?;
    let ctx = &place::space(ctx, &config);
    let text = read(&args.message)?;
    let space = ctx.open()?;
    let key = space.store.key()?;
    let terms = Terms {
        key: &key,
        facilities: config.facilities.as_ref(),
        now: ctx.now,
        patience: SignedDuration::ZERO,
    };
    let message = Message { id: "try".into(), sent: ctx.now, text };
    let Batch { outcomes, plan } = messages::receive(&space.head, &terms, &[message]);
    let words = outcomes.first().map(ToString::to_string).unwrap_or_default();
    let preview = (!plan.change.edits.is_empty())
        .then(|| carry_out::preview(&space.head, &plan, ctx.now))
        .transpose()?;
    if ctx.json {
        let change = preview.as_ref().map(|preview| WriteAnswer::preview(&plan, preview));
        let answer = Tried { outcome: outcomes.first().map(Outcome::name), words, change };
        let mut out = ctx.out();
        table::write_json(&mut out, &answer)?;
        out.flush()?;
    } else {
        ctx.say(words)?;
        if let Some(preview) = &preview {
            write::show(ctx, &space, &plan, preview)?;
        }
    }
    let invalid = matches!(outcomes.first(), Some(Outcome::Invalid { .. }));
    Ok(if invalid { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Reads a message, but no more of it than a queue carries.
fn read(path: &Path) -> Result<String, CliError> {
    let most = Message::LONGEST as u64 + 1;
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().take(most).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| CliError::user(format!("cannot read {}: {error}", path.display())))?;
    String::from_utf8(bytes)
        .map_err(|error| CliError::user(format!("{} is not text: {error}", path.display())))
}
