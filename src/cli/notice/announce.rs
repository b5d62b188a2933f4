//! `space notice announce`: sends news to those who asked for it.

use std::{fs, path::PathBuf};

use super::report;
use crate::{
    app::{
        look_up,
        notice::at_once::{self, SendRequest},
    },
    cli::{CliError, Context, advice, output::Waiting},
    domain::{
        model::{MemberId, NoticeKind, Record, RecordPath, Slug},
        notices::{Occasion, Words},
        ops,
    },
    store::Revision,
};

/// Shown below the options.
const EXAMPLES: &str = "\
The text is templates/announcement.txt, or the file named by --file: the subject in the first line
(`Subject: …`), an empty line, then the text. contact.json records who asked for news; `space member
edit ada --news` sets it. If you run the command again, it sends only to those who have not got it.

Examples:
  space notice announce open-day --file open-day.txt --dry-run";

/// The arguments of `space notice announce`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A short name, like open-day, to record who got it
    name: Slug,

    /// The file with the text
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,

    /// Send at most this many notices
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    most: Option<u32>,

    /// Show what would be sent, but send nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Sends news.
///
/// # Errors
/// Fails if there is no text, or if the notices cannot be sent.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let today = space.today()?;
    let words = words(&space.head, args)?;
    let occasion = || Occasion::of(NoticeKind::Announcement, args.name.as_str());
    let roster = space.head.roster();
    let members = roster.members().filter(|folder| {
        let member = folder.member.get();
        member.is_some_and(|it| it.left.is_none_or(|left| today < left))
    });
    let wants = |id: &MemberId| {
        matches!(space.head.record(&RecordPath::Contact(*id)), Ok(Some(Record::Contact(it))) if it.news)
            && !at_once::sent_notices(&space.head, *id, NoticeKind::Announcement)
                .has(args.name.as_str())
    };
    let due: Vec<(MemberId, Occasion)> =
        members.map(|folder| folder.id).filter(wants).map(|id| (id, occasion())).collect();
    let request = SendRequest {
        due: &due,
        words: Some(&words),
        most: args.most,
        dry_run: args.dry_run,
        author: None,
    };
    let sent =
        at_once::send(space.store, &space.head, today, &request, ctx.now, &Waiting::default())?;
    report::results(ctx, sent)
}

fn words(head: &Revision<'_>, args: &Args) -> Result<Words, CliError> {
    let kind = NoticeKind::Announcement;
    let language = look_up::space(head)?.language;
    let words = match &args.file {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| {
                CliError::user(format!("cannot read {}: {error}", path.display()))
            })?;
            Words::new((kind, language), Some(text), None)
        }
        None => ops::notice::words(head, kind, language),
    };
    words.map_err(|error| {
        CliError::user(error.note.in_words(advice::words))
            .hint("name a file with the text with --file, or write templates/announcement.txt")
    })
}
