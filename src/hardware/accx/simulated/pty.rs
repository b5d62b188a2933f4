//! A simulated board that is plugged in: its pseudo-terminal, and whoever plays with it.

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
    wire::{Heard, Wire},
};

/// What is done to the board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Order {
    /// Holds a fob to a reader.
    Swipe {
        /// Its number.
        fob: u32,
        /// Which reader.
        reader: u8,
    },
    /// Presses keys: digits, `*`, `#`.
    Press(String),
    /// Garbles a frame into this byte, among the keys.
    Noise(u8),
    /// Says any bytes.
    Babble(Vec<u8>),
    /// Treats the next commands in such ways, one each.
    Misbehave(Fault),
    /// Resets the board, as its button does.
    Reset,
    /// Pulls the plug.
    Unplug,
    /// Puts the plug in again.
    Plug,
}

/// What can be seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// It is plugged in, and is a serial port at this path.
    Plugged(PathBuf),
    /// It is not plugged in any more.
    Unplugged,
    /// A host opened the port, which reset the board.
    Opened,
    /// The host closed the port, or ended.
    Closed,
    /// Something at the board changed.
    Board(Happening),
    /// It could not be plugged in, in words.
    Failed(String),
}

/// A board that can be played with; it is unplugged when this is dropped.
#[derive(Debug)]
pub struct Plugged {
    path: PathBuf,
    orders: UnboundedSender<Order>,
    seen: UnboundedReceiver<Seen>,
}

impl Plugged {
    /// Returns where it was plugged in first: the link, if there is one.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does something to the board; what comes of it is seen.
    pub fn order(&self, order: Order) {
        let _ = self.orders.send(order); // the board ends only after this
    }

    /// Waits for what is seen next. Nothing means that the runtime ends.
    pub async fn seen(&mut self) -> Option<Seen> {
        self.seen.recv().await
    }
}

/// Plugs in a new board, within a tokio runtime. A link makes its path a lasting one.
///
/// # Errors
/// There is no pseudo-terminal to be had, or something other than a link lies where the link
/// should be.
pub fn plug_in(link: Option<PathBuf>) -> io::Result<Plugged> {
    let (orders, ordered) = mpsc::unbounded_channel();
    let (sender, seen) = mpsc::unbounded_channel();
    let mut bench = Bench {
        board: SimulatedBoard::new(),
        socket: None,
        link,
        seen: sender,
        start: Instant::now(),
    };
    let path = bench.plug()?;
    tokio::spawn(bench.run(ordered));
    Ok(Plugged { path, orders, seen })
}

struct Bench {
    board: SimulatedBoard,
    socket: Option<Socket>,
    link: Option<PathBuf>,
    seen: UnboundedSender<Seen>,
    start: Instant,
}

impl Bench {
    async fn run(mut self, mut orders: UnboundedReceiver<Order>) {
        loop {
            tokio::select! {
                biased;
                heard = heard(&mut self.socket) => match heard {
                    Ok(heard) => self.hear(heard),
                    Err(error) => self.fail(&error),
                },
                order = orders.recv() => match order {
                    Some(order) => self.obey(order),
                    None => return,
                },
            }
            for happening in self.board.happened() {
                self.show(Seen::Board(happening));
            }
            // What it says while nobody is there, nobody hears.
            let said = self.board.said();
            if let Some(socket) = &self.socket {
                socket.wire.send(&said);
            }
        }
    }

    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Opened => {
                self.show(Seen::Opened);
                self.board.reset();
            }
            Heard::Closed => self.show(Seen::Closed),
            Heard::Bytes(bytes) => self.board.hear(&bytes),
        }
    }

    fn obey(&mut self, order: Order) {
        let now = self.start.elapsed();
        match order {
            Order::Swipe { fob, reader } => self.board.swipe(fob, reader),
            Order::Press(keys) => self.board.press(&keys, now),
            Order::Noise(byte) => self.board.noise(byte, now),
            Order::Babble(bytes) => self.board.babble(&bytes),
            Order::Misbehave(fault) => self.board.misbehave(fault),
            Order::Reset => self.board.reset(),
            Order::Unplug if self.socket.is_some() => {
                self.socket = None;
                // Without power the relays drop.
                self.board.reset();
                self.show(Seen::Unplugged);
            }
            Order::Plug if self.socket.is_none() => {
                if let Err(error) = self.plug() {
                    self.fail(&error);
                }
            }
            Order::Plug | Order::Unplug => {}
        }
    }

    fn plug(&mut self) -> io::Result<PathBuf> {
        let socket = Socket::new(self.link.as_deref())?;
        let path = self.link.clone().unwrap_or_else(|| socket.wire.path().to_owned());
        self.socket = Some(socket);
        self.board.reset();
        self.show(Seen::Plugged(path.clone()));
        Ok(path)
    }

    fn fail(&mut self, error: &io::Error) {
        self.socket = None;
        self.show(Seen::Failed(error.to_string()));
    }

    fn show(&self, seen: Seen) {
        let _ = self.seen.send(seen); // nobody may look
    }
}

async fn heard(socket: &mut Option<Socket>) -> io::Result<Heard> {
    match socket {
        Some(socket) => socket.wire.next().await,
        None => std::future::pending().await,
    }
}

/// Where the board is plugged in; the link goes when this is dropped.
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
                    let why = format!("{} is there already and no link", link.display());
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
            let _ = fs::remove_file(link); // it may be gone by now
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
        assert!(plug_in(Some(link.clone())).unwrap_err().to_string().contains("no link"));
        assert_eq!(fs::read_to_string(&link).unwrap(), "mine");
    }
}
