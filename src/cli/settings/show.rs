//! `space settings show`: the numbers and names that everything else refers to.

use crate::cli::{CliError, Context, fetch, member::fields::amount};

/// Shows the settings.
///
/// # Errors
/// That they cannot be read.
pub(super) fn run(ctx: &Context) -> Result<(), CliError> {
    let store = ctx.store()?;
    let space = fetch::space(&store.read(store.head()?)?)?;
    let levels: Vec<String> =
        space.levels.iter().map(|(priority, name)| format!("{priority}: {name}")).collect();
    let money = |minor| format!("{} {}", amount(minor), space.currency);
    let lines = [
        ("name", space.name.clone()),
        ("time zone", space.time_zone.clone()),
        ("currency", space.currency.clone()),
        ("reference prefix", space.reference_prefix.clone()),
        ("minimum", money(space.dues.minimum)),
        ("included children", space.dues.included_children.to_string()),
        ("per further child", money(space.dues.per_further_child)),
        ("concession age", space.dues.concession_age.to_string()),
        ("grace days", space.grace_days.to_string()),
        ("levels", levels.join("\n")),
        ("key", space.key_id.clone().unwrap_or_default()),
    ];
    ctx.record(&space, &lines)
}
