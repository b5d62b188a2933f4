//! A simulated board on a pseudo-terminal, and the actions that operate it.

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use tokio::{
    sync::mpsc::{self, UnboundedReceiver, UnboundedSender},
    time::Instant,
};

use super::{
    board::{Happening, SimulatedBoard},
    fault::Fault,
    wire::{Wire, WireEvent},
};

/// What to do to the board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BoardAction {
    /// Holds a fob to a reader.
    PresentFob {
        /// Its number.
        fob: u32,
        /// Which reader.
        reader: u8,
    },
    /// Presses keys: digits, `*`, `#`.
    Press(String),
    /// Garbles a frame into this byte, among the keys.
    Noise(u8),
    /// Sends any bytes.
    SendRaw(Vec<u8>),
    /// Handles one of the next commands in this way.
    InjectFault(Fault),
    /// Resets the board, like its button does.
    Reset,
    /// Unplugs it.
    Unplug,
    /// Plugs it in again.
    Plug,
}

/// What can be observed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// It is plugged in, and is a serial port at this path.
    Plugged(PathBuf),
    /// It was unplugged.
    Unplugged,
    /// A host opened the port, which reset the board.
    Opened,
    /// The host closed the port, or ended.
    Closed,
    /// Something at the board changed.
    Board(Happening),
    /// It could not be plugged in, for this reason.
    Failed(String),
}

/// A board that can be operated; it is unplugged when this is dropped.
#[derive(Debug)]
pub struct Plugged {
    path: PathBuf,
    actions: UnboundedSender<BoardAction>,
    seen: UnboundedReceiver<Seen>,
}

impl Plugged {
    /// Returns where it was first plugged in: the link, if there is one.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does something to the board; the result can be observed.
    pub fn act(&self, action: BoardAction) {
        let _ = self.actions.send(action); // the board ends only after this is dropped
    }

    /// Waits for the next observation; `None` when the runtime ends.
    pub async fn next(&mut self) -> Option<Seen> {
        self.seen.recv().await
    }
}

/// Plugs in a new board, within a tokio runtime. A link gives it a permanent path.
///
/// # Errors
/// There is no pseudo-terminal available, or something other than a link is in the place of the
/// link.
pub fn plug_in(link: Option<PathBuf>) -> io::Result<Plugged> {
    let (actions, received) = mpsc::unbounded_channel();
    let (sender, seen) = mpsc::unbounded_channel();
    let mut bench = Bench {
        board: SimulatedBoard::new(),
        socket: None,
        link,
        seen: sender,
        start: Instant::now(),
    };
    let path = bench.plug()?;
    tokio::spawn(bench.run(received));
    Ok(Plugged { path, actions, seen })
}

struct Bench {
    board: SimulatedBoard,
    socket: Option<Socket>,
    link: Option<PathBuf>,
    seen: UnboundedSender<Seen>,
    start: Instant,
}

impl Bench {
    async fn run(mut self, mut actions: UnboundedReceiver<BoardAction>) {
        loop {
            tokio::select! {
                biased;
                event = next_event(&mut self.socket) => match event {
                    Ok(event) => self.handle(event),
                    Err(error) => self.fail(&error),
                },
                action = actions.recv() => match action {
                    Some(action) => self.carry_out(action),
                    None => return,
                },
            }
            for happening in self.board.take_happenings() {
                self.report(Seen::Board(happening));
            }
            // Without a host, its output is lost.
            let output = self.board.take_output();
            if let Some(socket) = &self.socket {
                socket.wire.send(&output);
            }
        }
    }

    fn handle(&mut self, event: WireEvent) {
        match event {
            WireEvent::Opened => {
                self.report(Seen::Opened);
                self.board.reset();
            }
            WireEvent::Closed => self.report(Seen::Closed),
            WireEvent::Bytes(bytes) => self.board.receive(&bytes),
        }
    }

    fn carry_out(&mut self, action: BoardAction) {
        let now = self.start.elapsed();
        match action {
            BoardAction::PresentFob { fob, reader } => self.board.present_fob(fob, reader),
            BoardAction::Press(keys) => self.board.press(&keys, now),
            BoardAction::Noise(byte) => self.board.noise(byte, now),
            BoardAction::SendRaw(bytes) => self.board.send_raw(&bytes),
            BoardAction::InjectFault(fault) => self.board.inject_fault(fault),
            BoardAction::Reset => self.board.reset(),
            BoardAction::Unplug if self.socket.is_some() => {
                self.socket = None;
                // Without power, the relays are released.
                self.board.reset();
                self.report(Seen::Unplugged);
            }
            BoardAction::Plug if self.socket.is_none() => {
                if let Err(error) = self.plug() {
                    self.fail(&error);
                }
            }
            BoardAction::Plug | BoardAction::Unplug => {}
        }
    }

    fn plug(&mut self) -> io::Result<PathBuf> {
        let socket = Socket::new(self.link.as_deref())?;
        let path = self.link.clone().unwrap_or_else(|| socket.wire.path().to_owned());
        self.socket = Some(socket);
        self.board.reset();
        self.report(Seen::Plugged(path.clone()));
        Ok(path)
    }

    fn fail(&mut self, error: &io::Error) {
        self.socket = None;
        self.report(Seen::Failed(error.to_string()));
    }

    fn report(&self, seen: Seen) {
        let _ = self.seen.send(seen); // nobody may be watching
    }
}

async fn next_event(socket: &mut Option<Socket>) -> io::Result<WireEvent> {
    match socket {
        Some(socket) => socket.wire.next().await,
        None => std::future::pending().await,
    }
}

/// Where the board is plugged in; the link is removed when this is dropped.
struct Socket {
    wire: Wire,
    link: Option<PathBuf>,
}

impl Socket {
    fn new(link: Option<&Path>) -> io::Result<Self> {
        let wire = Wire::new()?;
        if let Some(link) = link {
            match fs::symlink_metadata(link) {
                Ok(old) if old.is_symlink() => fs::remove_file(link)?,
                Ok(_) => {
                    let why = format!("{} already exists and is not a link", link.display());
                    return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
                }
                Err(_) => {}
            }
            symlink(wire.path(), link)?;
        }
        Ok(Self { wire, link: link.map(Path::to_owned) })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Some(link) = &self.link
            && fs::read_link(link).is_ok_and(|to| to == self.wire.path())
        {
            let _ = fs::remove_file(link); // it may already be gone
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_link_is_replaced_and_a_file_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let link = dir.path().join("board");
        symlink("/nowhere", &link).unwrap();
        let board = plug_in(Some(link.clone())).unwrap();
        assert!(fs::read_link(&link).unwrap().starts_with("/dev"));
        assert_eq!(board.path(), link);
        fs::remove_file(&link).unwrap();
        fs::write(&link, "mine").unwrap();
        assert!(plug_in(Some(link.clone())).unwrap_err().to_string().contains("not a link"));
        assert_eq!(fs::read_to_string(&link).unwrap(), "mine");
    }
}
