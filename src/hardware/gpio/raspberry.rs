//! The pins of the Raspberry Pi that this runs on. The only file that uses rppal.

use std::{collections::BTreeMap, time::Duration};

use rppal::gpio::{Error, Gpio, InputPin, Level, OutputPin, Trigger};
use rustix::time::{ClockId, clock_gettime};
use tokio::sync::mpsc::UnboundedSender;

use super::chip::{Chip, Edges, Opened, PinEvent, Pins, Setup};

/// The chip of this machine, if it is a Raspberry Pi.
#[derive(Debug)]
pub(super) struct Raspberry;

impl Chip for Raspberry {
    fn open(
        &mut self,
        setup: &[Setup],
        events: UnboundedSender<PinEvent>,
    ) -> Result<Opened, String> {
        let gpio = Gpio::new().map_err(describe)?;
        let mut pins = Header { outputs: BTreeMap::new(), inputs: BTreeMap::new() };
        // Outputs first: anything left on is switched off before something else can fail.
        for pin in setup {
            if let Setup::Output { pin, high } = *pin {
                let output = gpio.get(pin).map_err(describe)?;
                let mut output =
                    if high { output.into_output_high() } else { output.into_output_low() };
                // A released pin would float, and with it the relay.
                output.set_reset_on_drop(false);
                pins.outputs.insert(pin, output);
            }
        }
        for pin in setup {
            if let Setup::Input { pin, pull, edges } = *pin {
                let input = gpio.get(pin).map_err(describe)?;
                let mut input = match pull {
                    Some(true) => input.into_input_pullup(),
                    Some(false) => input.into_input_pulldown(),
                    None => input.into_input(),
                };
                let trigger = match edges {
                    Edges::Rising => Trigger::RisingEdge,
                    Edges::Falling => Trigger::FallingEdge,
                    Edges::Both => Trigger::Both,
                };
                let monitor = PinMonitor { pin, events: events.clone() };
                input
                    .set_async_interrupt(trigger, None, move |event| {
                        monitor.report_edge(event.timestamp)
                    })
                    .map_err(describe)?;
                pins.inputs.insert(pin, input);
            }
        }
        let model = rppal::system::DeviceInfo::new();
        let model =
            model.map_or_else(|_| "this machine".to_owned(), |info| info.model().to_string());
        Ok((format!("the pins of {model}"), Box::new(pins)))
    }

    fn now(&self) -> Duration {
        // The kernel stamps edges with this clock (GPIO v2 line events).
        let now = clock_gettime(ClockId::Monotonic);
        Duration::new(now.tv_sec.try_into().unwrap_or(0), now.tv_nsec.try_into().unwrap_or(0))
    }
}

/// Lives in the thread that monitors a pin. The thread ends silently when it can no longer monitor
/// the pin; dropping this reports it.
struct PinMonitor {
    pin: u8,
    events: UnboundedSender<PinEvent>,
}

impl PinMonitor {
    fn report_edge(&self, at: Duration) {
        let _ = self.events.send(PinEvent::Edge { pin: self.pin, at }); // nobody may be listening
    }
}

impl Drop for PinMonitor {
    fn drop(&mut self) {
        let _ = self.events.send(PinEvent::Lost { pin: self.pin });
    }
}

struct Header {
    outputs: BTreeMap<u8, OutputPin>,
    inputs: BTreeMap<u8, InputPin>,
}

impl Pins for Header {
    fn set(&mut self, pin: u8, high: bool) {
        if let Some(output) = self.outputs.get_mut(&pin) {
            output.write(if high { Level::High } else { Level::Low });
        }
    }

    fn is_high(&self, pin: u8) -> bool {
        self.inputs.get(&pin).is_some_and(InputPin::is_high)
    }
}

fn describe(error: Error) -> String {
    match error {
        Error::UnknownModel => "no GPIO here: this is not a known Raspberry Pi; run on a \
                                Raspberry Pi, or remove `gpio` from the configuration"
            .to_owned(),
        Error::PermissionDenied(path) => {
            format!(
                "no permission to use {path}: add this user to the group `gpio`, or run as root"
            )
        }
        Error::PinUsed(pin) => {
            format!("pin {pin} is in use by another device: check the configuration")
        }
        Error::PinNotAvailable(pin) => format!("this Raspberry Pi has no pin {pin}"),
        Error::Io(error) => format!(
            "no GPIO here: {error}; run on a Raspberry Pi, or remove `gpio` from the configuration"
        ),
        Error::ThreadPanic => "a pin cannot be monitored: restart the program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_on() {
        let before = Raspberry.now();
        assert!(before > Duration::ZERO && Raspberry.now() >= before);
    }

    #[test]
    fn every_error_says_what_to_do() {
        for (error, part) in [
            (Error::UnknownModel, "remove `gpio`"),
            (Error::PermissionDenied("/dev/gpiomem".to_owned()), "/dev/gpiomem"),
            (Error::Io(std::io::Error::other("broken")), "broken"),
            (Error::PinUsed(4), "pin 4"),
            (Error::PinNotAvailable(4), "pin 4"),
            (Error::ThreadPanic, "restart"),
        ] {
            assert!(describe(error).contains(part), "{part}");
        }
    }
}
