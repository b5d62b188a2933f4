//! `space door setup`: makes a door's machine of one that has the package, and shows first what it does.
//!
//! Questions → what is wanted; a look → what is there; both → steps ([`plan`]), which are shown, confirmed
//! and taken. First come the records, since they say which facilities there are to ask about.

mod admission;
mod args;
mod ask;
mod doorway;
mod facilities;
mod found;
mod hand;
mod look;
mod pin_set;
mod place;
mod plan;
mod plugged;
mod ready;
mod remote;
mod space_key;
mod step;
mod trial;
mod trial_door;
mod wiring;

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use args::Args;
use found::Found;
use space_key::Source;
use step::{Kind, Step};

use crate::{
    cli::{
        CliError, Context,
        input::prompt,
        output::{error::ErrorKind, table},
    },
    config::Config,
};

/// What was set up.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Done {
    /// Whether it was only shown.
    dry_run: bool,
    /// The steps, in the order in which they are taken.
    steps: Vec<Step>,
}

/// Sets the machine up.
///
/// # Errors
/// Fails if this is not root on a machine with the package, if an answer is missing and nobody is there,
/// or if a step fails; what was done before is kept.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    if !args.dry_run {
        ready::check()?;
    } else if look::is_hidden() {
        ctx.warn("this user does not see what is here already; root does")?;
    }
    if let Some(wiring) = args.wiring() {
        // What is given is checked before anything is done.
        configuration(&wiring.text(place::RECORDS), true)?;
    }
    let mut setup = Setup { ctx, args, taken: Vec::new() };
    setup.records(&look::look())?;
    setup.door(&look::look())?;
    setup.close()
}

/// Reads a configuration, which was just put together from answers or was there before.
fn configuration(text: &str, is_answered: bool) -> Result<Config, CliError> {
    Config::parse(Path::new(place::CONFIG), text).map_err(|findings| {
        let (words, hint) = match is_answered {
            true => (
                "what was said to be connected does not fit together".to_owned(),
                "correct the reader, the relay, or the pins",
            ),
            false => (
                format!("{} cannot be used", place::CONFIG),
                "correct it, or have it written once more by --anew",
            ),
        };
        CliError { findings, ..CliError::new(ErrorKind::Data, words) }.hint(hint)
    })
}

/// A setup that is underway.
struct Setup<'s> {
    ctx: &'s Context,
    args: &'s Args,
    /// The steps so far, or in a dry run those that would be taken.
    taken: Vec<Step>,
}

impl Setup<'_> {
    /// Brings the records and their key.
    fn records(&mut self, found: &Found) -> Result<(), CliError> {
        let url = ask::remote(self.args, found)?;
        if !self.args.dry_run {
            ready::check_remote(&url)?;
        }
        let key = if found.key { Source::Asked } else { Source::of(self.args)? };
        let steps = plan::records(&url, key.words(), found);
        if steps.is_empty() {
            return self.ctx.say("the records and their key are here already");
        }
        self.show(&steps)?;
        for step in steps {
            self.take(step, |setup, step| match step.kind {
                Kind::Admission => admission::wait(setup.ctx, setup.args, step),
                Kind::Key => space_key::bring(&key, step),
                Kind::Plain | Kind::Trial => hand::take(step),
            })?;
        }
        Ok(())
    }

    /// Makes a door of the machine.
    fn door(&mut self, found: &Found) -> Result<(), CliError> {
        let known = if found.records { facilities::list()? } else { Vec::new() };
        if self.args.dry_run && self.args.facility.is_empty() && found.config.is_none() {
            return self
                .ctx
                .say("then it asks what is connected, and which facility is at which reader");
        }
        let text = self.configuration(found, &known)?;
        let written = text.as_deref().or(found.config.as_deref()).unwrap_or_default();
        let config = configuration(written, text.is_some())?;
        if found.records {
            facilities::check(&config, &known)?;
        }
        let steps = plan::door(text.as_deref(), found);
        self.show(&steps)?;
        for step in steps {
            self.take(step, |setup, step| match step.kind {
                Kind::Trial => trial::hold(setup.ctx, setup.args, &config, step),
                _ => hand::take(step),
            })?;
        }
        Ok(())
    }

    /// Returns the text to be written; `None` if there is one that is kept.
    fn configuration(
        &self,
        found: &Found,
        known: &[crate::domain::model::Slug],
    ) -> Result<Option<String>, CliError> {
        if found.config.is_some() && !self.args.wires() {
            self.ctx.say(format!(
                "{} is here already and is kept; --anew asks what is connected once more",
                place::CONFIG
            ))?;
            return Ok(None);
        }
        let text = ask::wiring(self.ctx, self.args, known)?.text(place::RECORDS);
        let differs = found.config.as_ref().is_some_and(|it| *it != text);
        if differs && !self.args.anew && !self.args.asks() && !self.args.dry_run {
            return Err(CliError::user(format!("{} is here already, and differs", place::CONFIG))
                .hint("--dry-run shows the differences, and --anew writes it all the same"));
        }
        Ok(Some(text))
    }

    /// Shows steps, and asks whether they are to be taken.
    fn show(&self, steps: &[Step]) -> Result<(), CliError> {
        for (number, step) in (self.taken.len() + 1..).zip(steps) {
            self.ctx.say(step.words(number).trim_end())?;
        }
        if self.args.dry_run || self.args.yes {
            return Ok(());
        }
        prompt::require_confirmation("Do all this?", "does it", "done")
    }

    /// Takes a step, and says so.
    fn take(
        &mut self,
        step: Step,
        how: impl FnOnce(&Self, &Step) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        if !self.args.dry_run {
            how(self, &step)?;
            self.ctx.say(format!("done: {}", step.what))?;
        }
        self.taken.push(step);
        Ok(())
    }

    /// Says what there is now.
    fn close(self) -> Result<(), CliError> {
        let Self { ctx, args, taken } = self;
        if ctx.json {
            let answer = Done { dry_run: args.dry_run, steps: taken };
            return Ok(table::write_json(&mut ctx.out(), &answer)?);
        }
        if args.dry_run {
            return ctx.say("nothing was done: this was a dry run");
        }
        ctx.say("this machine opens its doors; `space door status` shows them, and `space doctor` examines it")
    }
}
