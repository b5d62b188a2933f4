//! Tries the devices, a reading at each reader, and the strike of each door.

use super::{
    args::Args,
    hand,
    step::{Act, ROOT, Step},
    trial_door::{Read, TrialDoor},
};
use crate::{
    cli::{CliError, Context, input::prompt},
    config::Config,
    domain::model::{Activity, Slug},
};

/// Runs the door for a moment; without somebody there, only its devices are tried.
///
/// # Errors
/// Fails if a device does not answer.
pub(super) fn hold(
    ctx: &Context,
    args: &Args,
    config: &Config,
    step: &Step,
) -> Result<(), CliError> {
    for act in &step.acts {
        let Act::Run { user, command } = act else { continue };
        if *user == ROOT {
            hand::does(user, command)?;
            continue;
        }
        let devices: Vec<Slug> = config.devices.keys().cloned().collect();
        let mut door = TrialDoor::start(user, command)?;
        door.wait_for(&devices)?;
        ctx.say("     every device answers")?;
        for (name, it) in &config.doors {
            if !args.asks() {
                ctx.say(format!(
                    "     nobody is there to hold a fob to {name}: later, `space door unlock {name}` and \
                     `space activity tail` show whether it opens"
                ))?;
                continue;
            }
            if !it.entry.is_empty() {
                reading(ctx, &door, name, it.facility.as_ref().unwrap_or(name))?;
            }
            unlock(ctx, &door, name)?;
        }
        door.stop();
    }
    Ok(())
}

/// Has somebody hold a fob to a reader until something comes from there.
fn reading(ctx: &Context, door: &TrialDoor, name: &Slug, facility: &Slug) -> Result<(), CliError> {
    loop {
        let question = format!("Hold a fob to the reader of {name}, then press Enter (s: skip)");
        if prompt::line(&question, None)? == "s" {
            return Ok(());
        }
        match door.read() {
            Read::Credential(it) if it.facility == *facility => return ctx.say(words(&it)),
            Read::Credential(it) => ctx.warn(format!(
                "that came from the reader of {}: the readers are exchanged, or their facilities",
                it.facility
            ))?,
            Read::Noise(words) => ctx.warn(format!(
                "the reader says something that is not a credential: {words}; are D0 and D1 exchanged?"
            ))?,
            Read::Nothing => ctx.warn(
                "nothing came from the reader: look at its supply, its ground, and D0 and D1",
            )?,
        }
    }
}

/// Says what the door decided.
fn words(it: &Activity) -> String {
    let who = it.member.map_or_else(|| it.stranger(), |id| format!("member {id}"));
    let help = match (&it.member, &it.fob) {
        (None, Some(number)) => format!(
            "; the reader works, and nobody has that fob yet: `space credential add --member NAME --fob \
             {number}` on a machine where you change the records"
        ),
        _ => String::new(),
    };
    format!("     {}: {who}: {}{help}", it.result, it.reason.words())
}

/// Moves a strike, and asks whether it moved.
fn unlock(ctx: &Context, door: &TrialDoor, name: &Slug) -> Result<(), CliError> {
    while prompt::agree(&format!("Unlock {name} for a moment now?"))? {
        door.unlock(name)?;
        if prompt::agree("Did it open?")? {
            return Ok(());
        }
        ctx.warn(
            "look at the strike's own supply, at the relay's number, and at its contacts: NO for a strike \
             that is locked without power, NC for a magnet",
        )?;
    }
    Ok(())
}
