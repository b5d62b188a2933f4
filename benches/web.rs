//! How many questions of controllers the web answers in a second, each journaled and flushed before
//! its answer, and how long they take at a thousand a second; how long pages take.
//!
//! The web runs in this process with its own threads, and so do those who ask: what is measured is
//! less than what it could do alone.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

#[path = "support/large.rs"]
#[allow(dead_code, reason = "each bench uses a part of it")]
mod large;

use std::{
    io::Write,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    time::{Duration, Instant},
};

use space::{
    config::WebConfig,
    domain::{model::Finding, ops::facility},
    service::Show,
    store::Store,
    web::{self, Options},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const MEMBERS: u64 = 1_000;

/// How many controllers ask at the same time. Those of one part and of the next together have to be fewer
/// than the connections that are taken from one address (128).
const CONTROLLERS: u64 = 60;

/// How long is measured, in seconds.
const SECONDS: u64 = 5;

fn main() {
    let dir = tempfile::tempdir().unwrap();
    large::copy(&large::space(MEMBERS), dir.path());
    let [address, panel] = serve(dir.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(flood(address, Duration::from_secs(1)));
    let (answers, mut times) = runtime.block_on(flood(address, Duration::from_secs(SECONDS)));
    println!(
        "/verify, {MEMBERS} members, {CONTROLLERS} controllers: {:.0} answers a second, each \
         journaled and flushed; p50 {:.2} ms, p99 {:.2} ms; memory {} MB with those who ask",
        answers as f64 / SECONDS as f64,
        at(&mut times, 0.5),
        at(&mut times, 0.99),
        memory(),
    );
    let mut times = runtime.block_on(pace(address, 1_000));
    println!(
        "/verify at 1,000 a second: p50 {:.2} ms, p99 {:.2} ms, most {:.2} ms",
        at(&mut times, 0.5),
        at(&mut times, 0.99),
        at(&mut times, 1.0),
    );
    for path in ["/", "/members", "/members/0001", "/credentials/add", "/hardware", "/requirements"]
    {
        let mut times = runtime.block_on(pages(panel, path));
        println!("{path}: p50 {:.2} ms, p99 {:.2} ms", at(&mut times, 0.5), at(&mut times, 0.99));
    }
}

/// Gets a page several times, one after the other; returns how long each took.
async fn pages(address: SocketAddr, path: &str) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: a\r\nAuthorization: {AUTHORIZATION}\r\nConnection: close\r\n\r\n"
        );
        let start = Instant::now();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut page = Vec::new();
        stream.read_to_end(&mut page).await.unwrap();
        times.push(start.elapsed());
        assert!(page.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&page));
    }
    times
}

/// `admin` and `password of the bench`.
const AUTHORIZATION: &str = "Basic YWRtaW46cGFzc3dvcmQgb2YgdGhlIGJlbmNo";

/// Starts the web on a space, and returns its addresses for controllers and for the panel.
fn serve(path: &Path) -> [SocketAddr; 2] {
    let store = Store::open(path).unwrap();
    let head = store.read(store.head().unwrap()).unwrap();
    let local = Some(["127.0.0.1".parse().unwrap()].into());
    let edit = facility::Edit { controllers: local, ..facility::Edit::default() };
    let plan = facility::edit(&head, &"frontdoor".parse().unwrap(), edit).unwrap();
    store.apply(&plan.change, head.id(), &large::author(), large::now()).unwrap();
    let listener =
        |area: &str| format!("[[listener]]\naddress = \"127.0.0.1:0\"\nserves = [\"{area}\"]\n");
    let hash = web::hash_password("password of the bench").unwrap();
    let login = format!("[login.admin]\npassword = \"{hash}\"\nrole = \"admin\"\n");
    let text = listener("things") + &listener("admin") + &login;
    let config: Result<_, Vec<Finding>> = WebConfig::parse(Path::new("web.toml"), &text);
    let options = Options {
        space: path.to_owned(),
        config: config.unwrap(),
        config_file: None,
        journal: path.join("journal"),
        doors: Vec::new(),
        show: Show::Json,
        words: space::cli::advice::words,
    };
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || web::run(options, Lines { sender, rest: Vec::new() }).unwrap());
    [listening(&lines), listening(&lines)]
}

fn listening(lines: &Receiver<String>) -> SocketAddr {
    loop {
        let line = lines.recv_timeout(Duration::from_secs(60)).unwrap();
        if let Some((_, rest)) = line.split_once("\"at\":\"http://") {
            return rest.split('"').next().unwrap().parse().unwrap();
        }
    }
}

/// Passes on each line of the log.
struct Lines {
    sender: Sender<String>,
    rest: Vec<u8>,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        if self.rest.ends_with(b"\n") {
            let _ = self.sender.send(String::from_utf8(std::mem::take(&mut self.rest)).unwrap());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Asks as fast as it is answered; returns how many answers came, and how long each took.
async fn flood(address: SocketAddr, length: Duration) -> (u64, Vec<Duration>) {
    let count = Arc::new(AtomicU64::new(0));
    let end = Instant::now() + length;
    let mut all = tokio::task::JoinSet::new();
    for first in 0..CONTROLLERS {
        let count = Arc::clone(&count);
        all.spawn(async move {
            let mut controller = Controller::new(address).await;
            let (mut number, mut times) = (first, Vec::new());
            while Instant::now() < end {
                times.push(controller.ask(number).await);
                number += CONTROLLERS;
                count.fetch_add(1, Ordering::Relaxed);
            }
            times
        });
    }
    let times = all.join_all().await.into_iter().flatten().collect();
    (count.load(Ordering::Relaxed), times)
}

/// Asks a number of times each second; returns how long each took, waiting for its turn included.
async fn pace(address: SocketAddr, rate: u64) -> Vec<Duration> {
    let start = Instant::now();
    let between = Duration::from_secs(1) / u32::try_from(rate).unwrap();
    let mut all = tokio::task::JoinSet::new();
    for first in 0..CONTROLLERS {
        all.spawn(async move {
            let mut controller = Controller::new(address).await;
            let mut times = Vec::new();
            for number in (first..rate * SECONDS).step_by(CONTROLLERS as usize) {
                let due = start + between * u32::try_from(number).unwrap();
                tokio::time::sleep_until(due.into()).await;
                controller.ask(number).await;
                times.push(due.elapsed());
            }
            times
        });
    }
    all.join_all().await.into_iter().flatten().collect()
}

/// A connection that is kept.
struct Controller(TcpStream);

impl Controller {
    async fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    async fn ask(&mut self, number: u64) -> Duration {
        let token = 1_000_001 + number % MEMBERS;
        let head = format!("GET /verify?thing=frontdoor&token={token} HTTP/1.1\r\nHost: a\r\n\r\n");
        let start = Instant::now();
        self.0.write_all(head.as_bytes()).await.unwrap();
        let (mut buffer, mut length) = ([0; 1024], 0);
        while !buffer[..length].ends_with(b"}\n") {
            let read = self.0.read(&mut buffer[length..]).await.unwrap();
            assert_ne!(read, 0, "the connection ended");
            length += read;
        }
        let answer = std::str::from_utf8(&buffer[..length]).unwrap();
        assert!(answer.contains("\"person\""), "{answer}");
        start.elapsed()
    }
}

/// Returns the time that a share of all does not exceed, in milliseconds.
fn at(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3
}

/// Returns the memory of this process in MB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|it| it.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1000
}
