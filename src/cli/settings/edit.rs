//! `space settings edit`: changes the settings of the space.

use std::collections::BTreeMap;

use super::{alarms::AlarmArgs, joining::JoiningArgs, keep::KeepArgs, own::OwnArgs};
use crate::{
    app::{dues::preview, look_up},
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::{NoticeKind, Priority},
        money::{Currency, WrittenAmount},
        ops::{self, Field},
    },
};

/// The heading of the options about notices.
const NOTICES: &str = "Notices";

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space settings edit --grace-days 7
  space settings edit --zone Europe/London --level \"3=Managers\"";

/// The arguments of `space settings edit`. Settings that are not given stay as they are.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The name of the space
    #[arg(long)]
    name: Option<String>,

    /// The time zone of dates and calendars, like Europe/London
    #[arg(long)]
    zone: Option<String>,

    /// The currency, like GBP
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// The letters before a member's number in a bank reference, like SM
    #[arg(long, value_name = "LETTERS")]
    prefix: Option<String>,

    /// The least that a member pays per month
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    minimum: Option<WrittenAmount>,

    /// The number of children that the price includes
    #[arg(long, value_name = "NUMBER")]
    included_children: Option<u16>,

    /// The monthly surcharge for each further child
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    per_further_child: Option<WrittenAmount>,

    /// The age from which dues are reduced
    #[arg(long, value_name = "YEARS")]
    concession_age: Option<u16>,

    /// How many days a member is still covered after the paid time ends
    #[arg(long, value_name = "DAYS")]
    grace_days: Option<u16>,

    /// The sender address of notices; if empty, nothing is sent
    #[arg(long, value_name = "ADDRESS", help_heading = NOTICES)]
    mail_from: Option<String>,

    /// The address for replies; if empty, the sender address
    #[arg(long, value_name = "ADDRESS", help_heading = NOTICES)]
    reply_to: Option<String>,

    /// An address that gets the month's review; replaces the list; can be repeated; if empty,
    /// nobody
    #[arg(long = "director", value_name = "ADDRESS", help_heading = NOTICES)]
    directors: Vec<String>,

    /// How to pay, in words for new members; if empty, nothing
    #[arg(long, value_name = "TEXT", help_heading = NOTICES)]
    payment_details: Option<String>,

    /// The page on which members say by what a payment processor takes their dues, such as
    /// https://space.example.org/profile/pay; if empty, letters name none
    #[arg(long, value_name = "URL", help_heading = NOTICES)]
    pay_page: Option<String>,

    /// How letters are signed; if empty, with the name of the space
    #[arg(long, value_name = "TEXT", help_heading = NOTICES)]
    signature: Option<String>,

    /// How letters write a day, in the form of strftime; if empty, `%-d %B %Y`: 1 June 2026
    #[arg(long, value_name = "FORM", help_heading = NOTICES)]
    day_form: Option<String>,

    /// The days to remind members on, counted from the end of the paid time, like -7,3,10
    #[arg(long, value_name = "DAYS", value_delimiter = ',', allow_hyphen_values = true,
          help_heading = NOTICES)]
    remind: Vec<i16>,

    /// Stop sending this kind of notice; can be repeated
    #[arg(long = "notice-off", value_name = "KIND", help_heading = NOTICES)]
    off: Vec<NoticeKind>,

    /// Send this kind of notice again; can be repeated
    #[arg(long = "notice-on", value_name = "KIND", help_heading = NOTICES)]
    on: Vec<NoticeKind>,

    /// The share of the members that may lose access at once before somebody has to confirm it;
    /// 100 for any
    #[arg(long, value_name = "PERCENT")]
    brake_percent: Option<u8>,

    /// The number of members who may lose access at once, however few members there are
    #[arg(long, value_name = "MEMBERS")]
    brake_few: Option<u32>,

    /// Whether each clone syncs by itself before and after each command that writes; a clone can
    /// differ: git config space.sync manual
    #[arg(long, value_name = "YES|NO", action = clap::ArgAction::Set, ignore_case = true, value_parser = crate::cli::input::answer::yes_or_no())]
    auto_sync: Option<bool>,

    #[command(flatten)]
    joining: JoiningArgs,

    #[command(flatten)]
    keep: KeepArgs,

    #[command(flatten)]
    own: OwnArgs,

    /// The name of a priority, like 2=Classes; `2=` removes it
    #[arg(long = "level", value_name = "PRIORITY=NAME", value_parser = level, allow_hyphen_values = true)]
    levels: Vec<(Priority, Option<String>)>,

    #[command(flatten)]
    alarms: AlarmArgs,

    #[command(flatten)]
    write: WriteArgs,
}

/// Changes settings.
///
/// # Errors
/// Fails if nothing would change, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let code = args.currency.map(|code| code.to_uppercase());
    let currency = code
        .as_deref()
        .map_or_else(|| look_up::currency(&space.head), |it| Ok(Currency::named(it)))?;
    let request = ops::space::Edit {
        name: args.name,
        time_zone: args.zone,
        currency: code,
        reference_prefix: args.prefix.map(|prefix| prefix.to_uppercase()),
        minimum: currency.optional_minor(args.minimum.as_ref())?,
        included_children: args.included_children,
        per_further_child: currency.optional_minor(args.per_further_child.as_ref())?,
        concession_age: args.concession_age,
        grace_days: args.grace_days,
        language: args.joining.language,
        joining_tiers: args.joining.tiers()?,
        acceptance: args.joining.acceptance,
        facilities_on_joining: args.joining.facilities()?,
        mail_from: field(args.mail_from),
        reply_to: field(args.reply_to),
        directors: (!args.directors.is_empty())
            .then(|| args.directors.into_iter().filter(|address| !address.is_empty()).collect()),
        payment_details: field(args.payment_details),
        pay_page: field(args.pay_page),
        signature: field(args.signature),
        day_form: field(args.day_form),
        reminder_days: (!args.remind.is_empty()).then_some(args.remind),
        sent: args
            .off
            .into_iter()
            .map(|kind| (kind, false))
            .chain(args.on.into_iter().map(|kind| (kind, true)))
            .collect(),
        alarms: args.alarms.request(),
        keep: args.keep.request(),
        brake_percent: args.brake_percent,
        brake_few: args.brake_few,
        auto_sync: args.auto_sync,
        own: args.own.request()?,
        levels: args.levels.into_iter().collect::<BTreeMap<_, _>>(),
    };
    let plan = ops::space::edit(&space.head, request)?;
    let plan = preview::add(&space.head, plan, args.write.dry_run, ctx.now)?;
    write::carry_out(ctx, &space, plan, &args.write)
}

/// Turns an empty text into clearing the field.
fn field(text: Option<String>) -> Field<String> {
    match text {
        None => Field::Keep,
        Some(text) if text.trim().is_empty() => Field::Clear,
        Some(text) => Field::Set(text.trim().to_owned()),
    }
}

fn level(text: &str) -> Result<(Priority, Option<String>), String> {
    let wrong = || "write it like 2=Classes".to_owned();
    let (priority, name) = text.split_once('=').ok_or_else(wrong)?;
    let priority = priority.trim().parse().map_err(|_| wrong())?;
    let name = name.trim();
    Ok((priority, (!name.is_empty()).then(|| name.to_owned())))
}
