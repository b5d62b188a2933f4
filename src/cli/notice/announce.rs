//! `space notice announce`: sends news to those who asked for them.

use std::{fs, path::PathBuf};

use super::tell;
use crate::{
    app::notice::at_once::{self, Wish},
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
The words are those of templates/announcement.txt unless --file names others: the subject in the
first line (`Subject: …`), an empty line, the text. Who asked for news is in contact.json; `space
member edit ada --news` sets it. Run again, it goes on with those who did not get it.

Examples:
  space notice announce open-day --file open-day.txt --dry-run";

/// The arguments of `space notice announce`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A short name by which it is remembered who got it, like open-day
    name: Slug,

    /// The file with the words
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,

    /// Send at most so many letters
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    most: Option<u32>,

    /// Show what would be sent, and send nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Sends news.
///
/// # Errors
/// That there are no words, or what keeps the letters from going out.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let today = space.today()?;
    let words = words(&space.head, args)?;
    let occasion = || Occasion::of(NoticeKind::Announcement, args.name.as_str());
    let roster = space.head.roster();
    let belongs = roster.members().filter(|folder| {
        let member = folder.member.get();
        member.is_some_and(|it| it.left.is_none_or(|left| today < left))
    });
    let wants = |id: &MemberId| {
        matches!(space.head.record(&RecordPath::Contact(*id)), Ok(Some(Record::Contact(it))) if it.news)
            && !at_once::told(&space.head, *id, NoticeKind::Announcement).has(args.name.as_str())
    };
    let due: Vec<(MemberId, Occasion)> =
        belongs.map(|folder| folder.id).filter(wants).map(|id| (id, occasion())).collect();
    let wish = Wish { due: &due, words: Some(&words), most: args.most, dry_run: args.dry_run };
    let sent = at_once::send(space.store, &space.head, today, &wish, ctx.now, &Waiting::default())?;
    tell::sent(ctx, sent)
}

fn words(head: &Revision<'_>, args: &Args) -> Result<Words, CliError> {
    let kind = NoticeKind::Announcement;
    let words = match &args.file {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| {
                CliError::user(format!("cannot read {}: {error}", path.display()))
            })?;
            Words::new(kind, Some(text), None)
        }
        None => ops::notice::words(head, kind),
    };
    words.map_err(|trouble| {
        CliError::user(trouble.note.in_words(advice::words))
            .hint("--file names a file with them, or write templates/announcement.txt")
    })
}
