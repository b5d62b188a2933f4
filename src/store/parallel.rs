//! Runs jobs on every core and returns the results in order.

use std::{
    collections::BTreeSet,
    num::NonZero,
    panic,
    sync::{
        LazyLock, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// The number of results that may wait for an earlier one, and of others that may wait to be
/// received.
const AHEAD: usize = 16;

/// The number of threads; finding it out makes the system read several files.
static CORES: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get).min(8));

/// Runs jobs `0..jobs` on every core, and passes each result to `take` on the calling thread, in
/// the order of the jobs.
///
/// # Errors
/// The first error that `take` returns; no job is started after it.
pub fn in_order<T: Send, E>(
    jobs: usize,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let results: Vec<Mutex<Option<T>>> = (0..jobs).map(|_| Mutex::new(None)).collect();
    let slot = |job: usize| results[job].lock().unwrap_or_else(PoisonError::into_inner);
    let mut taken = Ok(());
    let work = |job| {
        let result = work(job);
        *slot(job) = Some(result);
    };
    let mut take = |job| {
        let result = slot(job).take();
        taken = result.map_or(Ok(()), &mut take);
        taken.is_ok()
    };
    run(jobs, &work, &mut take);
    taken
}

/// The part that does not depend on the type of the results, so that it is compiled only once:
/// `work` stores each result, `take` fetches it and tells whether to go on.
fn run(jobs: usize, work: &(dyn Fn(usize) + Sync), take: &mut dyn FnMut(usize) -> bool) {
    let next = AtomicUsize::new(0);
    let next = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|job| *job < jobs);
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    let run_jobs = |sender: mpsc::SyncSender<usize>| {
        while let Some(job) = next() {
            work(job);
            if sender.send(job).is_err() {
                return; // after an error, nobody receives any more
            }
        }
    };
    thread::scope(|scope| {
        let receiver = receiver; // dropped before joining the others, however this ends
        let start = |_| {
            let sender = sender.clone();
            scope.spawn(|| run_jobs(sender))
        };
        let helpers: Vec<_> = (1..jobs.min(*CORES)).map(start).collect();
        drop(sender);
        // This thread runs jobs too, and takes finished results in between: being woken for each
        // result would take longer.
        let (mut early, mut wanted) = (BTreeSet::new(), 0);
        'all: while wanted < jobs {
            early.extend(receiver.try_iter());
            while early.remove(&wanted) {
                if !take(wanted) {
                    break 'all;
                }
                wanted += 1;
            }
            let next_job = if early.len() < AHEAD { next() } else { None };
            let done = match next_job {
                Some(job) => {
                    work(job);
                    Some(job)
                }
                None if wanted < jobs => receiver.recv().ok(),
                None => None,
            };
            match done {
                Some(job) => early.insert(job),
                None => break, // all is done, or a helper has panicked
            };
        }
        drop(receiver);
        for helper in helpers {
            helper.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(jobs: usize, end: usize) -> (Result<(), usize>, Vec<usize>) {
        let mut taken = Vec::new();
        let take = |it| {
            taken.push(it);
            if taken.len() == end { Err(it) } else { Ok(()) }
        };
        let result = in_order(jobs, |job| job * job, take);
        (result, taken)
    }

    #[test]
    fn each_job_is_done_once_and_taken_in_order() {
        for jobs in [0, 1, 2, 5, 1_000] {
            let all = (0..jobs).map(|job| job * job).collect();
            assert_eq!(squares(jobs, usize::MAX), (Ok(()), all));
        }
    }

    #[test]
    fn after_an_error_no_more_results_are_taken() {
        assert_eq!(squares(1_000, 4), (Err(9), vec![0, 1, 4, 9]));
    }

    #[test]
    fn a_panic_is_passed_on() {
        let work = |job| assert!(job != 700, "as asked");
        let all = || in_order(1_000, work, |()| Ok::<_, ()>(()));
        let panic = panic::catch_unwind(all).unwrap_err();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"as asked"));
    }
}
