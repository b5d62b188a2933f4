//! What may go wrong with one command.

/// How the board treats the next command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It never receives it.
    Deaf,
    /// It carries it out and says nothing.
    Silent,
    /// It carries it out, and answers when the next one comes.
    Late,
    /// It refuses it.
    Refuse,
    /// It says this before its answer.
    Interrupt(Vec<u8>),
}
