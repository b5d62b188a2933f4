//! Answers that wait until the devices have confirmed an order, so that a command reports what
//! happened and not what was asked for.

use std::time::Duration;

use tokio::{sync::oneshot, time::Instant};

use super::answer::{Answer, Reply};
use crate::domain::model::Slug;

/// How long a device may take to confirm. A board on a serial port answers within 200 ms.
const TIMEOUT: Duration = Duration::from_secs(2);

/// The answers still to be given.
#[derive(Default)]
pub(super) struct Promises(Vec<Promise>);

struct Promise {
    doors: Vec<Slug>,
    until: Instant,
    answer: oneshot::Sender<String>,
}

impl Promises {
    /// Answers at once if possible, or later. Must be called within a tokio runtime.
    pub(super) fn add(&mut self, reply: Reply, answer: oneshot::Sender<String>) {
        match reply {
            Reply::Now(now) => send(answer, now),
            Reply::Once(doors) => {
                self.0.push(Promise { doors, until: Instant::now() + TIMEOUT, answer });
            }
        }
    }

    /// Waits until an answer is due, confirmed or not.
    pub(super) async fn due(&self) {
        match self.0.iter().map(|it| it.until).min() {
            Some(until) => tokio::time::sleep_until(until).await,
            None => std::future::pending().await,
        }
    }

    /// Gives the answers that are confirmed or due, and those that can never be confirmed since a
    /// device does not answer: `is_confirmed` returns `None` for its door.
    pub(super) fn answer_ready(&mut self, is_confirmed: impl Fn(&Slug) -> Option<bool>) {
        let now = Instant::now();
        for promise in std::mem::take(&mut self.0) {
            let confirmed: Vec<_> = promise.doors.iter().map(&is_confirmed).collect();
            let over = promise.until <= now || confirmed.contains(&None);
            if confirmed.iter().all(|it| *it == Some(true)) {
                send(promise.answer, Answer::done(&promise.doors));
            } else if over {
                let pairs = promise.doors.into_iter().zip(confirmed);
                let missing = pairs.filter(|(_, it)| *it != Some(true)).map(|(door, _)| door);
                send(promise.answer, Answer::unconfirmed(&missing.collect::<Vec<_>>()));
            } else {
                self.0.push(promise);
            }
        }
    }
}

fn send(to: oneshot::Sender<String>, answer: Answer) {
    let _ = to.send(answer.line()); // the client may have hung up
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(name: &str) -> Slug {
        name.parse().unwrap()
    }

    fn promised(promises: &mut Promises, doors: &[&str]) -> oneshot::Receiver<String> {
        let (answer, wait) = oneshot::channel();
        let doors = doors.iter().map(|it| slug(it)).collect();
        promises.add(Reply::Once(doors), answer);
        wait
    }

    #[tokio::test(start_paused = true)]
    async fn the_answer_comes_once_every_door_has_confirmed() {
        let mut promises = Promises::default();
        let mut wait = promised(&mut promises, &["north", "south"]);
        promises.answer_ready(|door| Some(door.as_str() == "north"));
        assert!(wait.try_recv().is_err(), "south has not moved yet");
        promises.answer_ready(|_| Some(true));
        assert_eq!(wait.await.unwrap(), r#"{"doors":["north","south"]}"#);
    }

    #[tokio::test(start_paused = true)]
    async fn a_missing_or_silent_device_is_reported() {
        let mut promises = Promises::default();
        let gone = promised(&mut promises, &["north", "south"]);
        promises.answer_ready(|door| (door.as_str() == "north").then_some(true));
        let answer = gone.await.unwrap();
        assert!(answer.contains("the strike of south does not answer"), "{answer}");
        let silent = promised(&mut promises, &["north"]);
        promises.due().await;
        promises.answer_ready(|_| Some(false));
        let answer = silent.await.unwrap();
        assert!(answer.contains("the strike of north does not answer"), "{answer}");
    }
}
