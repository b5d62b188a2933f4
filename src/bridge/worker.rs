//! What each direction does again and again.

use std::{io::Write, path::Path, sync::mpsc, time::Duration};

use jiff::Timestamp;

use super::{
    Event, Received, Receiver, Sender, Sent, pause::Pause, reporter::Reporter, steps::Steps,
};
use crate::{app::AppError, config::BridgeConfig, disk::watch::Watch};

/// What both directions share.
pub(super) struct Worker<W> {
    pub(super) reporter: Reporter<W>,
    pub(super) steps: Steps,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    poll: Duration,
    wait: Duration,
}

impl<W: Write> Worker<W> {
    pub(super) fn new(
        reporter: Reporter<W>,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        config: &BridgeConfig,
    ) -> Self {
        let [poll, wait] = [config.poll_seconds, config.wait_seconds].map(Duration::from_secs);
        Self { reporter, steps: Steps::default(), now: Box::new(now), poll, wait }
    }

    pub(super) fn tell(&self, event: &Event) {
        self.reporter.tell((self.now)(), event);
    }

    /// Receives and sends what is there.
    ///
    /// # Errors
    /// What keeps it from doing so.
    pub(super) fn once(
        &self,
        receiver: Option<Receiver>,
        sender: Option<Sender>,
    ) -> Result<(), AppError> {
        let fail = |words: String| Err(AppError::internal(words));
        if let Some(mut receiver) = receiver {
            loop {
                let handled = match self.receive_once(&mut receiver, Duration::ZERO) {
                    Ok(handled) => handled,
                    Err(words) => return fail(words),
                };
                if let Some(words) = handled.trouble {
                    return fail(words);
                }
                if handled.received == handled.left + handled.waiting {
                    break;
                }
            }
        }
        if let Some(mut sender) = sender {
            loop {
                let sent = self.send_once(&mut sender);
                if let Some(words) = sent.trouble {
                    return fail(words);
                }
                if !sent.more {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Receives until the program ends.
    pub(super) fn receive(&self, mut receiver: Receiver) {
        let mut pause = Pause::new(self.poll);
        loop {
            let again = match self.receive_once(&mut receiver, self.wait) {
                Ok(handled) if handled.trouble.is_some() || handled.in_a_circle => pause.longer(),
                Ok(handled) => {
                    pause.reset();
                    let idle = handled.received == 0 && self.wait.is_zero();
                    if idle { self.poll } else { Duration::ZERO }
                }
                Err(_) => pause.longer(),
            };
            if !self.steps.pause(again) {
                return;
            }
        }
    }

    /// Receives and applies messages.
    ///
    /// # Errors
    /// Why none can be received now; it was told.
    fn receive_once(&self, receiver: &mut Receiver, wait: Duration) -> Result<Received, String> {
        let gathered = receiver
            .ready((self.now)())
            .and_then(|()| receiver.gather(wait).map_err(|error| error.to_string()));
        let received = gathered.inspect_err(|words| {
            self.reporter.received(Err(words), (self.now)());
        })?;
        let Some(_step) = self.steps.begin() else {
            receiver.put_back(&received);
            return Ok(Received::default());
        };
        let handled = receiver.handle(received, (self.now)(), &mut |event| self.tell(&event));
        self.reporter.received(Ok(&handled), (self.now)());
        Ok(handled)
    }

    fn send_once(&self, sender: &mut Sender) -> Sent {
        let sent = sender.round((self.now)(), &mut |event| self.tell(&event));
        self.reporter.sent(&sent, (self.now)());
        sent
    }

    /// Sends until the program ends.
    pub(super) fn send(&self, mut sender: Sender, journal: &Path) {
        let (hint, hints) = mpsc::channel();
        // The watch begins before the first look, so that nothing is missed in between.
        let mut watch = Watch::folder(journal, move || {
            let _ = hint.send(()); // a receiver that is gone needs no hint
        });
        let mut pause = Pause::new(self.poll);
        loop {
            watch.renew();
            let Some(step) = self.steps.begin() else { return };
            let sent = self.send_once(&mut sender);
            drop(step);
            if sent.trouble.is_some() {
                if !self.steps.pause(pause.longer()) {
                    return;
                }
                continue;
            }
            pause.reset();
            if !sent.more {
                // A time-out is as good as a hint: look again.
                let _ = hints.recv_timeout(self.poll);
                hints.try_iter().for_each(drop);
            }
        }
    }
}
