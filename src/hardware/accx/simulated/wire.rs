//! The board's end of a pseudo-terminal, which detects when the other end is opened and closed.

use std::{
    ffi::OsStr,
    io,
    os::{
        fd::{AsFd as _, OwnedFd},
        unix::ffi::OsStrExt as _,
    },
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    fs::{Mode, OFlags},
    io::Errno,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};
use tokio::{io::unix::AsyncFd, time::sleep};

/// How often to check whether somebody has opened the other end; the system only reports bytes.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// A pseudo-terminal whose other end is a serial port.
#[derive(Debug)]
pub(super) struct Wire {
    path: PathBuf,
    /// `None` only while one state turns into the other.
    end: Option<End>,
}

#[derive(Debug)]
enum End {
    /// Nobody has opened the other end.
    Alone(OwnedFd),
    /// Somebody has opened it; bytes read while noticing that are still to be returned.
    Joined(AsyncFd<OwnedFd>, Vec<u8>),
}

/// What came over the wire.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum WireEvent {
    Opened,
    Closed,
    Bytes(Vec<u8>),
}

impl Wire {
    /// Makes a pseudo-terminal.
    ///
    /// # Errors
    /// The system has none available.
    pub(super) fn new() -> io::Result<Self> {
        let end = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&end)?;
        unlockpt(&end)?;
        let name = ptsname(&end, Vec::new())?;
        let path = PathBuf::from(OsStr::from_bytes(name.to_bytes()));
        // Raw bytes from the start; and having been closed once, the system knows it as closed.
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let other = rustix::fs::open(&path, flags, Mode::empty())?;
        let mut settings = tcgetattr(&other)?;
        settings.make_raw();
        tcsetattr(&other, OptionalActions::Now, &settings)?;
        drop(other);
        rustix::io::ioctl_fionbio(&end, true)?;
        Ok(Self { path, end: Some(End::Alone(end)) })
    }

    /// Returns the path of the other end.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Waits for the next event. Cancelling loses nothing.
    ///
    /// # Errors
    /// The pseudo-terminal itself failed.
    pub(super) async fn next(&mut self) -> io::Result<WireEvent> {
        loop {
            match self.end.as_mut() {
                None => return Err(io::ErrorKind::BrokenPipe.into()),
                Some(End::Alone(end)) => {
                    let first = match read(end) {
                        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Vec::new(),
                        Ok(bytes) if !bytes.is_empty() => bytes,
                        // Closed; or the system could not tell.
                        _ => {
                            sleep(POLL_INTERVAL).await;
                            continue;
                        }
                    };
                    let Some(End::Alone(end)) = self.end.take() else { continue };
                    self.end = Some(End::Joined(register(end)?, first));
                    return Ok(WireEvent::Opened);
                }
                Some(End::Joined(end, first)) => {
                    if !first.is_empty() {
                        return Ok(WireEvent::Bytes(std::mem::take(first)));
                    }
                    let mut ready = end.readable().await?;
                    match ready.try_io(|end| read(end.get_ref())) {
                        Err(_) => {} // nothing to read after all
                        Ok(Ok(bytes)) if !bytes.is_empty() => return Ok(WireEvent::Bytes(bytes)),
                        Ok(Err(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                        Ok(_) => {
                            let Some(End::Joined(end, _)) = self.end.take() else { continue };
                            self.end = Some(End::Alone(end.into_inner()));
                            return Ok(WireEvent::Closed);
                        }
                    }
                }
            }
        }
    }

    /// Sends bytes. Like the board itself, it does not wait for a host that does not read.
    pub(super) fn send(&self, mut bytes: &[u8]) {
        let Some(End::Joined(end, _)) = &self.end else { return };
        while !bytes.is_empty() {
            match rustix::io::write(end.get_ref(), bytes) {
                Ok(length) => bytes = &bytes[length..],
                Err(Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }
}

#[expect(deprecated, reason = "its successor is unsafe; what is registered is owned and stays")]
fn register(end: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::new(end)
}

fn read(end: &OwnedFd) -> io::Result<Vec<u8>> {
    let mut buffer = [0; 256];
    let length = rustix::io::read(end.as_fd(), &mut buffer)?;
    Ok(buffer[..length].to_vec())
}

#[cfg(test)]
mod tests {
    use std::{fs::OpenOptions, io::Write as _};

    use super::*;

    #[tokio::test]
    async fn it_tells_when_somebody_comes_and_goes() {
        let mut wire = Wire::new().unwrap();
        for _ in 0..3 {
            let path = wire.path().to_owned();
            let mut port = OpenOptions::new().read(true).write(true).open(path).unwrap();
            assert_eq!(wire.next().await.unwrap(), WireEvent::Opened);
            port.write_all(b"i\r").unwrap();
            assert_eq!(wire.next().await.unwrap(), WireEvent::Bytes(b"i\r".to_vec()));
            drop(port);
            assert_eq!(wire.next().await.unwrap(), WireEvent::Closed);
        }
    }
}
