//! Compares the channels of a chat with the records of a commit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Chat, ChatState, channels::channels, circle::Accounts, open::trouble};
use crate::{
    app::{AppError, look_up},
    domain::{
        follow::{self, Account, Action, Belongs, Braked, Confirmed, Found, Holding, Plan, Wanted},
        model::{Channel, MemberId, Slug},
    },
    integrations::chat::{ChatError, Listed, Person, Room},
    store::Revision,
};

/// What a chat has, what the records want, and what to do about it.
pub struct Look {
    /// The channels whose members follow the records.
    pub channels: Vec<ChannelLook>,
    /// The members who belong somewhere and have no account there, and why they belong.
    pub by_hand: BTreeMap<MemberId, String>,
    /// The accounts that were found by their addresses.
    pub unrecorded: BTreeMap<MemberId, String>,
    /// What a person should look at.
    pub drift: Vec<String>,
    /// What is remembered about the chat.
    pub state: ChatState,
}

/// What there is to do in a channel.
pub struct ChannelLook {
    /// The record.
    pub name: Slug,
    /// The channel.
    pub room: Room,
    /// Who is in it.
    pub found: Found<Belongs>,
    /// What to do.
    pub plan: Plan<Belongs>,
    /// Why that is not done.
    pub stops: Vec<Braked>,
    /// The accounts of those who belong there.
    pub belong: BTreeSet<String>,
}

impl Look {
    /// Returns how many steps there are.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.channels.iter().map(|it| it.plan.steps.len()).sum()
    }

    /// Returns from how many members something is taken away, channel by channel.
    #[must_use]
    pub fn removals(&self) -> usize {
        self.channels.iter().map(|it| it.plan.removals()).sum()
    }

    /// Returns the first thing that stops a plan, and the channel.
    #[must_use]
    pub fn stop(&self) -> Option<(&Slug, Braked)> {
        self.channels.iter().find_map(|it| Some((&it.name, *it.stops.first()?)))
    }
}

/// Reads the chat and the records, and plans. `confirmed` is how many may be removed from a channel at
/// once, and `smaller` says that a channel may rightly have become much smaller.
///
/// # Errors
/// Fails if the chat does not answer, or if the settings cannot be read. What is remembered about the
/// chat says so, too.
pub fn look(
    head: &Revision<'_>,
    chat: &mut Chat,
    confirmed: Option<usize>,
    smaller: bool,
    now: Timestamp,
) -> Result<Look, AppError> {
    let mut state: ChatState = head.store().service_state(&chat.name)?;
    let looked = read(chat).map_err(trouble).and_then(|(people, rooms)| {
        let mut look = Look {
            channels: Vec::new(),
            by_hand: BTreeMap::new(),
            unrecorded: BTreeMap::new(),
            drift: Vec::new(),
            state: state.clone(),
        };
        compare(head, chat, (&people, &rooms), (confirmed, smaller), &mut look, now)?;
        Ok(look)
    });
    match looked {
        Ok(mut look) => {
            look.state.compared = Some(now);
            look.state.open = look.steps() + look.unrecorded.len();
            look.state.drift = look.drift.clone();
            let stop = look.stop().map(|(name, why)| format!("channel {name}: {why}"));
            look.state.trouble = stop;
            head.store().keep_service_state(&chat.name, &look.state)?;
            Ok(look)
        }
        Err(error) => {
            state.trouble = Some(error.to_string());
            head.store().keep_service_state(&chat.name, &state)?;
            Err(error)
        }
    }
}

type Everything = (Listed<Vec<Person>>, Listed<Vec<Room>>);

fn read(chat: &mut Chat) -> Result<Everything, ChatError> {
    Ok((chat.workspace.people()?, chat.workspace.rooms()?))
}

fn compare(
    head: &Revision<'_>,
    chat: &mut Chat,
    (people, rooms): (&Listed<Vec<Person>>, &Listed<Vec<Room>>),
    (confirmed, smaller): (Option<usize>, bool),
    look: &mut Look,
    now: Timestamp,
) -> Result<(), AppError> {
    let space = look_up::space(head)?;
    let here: Vec<Person> =
        people.all.iter().filter(|it| !it.is_gone && !it.is_program).cloned().collect();
    let administrators: BTreeSet<String> =
        here.iter().filter(|it| it.administers).map(|it| it.id.clone()).collect();
    let accounts = Accounts::of(head, &chat.name, &here);
    look.drift.extend(accounts.doubts.iter().cloned());
    let (all, findings) = channels(head);
    look.drift.extend(findings.iter().map(ToString::to_string));
    let own = all.iter().filter(|(_, it)| it.chat == chat.name && !it.groups.is_empty());
    for (name, channel) in own {
        let room = match room(rooms, name, channel) {
            Ok(room) => room,
            Err(why) => {
                look.drift.push(why);
                continue;
            }
        };
        let inside = match chat.workspace.inside(&room) {
            Err(ChatError::Refused(why)) => {
                look.drift.push(format!("channel {name}: {why}"));
                continue;
            }
            read => read.map_err(trouble)?,
        };
        let wanted = accounts.belonging(head, channel, now)?;
        let found = found(&here, people.complete, &inside, &accounts, &space.reference_prefix);
        let mut plan = follow::plan(&wanted, &found);
        let remembered = look.state.channels.entry(name.clone()).or_default().clone();
        settle(name, &mut plan, &found, &remembered, look);
        let meant = Confirmed { removals: confirmed, smaller };
        let mut stops = follow::stops(space.brake, &plan, &found, remembered.having, meant);
        stops.extend(follow::keeps_administrators(&plan, &found, &administrators));
        look.unrecorded.extend(plan.unrecorded.iter().cloned());
        drift(name, &plan, &wanted, look);
        let belong = belonging(&wanted, &plan, &accounts);
        look.channels.push(ChannelLook { name: name.clone(), room, found, plan, stops, belong });
    }
    let unknown = look.by_hand.keys().filter(|id| !accounts.addressed.contains(id));
    look.drift.extend(unknown.map(|id| {
        format!("{id} belongs to a channel, and has neither an account nor an e-mail address")
    }));
    Ok(())
}

/// Finds a channel of the records at the chat.
fn room(rooms: &Listed<Vec<Room>>, name: &Slug, channel: &Channel) -> Result<Room, String> {
    let place = channel.place(name);
    let room = rooms.all.iter().find(|it| it.id == place || it.name == place);
    match room {
        Some(room) if room.archived => Err(format!("channel {name}: {place} is archived")),
        Some(room) if room.general => Err(format!(
            "channel {name}: everybody is in {place}, always; take the groups out of its record"
        )),
        Some(room) => Ok(room.clone()),
        None if !rooms.complete => {
            Err(format!("channel {name}: the chat did not tell all channels"))
        }
        None => Err(format!(
            "channel {name}: there is no {place} at the chat, or it is private and the app is not in it"
        )),
    }
}

/// Puts together who is in a channel, and who is at the workspace and not in it.
fn found(
    here: &[Person],
    complete: bool,
    inside: &Listed<BTreeSet<String>>,
    accounts: &Accounts,
    prefix: &str,
) -> Found<Belongs> {
    let account = |person: &Person| Account {
        id: person.id.clone(),
        mark: accounts.by_email.get(&person.id).map(|member| format!("{prefix}{member}")),
        name: person.name.clone(),
        email: person.email.clone(),
        holds: match inside.all.contains(&person.id) {
            true => Holding::Has { what: Belongs {}, renews: None },
            false => Holding::Nothing { ready: true, soonest: None },
        },
    };
    let complete = complete && inside.complete;
    Found { accounts: here.iter().map(account).collect(), complete }
}

/// Takes out of a plan what somebody did by hand before, and what no program can do.
fn settle(
    name: &Slug,
    plan: &mut Plan<Belongs>,
    found: &Found<Belongs>,
    remembered: &super::ChannelState,
    look: &mut Look,
) {
    let mut kept = Vec::new();
    for step in std::mem::take(&mut plan.steps) {
        let member = step.member;
        match (&step.action, &step.account) {
            (Action::Open, _) => {
                if found.complete {
                    look.by_hand.entry(member).or_insert(step.because);
                }
            }
            (Action::Add { .. }, Some(account)) if remembered.settled.contains(account) => {
                look.drift.push(format!(
                    "channel {name}: {member} has left it by themselves, and is not invited again"
                ));
            }
            (Action::Remove { .. }, Some(account)) if remembered.removed.contains(account) => {
                look.drift.push(format!(
                    "channel {name}: {member} was let in again by somebody, and stays: {}",
                    step.because
                ));
            }
            _ => kept.push(step),
        }
    }
    plan.steps = kept;
}

/// Says what was done by hand and is left alone.
fn drift(name: &Slug, plan: &Plan<Belongs>, wanted: &Wanted<Belongs>, look: &mut Look) {
    use follow::Drift as D;
    for it in &plan.drift {
        let words = match it {
            D::Stranger { account } => {
                format!(
                    "channel {name}: {account} is in it, and nobody knows whose account that is"
                )
            }
            // Whoever belongs nowhere needs no account.
            D::Gone { member, .. } if !wanted.members.contains_key(member) => continue,
            D::Unreadable { member } => format!(
                "channel {name}: the records of {member} cannot be read, so nothing is done for them"
            ),
            other => other.to_string(),
        };
        if !look.drift.contains(&words) {
            look.drift.push(words);
        }
    }
}

/// Returns the accounts of those who belong to a channel, as far as they are known.
fn belonging(
    wanted: &Wanted<Belongs>,
    plan: &Plan<Belongs>,
    accounts: &Accounts,
) -> BTreeSet<String> {
    let found: BTreeMap<&MemberId, &String> =
        plan.unrecorded.iter().map(|(member, account)| (member, account)).collect();
    let of = |member: &MemberId| accounts.known.get(member).or_else(|| found.get(member).copied());
    wanted.members.keys().filter_map(of).cloned().collect()
}
