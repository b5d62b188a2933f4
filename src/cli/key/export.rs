//! `space key export`: the key as 64 hexadecimal digits.

use std::io::{IsTerminal as _, Write as _};

use crate::cli::{CliError, Context};

/// Prints the key.
///
/// # Errors
/// That there is no key here.
pub(super) fn run(ctx: &Context) -> Result<(), CliError> {
    let key = ctx.store()?.key()?;
    if std::io::stdout().is_terminal() {
        writeln!(
            anstream::stderr().lock(),
            "Whoever has this key and a copy of the data can find out every fob and passcode."
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
