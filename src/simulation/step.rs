//! One thing that somebody does, or that goes wrong.

use std::fmt;

/// What happens. Numbers count what there is at that time, beginning anew at its end, so that a step makes
/// sense whatever happened before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Somebody holds a fob to the reader of a door, whoever has it by now.
    Fob(usize, usize),
    /// Somebody holds a fob to the reader inside, on the way out.
    Out(usize, usize),
    /// Somebody holds a fob to it that was never given out.
    Stranger(u32, usize),
    /// Somebody presses the button inside.
    Button(usize),
    /// Somebody operates a door by hand.
    Hand(usize, Hand),
    /// A newcomer joins, has paid a month, and gets a fob.
    Join,
    /// A member gets another fob.
    GiveFob(usize),
    /// A fob is lost, and revoked.
    LoseFob(usize),
    /// A member is suspended.
    Suspend(usize),
    /// A member is no longer suspended.
    Resume(usize),
    /// A member leaves.
    Leave(usize),
    /// A member pays for some months.
    Pay(usize, u16),
    /// A member is inducted to the workshops.
    Induct(usize),
    /// Two admins change the same member at the same moment: one suspends, the other records a payment.
    Both(usize),
    /// An open house is announced at a door: in so many hours, for so many.
    OpenHouse(usize, i64, i64),
    /// The open house that was announced first is called off.
    CallOff,
    /// The board of a door is unplugged.
    Unplug(usize),
    /// It is plugged in again.
    Plug(usize),
    /// The network of the doors fails.
    NetworkDown,
    /// It works again.
    NetworkUp,
    /// The power of the doors is cut for so many seconds; git may have left the branch empty.
    PowerCut(i64, bool),
    /// The clock of the doors leaps by so many seconds, and the network does not set it.
    Leap(i64),
    /// The network sets the clock.
    SetClock,
}

/// What somebody does by hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hand {
    /// Unlocks it for so many seconds.
    Unlock(u32),
    /// Holds it unlocked for so many hours.
    Hold(i64),
    /// Locks it.
    Lock,
    /// Leaves it to the rules again.
    Release,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fob(fob, door) => write!(f, "fob {fob} at door {}", door + 1),
            Self::Out(fob, door) => write!(f, "fob {fob} goes out of door {}", door + 1),
            Self::Stranger(number, door) => write!(f, "unknown fob {number} at door {}", door + 1),
            Self::Button(door) => write!(f, "button at door {}", door + 1),
            Self::Hand(door, hand) => {
                let door = door + 1;
                match hand {
                    Hand::Unlock(seconds) => write!(f, "unlock door {door} for {seconds} s"),
                    Hand::Hold(hours) => write!(f, "hold door {door} for {hours} h"),
                    Hand::Lock => write!(f, "lock door {door}"),
                    Hand::Release => write!(f, "release door {door}"),
                }
            }
            Self::Join => f.write_str("somebody joins"),
            Self::GiveFob(member) => write!(f, "another fob for member {member}"),
            Self::LoseFob(fob) => write!(f, "fob {fob} is lost"),
            Self::Suspend(member) => write!(f, "member {member} is suspended"),
            Self::Resume(member) => write!(f, "member {member} is no longer suspended"),
            Self::Leave(member) => write!(f, "member {member} leaves"),
            Self::Pay(member, months) => write!(f, "member {member} pays for {months} months"),
            Self::Induct(member) => write!(f, "member {member} is inducted"),
            Self::Both(member) => write!(f, "two admins change member {member} at once"),
            Self::OpenHouse(door, after, hours) => {
                write!(f, "open house at door {} in {after} h, for {hours} h", door + 1)
            }
            Self::CallOff => f.write_str("the first open house is called off"),
            Self::Unplug(door) => write!(f, "unplug the board of door {}", door + 1),
            Self::Plug(door) => write!(f, "plug in the board of door {}", door + 1),
            Self::NetworkDown => f.write_str("the network fails"),
            Self::NetworkUp => f.write_str("the network works again"),
            Self::PowerCut(seconds, damaged) => {
                let damaged = if *damaged { ", and the branch is left empty" } else { "" };
                write!(f, "the power is cut for {seconds} s{damaged}")
            }
            Self::Leap(seconds) => write!(f, "the clock leaps by {seconds} s"),
            Self::SetClock => f.write_str("the network sets the clock"),
        }
    }
}
