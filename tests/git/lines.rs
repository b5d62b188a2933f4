//! Lines that break and servers that misbehave: nothing is changed, and the next sync goes on.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
};

use super::{
    support::World,
    sync::{clone, in_step, world},
};

/// What answers at the other end of a line.
pub(super) type Answer = Arc<dyn Fn(TcpStream) + Send + Sync>;

/// What happens once a line has let through what it lets through, before it is cut.
pub(super) type End = Arc<dyn Fn() + Send + Sync>;

/// Listens on this machine, and hands each connection over; returns the port.
pub(super) fn listen(answer: Answer) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || answer(connection));
        }
    });
    port
}

/// How many bytes a line lets through in each direction before it breaks.
#[derive(Default)]
pub(super) struct Limits {
    up: AtomicU64,
    down: AtomicU64,
}

impl Limits {
    pub(super) fn set(&self, up: u64, down: u64) {
        self.up.store(up, SeqCst);
        self.down.store(down, SeqCst);
    }
}

/// Copies up to so many bytes; then the line is cut.
pub(super) fn pass(
    from: &mut impl Read,
    to: &mut impl Write,
    limit: u64,
    (line, end): (&TcpStream, &End),
) {
    let (mut buffer, mut left) = ([0; 4096], limit);
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        let count = usize::try_from(left).map_or(count, |left| left.min(count));
        left -= count as u64;
        if to.write_all(&buffer[..count]).and_then(|()| to.flush()).is_err() {
            return; // the other end is gone already
        }
        if left == 0 {
            end();
            let _ = line.shutdown(Shutdown::Both);
            return;
        }
    }
}

/// A server of git behind a line that breaks after some bytes.
fn breaking_line(world: &World) -> (u16, Arc<Limits>) {
    line(world, Arc::new(|| {}))
}

/// A server of git behind a line that comes to its end after some bytes.
pub(super) fn line(world: &World, end: End) -> (u16, Arc<Limits>) {
    let limits = Arc::new(Limits::default());
    let (root, known) = (world.path("."), Arc::clone(&limits));
    let environment: Vec<_> = world
        .command("git", ".", &[])
        .get_envs()
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
        .collect();
    let answer = move |line: TcpStream| {
        let mut daemon = Command::new("git");
        daemon.args(["daemon", "--inetd", "--export-all", "--enable=receive-pack"]);
        daemon.arg(format!("--base-path={}", root.display()));
        daemon.env_clear().envs(environment.iter().cloned());
        daemon.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut daemon = daemon.spawn().unwrap();
        let (mut to, mut from) = (daemon.stdin.take().unwrap(), daemon.stdout.take().unwrap());
        let (up, down) = (known.up.load(SeqCst), known.down.load(SeqCst));
        let (mut incoming, closing) = (line.try_clone().unwrap(), line.try_clone().unwrap());
        let known_end = Arc::clone(&end);
        let upward =
            thread::spawn(move || pass(&mut incoming, &mut to, up, (&closing, &known_end)));
        let mut outgoing = line.try_clone().unwrap();
        pass(&mut from, &mut outgoing, down, (&line, &end));
        let _ = line.shutdown(Shutdown::Both);
        let _ = daemon.kill(); // it has ended, unless the line broke
        let _ = daemon.wait();
        let _ = upward.join();
    };
    (listen(Arc::new(answer)), limits)
}

pub(super) fn point(world: &World, at: &str, url: &str) {
    world.git(at, &["remote", "set-url", "origin", url]).good();
}

/// Wherever the line breaks while records come in, the clone is as it was.
#[test]
fn a_fetch_that_breaks_off_changes_nothing() {
    let world = world();
    let (port, limits) = breaking_line(&world);
    point(&world, "two", &format!("git://127.0.0.1:{port}/shared.git"));
    world.space("one", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("one", &["sync"]).good();
    world.space("two", &["member", "add", "Carol", "--tier", "guest"]).good();
    let before = world.git("two", &["rev-parse", "main"]).good().out;
    let mut broken = 0;
    for down in [0, 3, 60, 400, 900, 1300, 1700, 2100] {
        limits.set(u64::MAX, down);
        let said = world.space("two", &["sync", "--pull"]);
        if said.code == Some(0) {
            break; // it was enough
        }
        said.refused(&["cannot be used"]);
        broken += 1;
        assert_eq!(world.git("two", &["rev-parse", "main"]).good().out, before, "{down}");
        assert_eq!(world.git("two", &["status", "--porcelain"]).good().out, "", "{down}");
        world.space("two", &["check", "HEAD"]).good();
    }
    assert!(broken >= 4, "only {broken} lines broke");
    limits.set(u64::MAX, u64::MAX);
    world.space("two", &["sync"]).good();
    world.space("one", &["sync"]).good();
    in_step(&world);
}

/// Wherever the line breaks while records go out, they arrive once: by then, or by the next sync.
#[test]
fn a_push_that_breaks_off_is_finished_by_the_next_sync() {
    let world = world();
    let (port, limits) = breaking_line(&world);
    point(&world, "two", &format!("git://127.0.0.1:{port}/shared.git"));
    let mut broken = 0;
    let upward = [60, 250, 450, 650, 850].map(|up| (up, u64::MAX));
    let downward = [100, 330, 380, 430, 480].map(|down| (u64::MAX, down));
    for (round, (up, down)) in upward.into_iter().chain(downward).enumerate() {
        let name = format!("Somebody {round}");
        world.space("two", &["member", "add", &name, "--tier", "guest"]).good();
        limits.set(up, down);
        let said = world.space("two", &["sync"]);
        broken += u32::from(said.code != Some(0));
        limits.set(u64::MAX, u64::MAX);
        world.space("two", &["sync"]).good();
        world.space("one", &["sync"]).good();
        in_step(&world);
        assert_eq!(world.members("one").len(), 2 + round);
    }
    assert!(broken >= 5, "only {broken} lines broke");
}

/// What is not git at all, says nothing, or sends half a pack, is told in a sentence.
#[test]
fn a_server_that_answers_garbage_is_told_and_changes_nothing() {
    let world = world();
    let before = world.git("two", &["rev-parse", "main"]).good().out;
    let garbage: [&[u8]; 5] = [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>welcome to the router</html>",
        b"ffffPACK",
        b"0000",
        // It promises a branch that nobody can have, and hangs up.
        b"003f0123456789012345678901234567890123456789 refs/heads/main\n0000",
    ];
    for bytes in garbage {
        let answer = move |mut line: TcpStream| {
            let mut request = [0; 512];
            let _ = line.read(&mut request); // whatever was asked for
            let _ = line.write_all(bytes);
            let _ = line.shutdown(Shutdown::Both);
        };
        let port = listen(Arc::new(answer));
        for scheme in ["git", "http"] {
            point(&world, "two", &format!("{scheme}://127.0.0.1:{port}/shared.git"));
            let said = world.space("two", &["sync"]);
            said.refused(&["cannot be used"]);
            assert_eq!(world.git("two", &["rev-parse", "main"]).good().out, before);
            assert_eq!(world.git("two", &["status", "--porcelain"]).good().out, "");
        }
    }
    point(&world, "two", "../shared.git");
    world.space("two", &["sync"]).good();
    in_step(&world);
}

/// A server of ssh, and how a client reaches it.
#[cfg(target_os = "linux")]
fn ssh(world: &World) -> Option<(u16, String)> {
    use std::os::unix::fs::PermissionsExt as _;
    let made = ["-q", "-t", "ed25519", "-N", "", "-f", "mine"];
    super::support::Said::of(&mut world.command("ssh-keygen", ".", &made)).good();
    std::fs::copy(world.path("mine.pub"), world.path("authorized")).unwrap();
    std::fs::set_permissions(world.path("mine"), std::fs::Permissions::from_mode(0o600)).unwrap();
    let git = world.command("git", ".", &[]);
    let path = git.get_envs().find(|(name, _)| *name == "PATH").unwrap().1.unwrap();
    let port = crate::sshd::start(&world.path("."), &world.path("authorized"), path)?;
    let client = format!(
        "ssh -F none -p {port} -i {} -o IdentitiesOnly=yes -o BatchMode=yes \
         -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR",
        world.path("mine").display(),
    );
    if !crate::part::works(Command::new("sh").args(["-c", &format!("{client} 127.0.0.1 true")])) {
        crate::part::skipped("this user cannot log in here by ssh");
        return None;
    }
    Some((port, client))
}

#[cfg(target_os = "linux")]
#[test]
fn a_remote_over_ssh_is_like_any_other() {
    let world = world();
    let Some((port, client)) = ssh(&world) else { return };
    let url = format!("ssh://127.0.0.1:{port}{}", world.path("shared.git").display());
    world.git("two", &["config", "core.sshCommand", &client]).good();
    point(&world, "two", &url);
    world.space("one", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("one", &["sync"]).good();
    world.space("two", &["member", "add", "Carol", "--tier", "guest"]).good();
    world.space("two", &["sync"]).good().says(&["0003", "pushed"]);
    world.space("one", &["sync"]).good();
    in_step(&world);
    // Whoever is not let in any more is told so.
    world.write("authorized", "");
    world.space("two", &["sync"]).refused(&["cannot be used", "Permission denied"]);
}

/// Three people push through a line at the same moment, and one of them is cut off.
#[test]
fn who_is_cut_off_while_others_push_loses_nothing() {
    let world = world();
    clone(&world, "three");
    let (port, limits) = breaking_line(&world);
    point(&world, "three", &format!("git://127.0.0.1:{port}/shared.git"));
    for (name, at) in [("Bob", "one"), ("Carol", "two"), ("Dan", "three")] {
        world.space(at, &["member", "add", name, "--tier", "guest"]).good();
    }
    limits.set(600, u64::MAX);
    let begin = |at: &&str| {
        let mut sync = world.command("space", at, &["sync"]);
        sync.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let running: Vec<_> = ["one", "two", "three"].iter().map(begin).collect();
    for child in running {
        child.wait_with_output().unwrap();
    }
    limits.set(u64::MAX, u64::MAX);
    for at in ["three", "one", "two"] {
        world.space(at, &["sync"]).good();
    }
    for at in ["three", "one"] {
        world.space(at, &["sync"]).good();
    }
    in_step(&world);
    let mut names = world.members("three");
    names.sort();
    assert_eq!(names, ["Ada", "Bob", "Carol", "Dan"]);
}
