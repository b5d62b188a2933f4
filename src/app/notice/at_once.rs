//! Sends notices immediately, on request.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use crate::{
    app::{
        AppError, look_up,
        notice::{
            deliver::{self, DeliveryStatus},
            mailer,
        },
        progress::Progress,
        zone,
    },
    config::MailConfig,
    domain::{
        dues::Cover,
        model::{Advice, Member, MemberId, Notice, NoticeKind, Record, RecordPath},
        notices::{Letter, Occasion, Words},
        ops::{self, dues},
        records,
    },
    store::{Author, Revision, Store},
};

/// What to send, and how.
pub struct SendRequest<'a> {
    /// Members and the occasions to send them notices of.
    pub due: &'a [(MemberId, Occasion)],
    /// A text to use instead of the space's.
    pub words: Option<&'a Words>,
    /// The most notices to send; by default the number in the configuration.
    pub most: Option<u32>,
    /// Whether only to show what would be sent.
    pub dry_run: bool,
    /// The author of the record of what was sent, if not the user of this process.
    pub author: Option<&'a Author>,
}

/// The result of sending.
#[derive(Debug)]
pub struct DeliveryReport {
    /// The result for each notice.
    pub statuses: Vec<DeliveryStatus>,
    /// Why sending stopped early, if the server caused that.
    pub stopped: Option<String>,
    /// Where the notices went, in words; `None` if they were only shown.
    pub to: Option<String>,
}

/// Sends notices, and records what was sent.
///
/// # Errors
/// Fails if another process is sending, a template is not valid, or the server accepts no mail.
pub fn send(
    store: &Store,
    head: &Revision<'_>,
    today: Date,
    request: &SendRequest<'_>,
    now: Timestamp,
    progress: &dyn Progress,
) -> Result<DeliveryReport, AppError> {
    let space = look_up::space(head)?;
    let config = MailConfig::load()?;
    let most = request.most.map_or(config.most, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let write = |id, occasions: &[Occasion]| match (request.words, occasions) {
        (Some(words), [occasion]) => ops::notice::letter_in(words, head, id, occasion, today),
        _ => ops::notice::letter(head, id, occasions, today),
    };
    let (letters, mut others) = deliver::prepare_with(head, request.due, most, write)?;
    if request.dry_run {
        let mut statuses: Vec<DeliveryStatus> =
            letters.iter().flat_map(|it| it.statuses("due", None)).collect();
        statuses.append(&mut others);
        return Ok(DeliveryReport { statuses, stopped: None, to: None });
    }
    let mut post = mailer::mailer(&config, &space, store)?;
    // Without an author, what was sent could not be recorded.
    let author = request.author.map_or_else(|| store.author(), |it| Ok(it.clone()))?;
    let mut posted = store.open_outbox(now)?;
    let delivered = deliver::deliver(&letters, &mut post, &mut posted, now, progress)?;
    let mut statuses = delivered.statuses;
    statuses.append(&mut others);
    let through = posted.through();
    deliver::record_sent(store, &mut posted, &BTreeMap::new(), through, &author, now)?;
    Ok(DeliveryReport { statuses, stopped: delivered.stopped, to: Some(post.to) })
}

/// Sends a member the welcome with the payment details again.
///
/// # Errors
/// Fails like [`send`].
pub fn resend(
    store: &Store,
    head: &Revision<'_>,
    id: MemberId,
    asked: &Asked<'_>,
    now: Timestamp,
    progress: &dyn Progress,
) -> Result<DeliveryReport, AppError> {
    let due = [(id, welcome_again(now))];
    let request = asked.request(&due);
    send(store, head, now.to_zoned(zone::of(head)?).date(), &request, now, progress)
}

/// Asks a member why nothing was paid; once a day unless `again`.
///
/// # Errors
/// Fails if they were already asked today, or like [`send`].
pub fn nudge(
    store: &Store,
    head: &Revision<'_>,
    (id, again): (MemberId, bool),
    asked: &Asked<'_>,
    now: Timestamp,
    progress: &dyn Progress,
) -> Result<DeliveryReport, AppError> {
    let (today, occasion) = nudge_today(head, now)?;
    if !again && sent_notices(head, id, occasion.kind).has(&occasion.key) {
        let who = records::who(head, id);
        return Err(
            AppError::user(format!("{who} was already asked today")).hint(Advice::NudgeAgain(id))
        );
    }
    let due = [(id, occasion)];
    send(store, head, today, &asked.request(&due), now, progress)
}

/// Writes the letter that [`nudge`] sends.
///
/// # Errors
/// The member has no valid address, or the template is not valid.
pub fn nudge_letter(head: &Revision<'_>, id: MemberId, now: Timestamp) -> Result<Letter, AppError> {
    let (today, occasion) = nudge_today(head, now)?;
    letter(head, id, occasion, today)
}

/// Writes the letter that [`resend`] sends.
///
/// # Errors
/// Fails like [`nudge_letter`].
pub fn welcome_letter(
    head: &Revision<'_>,
    id: MemberId,
    now: Timestamp,
) -> Result<Letter, AppError> {
    let today = now.to_zoned(zone::of(head)?).date();
    letter(head, id, welcome_again(now), today)
}

fn letter(
    head: &Revision<'_>,
    id: MemberId,
    occasion: Occasion,
    today: Date,
) -> Result<Letter, AppError> {
    ops::notice::letter(head, id, &[occasion], today).map_err(|why| {
        AppError::user(format!("there is no letter to {}: {why}", records::who(head, id)))
    })
}

/// Returns the occasion of a welcome that is sent once more: each request shall send it again, so the
/// moment makes it another one.
fn welcome_again(now: Timestamp) -> Occasion {
    Occasion::of(NoticeKind::Welcome, format!("again {now:.0}"))
}

/// Returns the day, and the occasion to ask: once a day.
fn nudge_today(head: &Revision<'_>, now: Timestamp) -> Result<(Date, Occasion), AppError> {
    let today = now.to_zoned(zone::of(head)?).date();
    Ok((today, Occasion::of(NoticeKind::Nudge, today.to_string())))
}

/// Tells why there is nothing to ask a member for, if they are covered on a local day.
///
/// # Errors
/// Fails if the settings cannot be read.
pub fn covered(
    head: &Revision<'_>,
    member: &Member,
    today: Date,
) -> Result<Option<String>, AppError> {
    let space = look_up::space(head)?;
    Ok(match dues::cover(head, member, space.grace_days, today) {
        Cover::Always => Some("owes no dues".to_owned()),
        Cover::Until(end) if today < end => Some(format!("is covered until {end}")),
        Cover::Until(_) | Cover::Never => None,
    })
}

/// Who asks for a notice, and whether only to see what would be sent.
#[derive(Clone, Copy, Default)]
pub struct Asked<'a> {
    /// Whether only to show what would be sent.
    pub dry_run: bool,
    /// The author of the record of what was sent, if not the user of this process.
    pub author: Option<&'a Author>,
}

impl<'a> Asked<'a> {
    fn request(&self, due: &'a [(MemberId, Occasion)]) -> SendRequest<'a> {
        let Self { dry_run, author } = *self;
        SendRequest { due, words: None, most: None, dry_run, author }
    }
}

/// Returns the notices of a kind that a member was sent.
pub fn sent_notices(head: &Revision<'_>, id: MemberId, kind: NoticeKind) -> Notice {
    match head.record(&RecordPath::Notice(id, kind)) {
        Ok(Some(Record::Notice(notice))) => notice,
        _ => Notice::default(),
    }
}
