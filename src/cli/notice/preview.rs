//! `space notice preview`: shows a notice as it would be sent.

use std::io::Write as _;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{look_up, notice::review},
    cli::{
        CliError, Context, advice,
        output::{Waiting, table},
    },
    domain::{
        model::{MemberId, NoticeKind, Record, RecordPath, Transaction, email, text},
        notices::{Facts, Letter, Occasion, OccasionDetail, RenderedNotice, run_start},
        ops,
    },
    store::Revision,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Without --member the notice is filled with example data; the review is last month's.

Examples:
  space notice preview reminder
  space notice preview welcome --member ada --html";

/// A letter as it would be sent.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Shown {
    /// The kind of notice.
    kind: NoticeKind,
    /// Whom it is for.
    to: String,
    /// The subject.
    subject: String,
    /// The plain text.
    text: String,
    /// The HTML.
    html: String,
}

/// The arguments of `space notice preview`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The kind of notice
    kind: NoticeKind,

    /// Show it for this member
    #[arg(long, short, add = crate::cli::input::completion::members())]
    member: Option<String>,

    /// Show the HTML instead of the plain text
    #[arg(long)]
    html: bool,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Shows a notice.
///
/// # Errors
/// Fails if no member matches, or if a template is not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let today = space.today()?;
    let (to, rendered) = match &args.member {
        None if args.kind == NoticeKind::Review => {
            let (month, review) =
                review::last_month(space.store, &space.head, today, &Waiting::default())?;
            let letter =
                review::letter(&space.head, "directors@example.org", &review, &month, today)?;
            ("the directors".to_owned(), rendered(letter))
        }
        None => ("nobody (example)".to_owned(), example(&space.head, args.kind)?),
        Some(member) => {
            let (id, _) = look_up::member(&space.head, member)?;
            let occasion = occasion(&space.head, id, args.kind)?;
            letter(&space.head, id, &occasion, today)?
        }
    };
    let mut out = ctx.out();
    if ctx.json {
        let answer = Shown {
            kind: args.kind,
            to,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
        };
        table::write_json(&mut out, &answer)?;
    } else if args.html {
        write!(out, "{}", rendered.html)?;
    } else {
        writeln!(out, "To:      {to}\nSubject: {}\n", text::shown(&rendered.subject))?;
        for line in rendered.text.lines() {
            writeln!(out, "{}", line.replace(text::is_control, "\u{fffd}"))?;
        }
    }
    Ok(out.flush()?)
}

fn letter(
    head: &Revision<'_>,
    id: MemberId,
    occasion: &Occasion,
    today: Date,
) -> Result<(String, RenderedNotice), CliError> {
    let letter = ops::notice::letter(head, id, std::slice::from_ref(occasion), today)
        .map_err(|why| CliError::data(format!("{id} gets no notice: {why}")))?;
    let to = format!("{} <{}>", text::shown(&letter.to.0), email::masked(&letter.to.1));
    Ok((to, rendered(letter)))
}

fn rendered(letter: Letter) -> RenderedNotice {
    RenderedNotice { subject: letter.subject, text: letter.text, html: letter.html }
}

fn example(head: &Revision<'_>, kind: NoticeKind) -> Result<RenderedNotice, CliError> {
    let language = look_up::space(head)?.language;
    let words = ops::notice::words(head, kind, language);
    words.and_then(|words| words.render(&Facts::sample(kind))).map_err(|error| {
        let at = error.at.map(|(line, column)| format!(":{line}:{column}"));
        let at = at.unwrap_or_default();
        CliError::data(format!(
            "templates/{kind}.{}{at}: {}",
            error.form,
            error.note.in_words(advice::words)
        ))
    })
}

/// Returns an occasion of this kind that the member has had or may have.
fn occasion(head: &Revision<'_>, id: MemberId, kind: NoticeKind) -> Result<Occasion, CliError> {
    use crate::domain::records::Records as _;
    let mut records = head.within(id).into_iter().filter_map(|path| {
        let record = head.record(&path).ok()??;
        Some((path, record))
    });
    let about = match kind {
        NoticeKind::Alarm => {
            return Err(CliError::user("an alarm is for those in the settings, not for a member"));
        }
        NoticeKind::Review => {
            return Err(CliError::user("the review is for the directors, not for a member"));
        }
        NoticeKind::Reminder => Some(OccasionDetail::Step { step: 1, steps: steps(head)? }),
        NoticeKind::DuesChanged => {
            let (_, member) = look_up::member(head, &id.to_string())?;
            let today = member.paid_until.unwrap_or(member.joined);
            let owed = ops::dues::owed(head, id, &member, &head.children(id), today)?.amount;
            Some(OccasionDetail::Dues { before: owed, after: owed })
        }
        NoticeKind::InductionRecorded => records.find_map(|(path, record)| match (path, record) {
            (RecordPath::Induction(_, facility), Record::Induction(induction)) => {
                Some(OccasionDetail::Induction(facility, induction))
            }
            _ => None,
        }),
        NoticeKind::CredentialAdded | NoticeKind::CredentialRevoked => {
            records.find_map(|(path, record)| match (path, record) {
                (RecordPath::Credential(_, tag), Record::Credential(credential)) => {
                    Some(OccasionDetail::Credential(tag, credential))
                }
                _ => None,
            })
        }
        NoticeKind::PaymentFailed => newest_failed(head, id).map(OccasionDetail::Failed),
        NoticeKind::PaymentReceived => {
            let payments: Vec<_> = records
                .filter_map(|(path, record)| match (path, record) {
                    (RecordPath::Payment(_, name), Record::Payment(payment)) => {
                        Some((name, payment))
                    }
                    _ => None,
                })
                .collect();
            let start = run_start(&payments);
            if let Some((name, about)) = start {
                return Ok(Occasion { kind, key: name.to_string(), about });
            }
            None
        }
        _ => Some(OccasionDetail::Membership),
    };
    let about = about.ok_or_else(|| {
        CliError::user(format!("{id} has nothing on record for the notice {kind}"))
            .hint("leave out --member to see an example")
    })?;
    Ok(Occasion { kind, key: "preview".into(), about })
}

/// Returns the newest payment of a member that a payment processor could not take.
fn newest_failed(head: &Revision<'_>, id: MemberId) -> Option<Box<Transaction>> {
    use crate::domain::records::Records as _;
    let read = |(year, tag)| match head.record(&RecordPath::Unmatched(year, tag)) {
        Ok(Some(Record::Unmatched(it))) => Some(it),
        _ => None,
    };
    let all = head.unmatched().into_iter().filter_map(read);
    let own = all.filter(|it| it.failed.as_ref().is_some_and(|it| it.member == id));
    own.max_by_key(|it| it.date).map(Box::new)
}

fn steps(head: &Revision<'_>) -> Result<usize, CliError> {
    Ok(look_up::space(head)?.notices.reminder_days.len().max(1))
}
