//! What was found in a copy, in words.

use jiff::tz::TimeZone;

use crate::{
    app::{backup::Verified, when},
    cli::{CliError, Context, output::error},
};

/// Shows what was found in a copy, and more.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn show(
    ctx: &Context,
    found: &Verified,
    zone: &TimeZone,
    more: &[(&str, String)],
) -> Result<(), CliError> {
    let Verified { commit, time, members, decided, different, missing, key_fits, .. } = found;
    let key = match key_fits {
        Some(true) => "is here and fits",
        Some(false) => "is another one: no fob would open with it",
        None => "is not here: keep a copy of it apart (`space key export --to space.key`)",
    };
    let activities = match (*decided, *missing) {
        (0, 0) => "none to decide again".to_owned(),
        (decided, 0) => format!("{decided} decided again, {} differently", different),
        (decided, missing) => {
            format!(
                "{decided} decided again, {different} differently; {missing} are by newer commits than it has"
            )
        }
    };
    let age = when::ago(ctx.now.duration_since(*time));
    let mut lines = vec![
        ("newest commit", commit.short()),
        ("of", format!("{}, {age}", when::local(*time, zone))),
        ("members", members.to_string()),
        ("activities", activities),
        ("key", key.to_owned()),
    ];
    lines.extend(more.iter().cloned());
    ctx.record(found, &lines)
}

/// Says whether the space can be restored from a copy.
///
/// # Errors
/// It cannot.
pub(super) fn judge(ctx: &Context, found: &Verified) -> Result<(), CliError> {
    for finding in found.findings.iter().chain(&found.shut) {
        ctx.warn(error::formatted(finding))?;
    }
    if found.is_good() {
        return ctx.say("the space can be restored from it");
    }
    let faults = found.faults().join("; ");
    let message = format!("the space cannot be restored from it as it should be: {faults}");
    Err(CliError::data(message)
        .hint("make another copy with `git clone --mirror`, from the repository that is in order"))
}
