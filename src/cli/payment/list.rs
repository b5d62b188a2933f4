//! `space payment list`: what was paid, or what nobody was credited with.

use jiff::civil::Date;
use serde::Serialize;

use super::find;
use crate::{
    cli::{CliError, Context, context, fetch, output::table, when},
    domain::{
        dues,
        model::{MemberId, Money, Payment, Place, Record, Tag, Transaction},
        money::{Amount, Currency},
        records::Records as _,
    },
    store::Revision,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space payment list ada
  space payment list --since 2026-01-01
  space payment list --unmatched";

/// The arguments of `space payment list`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Only payments of this member: number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members(), conflicts_with = "unmatched")]
    member: Option<String>,

    /// What nobody was credited with, instead of payments
    #[arg(long)]
    unmatched: bool,

    /// Only what was paid on this day or later
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,

    /// Only what was paid before this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    until: Option<String>,
}

#[derive(Serialize)]
struct Row {
    id: Tag,
    member: MemberId,
    name: String,
    #[serde(flatten)]
    payment: Payment,
    until: Date,
    #[serde(skip)]
    amount: Amount,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("ID", |row: &Row| table::plain(find::short(find::id(&row.id)))),
    table::Column::new("DATE", |row| table::plain(row.payment.date)),
    table::Column::new("AMOUNT", |row| table::plain(row.amount)),
    table::Column::new("MEMBER", |row| table::named(row.member, &row.name)),
    table::Column::new("FOR", |row| (pays_for(row), look(row))),
    table::Column::new("TEXT", |row| table::plain(&row.payment.text)),
];

/// Says for which days it pays.
fn pays_for(row: &Row) -> String {
    match &row.payment.returned {
        _ if row.payment.is_opening() => format!("until {}", row.payment.date),
        Some(returned) if row.payment.kept() == 0 => format!("nothing: {}", returned.reason),
        _ if row.payment.kept() == 0 => "nothing".to_owned(),
        _ => format!("{} until {}", row.payment.starts(), row.until),
    }
}

fn look(row: &Row) -> table::Look {
    if row.payment.returned.is_some() { table::Look::Odd } else { table::Look::Plain }
}

#[derive(Serialize)]
struct Waiting {
    id: Tag,
    #[serde(flatten)]
    transaction: Transaction,
    #[serde(skip)]
    amount: Amount,
}

const WAITING: &[table::Column<Waiting>] = &[
    table::Column::new("ID", |row: &Waiting| table::plain(find::short(row.id.as_str()))),
    table::Column::new("DATE", |row| table::plain(row.transaction.date)),
    table::Column::new("AMOUNT", |row| table::plain(row.amount)),
    table::Column::new("TEXT", |row| table::plain(&row.transaction.text)),
    table::Column::new("WHY", |row| table::plain(&row.transaction.reason)),
];

/// Lists payments or transactions, the oldest first.
///
/// # Errors
/// That the space cannot be read, or that nobody is called so.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let (zone, currency) = (context::zone(&head)?, fetch::currency(&head)?);
    let day = |text: &Option<String>| {
        text.as_deref().map(|text| when::day(text, &zone, ctx.now)).transpose()
    };
    let (since, until) = (day(&args.since)?, day(&args.until)?);
    let wanted =
        |day: Date| since.is_none_or(|since| since <= day) && until.is_none_or(|until| day < until);
    if args.unmatched {
        let mut rows: Vec<Waiting> = waiting(&head, &currency);
        rows.retain(|row| wanted(row.transaction.date));
        rows.sort_by_key(|row| row.transaction.date);
        return ctx.rows(&rows, WAITING, "nothing waits to be assigned");
    }
    let member = args.member.as_deref().map(|text| fetch::member_id(&head, text)).transpose()?;
    let mut rows = payments(&head, &currency, member);
    rows.retain(|row| wanted(row.payment.date));
    rows.sort_by(|a, b| (a.payment.date, &a.id).cmp(&(b.payment.date, &b.id)));
    let total: Money = rows.iter().map(|row| row.payment.amount).fold(0, Money::saturating_add);
    ctx.rows(&rows, COLUMNS, "no payments; `space payment import` brings them in")?;
    let count = rows.iter().filter(|row| !row.payment.is_opening()).count();
    if count > 1 {
        ctx.say(format!("{count} payments, {}", currency.amount(total)))
    } else {
        Ok(())
    }
}

fn payments(head: &Revision<'_>, currency: &Currency, member: Option<MemberId>) -> Vec<Row> {
    let names = match member {
        Some(id) => head
            .within(id)
            .into_iter()
            .filter_map(|place| match place {
                Place::Payment(id, name) => Some((id, name)),
                _ => None,
            })
            .collect(),
        None => head.payments(),
    };
    let mut last: Option<(MemberId, String)> = None;
    let row = |(member, id): (MemberId, Tag)| {
        let place = Place::Payment(member, id.clone());
        let Ok(Some(Record::Payment(payment))) = head.record(&place) else { return None };
        let name = match &last {
            Some((known, name)) if *known == member => name.clone(),
            _ => match head.record(&Place::Member(member)) {
                Ok(Some(Record::Member(it))) => it.name,
                _ => String::new(),
            },
        };
        last = Some((member, name.clone()));
        let until = dues::end(payment.starts(), payment.kept());
        let amount = currency.amount(payment.amount);
        Some(Row { id, member, name, payment, until, amount })
    };
    names.into_iter().filter_map(row).collect()
}

fn waiting(head: &Revision<'_>, currency: &Currency) -> Vec<Waiting> {
    let row = |(year, id): (i16, Tag)| match head.record(&Place::Unmatched(year, id.clone())) {
        Ok(Some(Record::Unmatched(transaction))) => {
            let amount = currency.amount(transaction.amount);
            Some(Waiting { id, transaction, amount })
        }
        _ => None,
    };
    head.unmatched().into_iter().filter_map(row).collect()
}
