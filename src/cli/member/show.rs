//! `space member show`: shows a member with credentials and inductions.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{look_up, view, when},
    cli::{CliError, Context},
    domain::{
        dues::{Cover, Standing},
        model::{Contact, Credential, Induction, Member, MemberId, Slot, Slug, Tag},
        ops,
    },
};

/// The arguments of `space member show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// Also show personal data: address, e-mail, phone, accounts, reasons
    #[arg(long)]
    contact: bool,

    /// Show the member as of this commit
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Shown {
    id: MemberId,
    #[serde(flatten)]
    member: Member,
    standing: Standing,
    #[serde(flatten)]
    covered_until: Cover,
    credentials: Vec<Tagged<Credential>>,
    inductions: Vec<Named<Induction>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Contact>,
}

#[derive(Serialize, JsonSchema)]
struct Tagged<T> {
    tag: Tag,
    #[serde(flatten)]
    record: T,
}

#[derive(Serialize, JsonSchema)]
struct Named<T> {
    facility: Slug,
    #[serde(flatten)]
    record: T,
}

/// Shows a member.
///
/// # Errors
/// Fails if no member matches, or if the record cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?.named(args.commit.as_deref())?;
    let (folder, findings) = look_up::folder(&space.head, &args.member)?;
    let id = folder.id;
    let member = match folder.member {
        Slot::Read(member) => member,
        // Asking for the record itself gives an error that says what is wrong with it.
        _ => look_up::member(&space.head, &args.member)?.1,
    };
    let settings = space.settings()?;
    let (zone, today) = (space.zone()?, space.today()?);
    let cover = ops::dues::cover(&space.head, &member, settings.grace_days, today);
    let contact = args.contact.then(|| look_up::contact(&space.head, id)).transpose()?;
    let shown = Shown {
        id,
        standing: Standing::of(&member, cover, today),
        covered_until: cover,
        member,
        credentials: folder
            .credentials
            .into_iter()
            .map(|(tag, record)| Tagged { tag, record })
            .collect(),
        inductions: folder
            .inductions
            .into_iter()
            .map(|(facility, record)| Named { facility, record })
            .collect(),
        contact,
    };
    ctx.record(&shown, &lines(&shown, &zone))?;
    for finding in findings {
        ctx.warn(finding)?;
    }
    Ok(())
}

fn lines(shown: &Shown, zone: &jiff::tz::TimeZone) -> Vec<(&'static str, String)> {
    let member = &shown.member;
    let text = |value: Option<String>| value.unwrap_or_default();
    let credentials = shown.credentials.iter().map(|c| credential(c, zone)).collect::<Vec<_>>();
    let inductions = shown.inductions.iter().map(induction).collect::<Vec<_>>();
    let contact = shown.contact.clone().unwrap_or_default();
    let personal = view::contact_lines(&contact);
    let mut lines = vec![
        ("number", shown.id.to_string()),
        ("name", member.name.clone()),
        ("tier", member.tier.to_string()),
        ("standing", shown.standing.to_string()),
        ("joined", member.joined.to_string()),
        ("left", text(member.left.map(|day| day.to_string()))),
        ("suspended", text(member.suspension().map(|it| format!("since {it}")))),
        ("reason", text(contact.suspension_reason)),
        ("parent", text(member.parent.map(|id| id.to_string()))),
        ("concession", if member.concession { "yes".into() } else { String::new() }),
        ("reason", text(contact.concession_reason)),
        ("chosen amount", text(member.chosen_amount.map(|amount| amount.to_string()))),
        ("paid until", text(member.paid_until.map(|day| day.to_string()))),
        ("covered until", shown.covered_until.to_string()),
        (
            "credentials",
            if credentials.is_empty() { "none".into() } else { credentials.join("\n") },
        ),
        ("inductions", inductions.join("\n")),
    ];
    lines.extend(personal);
    lines
}

fn credential(tagged: &Tagged<Credential>, zone: &jiff::tz::TimeZone) -> String {
    let grants: Vec<String> = tagged
        .record
        .grants
        .iter()
        .map(|grant| {
            let until = grant
                .expiration
                .map(|at| format!(" until {}", when::local(at, zone)))
                .unwrap_or_default();
            format!("{} at priority {}{until}", grant.facility, grant.priority)
        })
        .collect();
    format!("{} {}: {}", tagged.record.kind, tagged.tag.short(), grants.join(", "))
}

fn induction(named: &Named<Induction>) -> String {
    let by = named.record.by.map(|id| format!(" by {id}")).unwrap_or_default();
    let inductor = if named.record.inductor { ", inductor" } else { "" };
    format!("{} on {}{by}{inductor}", named.facility, named.record.on)
}
