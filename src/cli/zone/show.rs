//! `space zone show`: one zone, its wishes and its meters.

use super::rows;
use crate::{
    app::look_up,
    cli::{CliError, Context},
    domain::model::Slug,
};

/// The arguments of `space zone show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The zone
    #[arg(add = crate::cli::input::completion::zones())]
    zone: String,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Shows a zone.
///
/// # Errors
/// Fails if there is none, or if its record or its measurements cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (name, zone) = look_up::zone(&space.head, &args.zone)?;
    let shown = rows::row(ctx, &space, name, zone)?;
    let it = &shown.record;
    let wishes: Vec<String> = it
        .wishes
        .iter()
        .map(|wish| {
            let when = if wish.timespec == "always" { "always" } else { "by a calendar" };
            let used = if wish.if_used { ", if somebody is in or has booked" } else { "" };
            let why = wish.description.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
            format!("{} °C {when}{used}{why}", wish.temperature)
        })
        .collect();
    let names = |all: &[Slug]| all.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ");
    let set_point = it.set_point.as_ref().map(|it| match &it.key {
        Some(key) => format!("{} as {key}", it.topic),
        None => it.topic.clone(),
    });
    let lines = [
        ("zone", shown.zone.to_string()),
        ("name", it.name.clone()),
        ("now", shown.measured().unwrap_or_default()),
        ("wanted", shown.wanted()),
        ("never below", format!("{} °C", it.frost)),
        ("never above", format!("{} °C", it.ceiling)),
        ("wishes", if wishes.is_empty() { "none".into() } else { wishes.join("\n") }),
        ("facilities", names(&it.facilities)),
        ("meters", names(&shown.meters)),
        ("sent to", set_point.unwrap_or_default()),
    ];
    ctx.record(&shown, &lines)
}
