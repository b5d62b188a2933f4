//! How long a member waits for the profile, and a newcomer for the form, alone and with fifty others at the
//! same time; and how long it takes to become a member.
//!
//! The web runs in this process with its own threads, and so do those who ask.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

#[path = "support/large.rs"]
#[allow(dead_code, reason = "each bench uses a part of it")]
mod large;

use std::{
    io::Write,
    net::SocketAddr,
    path::Path,
    sync::mpsc::{self, Receiver, Sender},
    time::{Duration, Instant},
};

use space::{
    app::joining,
    clock,
    config::WebConfig,
    domain::model::{
        Acceptance, Agreement, Application, Change, Finding, Language, MemberId, Record,
        RecordPath, Subject,
    },
    service::Show,
    store::{Author, Store, tickets::Session},
    web::{self, Options},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const MEMBERS: u64 = 1_000;

/// How many ask at the same time.
const AT_ONCE: u64 = 50;

/// How often each of them asks.
const TIMES: usize = 40;

fn main() {
    let dir = tempfile::tempdir().unwrap();
    large::copy(&large::space(MEMBERS), dir.path());
    offer(dir.path());
    let cookies = sessions(dir.path());
    let address = serve(dir.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for path in ["/profile", "/editme", "/login", "/register"] {
        runtime.block_on(ask(address, path, &cookies[0], TIMES));
        let mut alone = runtime.block_on(ask(address, path, &cookies[0], 10 * TIMES));
        let mut together = runtime.block_on(all(address, path, &cookies));
        println!(
            "{path}, {MEMBERS} members: alone p50 {:.2} ms, p99 {:.2} ms; {AT_ONCE} at once p50 \
             {:.2} ms, p99 {:.2} ms",
            at(&mut alone, 0.5),
            at(&mut alone, 0.99),
            at(&mut together, 0.5),
            at(&mut together, 0.99),
        );
    }
}

/// How many people join, one after another.
const NEWCOMERS: usize = 40;

/// Lets people join at once, and prints how long it takes: two commits, and a letter in a folder.
fn offer(path: &Path) {
    let store = Store::open(path).unwrap();
    let now = clock::running()();
    let head = store.read(store.head().unwrap()).unwrap();
    let Ok(Some(Record::Space(mut space))) = head.record(&RecordPath::Space) else { panic!() };
    let tier = head.basis().0.tiers.keys().next().unwrap().clone();
    space.joining.tiers = vec![tier.clone()];
    space.joining.acceptance = Acceptance::AtOnce;
    space.notices.from = Some("members@example.org".into());
    let change = Change::new(Subject::new("space: edit"), "space.edit")
        .put(RecordPath::Space, Record::Space(space));
    let author = Author { name: "bench".into(), email: "bench@example.org".into() };
    store.apply(&change, head.id(), &author, now).unwrap();
    let mut all: Vec<Duration> = (0..NEWCOMERS)
        .map(|number| {
            let application = Application {
                name: format!("Newcomer {number}"),
                email: format!("newcomer{number}@example.com"),
                phone: None,
                address: Some("1 Main Street".into()),
                born: "1986-12".parse().ok(),
                tier: tier.clone(),
                concession: None,
                chosen_amount: None,
                news: false,
                named: false,
                heard_of_us: None,
                language: Language::English,
                agreed: Agreement { on: "2026-01-15".parse().unwrap(), ..Agreement::default() },
                children: Vec::new(),
            };
            let start = Instant::now();
            joining::apply(&store, application, "http://localhost/?link=", now).unwrap();
            start.elapsed()
        })
        .collect();
    println!(
        "joining, {MEMBERS} members: committed and the welcome handed over p50 {:.2} ms, p99 {:.2} ms",
        at(&mut all, 0.5),
        at(&mut all, 0.99),
    );
}

/// Logs members in.
fn sessions(path: &Path) -> Vec<String> {
    let store = Store::open(path).unwrap();
    let now = clock::running()();
    let session = |number| Session::new(MemberId::new(number).unwrap(), "bench", now);
    (1..=AT_ONCE).map(|number| store.sessions().add(&session(number)).unwrap()).collect()
}

/// Starts the web on a space, and returns its address.
fn serve(path: &Path) -> SocketAddr {
    let text = "[[listener]]\naddress = \"127.0.0.1:0\"\nserves = [\"members\"]\n\
                [members]\nurl = \"http://localhost\"\n";
    let config: Result<_, Vec<Finding>> = WebConfig::parse(Path::new("web.toml"), text);
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
    listening(&lines)
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

/// Asks for a page as each member at the same time; returns how long each answer took.
async fn all(address: SocketAddr, path: &'static str, cookies: &[String]) -> Vec<Duration> {
    let mut all = tokio::task::JoinSet::new();
    for cookie in cookies {
        let cookie = cookie.clone();
        all.spawn(async move { ask(address, path, &cookie, TIMES).await });
    }
    all.join_all().await.into_iter().flatten().collect()
}

/// Asks for a page again and again by one connection; returns how long each answer took.
async fn ask(address: SocketAddr, path: &str, cookie: &str, times: usize) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\nCookie: space-session={cookie}\r\n\r\n");
    let mut all = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        while !is_whole(&answer) {
            let read = stream.read(&mut buffer).await.unwrap();
            assert_ne!(read, 0, "the connection ended");
            answer.extend_from_slice(&buffer[..read]);
        }
        all.push(start.elapsed());
        let status = std::str::from_utf8(&answer[9..12]).unwrap();
        assert!(status == "200" || path == "/login", "{path}: {status}");
    }
    all
}

/// Tells whether an answer has come as a whole.
fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|it| it.strip_prefix("content-length: "));
    length.is_none_or(|it| body.len() >= it.parse::<usize>().unwrap())
}

/// Returns the time that a share of all does not exceed, in milliseconds.
fn at(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3
}
