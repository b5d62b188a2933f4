//! The door's end of the socket.

use std::{
    io,
    os::unix::{
        fs::{FileTypeExt as _, PermissionsExt as _},
        net::UnixStream as StdStream,
    },
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use nix::unistd::{Group, Uid, User, chown};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{UnixListener, UnixStream},
    sync::{
        Semaphore,
        mpsc::{self, Receiver, Sender},
        oneshot,
    },
    time::timeout,
};

use super::{PendingRequest, Request};

/// The maximum length of a line, in bytes.
const LONGEST: u64 = 1000;

/// The maximum number of connections at a time. Others wait to be accepted, so that file descriptors
/// are left for the store and the devices.
const CONNECTIONS: usize = 32;

/// How long a connection may stay open without a request.
const IDLE: Duration = Duration::from_secs(2);

/// The socket that receives requests. Its file is removed when this is dropped.
#[derive(Debug)]
pub struct Listener {
    path: PathBuf,
    asked: Receiver<PendingRequest>,
}

impl Listener {
    /// Opens the socket for this user, and for a group if one is given, replacing one that nobody
    /// listens to any more. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// Another process already listens there, the file cannot be created, or there is no such
    /// group.
    pub fn open(path: &Path, group: Option<&str>) -> io::Result<Self> {
        let group = group.map(group_named).transpose()?;
        match StdStream::connect(path) {
            Ok(_) => {
                let why = "another door is listening on it";
                return Err(io::Error::new(io::ErrorKind::AddrInUse, why));
            }
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                if !is_socket(path) {
                    let why = "something that is not a socket lies there: it is left as it is";
                    return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
                }
                std::fs::remove_file(path)?;
            }
            Err(_) => {}
        }
        let listener = UnixListener::bind(path)?;
        let mode = if let Some(group) = group {
            chown(path, None, Some(group.gid))?;
            0o660
        } else {
            0o600
        };
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))?;
        let (sender, asked) = mpsc::channel(16);
        tokio::spawn(async move {
            let places = Arc::new(Semaphore::new(CONNECTIONS));
            while let Ok(place) = Arc::clone(&places).acquire_owned().await {
                match listener.accept().await {
                    Ok((stream, _)) => {
                        let conversation = converse(stream, sender.clone());
                        tokio::spawn(async move {
                            conversation.await;
                            drop(place);
                        });
                    }
                    // Too many open files: wait for some of them to be closed.
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
        });
        Ok(Self { path: path.to_owned(), asked })
    }

    /// Waits for the next request.
    pub async fn next(&mut self) -> Option<PendingRequest> {
        self.asked.recv().await
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if is_socket(&self.path) {
            let _ = std::fs::remove_file(&self.path); // it may already be gone
        }
    }
}

fn is_socket(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|it| it.file_type().is_socket())
}

fn group_named(name: &str) -> io::Result<Group> {
    let missing = || io::Error::new(io::ErrorKind::NotFound, format!("there is no group {name}"));
    Group::from_name(name)?.ok_or_else(missing)
}

async fn converse(stream: UnixStream, requests: Sender<PendingRequest>) {
    let user = user(&stream);
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    loop {
        let mut line = Vec::new();
        let mut limited = (&mut read).take(LONGEST);
        let end = timeout(IDLE, limited.read_until(b'\n', &mut line)).await;
        if !matches!(end, Ok(Ok(1..))) {
            return;
        }
        // The rest of a line that is too long must not be taken for another request.
        let whole = line.ends_with(b"\n") || (line.len() as u64) < LONGEST;
        let parsed = if whole {
            Request::parse(&line)
        } else {
            Err(format!("a line has {LONGEST} bytes at the most; this connection is closed"))
        };
        let mut answer = match parsed {
            Ok(request) => {
                let (answer, wait) = oneshot::channel();
                let asked = PendingRequest { request, user: user.clone(), answer };
                if requests.send(asked).await.is_err() {
                    return;
                }
                let Ok(answer) = wait.await else { return };
                answer
            }
            Err(why) => serde_json::json!({ "error": why }).to_string(),
        };
        answer.push('\n');
        if write.write_all(answer.as_bytes()).await.is_err() || !whole {
            return;
        }
    }
}

/// Returns the user at the other end, according to the system.
fn user(stream: &UnixStream) -> String {
    let Ok(peer) = stream.peer_cred() else { return "unknown".to_owned() };
    let known = User::from_uid(Uid::from_raw(peer.uid())).ok().flatten();
    known.map_or_else(|| format!("user {}", peer.uid()), |user| user.name)
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test]
    async fn only_a_socket_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door.toml");
        std::fs::write(&path, "precious").unwrap();
        let error = Listener::open(&path, None).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
        let path = dir.path().join("socket");
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        let listener = Listener::open(&path, None).unwrap();
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, "somebody else's").unwrap();
        drop(listener);
        assert!(path.exists());
    }

    /// The tail of the line would be a request of its own.
    #[tokio::test]
    async fn the_tail_of_a_line_that_is_too_long_is_not_a_request() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("socket");
        let mut listener = Listener::open(&path, None).unwrap();
        let mut stream = BufReader::new(UnixStream::connect(&path).await.unwrap());
        let long = " ".repeat(usize::try_from(LONGEST).unwrap());
        let request = serde_json::to_string(&Request::Status {}).unwrap();
        stream.write_all(format!("{long}{request}\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_line(&mut answer).await.unwrap();
        assert!(answer.contains("1000 bytes"), "{answer}");
        let ended = stream.read_line(&mut answer).await;
        assert!(matches!(ended, Ok(0) | Err(_)), "the connection is closed");
        let next = timeout(Duration::from_millis(1), listener.next()).await;
        assert!(next.is_err(), "nothing was asked");
    }

    /// More clients than there are places, none of which says anything. Time passes by itself once
    /// nobody has anything to do.
    #[tokio::test(start_paused = true)]
    async fn idle_clients_take_few_file_descriptors_and_keep_nobody_waiting_for_long() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("socket");
        let mut listener = Listener::open(&path, None).unwrap();
        let open = || std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        let before = open();
        let mut idle = Vec::new();
        for _ in 0..20 * CONNECTIONS {
            // The kernel keeps only so many waiting; who comes later is told to come again.
            match StdStream::connect(&path) {
                Ok(stream) => idle.push(stream),
                Err(_) => break,
            }
            tokio::task::yield_now().await;
        }
        assert!(idle.len() > CONNECTIONS, "{}", idle.len());
        let mut most = 0;
        for _ in 0..8 {
            tokio::time::sleep(IDLE / 2).await;
            most = most.max(open().saturating_sub(before + idle.len()));
        }
        assert!((1..=CONNECTIONS + 4).contains(&most), "{most} of the door's descriptors");
        idle.drain(CONNECTIONS * 2..);
        let begun = Instant::now();
        let asking = async {
            let mut stream = BufReader::new(UnixStream::connect(&path).await.unwrap());
            let request = serde_json::to_string(&Request::Status {}).unwrap() + "\n";
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_line(&mut answer).await.unwrap();
            answer
        };
        let answering = async { listener.next().await.unwrap().answer.send("{}".into()).unwrap() };
        let (answer, ()) = tokio::join!(asking, answering);
        assert_eq!(answer, "{}\n");
        assert!(begun.elapsed() <= IDLE * 3, "{:?}", begun.elapsed());
    }
}
