//! `space service apply`: shows what differs, asks, and brings the service to agree.

use std::io::Write as _;

use super::{
    answer::{Outcome, ProcessorPlan, Refused},
    channels, each, show,
};
use crate::{
    app::{
        chat,
        service::{self, Done, Follower},
    },
    cli::{
        CliError, Context,
        input::{
            prompt,
            services::{self, ServicesArgs},
        },
        output::{Progress, table},
        write,
    },
    config::{ChatConfigKind, ServicesConfig},
    domain::follow::{Braked, Confirmed, Step, Terms},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Without --yes it asks first. A plan that takes something from many members needs --confirm, as every
change of the records that takes access from many does; one that rests on an answer that hardly can be
right needs --smaller. It may be interrupted at any moment: the next one goes on from there.

Examples:
  space service apply stripe
  space service apply stripe --yes --json
  space service apply --all --yes";

/// The arguments of `space service apply`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The service [default: the only one]
    service: Option<String>,

    /// Do it with every service of this machine, unattended
    #[arg(long, conflicts_with_all = ["service", "confirm", "smaller"], requires = "unattended")]
    all: bool,

    /// Show what would be changed, but change nothing
    #[arg(long, short = 'n', group = "unattended")]
    dry_run: bool,

    /// Do not ask
    #[arg(long, short, group = "unattended")]
    yes: bool,

    /// Confirm that so many members lose something; needed if it is taken from many at once
    #[arg(long, value_name = "MEMBERS")]
    confirm: Option<usize>,

    /// Take it for right that a service has much less than the last time
    #[arg(long)]
    smaller: bool,

    #[command(flatten)]
    services: ServicesArgs,
}

/// Brings a service to agree with the records.
///
/// # Errors
/// Fails if there is no such service, if it does not answer, if something stops the plan, or if the
/// service refused a step.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    if args.all {
        // The other chats only take posts.
        let chats = config.chats.iter().filter(|(_, it)| it.kind == ChatConfigKind::Slack);
        let names = config.processors.keys().chain(chats.map(|(name, _)| name)).collect();
        return each::service(ctx, &config, names, |name| one(ctx, &config, Some(name), args));
    }
    one(ctx, &config, args.service.as_deref(), args)
}

fn one(
    ctx: &Context,
    config: &ServicesConfig,
    service: Option<&str>,
    args: &Args,
) -> Result<(), CliError> {
    let space = ctx.open()?;
    if let Some((name, chat)) = chat::choose(config, service)? {
        let Args { yes, dry_run, confirm, smaller, .. } = *args;
        let manner = channels::Manner { yes, dry_run, confirm, smaller };
        return channels::apply(ctx, &space, (name, chat), &manner);
    }
    let mut follower = service::open(config, service, &space.head)?;
    let confirmed = Confirmed { removals: args.confirm, smaller: args.smaller };
    let mut look = service::look(&space.head, &mut follower, confirmed, ctx.now)?;
    if !ctx.json {
        show::plan(ctx, &space, &look)?;
    } else if args.dry_run {
        let mut out = ctx.out();
        table::write_json(&mut out, &show::answer(&space, &follower, &look)?)?;
        out.flush()?;
    }
    if args.dry_run {
        return Ok(());
    }
    let count = look.plan.steps.len() + look.plan.unrecorded.len();
    if let (Some(why), true) = (look.stops.first(), count > 0) {
        let error = CliError::user(format!("nothing was changed: {why}"));
        let removals = look.plan.removals();
        return Err(match why {
            Braked::TooMany { .. } => {
                error.hint(format!("if that is meant, say so: --confirm {removals}"))
            }
            Braked::Shrunk { .. } => {
                error.hint("if it is so there, say so: --smaller; what is not there is begun again")
            }
            Braked::Incomplete | Braked::FewAdministrators { .. } => error,
        });
    }
    if count > 0 && !args.yes {
        let question = format!("{}: {count} changes: make them", follower.name);
        prompt::require_confirmation(&question, "changes", "changed")?;
        let shown = look.plan;
        // Somebody may have paid, or changed something there, while this was read.
        look = service::look(&space.head, &mut follower, confirmed, ctx.now)?;
        if look.plan != shown {
            return Err(CliError::user(
                "nothing was changed: meanwhile something changed at the service",
            )
            .hint("run it again, and look at the new plan"));
        }
    }
    let progress = Progress::new("asking the service");
    let answer = ctx.json.then(|| show::answer(&space, &follower, &look)).transpose()?;
    let done = service::apply(&space.head, &mut follower, look, ctx.now)?;
    drop(progress);
    tell(ctx, &follower, &done, answer)
}

fn tell(
    ctx: &Context,
    follower: &Follower,
    done: &Done,
    answer: Option<ProcessorPlan>,
) -> Result<(), CliError> {
    if let Some(mut answer) = answer {
        let refused = |(step, why): &(Step<Terms>, String)| Refused {
            member: Some(step.member),
            channel: None,
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
            let (name, count) = (&follower.name, done.steps.len());
            ctx.say(format!("{green}done{green:#}: {count} steps taken at {name}{commit}"))?;
        }
    }
    for (step, why) in &done.refused {
        ctx.warn(format!("{} for {} was refused: {why}", step.action.word(), step.member))?;
    }
    match done.refused.len() {
        0 => Ok(()),
        refused => Err(CliError::user(format!("{refused} steps were refused"))),
    }
}
