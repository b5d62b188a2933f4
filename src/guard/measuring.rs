//! Reads the thermometers, each in a thread of its own: one that hangs keeps no other waiting.

use std::{
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, SyncSender, sync_channel},
    },
    thread,
};

use super::turns::News;
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
    /// Starts the threads; `clock` is the one that readings are stamped with. Each answer is told.
    pub(super) fn start(
        config: &GuardConfig,
        writers: Writers,
        clock: impl Fn() -> Millis + Clone + Send + 'static,
        tell: &Sender<News>,
    ) -> io::Result<Self> {
        let mut thermometers = Vec::new();
        for source in &config.thermometers {
            let thermometer = thermometer::open(source, writers);
            let (questions, asked) = sync_channel(1);
            let latest = Arc::<Mutex<Latest>>::default();
            let (answer, clock, tell) = (Arc::clone(&latest), clock.clone(), tell.clone());
            thread::Builder::new()
                .name(source.to_string())
                .stack_size(STACK)
                .spawn(move || measure(thermometer, &asked, &answer, &clock, &tell))?;
            thermometers.push(Asked { name: source.to_string(), questions, latest });
        }
        Ok(Self { thermometers })
    }

    /// Asks all thermometers that are not still busy; returns how many.
    pub(super) fn ask(&self) -> usize {
        let asked = self.thermometers.iter().filter(|it| it.questions.try_send(()).is_ok());
        asked.count()
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
    tell: &Sender<News>,
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
        let _ = tell.send(News::Answer); // at the end, nobody waits
    }
}
