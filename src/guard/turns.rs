//! What the guard waits for: the next period, the answers of its thermometers, the end.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::Duration,
};

use crate::clock;

/// What other threads tell the one that decides.
pub(super) enum News {
    /// A thermometer answered, with a reading or without.
    Answer,
    /// The system asks the guard to end.
    Stop,
}

/// Waits, and wakes up no more often than it has to.
pub(super) struct Turns {
    news: Receiver<News>,
    period: Duration,
    /// When the next period begins, by the time since this machine started.
    next: Duration,
    stopped: bool,
}

impl Turns {
    /// Makes them, and what to tell them by. The first period begins at once.
    pub(super) fn of(period: Duration) -> (Self, Sender<News>) {
        let (tell, news) = channel();
        (Self { news, period, next: clock::uptime(), stopped: false }, tell)
    }

    /// Waits until the next period begins; `false` if the guard has to end instead. Late answers to
    /// earlier questions are forgotten. Periods that were missed are not made up for.
    pub(super) fn next_period(&mut self) -> bool {
        self.wait(usize::MAX, self.next);
        self.next = (self.next + self.period).max(clock::uptime());
        !self.stopped
    }

    /// Waits for so many answers, for most of the period: a DS18B20 takes three quarters of a second.
    /// `false` if the guard has to end instead.
    pub(super) fn answers(&mut self, number: usize) -> bool {
        self.wait(number, clock::uptime() + self.period * 9 / 10);
        !self.stopped
    }

    fn wait(&mut self, answers: usize, until: Duration) {
        let mut missing = answers;
        while missing > 0 && !self.stopped {
            match self.news.recv_timeout(until.saturating_sub(clock::uptime())) {
                Ok(News::Answer) => missing -= 1,
                Ok(News::Stop) => self.stopped = true,
                Err(RecvTimeoutError::Timeout) => return,
                // Whoever could tell of a signal is gone: to end is what keeps heat off.
                Err(RecvTimeoutError::Disconnected) => self.stopped = true,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A period that no test lives to see the end of.
    const LONG: Duration = Duration::from_secs(3_600);

    #[test]
    fn all_answers_end_the_wait_and_none_are_needed_if_nobody_was_asked() {
        let (mut turns, tell) = Turns::of(LONG);
        assert!(turns.next_period() && turns.answers(0));
        for _ in 0..2 {
            tell.send(News::Answer).unwrap();
        }
        assert!(turns.answers(2));
    }

    #[test]
    fn the_end_is_heard_in_every_wait_and_not_forgotten() {
        for answers in [0, 1] {
            let (mut turns, tell) = Turns::of(LONG);
            assert!(turns.next_period());
            for _ in 0..answers {
                tell.send(News::Answer).unwrap();
            }
            tell.send(News::Stop).unwrap();
            assert!(!turns.answers(2));
            assert!(!turns.next_period() && !turns.answers(0));
        }
        let (mut turns, tell) = Turns::of(LONG);
        drop(tell);
        assert!(!turns.next_period(), "nobody is left who could say it");
    }

    #[test]
    fn an_answer_that_comes_too_late_is_not_one_to_the_next_question() {
        let (mut turns, tell) = Turns::of(Duration::from_nanos(1));
        tell.send(News::Answer).unwrap();
        assert!(turns.next_period());
        assert!(matches!(turns.news.try_recv(), Err(std::sync::mpsc::TryRecvError::Empty)));
    }
}
