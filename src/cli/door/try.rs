//! `space door try`: the decision on a reading, moving nothing.

use std::process::ExitCode;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::{
        CliError, Context, asking, context,
        credential::CodeArgs,
        fetch,
        when::{self, local},
    },
    domain::{
        access::{self, Side},
        check::Records as _,
        model::{CommitId, Member, MemberId, Outcome, Place, Reason, Record, Slug, Tag},
    },
    store::Revision,
};

/// The arguments of `space door try`.
#[derive(clap::Args, Debug)]
#[command(group = clap::ArgGroup::new("code").required(true).args(["fob", "passcode"]))]
pub(crate) struct Args {
    /// Where
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::complete::facilities())]
    facility: String,

    #[command(flatten)]
    code: CodeArgs,

    /// At the reader inside
    #[arg(long)]
    exit: bool,

    /// At this moment, by the records of now
    #[arg(long, value_name = "T", default_value = "now", allow_hyphen_values = true)]
    at: String,

    /// By the records of this commit
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    time: Timestamp,
    facility: Slug,
    result: Outcome,
    reason: Reason,
    member: Option<MemberId>,
    name: Option<String>,
    tag: Option<Tag>,
    priority: Option<i32>,
    required: Option<i32>,
    held: bool,
    commit: CommitId,
}

/// Decides. The process ends with 0 where the door would open, with 2 where it would not.
///
/// # Errors
/// That the facility or the code is none, or that the space or its key cannot be read.
pub(crate) fn run(ctx: &Context, args: &Args) -> Result<ExitCode, CliError> {
    let store = ctx.store()?;
    let commit = args.commit.as_deref().map_or_else(|| store.head(), |spec| store.resolve(spec))?;
    let revision = store.read(commit)?;
    let zone = context::zone(&revision)?;
    let at = when::moment(&args.at, &zone, ctx.now)?;
    let (facility, _) = fetch::facility(&revision, &args.facility)?;
    let code =
        args.code.code()?.ok_or_else(|| CliError::user("no fob and no passcode was given"))?;
    let hash = code.hash(&store.key()?);
    let holders = revision.holders(&hash).into_iter().map(|(id, _)| id).collect();
    let index = asking::index(&revision, holders, at);
    let side = if args.exit { Side::Exit } else { Side::Entry };
    let decision = access::decide(&index, &facility, side, &hash, code.kind(), at);
    let answer = Answer {
        time: at,
        result: decision.result,
        reason: decision.reason,
        member: decision.member,
        name: decision.member.and_then(|id| name(&revision, id)),
        tag: decision.tag.cloned(),
        priority: decision.priority,
        required: decision.required,
        held: index.holds(&facility, at).any(|hold| hold.arm.is_none()),
        commit: decision.commit,
        facility: facility.clone(),
    };
    let who = match (answer.member, &answer.name) {
        (Some(id), Some(name)) => format!("{id} {name}"),
        (Some(id), None) => id.to_string(),
        _ => format!("unknown {code}"),
    };
    let held = "held unlocked by a requirement below zero: nobody needs a credential";
    ctx.record(
        &answer,
        &[
            ("result", answer.result.to_string()),
            ("why", answer.reason.words().to_owned()),
            ("who", who),
            ("facility", answer.facility.to_string()),
            ("at", local(at, &zone)),
            ("tag", answer.tag.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("priority", answer.priority.map(|p| p.to_string()).unwrap_or_default()),
            ("required", answer.required.map(|p| p.to_string()).unwrap_or_default()),
            ("the door is", if answer.held { held.to_owned() } else { String::new() }),
            ("by commit", answer.commit.short()),
        ],
    )?;
    Ok(if answer.result == Outcome::Denied { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn name(revision: &Revision<'_>, id: MemberId) -> Option<String> {
    match revision.record(&Place::Member(id)) {
        Ok(Some(Record::Member(Member { name, .. }))) => Some(name),
        _ => None,
    }
}
