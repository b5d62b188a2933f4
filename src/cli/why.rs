//! `space why`: who may open what, and the path of rules and commits that led there.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{CliError, Context, context, fetch, progress::Progress, table, when};
use crate::{
    domain::{
        access::{self, ActiveRequirement, Entry, Explanation, Fate, Index, SeenGrant},
        dues::Cover,
        model::{CommitId, Member, MemberId, Outcome, Place, Reason, Slug},
        schedule::Window,
    },
    store::{Revision, Store},
};

/// The arguments of `space why`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Who: number, name or the beginning of a name; everybody unless given
    #[arg(add = super::complete::members())]
    member: Option<String>,

    /// What: a facility; all of them unless given
    #[arg(add = super::complete::facilities())]
    facility: Option<String>,

    /// The same, for asking about everybody: `space why --facility frontdoor`
    #[arg(long = "facility", short = 'f', value_name = "FACILITY", conflicts_with = "facility",
          add = super::complete::facilities())]
    at_facility: Option<String>,

    /// At this moment, by the records of that moment
    #[arg(long, value_name = "T", default_value = "now")]
    at: String,

    /// By the records of this commit
    #[arg(long, value_name = "COMMIT")]
    commit: Option<String>,

    /// Of everybody, also those who may not
    #[arg(long, short)]
    all: bool,
}

/// What is asked: the records of a commit at a moment.
struct Question<'s> {
    store: &'s Store,
    revision: Revision<'s>,
    zone: TimeZone,
    at: Timestamp,
    facilities: Vec<Slug>,
}

/// Answers for one member or for everybody.
///
/// # Errors
/// That nobody or nothing is called so, or that the space cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let now = store.read(store.head()?)?;
    let zone = context::zone(&now)?;
    let at = when::moment(&args.at, &zone, ctx.now)?;
    let commit = match &args.commit {
        Some(spec) => store.resolve(spec)?,
        None if args.at == "now" => store.head()?,
        None => store.commit_at(at)?.map_or_else(|| store.head(), Ok)?,
    };
    let revision = store.read(commit)?;
    let facilities = match args.facility.as_ref().or(args.at_facility.as_ref()) {
        Some(name) => vec![fetch::facility(&revision, name)?.0],
        None => revision.basis().0.facilities.into_keys().collect(),
    };
    let question =
        Question { store: &store, zone: context::zone(&revision)?, revision, at, facilities };
    match &args.member {
        Some(text) => question.one(ctx, text),
        None => question.everybody(ctx, args.all),
    }
}

#[derive(Serialize)]
struct Row {
    member: MemberId,
    name: String,
    facility: Slug,
    result: Outcome,
    reason: Option<Reason>,
    priority: Option<i32>,
    required: Option<i32>,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("MEMBER", |row: &Row| table::plain(format!("{} {}", row.member, row.name))),
    table::Column::new("FACILITY", |row| table::plain(&row.facility)),
    table::Column::new("RESULT", |row| match row.result {
        Outcome::Denied => ("denied".into(), table::Look::Bad),
        other => (other.to_string(), table::Look::Good),
    }),
    table::Column::new("WHY", |row| {
        table::plain(row.reason.map_or("has no credential", Reason::words))
    }),
    table::Column::new("PRIORITY", |row| table::maybe(row.priority)),
    table::Column::new("REQUIRED", |row| table::maybe(row.required)),
];

impl Question<'_> {
    fn window(&self) -> Window {
        let day = SignedDuration::from_hours(24);
        let from = self.at.saturating_sub(day).unwrap_or(Timestamp::MIN);
        Window { from, until: self.at.saturating_add(day).unwrap_or(Timestamp::MAX) }
    }

    fn everybody(&self, ctx: &Context, all: bool) -> Result<(), CliError> {
        let (basis, _) = self.revision.basis();
        let progress = Progress::new("reading members");
        let mut names = BTreeMap::new();
        let roster = self.revision.roster();
        let entries: Vec<Entry> = roster
            .members()
            .iter()
            .map(|folder| {
                names.insert(folder.id, folder.member.get().map(|member| member.name.as_str()));
                Entry::new(folder)
            })
            .collect();
        drop(progress);
        let index = Index::compile(self.revision.id(), &basis, entries, self.window());
        let mut rows = Vec::new();
        for facility in &self.facilities {
            for (member, decision) in access::everyone(&index, facility, self.at) {
                let result = decision.as_ref().map_or(Outcome::Denied, |d| d.result);
                if !all && result == Outcome::Denied {
                    continue;
                }
                rows.push(Row {
                    member,
                    name: names
                        .get(&member)
                        .copied()
                        .flatten()
                        .unwrap_or("(unreadable)")
                        .to_owned(),
                    facility: facility.clone(),
                    result,
                    reason: decision.as_ref().map(|d| d.reason),
                    priority: decision.as_ref().and_then(|d| d.priority),
                    required: decision.as_ref().and_then(|d| d.required),
                });
            }
        }
        ctx.rows(&rows, COLUMNS, "nobody may open it now; `--all` says why")
    }

    /// Compiles only what one answer needs: the member, and those who pay for the member. Whether
    /// somebody else holds the same code is asked of all.
    fn index_for(&self, id: MemberId) -> Index {
        let (basis, _) = self.revision.basis();
        let mut wanted = vec![id];
        let mut folders = Vec::new();
        let (own, _) = self.revision.member(id);
        for (_, credential) in own.iter().flat_map(|folder| &folder.credentials) {
            for (holder, _) in
                crate::domain::check::Records::holders(&self.revision, &credential.code)
            {
                wanted.push(holder);
            }
        }
        let mut next = 0;
        while let Some(id) = wanted.get(next).copied() {
            next += 1;
            if wanted[..next - 1].contains(&id) {
                continue;
            }
            if let (Some(folder), _) = self.revision.member(id) {
                wanted.extend(folder.member.get().and_then(|member| member.parent));
                folders.push(folder);
            }
        }
        let entries = folders.iter().map(Entry::new);
        Index::compile(self.revision.id(), &basis, entries, self.window())
    }

    fn one(&self, ctx: &Context, text: &str) -> Result<(), CliError> {
        let (id, member) = fetch::member(&self.revision, text)?;
        let index = self.index_for(id);
        let mut answers = Vec::new();
        for facility in &self.facilities {
            if let Some(explanation) = access::explain(&index, id, facility, self.at) {
                answers.push(self.answer(&member, facility, &explanation)?);
            }
        }
        if ctx.json {
            return Ok(table::write_json(&mut ctx.out(), &answers)?);
        }
        for (place, answer) in answers.iter().enumerate() {
            if place > 0 {
                ctx.say("")?;
            }
            answer.tell(ctx, &member.name)?;
        }
        Ok(())
    }

    fn answer(
        &self,
        member: &Member,
        facility: &Slug,
        explanation: &Explanation<'_>,
    ) -> Result<Answer, CliError> {
        let decision = explanation.decision.as_ref();
        let result = decision.map_or(Outcome::Denied, |decision| decision.result);
        let mut places = vec![Place::Member(explanation.member)];
        if let Some(tag) = decision.and_then(|decision| decision.tag) {
            places.push(Place::Credential(explanation.member, tag.clone()));
        }
        for active in &explanation.requirements {
            places.push(Place::Requirement(facility.clone(), active.tag.clone()));
        }
        let commits = places
            .iter()
            .map(|place| Ok(self.store.last_change(self.revision.id(), place)?))
            .collect::<Result<Vec<_>, CliError>>()?;
        Ok(Answer {
            member: explanation.member,
            facility: facility.clone(),
            at: self.at,
            commit: self.revision.id(),
            result,
            reason: decision.map(|decision| decision.reason),
            priority: decision.and_then(|decision| decision.priority),
            required: decision.and_then(|decision| decision.required),
            steps: self.steps(member, explanation),
            changes: commits
                .into_iter()
                .flatten()
                .map(|entry| Because {
                    commit: entry.id,
                    time: entry.time,
                    author: entry.author.name.clone(),
                    subject: entry.subject.clone(),
                    when: when::local(entry.time, &self.zone),
                })
                .collect(),
            held: explanation.requirements.iter().any(|active| active.requirement.priority < 0),
        })
    }

    /// Says each rule that was asked and its answer, in the order in which they are asked.
    fn steps(&self, member: &Member, explanation: &Explanation<'_>) -> Vec<Step> {
        let mut steps: Vec<Step> =
            explanation.grants.iter().map(|grant| self.grant(grant)).collect();
        if steps.is_empty() {
            steps.push(Step::new(false, "holds no credential"));
        }
        if !explanation.readable {
            steps.push(Step::new(false, "the member's record cannot be read"));
        }
        let today = self.at.to_zoned(self.zone.clone()).date();
        if let Some(left) = explanation.left {
            steps.push(Step::new(left > today, format!("leaves the space on {left}")));
        }
        if let Some(since) = explanation.suspended {
            let reason = member.suspended.as_ref().map(|s| s.reason.as_str()).unwrap_or_default();
            steps.push(Step::new(since > today, format!("suspended since {since}: {reason}")));
        }
        let by = explanation.parent.map(|id| format!(" by their parent {id}")).unwrap_or_default();
        let tier = &member.tier;
        steps.push(match explanation.cover {
            Cover::Always => Step::new(true, format!("tier {tier} owes no dues")),
            Cover::Until(day) => {
                Step::new(today < day, format!("dues are covered{by} until {day}, grace included"))
            }
            Cover::Never => {
                Step::new(false, format!("tier {tier} owes dues and none are paid{by}"))
            }
        });
        for induction in &explanation.inductions {
            let text = match induction.on {
                Some(on) => format!("inducted to {} on {on}", induction.facility),
                None => format!("needs an induction to {}", induction.facility),
            };
            steps.push(Step::new(induction.counts, text));
        }
        if explanation.shut {
            steps.push(Step::new(false, "the facility's records cannot be read, so it stays shut"));
        }
        if explanation.requirements.is_empty() {
            steps.push(Step::new(false, "no requirement is active, so nobody may enter"));
        }
        let priority = explanation.decision.as_ref().and_then(|decision| decision.priority);
        steps.extend(
            explanation.requirements.iter().map(|active| self.requirement(active, priority)),
        );
        steps
    }

    fn grant(&self, grant: &SeenGrant<'_>) -> Step {
        let facility = grant.facility.map_or("a facility that does not exist", Slug::as_str);
        let what = format!("{} {}, priority {}", grant.kind, grant.tag.short(), grant.priority);
        let from = when::local(grant.effective, &self.zone);
        let until = grant.expiration.map(|at| when::local(at, &self.zone)).unwrap_or_default();
        match grant.fate {
            Fate::Counts => Step::new(true, format!("{what}, is for {facility}")),
            Fate::Outranked => Step::aside(format!("{what}: another grant is better")),
            Fate::OtherFacility => Step::aside(format!("{what}: is for {facility}")),
            Fate::Ambiguous => {
                Step::new(false, format!("{what}: another member holds the same code"))
            }
            Fate::Expired => Step::new(false, format!("{what}: expired on {until}")),
            Fate::NotYetEffective => Step::new(false, format!("{what}: counts from {from}")),
        }
    }

    fn requirement(&self, active: &ActiveRequirement<'_>, priority: Option<i32>) -> Step {
        let required = active.requirement.priority;
        let until = if active.interval.end == Timestamp::MAX {
            String::new()
        } else {
            format!(" until {}", when::local(active.interval.end, &self.zone))
        };
        let what = active.requirement.description.as_deref().map(|d| format!(", {d}"));
        let text = format!(
            "requirement {}{}: priority {required}{until}",
            active.tag.short(),
            what.unwrap_or_default()
        );
        Step::new(priority.is_some_and(|own| own >= required), text)
    }
}

#[derive(Serialize)]
struct Answer {
    member: MemberId,
    facility: Slug,
    at: Timestamp,
    commit: CommitId,
    result: Outcome,
    reason: Option<Reason>,
    priority: Option<i32>,
    required: Option<i32>,
    held: bool,
    steps: Vec<Step>,
    changes: Vec<Because>,
}

/// One rule that was asked: it holds, it does not, or it made no difference.
#[derive(Serialize)]
struct Step {
    holds: Option<bool>,
    text: String,
}

impl Step {
    fn new(holds: bool, text: impl Into<String>) -> Self {
        Self { holds: Some(holds), text: text.into() }
    }

    fn aside(text: String) -> Self {
        Self { holds: None, text }
    }
}

#[derive(Serialize)]
struct Because {
    commit: CommitId,
    time: Timestamp,
    author: String,
    subject: String,
    #[serde(skip)]
    when: String,
}

impl Answer {
    fn tell(&self, ctx: &Context, name: &str) -> Result<(), CliError> {
        use anstyle::AnsiColor::{Green, Red};
        let colour = if self.result == Outcome::Denied { Red } else { Green };
        let style = colour.on_default().bold();
        let why = self.reason.map_or("has no credential", Reason::words);
        ctx.say(format!(
            "{style}{}{style:#} {} {name} at {}: {why}",
            self.result, self.member, self.facility
        ))?;
        if self.held {
            ctx.say("  the facility is held unlocked: nobody needs a credential")?;
        }
        for step in &self.steps {
            let (mark, style) = match step.holds {
                Some(true) => ("yes", Green.on_default()),
                Some(false) => ("no ", Red.on_default()),
                None => ("-  ", anstyle::Style::new().dimmed()),
            };
            ctx.say(format!("  {style}{mark}{style:#} {}", step.text))?;
        }
        for change in &self.changes {
            ctx.say(format!(
                "  {} {} {}, {}",
                change.commit.short(),
                change.when,
                change.author,
                change.subject
            ))?;
        }
        Ok(())
    }
}
