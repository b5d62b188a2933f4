//! A program that runs until its test ends, and tells what happens as JSON lines.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdout},
    sync::{
        Mutex,
        mpsc::{self, Receiver},
    },
    time::Duration,
};

use serde_json::Value;

/// Far longer than anything takes; reaching it means that the test has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process that ends with its test.
pub(crate) struct Running {
    pub(crate) child: Child,
    lines: Mutex<Receiver<Value>>,
}

impl Running {
    pub(crate) fn new(mut child: Child) -> Self {
        let out = child.stdout.take().unwrap();
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || read(out, &sender));
        Self { child, lines: Mutex::new(lines) }
    }

    /// Waits until it tells about an event.
    #[track_caller]
    pub(crate) fn wait(&self, event: &str) -> Value {
        loop {
            let line = self.lines.lock().unwrap().recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("no {event} came"));
            if line["event"] == event {
                return line;
            }
        }
    }

    /// Waits for whatever it tells next.
    #[allow(dead_code, reason = "shared with tests that wait for something")]
    #[track_caller]
    pub(crate) fn any(&self) -> Value {
        let line = self.lines.lock().unwrap().recv_timeout(PATIENCE);
        line.unwrap_or_else(|_| panic!("nothing came"))
    }

    /// Returns what it has told so far about an event, since the last time somebody waited.
    #[allow(dead_code, reason = "shared with tests that only wait")]
    pub(crate) fn so_far(&self, event: &str) -> Vec<Value> {
        self.lines.lock().unwrap().try_iter().filter(|line| line["event"] == event).collect()
    }

    /// Ends it as the system does, and returns its exit code.
    pub(crate) fn end(mut self) -> Option<i32> {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has already ended, unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(out: ChildStdout, to: &mpsc::Sender<Value>) {
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        let _ = to.send(serde_json::from_str(&line).unwrap());
    }
}
