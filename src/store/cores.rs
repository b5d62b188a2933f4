//! Work on every core, the results in order.

use std::{
    collections::BTreeMap,
    num::NonZero,
    panic,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// So many results may wait to be taken.
const AHEAD: usize = 16;

/// Does jobs `0..jobs` on every core, each thread with a state of its own that `begin` makes, and
/// gives each result to `take` on the calling thread, in the order of the jobs.
///
/// # Errors
/// The first that `take` returns; no job is begun after it.
pub fn in_order<S, T: Send, E>(
    jobs: usize,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(8).min(jobs);
    if cores < 2 {
        let mut state = begin();
        return (0..jobs).try_for_each(|job| take(work(&mut state, job)));
    }
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    let run = |sender: mpsc::SyncSender<(usize, T)>| {
        let mut state = begin();
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            // Nobody receives any more once there was an error.
            if job >= jobs || sender.send((job, work(&mut state, job))).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let start = |_| {
            let sender = sender.clone();
            scope.spawn(|| run(sender))
        };
        let workers: Vec<_> = (0..cores).map(start).collect();
        drop(sender);
        let (mut early, mut wanted) = (BTreeMap::new(), 0);
        let mut taken = Ok(());
        'all: for (job, result) in receiver {
            early.insert(job, result);
            while let Some(result) = early.remove(&wanted) {
                wanted += 1;
                taken = take(result);
                if taken.is_err() {
                    break 'all;
                }
            }
        }
        for worker in workers {
            worker.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
        }
        taken
    })
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
        let result = in_order(jobs, || (), |(), job| job * job, take);
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
    fn an_error_ends_it() {
        assert_eq!(squares(1_000, 4), (Err(9), vec![0, 1, 4, 9]));
    }

    #[test]
    fn a_panic_is_passed_on() {
        let work = |(): &mut (), job| assert!(job != 700, "as asked");
        let all = || in_order(1_000, || (), work, |()| Ok::<_, ()>(()));
        let panic = panic::catch_unwind(all).unwrap_err();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"as asked"));
    }
}
