//! What the pins mean: relays, readers and inputs, without any waiting.

use std::{collections::BTreeMap, time::Duration};

use super::{
    attached::{Attached, Found},
    chip::{Edges, Opened, PinEvent, Pins, Setup},
    input::Input,
    options::{Active, Options, Pull},
};
use crate::hardware::{DeviceCommand, DeviceReport};

/// The device, connected or not.
pub(super) struct Device {
    options: Options,
    open: Option<Open>,
}

struct Open {
    pins: Box<dyn Pins>,
    readers: BTreeMap<u8, Attached>,
    inputs: BTreeMap<u8, Input>,
}

impl Device {
    pub(super) const fn new(options: Options) -> Self {
        Self { options, open: None }
    }

    /// Returns the setup of the pins; initially, every output is off.
    pub(super) fn setup(&self) -> Vec<Setup> {
        let Options { relays, readers, inputs } = &self.options;
        let output = |pin, active: Active| Setup::Output { pin, high: active.level(false) };
        let mut setup: Vec<_> =
            relays.values().map(|relay| output(relay.pin, relay.active)).collect();
        for wires in readers.values() {
            let lights = wires.lights().into_iter().flatten();
            setup.extend(lights.map(|pin| output(pin, wires.active)));
            let (pull, edges) = match wires.pulses {
                Active::Low => (Some(true), Edges::Falling),
                Active::High => (Some(false), Edges::Rising),
            };
            setup.extend([wires.d0, wires.d1].map(|pin| Setup::Input { pin, pull, edges }));
        }
        setup.extend(inputs.values().map(|input| {
            let pull = match input.pull() {
                Pull::Up => Some(true),
                Pull::Down => Some(false),
                Pull::Off => None,
            };
            Setup::Input { pin: input.pin, pull, edges: Edges::Both }
        }));
        setup
    }

    /// Takes pins that were set up by [`Device::setup`].
    pub(super) fn connect(&mut self, (words, pins): Opened) -> Vec<DeviceReport> {
        let mut reports = vec![DeviceReport::Connected(words)];
        let readers = &self.options.readers;
        let readers = readers.iter().map(|(n, wires)| (*n, Attached::new(wires.clone()))).collect();
        let mut inputs = BTreeMap::new();
        for (number, input) in &self.options.inputs {
            let active = pins.is_high(input.pin) == input.active.level(true);
            reports.push(DeviceReport::Level { input: *number, active });
            inputs.insert(*number, Input::new(active, input.debounce()));
        }
        self.open = Some(Open { pins, readers, inputs });
        reports
    }

    /// Releases the pins, with all outputs off.
    pub(super) fn disconnect(&mut self) {
        self.switch_off();
        self.open = None;
    }

    /// Handles what a pin reported.
    ///
    /// # Errors
    /// The pin is lost, and so is the device: a sentence.
    pub(super) fn handle(&mut self, event: PinEvent) -> Result<Vec<DeviceReport>, String> {
        let (pin, at) = match event {
            PinEvent::Edge { pin, at } => (pin, at),
            PinEvent::Lost { pin } => {
                return Err(format!(
                    "pin {pin} cannot be monitored: check whether another program uses it"
                ));
            }
        };
        let Some(open) = &mut self.open else { return Ok(Vec::new()) };
        for (number, input) in &mut open.inputs {
            if self.options.inputs.get(number).is_some_and(|options| options.pin == pin) {
                input.edge(at);
            }
        }
        let found = open.readers.iter_mut().filter_map(|(number, attached)| {
            attached.pulse(pin, at).map(|found| report(*number, found))
        });
        Ok(found.collect())
    }

    /// Lets time pass.
    pub(super) fn tick(&mut self, now: Duration) -> Vec<DeviceReport> {
        let Some(Open { pins, readers, inputs }) = &mut self.open else { return Vec::new() };
        let mut reports = Vec::new();
        for (number, attached) in readers {
            reports.extend(attached.tick(now).map(|found| report(*number, found)));
            attached.lights(now).for_each(|(pin, high)| pins.set(pin, high));
        }
        for (number, input) in inputs {
            let Some(options) = self.options.inputs.get(number) else { continue };
            let active = || pins.is_high(options.pin) == options.active.level(true);
            let changed = input.settle(now, active);
            reports.extend(changed.map(|active| DeviceReport::Input { input: *number, active }));
        }
        reports
    }

    /// Returns when time has to pass next.
    pub(super) fn due(&self, now: Duration) -> Option<Duration> {
        let open = self.open.as_ref()?;
        let readers = open.readers.values().filter_map(|attached| attached.due(now));
        readers.chain(open.inputs.values().filter_map(Input::due)).min()
    }

    /// Carries out a command, if there is such a relay or reader and the device is connected.
    pub(super) fn carry_out(
        &mut self,
        command: DeviceCommand,
        now: Duration,
    ) -> Option<DeviceReport> {
        let Open { pins, readers, .. } = self.open.as_mut()?;
        match command {
            DeviceCommand::Relay { relay, on } => {
                let options = self.options.relays.get(&relay)?;
                pins.set(options.pin, options.active.level(on));
                Some(DeviceReport::Relay { relay, on })
            }
            DeviceCommand::Feedback { reader, feedback } => {
                let attached = readers.get_mut(&reader)?;
                attached.show(feedback, now);
                attached.lights(now).for_each(|(pin, high)| pins.set(pin, high));
                None
            }
        }
    }

    /// Switches every output off.
    pub(super) fn switch_off(&mut self) {
        let setup = self.setup();
        let Some(open) = &mut self.open else { return };
        for output in setup {
            if let Setup::Output { pin, high } = output {
                open.pins.set(pin, high);
            }
        }
        for (number, wires) in &self.options.readers {
            open.readers.insert(*number, Attached::new(wires.clone()));
        }
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        self.switch_off();
    }
}

fn report(reader: u8, found: Found) -> DeviceReport {
    match found {
        Ok(code) => DeviceReport::Read { reader, code },
        Err(words) => DeviceReport::Noise { reader, words },
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;
    use crate::{
        domain::model::Code,
        hardware::{
            Feedback,
            gpio::{Chip as _, SimulatedChip},
            wiegand::{Bits, Format},
        },
    };

    const MS: Duration = Duration::from_millis(1);
    const TOML: &str = "\
        relays.1 = { pin = 17 }\n\
        relays.2 = { pin = 27, active = 'low' }\n\
        readers.1 = { d0 = 5, d1 = 6, green = 13, red = 12, beep = 19 }\n\
        readers.2 = { d0 = 7, d1 = 8, keypad_seconds = 2 }\n\
        inputs.1 = { pin = 22 }\n";

    fn connected() -> (SimulatedChip, Device, Vec<DeviceReport>) {
        let mut chip = SimulatedChip::default();
        let mut device = Device::new(toml::from_str(TOML).unwrap());
        let (sender, _) = mpsc::unbounded_channel();
        let opened = chip.open(&device.setup(), sender).unwrap();
        let reports = device.connect(opened);
        (chip, device, reports)
    }

    /// Sends a frame from a time on; returns the reports until its end, and when it ended.
    fn send(
        device: &mut Device,
        pins: [u8; 2],
        bits: Bits,
        from: Duration,
    ) -> (Vec<DeviceReport>, Duration) {
        let mut at = from;
        let mut reports = Vec::new();
        for bit in bits.iter() {
            reports
                .extend(device.handle(PinEvent::Edge { pin: pins[usize::from(bit)], at }).unwrap());
            reports.extend(device.tick(at));
            at += MS;
        }
        let due = device.due(at).unwrap();
        assert!(due > at);
        reports.extend(device.tick(due));
        (reports, due)
    }

    fn key(device: &mut Device, number: u64, at: Duration) -> Vec<DeviceReport> {
        send(device, [7, 8], Bits::new(number, 4), at).0
    }

    #[test]
    fn outputs_are_off_before_anything_else() {
        let (chip, device, reports) = connected();
        let off = [(17, false), (27, true), (13, true), (12, true), (19, true)];
        for (pin, high) in off {
            assert_eq!(chip.output(pin), Some(high), "{pin}");
        }
        assert_eq!(chip.output(5), None);
        assert!(matches!(reports[0], DeviceReport::Connected(_)));
        assert_eq!(reports[1..], [DeviceReport::Level { input: 1, active: false }]);
        assert_eq!(device.due(MS), None);
    }

    #[test]
    fn a_fob_is_read_at_its_reader() {
        let (_, mut device, _) = connected();
        let bits = Format::Bits26.write(15_408_774);
        let code = Code::fob("235,7814").unwrap();
        let (reports, end) = send(&mut device, [5, 6], bits, MS);
        assert_eq!(reports, [DeviceReport::Read { reader: 1, code: code.clone() }]);
        assert!(end < 100 * MS, "a person waits for it");
        let (reports, _) = send(&mut device, [7, 8], bits, end);
        assert_eq!(reports, [DeviceReport::Read { reader: 2, code }]);
    }

    #[test]
    fn a_frame_is_not_cut_by_a_thread_that_is_late() {
        let (_, mut device, _) = connected();
        let bits = Format::Bits26.write(1);
        let mut events = bits
            .iter()
            .zip(1..)
            .map(|(bit, n)| PinEvent::Edge { pin: if bit { 6 } else { 5 }, at: MS * n });
        device.handle(events.next().unwrap()).unwrap();
        assert_eq!(device.tick(MS + 34 * MS), []);
        events.for_each(|edge| assert_eq!(device.handle(edge), Ok(vec![])));
        let code = Code::fob("1").unwrap();
        assert_eq!(device.tick(61 * MS), [DeviceReport::Read { reader: 1, code }]);
    }

    #[test]
    fn an_invalid_frame_is_noise() {
        let (_, mut device, _) = connected();
        let (reports, _) = send(&mut device, [5, 6], Bits::new(0, 20), MS);
        let [DeviceReport::Noise { reader: 1, words }] = reports.as_slice() else {
            panic!("{reports:?}")
        };
        assert!(words.contains("20 bits"), "{words}");
    }

    #[test]
    fn keys_are_a_passcode_if_nothing_comes_between() {
        let (_, mut device, _) = connected();
        let second = 1000 * MS;
        let code = Code::passcode("42").unwrap();
        let read = [DeviceReport::Read { reader: 2, code }];
        assert_eq!(
            (key(&mut device, 4, second), key(&mut device, 2, 2 * second)),
            (vec![], vec![])
        );
        assert_eq!(key(&mut device, 11, 3 * second), read);
        // 2 s without a key
        key(&mut device, 9, 4 * second);
        let due = device.due(5 * second).unwrap();
        assert!(due > 6 * second && due <= 7 * second, "it is forgotten without another key");
        device.tick(due);
        assert_eq!(device.due(due), None);
        key(&mut device, 4, 8 * second);
        key(&mut device, 2, 9 * second);
        assert_eq!(key(&mut device, 11, 10 * second), read);
        // a key that was not understood
        key(&mut device, 4, 11 * second);
        assert!(matches!(key(&mut device, 14, 12 * second)[..], [DeviceReport::Noise { .. }]));
        assert!(matches!(key(&mut device, 11, 13 * second)[..], [DeviceReport::Noise { .. }]));
        // a fob
        key(&mut device, 4, 14 * second);
        send(&mut device, [7, 8], Format::Bits26.write(1), 14 * second + 200 * MS);
        assert_eq!(key(&mut device, 11, 14 * second + 400 * MS), []);
    }

    #[test]
    fn feedback_comes_and_goes() {
        let (chip, mut device, _) = connected();
        let lit = |chip: &SimulatedChip| [13, 12, 19].map(|pin| chip.output(pin) == Some(false));
        let tell = |device: &mut Device, reader, feedback, now| {
            assert_eq!(device.carry_out(DeviceCommand::Feedback { reader, feedback }, now), None);
        };
        tell(&mut device, 1, Feedback::Granted, MS);
        assert_eq!((lit(&chip), device.due(MS)), ([true, false, true], Some(151 * MS)));
        device.tick(151 * MS);
        assert_eq!((lit(&chip), device.due(151 * MS)), ([true, false, false], None));
        tell(&mut device, 1, Feedback::Denied, 200 * MS);
        assert_eq!(lit(&chip), [false, true, true]);
        let mut now = 200 * MS;
        while let Some(due) = device.due(now) {
            now = due;
            device.tick(now);
        }
        assert_eq!((lit(&chip), now), ([false; 3], 1700 * MS));
        tell(&mut device, 1, Feedback::Granted, 2000 * MS);
        tell(&mut device, 1, Feedback::Idle, 2001 * MS);
        assert_eq!(lit(&chip), [false; 3]);
        // Reader 2 has no lights, and there is no reader 3.
        tell(&mut device, 2, Feedback::Granted, 2002 * MS);
        tell(&mut device, 3, Feedback::Granted, 2003 * MS);
        assert_eq!(lit(&chip), [false; 3]);
    }

    #[test]
    fn an_input_is_reported_once_it_is_stable() {
        let (chip, mut device, _) = connected();
        chip.drive(22, false);
        device.handle(PinEvent::Edge { pin: 22, at: MS }).unwrap();
        assert_eq!((device.tick(30 * MS), device.due(30 * MS)), (vec![], Some(31 * MS)));
        assert_eq!(device.tick(31 * MS), [DeviceReport::Input { input: 1, active: true }]);
        assert_eq!(device.due(31 * MS), None);
    }

    #[test]
    fn a_device_that_is_lost_does_nothing() {
        let (chip, mut device, _) = connected();
        let on = DeviceCommand::Relay { relay: 1, on: true };
        assert!(device.carry_out(on, MS).is_some());
        assert_eq!(device.carry_out(DeviceCommand::Relay { relay: 3, on: true }, MS), None);
        assert!(device.handle(PinEvent::Lost { pin: 5 }).unwrap_err().contains("pin 5"));
        device.disconnect();
        assert_eq!(chip.output(17), Some(false));
        assert_eq!((device.carry_out(on, MS), device.due(MS)), (None, None));
        assert_eq!(chip.output(17), Some(false));
    }
}
