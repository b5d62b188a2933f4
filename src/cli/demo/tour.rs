//! The tour for use without a terminal: every example reading, a revocation, an open house, a
//! message.

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, Sender},
    thread,
    time::Duration,
};

use super::{
    content, demo_space,
    message::{Courier, FOB},
};
use crate::{
    cli::{CliError, Context, advice},
    clock,
    domain::{
        model::{AccessResult, Requirement},
        ops::{self, Plan, credential::Which},
    },
    door::{self, Options},
    hardware::simulator::HELP,
    service::Show,
    store::{Revision, Store},
};

/// How long the door may take for one step before something must be wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a grant unlocks: longer than the tour, so that it does not depend on its pace.
const UNLOCK_SECONDS: u32 = 600;

/// Plays the tour and checks that everything goes as expected.
///
/// # Errors
/// Fails if something goes wrong.
pub(super) fn play(ctx: &Context, dir: &Path) -> Result<(), CliError> {
    let (typing, script) = mpsc::channel();
    let (shown, screen) = mpsc::channel();
    let mut guide = Guide { typing, screen, dir: dir.to_owned(), now: ctx.now };
    let tour = thread::spawn(move || guide.run());
    let options = Options {
        unlock_seconds: UNLOCK_SECONDS,
        show: Show::Words { colour: ctx.colour() },
        terminal: Some(Box::new(Script { lines: script, rest: Vec::new() })),
        ..Options::new(dir, advice::words)
    };
    door::run(options, GuideOutput(shown))?;
    tour.join().map_err(|_| CliError::internal("the tour broke off"))?
}

/// The guide of the tour: types, reads the screen, and shows both.
struct Guide {
    typing: Sender<String>,
    screen: Receiver<String>,
    dir: PathBuf,
    now: jiff::Timestamp,
}

impl Guide {
    fn run(&mut self) -> Result<(), CliError> {
        self.until(HELP)?;
        for reading in content::READINGS {
            self.say(&format!("{}, {}:", reading.who, reading.story))?;
            self.reading(&reading.typed(), reading.result)?;
        }
        let store = Store::open(&self.dir)?;
        let ada = "0001".parse()?;
        self.admin(&store, "credential revoke --member ada", |head| {
            ops::credential::revoke(head, &Which::Member(ada), None)
        })?;
        self.reading("frontdoor 1001", AccessResult::Denied)?;
        self.say("\n$ space undo")?;
        let undo = store.revert(store.head()?, store.head()?)?;
        self.commit(&store, Plan::from(undo))?;
        self.reading("frontdoor 1001", AccessResult::Granted)?;
        let open = Requirement {
            priority: -1,
            description: Some("Open day".into()),
            arm: None,
            timespec: "always".into(),
        };
        let (workshop, tag) = ("workshop".parse()?, "open-day".parse()?);
        self.admin(
            &store,
            "requirement add workshop always --priority -1 --tag open-day",
            |head| ops::requirement::add(head, &workshop, tag, open),
        )?;
        self.until("held unlocked")?;
        let tag = "open-day".parse()?;
        self.admin(&store, "requirement revoke open-day", |head| {
            ops::requirement::revoke(head, &tag)
        })?;
        self.round_trip()?;
        self.say("\nThat was the tour. At a terminal, `space demo` lets you try for yourself.")
    }

    /// Lets a membership system give somebody a fob, and hear of it.
    fn round_trip(&mut self) -> Result<(), CliError> {
        let courier = Courier::new(&self.dir)?;
        self.say("\nA membership system sends a message, and the bridge receives it:")?;
        self.say(&courier.write()?)?;
        let (told, commit) = courier.receive(self.now)?;
        told.iter().try_for_each(|line| self.say(line))?;
        self.until(&commit.short())?;
        self.reading(&format!("frontdoor {FOB}"), AccessResult::Granted)?;
        if clock::pinned().is_some() {
            return self.say("This is a rehearsal, so no activities are sent.");
        }
        let (told, newest) = courier.send(self.now)?;
        self.say(&format!("{told}; the newest:"))?;
        self.say(newest.trim_end())
    }

    /// Plays one reading and reads the screen until everything about it was shown.
    fn reading(&mut self, line: &str, expected: AccessResult) -> Result<(), CliError> {
        self.say(&format!("> {line}"))?;
        self.type_line(line)?;
        // The door takes one line after another, so its answer to this one ends the previous one.
        self.type_line("help")?;
        let shown = self.until(HELP)?;
        if shown.contains(&expected.to_string()) {
            return Ok(());
        }
        Err(CliError::internal(format!("`{line}` should have been {expected}: {shown}")))
    }

    fn admin(
        &mut self,
        store: &Store,
        command: &str,
        verb: impl FnOnce(&Revision<'_>) -> ops::Planned,
    ) -> Result<(), CliError> {
        self.say(&format!("\n$ space {command}"))?;
        let plan = verb(&store.read(store.head()?)?)?;
        self.commit(store, plan)
    }

    fn commit(&mut self, store: &Store, plan: Plan) -> Result<(), CliError> {
        let applied = store.apply(&plan.change, store.head()?, &demo_space::author(), self.now)?;
        self.until(&applied.commit.short()).map(drop)
    }

    fn type_line(&self, line: &str) -> Result<(), CliError> {
        let ended = |_| CliError::internal("the door has ended");
        self.typing.send(format!("{line}\n")).map_err(ended)
    }

    /// Shows what the door shows, except for its help, until a text appears.
    fn until(&mut self, text: &str) -> Result<String, CliError> {
        let mut shown = String::new();
        loop {
            let ended = |_| CliError::internal(format!("the door is silent; expected: {text}"));
            let part = self.screen.recv_timeout(PATIENCE).map_err(ended)?;
            if part.trim_end() != HELP {
                write!(anstream::stdout().lock(), "{part}")?;
                shown.push_str(&part);
            }
            if part.contains(text) {
                return Ok(shown);
            }
        }
    }

    fn say(&self, line: &str) -> Result<(), CliError> {
        Ok(writeln!(anstream::stdout().lock(), "{line}")?)
    }
}

/// The input of the simulator, line by line.
struct Script {
    lines: Receiver<String>,
    rest: Vec<u8>,
}

impl Read for Script {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            // The end of the tour is the end of the input.
            self.rest = self.lines.recv().map(String::into_bytes).unwrap_or_default();
        }
        let count = self.rest.len().min(into.len());
        into[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        Ok(count)
    }
}

/// Passes what the door shows to the guide.
struct GuideOutput(Sender<String>);

impl Write for GuideOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.0.send(text).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
