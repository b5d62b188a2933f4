//! The profiles of bank statements: the space's, those of the program, and guesses at others.

use jiff::{Timestamp, civil::Date};

use crate::{
    app::{
        AppError, look_up,
        payment::import::{own_profiles, refused},
        view::ProfileView,
        zone,
    },
    domain::{model::Slug, payments::Statement},
    integrations::statement::{Guess, Layout, StatementContext, guess, read, shipped},
    store::Revision,
};

/// Returns all profiles, sorted by name. One of the space replaces one of the program with its name.
#[must_use]
pub fn all(head: &Revision<'_>) -> Vec<ProfileView> {
    let view = |own| move |(profile, layout)| ProfileView { profile, own, layout };
    let mut rows: Vec<ProfileView> = own_profiles(head).into_iter().map(view(true)).collect();
    let hidden = |name: &Slug| rows.iter().any(|row| row.profile == *name);
    let others: Vec<_> = shipped().into_iter().filter(|(name, _)| !hidden(name)).collect();
    rows.extend(others.into_iter().map(view(false)));
    rows.sort_by(|a, b| a.profile.cmp(&b.profile));
    rows
}

/// Guesses the profile of a table, and reads the table by it.
///
/// # Errors
/// Fails if the settings cannot be read, or if the file is not a table of transactions.
pub fn guess_at(
    head: &Revision<'_>,
    name: &str,
    bytes: &[u8],
    now: Timestamp,
) -> Result<(Guess, Statement), AppError> {
    let space = look_up::space(head)?;
    let today: Date = now.to_zoned(zone::of(head)?).date();
    let guess = guess(name, bytes, &space.currency, today).map_err(refused)?;
    let layout = Layout::Profile(&guess.profile);
    let context = StatementContext { currency: &space.currency, layout, trust_days: false };
    let read = read(name, bytes, &context).map_err(refused)?;
    Ok((guess, read.statement))
}
