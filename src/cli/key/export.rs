//! `space key export`: prints the key as 64 hexadecimal digits.

use std::io::{IsTerminal as _, Write as _};

use crate::cli::{CliError, Context};

/// Prints the key.
///
/// # Errors
/// Fails if there is no key here.
pub(super) fn run(ctx: &Context) -> Result<(), CliError> {
    let key = ctx.store()?.key()?;
    if std::io::stdout().is_terminal() {
        writeln!(
            anstream::stderr().lock(),
            "Keep this key secret: with it and a copy of the data one can find out every fob and passcode."
        )?;
    }
    let mut out = ctx.out();
    if ctx.json {
        let answer = serde_json::json!({ "key": key.to_hex(), "id": key.id() });
        crate::cli::output::table::write_json(&mut out, &answer)?;
    } else {
        writeln!(out, "{}", key.to_hex())?;
    }
    Ok(out.flush()?)
}
