//! The options of `space door setup`: each is the answer to a question.

use std::path::PathBuf;

use super::{doorway::Doorway, pin_set::PinSet, wiring::Wiring};

/// Shown below the options.
const EXAMPLES: &str = "\
It asks what was not given, shows everything that it is going to do, and asks again before it does it.
Whatever is there already is kept: if it was interrupted, run it again, and it goes on from there.

Examples:
  sudo space door setup
  sudo space door setup --remote git@server:space.git --key-file space.key \\
    --board /dev/ttyACM0 --facility frontdoor=reader1 --yes
  space door setup --dry-run --remote git@server:space.git --board /dev/ttyACM0 --facility frontdoor=1";

/// The arguments of `space door setup`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shared repository, as a path or URL for git
    #[arg(long, value_name = "URL")]
    pub(super) remote: Option<String>,

    /// The fingerprint of the server's host key, as `ssh-keygen -l` shows it
    #[arg(long, value_name = "SHA256:…")]
    pub(super) host_key: Option<String>,

    /// A file with the key of the space, from `space key export`; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) key_file: Option<PathBuf>,

    /// The port of an ACCX board
    #[arg(long, value_name = "PORT")]
    pub(super) board: Option<PathBuf>,

    /// The pins of a door, by BCM number; repeat it for the next door
    #[arg(long, value_name = "relay=17,d0=5,d1=6,…")]
    pub(super) pins: Vec<PinSet>,

    /// Nothing is connected yet: the doors are simulated
    #[arg(long, conflicts_with_all = ["board", "pins"])]
    pub(super) simulated: bool,

    /// The facility at a reader, and its relay if that has another number; can be repeated
    #[arg(long, short, value_name = "NAME=reader1[,relay2][,exit2]")]
    pub(super) facility: Vec<Doorway>,

    /// Write the configuration anew although there is one
    #[arg(long)]
    pub(super) anew: bool,

    /// Do it without asking; the reading and the unlock, which need somebody there, are left out
    #[arg(long, short)]
    pub(super) yes: bool,

    /// Show what would be done, but do nothing
    #[arg(long, short = 'n')]
    pub(super) dry_run: bool,
}

impl Args {
    /// Tells whether anything was said about what is connected.
    pub(super) fn wires(&self) -> bool {
        self.anew
            || self.board.is_some()
            || !self.pins.is_empty()
            || self.simulated
            || !self.facility.is_empty()
    }

    /// Returns what is connected, if all of that was given.
    pub(super) fn wiring(&self) -> Option<Wiring> {
        let devices = self.simulated || self.board.is_some() || !self.pins.is_empty();
        (devices && !self.facility.is_empty()).then(|| Wiring {
            board: self.board.clone(),
            pins: self.pins.clone(),
            doors: self.facility.clone(),
        })
    }

    /// Tells whether there is somebody to ask.
    pub(super) fn asks(&self) -> bool {
        !self.yes && crate::cli::input::prompt::is_interactive()
    }
}
