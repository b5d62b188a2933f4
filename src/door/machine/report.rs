//! Handles the report of a device, according to the wiring of the doors.

use jiff::Timestamp;

use super::{
    super::{event::ScreenLine, unlocks::Cause},
    Machine, Outcomes, ReadingPoint,
};
use crate::{
    config::Wire,
    domain::model::{Reason, Slug},
    door::layout::DoorLayout,
    hardware::DeviceReport,
};

impl Machine {
    pub(super) fn report(
        &mut self,
        device: Slug,
        report: DeviceReport,
        now: Timestamp,
        out: &mut Outcomes,
    ) {
        let wire = |number| Wire { device: device.clone(), number };
        match report {
            DeviceReport::Connected(words) => {
                self.doors.values_mut().for_each(|door| door.connect(&device));
                self.devices.connect(&device, &words, now);
                out.lines.push(ScreenLine::Connected(device, words));
            }
            DeviceReport::Lost(why) => {
                self.doors.values_mut().for_each(|door| door.lose(&device));
                self.buttons.lose(&device);
                if self.devices.lose(&device, &why, now) {
                    out.lines.push(ScreenLine::Trouble(format!("device {device}: {why}")));
                }
            }
            DeviceReport::Read { reader, code } => {
                let wire = wire(reader);
                match self.door_at(|layout| &layout.readers, |(it, _)| *it == wire) {
                    Some((door, (_, side))) => {
                        self.read(&door, side, ReadingPoint::Wire(wire), &code, now, out);
                    }
                    None => self.noise(wire, "it belongs to no door in doors.*", now, out),
                }
            }
            DeviceReport::Noise { reader, words } => self.noise(wire(reader), &words, now, out),
            DeviceReport::Relay { relay, on } => {
                let wire = wire(relay);
                let doors = self.doors.values_mut();
                if let Some(known) = doors.filter_map(|it| it.relays.get_mut(&wire)).next() {
                    *known = Some(on);
                }
            }
            DeviceReport::Level { input, active } => {
                self.input(&wire(input), (active, true), now, out);
            }
            DeviceReport::Input { input, active } => {
                self.input(&wire(input), (active, false), now, out);
            }
        }
    }

    fn noise(&mut self, wire: Wire, words: &str, now: Timestamp, out: &mut Outcomes) {
        let reader = self.readers.entry(ReadingPoint::Wire(wire.clone())).or_default();
        if let Some(more) = reader.noise(now) {
            out.lines.push(ScreenLine::Noise(wire, words.to_owned(), more));
        }
    }

    /// Finds what is connected to a wire, and at which door.
    fn door_at<T: Clone>(
        &self,
        all: impl Fn(&DoorLayout) -> &[T],
        wanted: impl Fn(&T) -> bool,
    ) -> Option<(Slug, T)> {
        self.doors.iter().find_map(|(name, door)| {
            let found = all(&door.layout).iter().find(|it| wanted(it))?;
            Some((name.clone(), found.clone()))
        })
    }

    fn input(
        &mut self,
        wire: &Wire,
        (active, level): (bool, bool),
        now: Timestamp,
        out: &mut Outcomes,
    ) {
        let button = self.door_at(|layout| &layout.buttons, |it| it == wire);
        let pressed = button.is_some() && self.buttons.report(wire, active, level, now);
        if let Some((name, _)) = button.filter(|_| pressed && !self.stopped) {
            let Some(door) = self.doors.get_mut(&name) else { return };
            door.unlocks.add(Cause::Button, now, door.layout.unlock);
            let facility = door.layout.facility.clone();
            self.record(&facility, Reason::RequestToExit, Some(wire), now, out);
        }
        let contacts = self.doors.values_mut();
        let door = contacts.into_iter().find(|it| it.layout.contact.as_ref() == Some(wire));
        if let Some(door) = door
            && let Some(reason) = door.leaf.set_open(active, door.is_unlocked(), now)
        {
            let facility = door.layout.facility.clone();
            self.record(&facility, reason, Some(wire), now, out);
        }
    }
}
