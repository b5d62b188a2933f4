//! What ends, or lies, in the middle of git's own transfers.

use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    os::unix::process::{CommandExt as _, ExitStatusExt as _},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::{
    lines::{End, line, listen, pass, point},
    support::World,
    sync::{in_step, world},
};

/// Far longer than anything takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Adds a file that does not compress to a few packets, so that there is a transfer to be in the middle of.
fn much(world: &World, at: &str, round: u64) {
    let mut number = round;
    let words = (0..4_000).map(|_| {
        number =
            number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:08x}\n", number >> 32)
    });
    world.write(&format!("{at}/minutes-{round}.txt"), words.collect::<String>());
    world.git(at, &["add", "."]).good();
    world.git(at, &["commit", "-q", "-m", "minutes"]).good();
}

/// Whom a signal is sent to.
#[derive(Clone, Copy, Debug)]
enum Whom {
    Space,
    Git,
    /// As a terminal and the system do.
    Both,
}

/// Returns a child of a process that is git.
fn git_of(parent: Pid) -> Pid {
    let parent = parent.as_raw_nonzero().to_string();
    let all = fs::read_dir("/proc").unwrap().flatten();
    let found = all.filter_map(|entry| {
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
        let its = rest.split_whitespace().nth(1)?;
        (name == "git" && its == parent).then(|| entry.file_name())
    });
    let id = found.last().expect("git is at work").into_string().unwrap().parse().unwrap();
    Pid::from_raw(id).unwrap()
}

/// What is killed in the middle of fetching or pushing leaves two states that the next sync joins.
#[test]
fn whoever_gets_a_signal_in_the_middle_of_a_transfer_loses_nothing() {
    let world = world();
    let (stalled, stall): (Sender<()>, Receiver<()>) = channel();
    let (go_on, going): (Sender<()>, Receiver<()>) = channel();
    let (stalled, going) = (Mutex::new(stalled), Mutex::new(going));
    // The line stands still until the test cuts it.
    let (port, limits) = line(
        &world,
        Arc::new(move || {
            let _ = stalled.lock().unwrap().send(());
            let _ = going.lock().unwrap().recv();
        }),
    );
    point(&world, "two", &format!("git://127.0.0.1:{port}/shared.git"));
    let mut round = 0;
    for (up, down) in [(u64::MAX, 6_000), (6_000, u64::MAX)] {
        for signal in [Signal::TERM, Signal::KILL] {
            for whom in [Whom::Space, Whom::Git, Whom::Both] {
                round += 1;
                let at = if down == u64::MAX { "two" } else { "one" };
                much(&world, at, round);
                world.space("one", &["sync"]).good();
                world
                    .space("two", &["member", "add", &format!("M{round}"), "--tier", "guest"])
                    .good();
                limits.set(up, down);
                let mut sync = world.command("space", "two", &["sync"]);
                sync.process_group(0).stdout(Stdio::null()).stderr(Stdio::piped());
                let child = sync.spawn().unwrap();
                stall.recv_timeout(PATIENCE).expect("a transfer came to the middle");
                let pid = Pid::from_child(&child);
                match whom {
                    Whom::Space => kill_process(pid, signal).unwrap(),
                    Whom::Git => kill_process(git_of(pid), signal).unwrap(),
                    Whom::Both => kill_process_group(pid, signal).unwrap(),
                }
                limits.set(u64::MAX, u64::MAX);
                go_on.send(()).unwrap();
                let done = child.wait_with_output().unwrap();
                let said = String::from_utf8_lossy(&done.stderr);
                match whom {
                    Whom::Git => assert!(said.contains("cannot be used"), "{whom:?} {said}"),
                    _ => assert_eq!(done.status.signal(), Some(signal.as_raw()), "{whom:?} {said}"),
                }
                world.space("two", &["check", "HEAD"]).good();
                world.space("two", &["sync"]).good();
                world.space("one", &["sync"]).good();
                in_step(&world);
                assert_eq!(world.members("one").len(), 1 + round as usize);
            }
        }
    }
}

/// What is done to the first part of a pack, before the rest is left out.
type Tamper = fn(&mut Vec<u8>);

/// Passes on what a server says, packet by packet, but for a tampered pack, after which it ends as if all
/// were well.
fn tampered(from: &mut impl Read, to: &mut impl Write, tamper: Tamper) -> Option<()> {
    loop {
        let mut length = [0; 4];
        from.read_exact(&mut length).ok()?;
        let size = usize::from_str_radix(std::str::from_utf8(&length).ok()?, 16).ok()?;
        let mut packet = vec![0; size.saturating_sub(4)];
        from.read_exact(&mut packet).ok()?;
        if packet.starts_with(b"\x01PACK") {
            tamper(&mut packet);
            write!(to, "{:04x}", packet.len() + 4).ok()?;
            to.write_all(&packet).ok()?;
            to.write_all(b"0000").ok()?;
            return to.flush().ok();
        }
        to.write_all(&length)
            .and_then(|()| to.write_all(&packet))
            .and_then(|()| to.flush())
            .ok()?;
    }
}

/// Half a pack with a proper end, one with a changed byte, one that promises more than it has, an empty one.
#[test]
fn a_pack_that_is_not_whole_is_refused_and_changes_nothing() {
    let world = world();
    much(&world, "one", 1);
    world.space("one", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("one", &["sync"]).good();
    let before = world.git("two", &["rev-parse", "main"]).good().out;
    let root = world.path(".");
    let tampers: [Tamper; 4] = [
        |pack| pack.truncate(pack.len() / 2),
        |pack| {
            let middle = pack.len() / 2;
            pack[middle] ^= 0x40;
        },
        // The number of objects is the third word, behind the mark of the packet.
        |pack| pack[12] = pack[12].wrapping_add(7),
        |pack| pack.truncate(5),
    ];
    for (number, tamper) in tampers.into_iter().enumerate() {
        let environment: Vec<_> = world
            .command("git", ".", &[])
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect();
        let root = root.clone();
        let answer = move |line: TcpStream| {
            let mut daemon = Command::new("git");
            daemon.args(["daemon", "--inetd", "--export-all"]);
            daemon.arg(format!("--base-path={}", root.display()));
            daemon.env_clear().envs(environment.iter().cloned());
            daemon.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
            let mut daemon = daemon.spawn().unwrap();
            let (mut to, mut from) = (daemon.stdin.take().unwrap(), daemon.stdout.take().unwrap());
            let (mut incoming, closing) = (line.try_clone().unwrap(), line.try_clone().unwrap());
            // Not `io::copy`: moving bytes from a line to a pipe, the kernel keeps others from reading it.
            let upward = thread::spawn(move || {
                pass(&mut incoming, &mut to, u64::MAX, (&closing, &(Arc::new(|| {}) as End)));
            });
            let _ = tampered(&mut from, &mut line.try_clone().unwrap(), tamper);
            let _ = line.shutdown(Shutdown::Both);
            let _ = daemon.kill(); // it may still have something to say
            let _ = daemon.wait();
            let _ = upward.join();
        };
        point(&world, "two", &format!("git://127.0.0.1:{}/shared.git", listen(Arc::new(answer))));
        world.space("two", &["sync"]).refused(&["cannot be used"]);
        assert_eq!(world.git("two", &["rev-parse", "main"]).good().out, before, "{number}");
        assert_eq!(world.git("two", &["status", "--porcelain"]).good().out, "", "{number}");
        world.git("two", &["fsck", "--strict", "--no-dangling"]).good();
        world.space("two", &["check", "HEAD"]).good();
    }
    point(&world, "two", "../shared.git");
    world.space("two", &["sync"]).good();
    in_step(&world);
}
