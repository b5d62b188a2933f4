//! Reads the thermometers, each in a thread of its own: one that hangs keeps no other waiting.

use std::{
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{
    config::GuardConfig,
    domain::guard::{Millis, Reading, Readings},
    hardware::thermometer::{self, Thermometer, Writers},
};

/// A little memory is enough to read a number.
const STACK: usize = 256 * 1024;

/// All thermometers.
pub(super) struct Measuring {
    thermometers: Vec<Asked>,
    answers: UnboundedReceiver<()>,
}

struct Asked {
    name: String,
    questions: SyncSender<()>,
    latest: Arc<Mutex<Latest>>,
}

#[derive(Default)]
struct Latest {
    reading: Option<Reading>,
    /// Why the latest question had no answer.
    why: Option<String>,
}

impl Measuring {
    /// Starts the threads; `clock` is the one that readings are stamped with.
    pub(super) fn start(
        config: &GuardConfig,
        writers: Writers,
        clock: impl Fn() -> Millis + Clone + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, answers) = unbounded_channel();
        let mut thermometers = Vec::new();
        for source in &config.thermometers {
            let thermometer = thermometer::open(source, writers);
            let (questions, asked) = sync_channel(1);
            let latest = Arc::<Mutex<Latest>>::default();
            let (answer, clock, sender) = (Arc::clone(&latest), clock.clone(), sender.clone());
            thread::Builder::new()
                .name(source.to_string())
                .stack_size(STACK)
                .spawn(move || measure(thermometer, &asked, &answer, &clock, &sender))?;
            thermometers.push(Asked { name: source.to_string(), questions, latest });
        }
        Ok(Self { thermometers, answers })
    }

    /// Asks all thermometers that are not still busy; returns how many.
    pub(super) fn ask(&mut self) -> usize {
        while self.answers.try_recv().is_ok() {} // late answers to earlier questions
        let asked = self.thermometers.iter().filter(|it| it.questions.try_send(()).is_ok());
        asked.count()
    }

    /// Waits until this many answered.
    pub(super) async fn answered(&mut self, number: usize) {
        for _ in 0..number {
            if self.answers.recv().await.is_none() {
                std::future::pending::<()>().await; // all threads are gone; the time-out remains
            }
        }
    }

    /// Returns what each one said last.
    pub(super) fn readings(&self) -> Readings {
        let mut readings = Readings::default();
        for (reading, it) in readings.iter_mut().zip(&self.thermometers) {
            *reading = lock(&it.latest).reading;
        }
        readings
    }

    /// Returns the names, and why there was no answer.
    pub(super) fn describe(&self) -> impl Iterator<Item = (&str, Option<String>)> {
        self.thermometers.iter().map(|it| (it.name.as_str(), lock(&it.latest).why.clone()))
    }

    /// Returns how many there are.
    pub(super) fn count(&self) -> usize {
        self.thermometers.len()
    }
}

fn lock(latest: &Mutex<Latest>) -> MutexGuard<'_, Latest> {
    latest.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers one question after the other, until nobody asks.
fn measure(
    mut thermometer: Box<dyn Thermometer>,
    questions: &Receiver<()>,
    latest: &Mutex<Latest>,
    clock: &impl Fn() -> Millis,
    answered: &UnboundedSender<()>,
) {
    while questions.recv().is_ok() {
        let at = clock(); // the moment before: a reading is not younger than it claims
        let answer = thermometer.read();
        let mut latest = lock(latest);
        match answer {
            Ok(Some(value)) => *latest = Latest { reading: Some(Reading { value, at }), why: None },
            Ok(None) => latest.why = None,
            Err(why) => latest.why = Some(why),
        }
        drop(latest);
        let _ = answered.send(()); // at the end, nobody waits
    }
}
