//! `space settings show`: shows the settings of the space.

use super::{alarms, joining, keep, own};
use crate::{
    cli::{CliError, Context},
    domain::{model::Brake, money::Currency},
};

/// The arguments of `space settings show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Shows the settings.
///
/// # Errors
/// Fails if they cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?.settings()?;
    let levels: Vec<String> =
        space.levels.iter().map(|(priority, name)| format!("{priority}: {name}")).collect();
    let off: Vec<&str> = space.notices.off.iter().map(|kind| kind.word()).collect();
    let currency = Currency::named(&space.currency);
    let money = |minor| format!("{} {}", currency.amount(minor), space.currency);
    let Brake { percent, few } = space.brake;
    let brake = format!("more than {few} members and {percent} % must be confirmed");
    let [contact, payments, members, activities, letters, measurements] =
        keep::lines(space.retention);
    let [to, quiet, urgent, off_alarms, summer, idle] = alarms::lines(&space.alarms);
    let [language, joining, tiers, opens] = joining::lines(space.language, &space.joining);
    let [own_changes, visit_days, guests] = own::lines(&space.self_service);
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
        language,
        joining,
        tiers,
        opens,
        ("notices from", space.notices.from.clone().unwrap_or_default()),
        ("reply to", space.notices.reply_to.clone().unwrap_or_default()),
        ("directors", space.notices.directors.join("\n")),
        ("payment details", space.notices.payment_details.clone().unwrap_or_default()),
        ("pay page", space.notices.pay_page.clone().unwrap_or_default()),
        ("signature", space.notices.signature.clone().unwrap_or_default()),
        ("day form", space.notices.day_form.clone().unwrap_or_default()),
        ("reminders", days(&space.notices.reminder_days)),
        ("notices off", off.join(", ")),
        to,
        quiet,
        urgent,
        off_alarms,
        summer,
        idle,
        contact,
        payments,
        members,
        activities,
        letters,
        ("brake", brake),
        ("auto sync", if space.auto_sync { "yes".to_owned() } else { String::new() }),
        measurements,
        own_changes,
        visit_days,
        guests,
        ("levels", levels.join("\n")),
        ("key", space.key_id.clone().unwrap_or_default()),
    ];
    ctx.record(&space, &lines)
}

/// Describes the days of reminders: `7 days before, 3 days after`.
fn days(all: &[i16]) -> String {
    let one = |days: &i16| match days {
        0 => "on the day".to_owned(),
        days if *days < 0 => format!("{} days before", days.unsigned_abs()),
        days => format!("{days} days after"),
    };
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}
