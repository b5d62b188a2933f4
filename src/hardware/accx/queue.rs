//! The commands still to be sent to the board.

use std::collections::VecDeque;

use super::command::BoardCommand;

/// Commands in order of sending: first relays, then lights.
///
/// It holds at most one command for each relay and light, the newest, so it cannot grow.
#[derive(Default, Debug)]
pub(super) struct Queue {
    commands: VecDeque<BoardCommand>,
}

impl Queue {
    /// Adds a command, replacing an older one for the same thing.
    pub(super) fn push(&mut self, command: BoardCommand) {
        self.commands.retain(|other| !command.replaces(*other));
        if command.is_light() {
            self.commands.push_back(command);
        } else {
            let lights = self.commands.iter().position(|other| other.is_light());
            self.commands.insert(lights.unwrap_or(self.commands.len()), command);
        }
    }

    /// Takes the next command.
    pub(super) fn pop(&mut self) -> Option<BoardCommand> {
        self.commands.pop_front()
    }

    /// Tells whether a newer command for the same thing is waiting.
    #[must_use]
    pub(super) fn replaces(&self, command: BoardCommand) -> bool {
        self.commands.iter().any(|newer| newer.replaces(command))
    }

    /// Drops everything.
    pub(super) fn clear(&mut self) {
        self.commands.clear();
    }

    /// Tells whether there is nothing to send.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(relay: u8, on: bool) -> BoardCommand {
        BoardCommand::Relay { relay, on }
    }

    fn light(reader: u8, on: bool) -> BoardCommand {
        BoardCommand::Light { reader, on }
    }

    fn order(commands: &[BoardCommand]) -> Vec<BoardCommand> {
        let mut queue = Queue::default();
        commands.iter().for_each(|command| queue.push(*command));
        std::iter::from_fn(|| queue.pop()).collect()
    }

    #[test]
    fn relays_go_before_lights() {
        let commands = [light(1, false), light(2, true), relay(2, true), relay(1, true)];
        let sent = [relay(2, true), relay(1, true), light(1, false), light(2, true)];
        assert_eq!(order(&commands), sent);
    }

    #[test]
    fn the_newest_want_for_a_relay_counts() {
        let commands = [relay(1, true), relay(2, true), relay(1, false), light(1, true)];
        assert_eq!(order(&commands), [relay(2, true), relay(1, false), light(1, true)]);
        assert_eq!(order(&[light(1, true), light(1, false)]), [light(1, false)]);
    }
}
