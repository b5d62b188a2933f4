//! Shows and carries out a plan for the channels of a chat.

use std::io::Write as _;

use super::answer::{AccountOf, ChatPlan, Invitation, Outcome, Refused};
use crate::{
    app::{
        chat::{self, ChannelStepView, Chat, Look},
        view::View as _,
    },
    cli::{
        CliError, Context, Opened,
        input::prompt,
        output::{Progress, table},
        write,
    },
    config::ChatConfig,
    domain::{
        follow::Braked,
        model::{MemberId, Slug},
        records,
    },
};

/// How a plan is carried out.
pub(super) struct Manner {
    /// Whether nobody is asked.
    pub(super) yes: bool,
    /// Whether it is only shown.
    pub(super) dry_run: bool,
    /// How many may be removed from a channel at once.
    pub(super) confirm: Option<usize>,
    /// Whether a channel may rightly have become much smaller.
    pub(super) smaller: bool,
}

/// Shows what differs, and changes nothing.
///
/// # Errors
/// Fails if the chat does not answer, or if the space cannot be read.
pub(super) fn plan(
    ctx: &Context,
    space: &Opened<'_>,
    (name, config): (&Slug, &ChatConfig),
) -> Result<(), CliError> {
    let mut chat = chat::open(name, config)?;
    let look = chat::look(&space.head, &mut chat, None, false, ctx.now)?;
    if ctx.json {
        let mut out = ctx.out();
        table::write_json(&mut out, &answer(space, &chat, &look))?;
        return Ok(out.flush()?);
    }
    show(ctx, space, &chat, &look)
}

/// Brings the channels to agree with the records.
///
/// # Errors
/// Fails if the chat does not answer, if something stops the plan, or if the chat refused a step.
pub(super) fn apply(
    ctx: &Context,
    space: &Opened<'_>,
    (name, config): (&Slug, &ChatConfig),
    args: &Manner,
) -> Result<(), CliError> {
    let mut chat = chat::open(name, config)?;
    let mut look = chat::look(&space.head, &mut chat, args.confirm, args.smaller, ctx.now)?;
    if !ctx.json {
        show(ctx, space, &chat, &look)?;
    } else if args.dry_run {
        let mut out = ctx.out();
        table::write_json(&mut out, &answer(space, &chat, &look))?;
        out.flush()?;
    }
    if args.dry_run {
        return Ok(());
    }
    let count = look.steps() + look.unrecorded.len();
    if let (Some((channel, why)), true) = (look.stop(), count > 0) {
        let error = CliError::user(format!("nothing was changed: channel {channel}: {why}"));
        return Err(match why {
            Braked::TooMany { removals, .. } => {
                error.hint(format!("if that is meant, say so: --confirm {removals}"))
            }
            Braked::Shrunk { .. } => error.hint("if so many have left it, say so: --smaller"),
            Braked::Incomplete | Braked::FewAdministrators { .. } => error,
        });
    }
    if count > 0 && !args.yes {
        let question = format!("{name}: {count} changes: make them");
        prompt::require_confirmation(&question, "changes", "changed")?;
        let shown = rows(space, &look);
        // Somebody may have come or gone while this was read.
        look = chat::look(&space.head, &mut chat, args.confirm, args.smaller, ctx.now)?;
        if rows(space, &look) != shown {
            return Err(CliError::user("nothing was changed: meanwhile something changed there")
                .hint("run it again, and look at the new plan"));
        }
    }
    let answer = ctx.json.then(|| answer(space, &chat, &look));
    let progress = Progress::new("asking the chat");
    let done = chat::apply(&space.head, &mut chat, look, ctx.now)?;
    drop(progress);
    tell(ctx, name, &done, answer)
}

fn tell(
    ctx: &Context,
    name: &Slug,
    done: &chat::Done,
    answer: Option<ChatPlan>,
) -> Result<(), CliError> {
    if let Some(mut answer) = answer {
        let refused = |(channel, why): &(Slug, String)| Refused {
            member: None,
            channel: Some(channel.clone()),
            why: why.clone(),
        };
        answer.done = Some(Outcome {
            taken: done.steps.len(),
            refused: done.refused.iter().map(refused).collect(),
            commit: done.commit,
        });
        let mut out = ctx.out();
        table::write_json(&mut out, &answer)?;
        out.flush()?;
    } else {
        write::report(&[], &done.notes)?;
        let green = anstyle::AnsiColor::Green.on_default();
        let commit = done.commit.map(|it| format!(" (commit {})", it.short())).unwrap_or_default();
        if done.steps.is_empty() && done.commit.is_none() && done.refused.is_empty() {
            ctx.say("nothing to do")?;
        } else {
            let count = done.steps.len();
            ctx.say(format!("{green}done{green:#}: {count} steps taken at {name}{commit}"))?;
        }
    }
    for (channel, why) in &done.refused {
        ctx.warn(format!("channel {channel}: {why}"))?;
    }
    match done.refused.len() {
        0 => Ok(()),
        refused => Err(CliError::user(format!("{refused} channels were refused in part"))),
    }
}

fn rows(space: &Opened<'_>, look: &Look) -> Vec<ChannelStepView> {
    let of = |channel: &chat::ChannelLook| {
        let name = |member| records::name(&space.head, member).unwrap_or_default();
        let steps = channel.plan.steps.iter();
        steps
            .map(|step| ChannelStepView::new(&channel.name, step, name(step.member)))
            .collect::<Vec<_>>()
    };
    look.channels.iter().flat_map(of).collect()
}

fn show(ctx: &Context, space: &Opened<'_>, chat: &Chat, look: &Look) -> Result<(), CliError> {
    ctx.table(&rows(space, look), ChannelStepView::COLUMNS, ChannelStepView::EMPTY)?;
    for (member, account) in &look.unrecorded {
        let who = records::who(&space.head, *member);
        ctx.say(format!("to be recorded: {account} is the account of {who}"))?;
    }
    if !look.by_hand.is_empty() {
        let link = chat.invite_link.as_deref();
        let link =
            link.unwrap_or("the workspace's invitation link, `invite_link` in services.toml");
        ctx.say(format!("to be invited to the workspace by hand, with {link}:"))?;
    }
    for (member, because) in &look.by_hand {
        ctx.say(format!("  {}, who {because}", records::who(&space.head, *member)))?;
    }
    for it in &look.drift {
        ctx.say(format!("left alone: {it}"))?;
    }
    for channel in &look.channels {
        for it in &channel.stops {
            ctx.warn(format!("nothing would be changed: channel {}: {it}", channel.name))?;
        }
    }
    Ok(())
}

fn answer(space: &Opened<'_>, chat: &Chat, look: &Look) -> ChatPlan {
    let stops = look.channels.iter().flat_map(|it| {
        it.stops.iter().map(|why| format!("channel {}: {why}", it.name)).collect::<Vec<_>>()
    });
    let invitation = |(member, because): (&MemberId, &String)| Invitation {
        member: *member,
        because: because.clone(),
    };
    ChatPlan {
        service: chat.name.clone(),
        steps: rows(space, look),
        unrecorded: AccountOf::all(&look.unrecorded),
        by_hand: look.by_hand.iter().map(invitation).collect(),
        invite_link: chat.invite_link.clone(),
        left_alone: look.drift.clone(),
        stopped: stops.collect(),
        done: None,
    }
}
